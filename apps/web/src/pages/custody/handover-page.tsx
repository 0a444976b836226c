import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import type { Language } from "../../i18n/language.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { HANDOVER_STEPS, type HandoverData, listHandoverGaps, readHandover } from "./custody-data.ts";
import { HandoverInventory, HandoverOccasion, HandoverPeople } from "./handover-fields.tsx";
import { holdingsQuery } from "./queries.ts";
import "../matters/matters.css";
import "./custody.css";

/** Begins a handover in three steps, on a phone as on a desk; the draft is submitted from its own page. */
export function HandoverPage(): ReactElement {
  const t = useText("custody");
  const session = useSession();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  // Who has left hands nothing over himself: the office that runs the seals begins it for him.
  const from = typeof search.from === "string" ? search.from : session.person.personId;
  const sealId = typeof search.sealId === "string" ? search.sealId : null;
  const [data, setData] = useState<HandoverData>(() => readHandover({ transferorId: from, cause: search.cause }));
  const [reason, setReason] = useState("");
  const [at, setAt] = useState(0);
  const [tried, setTried] = useState(false);
  const { data: holdings } = useQuery(holdingsQuery(data.transferorId));
  const step = HANDOVER_STEPS[at] ?? "people";
  const gaps = listHandoverGaps(step, data, reason);
  const problem = (gap: (typeof gaps)[number]): string | undefined =>
    tried && gaps.includes(gap) ? t(`handover.gaps.${gap}`) : undefined;
  const change = (part: Partial<HandoverData>): void => setData((before) => ({ ...before, ...part }));
  const save = useMutation({
    mutationFn: async () => {
      const named = (holdings?.bodies ?? []).filter((body) => data.bodies.some((one) => one.bodyId === body.bodyId));
      const [first] = named;
      const namesIn = (one: Language): string =>
        formatNames([...new Set(named.map((body) => `${nameIn(body.seal.name, one)} ${body.seal.number}`))], one);
      return api("POST /v1/matters", {
        body: {
          ...{ kind: "handover", entityId: first?.entityId ?? "", sealId: first?.seal.sealId ?? null },
          ...{ unitId: null, bodyId: null, personId: null, effectiveOn: null, reason, data },
          // In both languages, so that each reader has the seals by their name in his own.
          title: `${namesIn("en").slice(0, 98)} · ${namesIn("zh").slice(0, 98)}`,
        },
      });
    },
    onSuccess: ({ matterId }) => navigate({ to: paths.matter(matterId) }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(gaps.length > 0);
    if (gaps.length > 0) return;
    if (at + 1 < HANDOVER_STEPS.length) setAt(at + 1);
    else save.mutate();
  };
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.custody, name: t("mine.title") },
          { to: paths.handOver, name: t("handover.title") },
        ]}
        title={t("handover.title")}
        lead={t("handover.lead")}
      />
      <form className="card matter-form" onSubmit={submit} noValidate>
        <header>
          <h2>{t(`handover.steps.${step}`)}</h2>
          <span className="note small">{t("handover.step", { at: at + 1, of: HANDOVER_STEPS.length })}</span>
        </header>
        <div className="card-body stack">
          {step === "people" && <HandoverPeople data={data} problem={problem("people")} onChange={change} />}
          {step === "inventory" && (
            <>
              <HandoverInventory data={data} sealId={sealId} onChange={change} />
              {problem("seals") && <Message tone="problem" live title={problem("seals")} />}
            </>
          )}
          {step === "occasion" && (
            <>
              <HandoverOccasion data={data} problem={problem("place")} onChange={change} />
              <ReasonField
                label={t("handover.reason")}
                problem={problem("reason")}
                most={2000}
                value={reason}
                onChange={setReason}
              />
            </>
          )}
          <ErrorPanel error={save.error} />
          <div className="row row-end">
            {at > 0 && <Button onClick={() => setAt(at - 1)}>{t("handover.back")}</Button>}
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t(at + 1 < HANDOVER_STEPS.length ? "handover.next" : "handover.save")}
            </Button>
          </div>
        </div>
      </form>
    </>
  );
}
