import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { usePresence } from "../../parts/presence-dialog.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import type { Training } from "./queries.ts";

/** The letter of custodians: read, then signed with a proof of presence that is bound to its text. */
export function Letter(props: { commitment: Training["commitment"] }): ReactElement {
  const { version, paragraphs, signed } = props.commitment;
  const t = useText("training");
  const language = useLanguage();
  const moment = useMoment();
  const queries = useQueryClient();
  const presence = usePresence();
  const [read, setRead] = useState(false);
  const sign = useMutation({
    mutationFn: async () => {
      const given = await presence.ask({ act: "commitment" }, t("letter.signing"));
      if (given) await api("POST /v1/commitments", { body: given });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["training"] }),
  });
  const current = signed !== null && signed.version >= version;
  return (
    <section className="card" aria-labelledby="letter-title">
      <header>
        <h2 id="letter-title">{t("letter.title")}</h2>
        {signed && (
          <Tag tone="success" sign="check">
            {t("letter.signed", { at: moment(signed.at) })}
          </Tag>
        )}
      </header>
      <div className="card-body stack">
        {!current && <p className="note">{t("letter.lead")}</p>}
        <ol className="letter">
          {paragraphs.map((one) => (
            <li key={one.en}>{one[language]}</li>
          ))}
        </ol>
        {!current && (
          <>
            <label className="choice">
              <input type="checkbox" checked={read} onChange={(event) => setRead(event.target.checked)} />
              <span>{t("letter.read")}</span>
            </label>
            <ErrorPanel error={sign.error} />
            <Button type="primary" size="large" disabled={!read} loading={sign.isPending} onClick={() => sign.mutate()}>
              {t("letter.sign")}
            </Button>
          </>
        )}
      </div>
      {presence.dialog}
    </section>
  );
}
