import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { usePresence } from "../../parts/presence-dialog.tsx";
import { TickField } from "../../parts/tick-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { sessionQuery } from "../../session.ts";
import { type RuleBookPageData, ruleBookQuery, type Version } from "./queries.ts";

/** At the end of the text: the reader confirms it with a proof of presence that is bound to it. */
export function ConfirmCard(props: { mine: RuleBookPageData["mine"]; version: Version }): ReactElement {
  const { mine, version } = props;
  const t = useText("ruleBook");
  const moment = useMoment();
  const queries = useQueryClient();
  const presence = usePresence();
  const [read, setRead] = useState(false);
  const gaps = useGaps({ read: !read && "tick" });
  const number = { version: version.version };
  const confirm = useMutation({
    mutationFn: async () => {
      const { versionId } = version;
      const given = await presence.ask({ act: "rule-book", versionId }, t("confirm.saying", number));
      if (given) await api("POST /v1/rule-book/confirmations", { body: { versionId, ...given } });
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ruleBookQuery.queryKey }),
        queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ]),
  });
  if (mine.confirmedAt)
    return <Message live tone="success" title={t("confirm.done", { at: moment(mine.confirmedAt) })} />;
  if (!mine.bound) return <p className="note">{t("confirm.free")}</p>;
  return (
    <section className="card not-print" aria-labelledby="confirm">
      <header>
        <h2 id="confirm" tabIndex={-1}>
          {t("confirm.title")}
        </h2>
      </header>
      <div ref={gaps.ref} className="card-body stack">
        <p className="note">{t("confirm.lead")}</p>
        <TickField checked={read} problem={gaps.problem("read")} onChange={setRead}>
          {t("confirm.read", number)}
        </TickField>
        <ErrorPanel error={confirm.error} />
        <div>
          <Button type="primary" size="large" loading={confirm.isPending} onClick={gaps.press(() => confirm.mutate())}>
            {t("confirm.act", number)}
          </Button>
        </div>
      </div>
      {presence.dialog}
    </section>
  );
}
