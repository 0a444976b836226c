import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import { type RequestDetail, refreshRequests } from "./queries.ts";

type Papers = NonNullable<RequestDetail["emergencyPapers"]>;

/** Papers that an emergency still owes, each with a place to add it for who asked; and those that followed. */
export function EmergencyPapers(props: { request: RequestDetail }): ReactElement | null {
  const { requestId, emergencyPapers: papers } = props.request;
  const t = useText("requests");
  const language = useLanguage();
  const recent = useRecent();
  const queries = useQueryClient();
  const give = useMutation({
    mutationFn: (body: { kind: Papers["owed"][number]["kind"]; evidenceId: string }) =>
      api("POST /v1/seal-use-requests/:requestId/emergency-papers", { params: { requestId }, body }),
    onSuccess: () => refreshRequests(queries),
  });
  if (!papers || papers.owed.length + papers.followed.length === 0) return null;
  return (
    <section className="stack stack-tight" aria-label={t("emergency.papers")}>
      {papers.owed.length > 0 && <p>{t("emergency.owed")}</p>}
      <ul className="stack stack-tight">
        {papers.owed.map(({ kind, name }) => (
          <li key={kind} className="stack stack-tight">
            <div className="row">
              <Tag tone="warning" sign="warning">
                {nameIn(name, language)}
              </Tag>
            </div>
            {papers.mayGive && (
              <EvidenceInput
                accepts="any"
                label={nameIn(name, language)}
                onTaken={async ({ evidenceId }) => void (await give.mutateAsync({ kind, evidenceId }))}
              />
            )}
          </li>
        ))}
      </ul>
      <ErrorPanel error={give.error} />
      {papers.followed.length > 0 && <p>{t("emergency.followed")}</p>}
      <ul className="stack stack-tight">
        {papers.followed.map(({ kind, name, evidenceId, file, at }) => (
          <li key={kind}>
            {nameIn(name, language)}:{" "}
            <a href={evidenceAddress.file(evidenceId)} download={file}>
              {file}
            </a>{" "}
            <span className="note small">{t("emergency.addedAt", { at: recent(at) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
