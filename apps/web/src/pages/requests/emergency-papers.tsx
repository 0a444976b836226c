import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
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
    mutationFn: (body: { kind: Papers["owed"][number]["kind"]; title: string; evidenceId: string }) =>
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
              <GivePaper
                name={nameIn(name, language)}
                onGive={(title, evidenceId) => give.mutateAsync({ kind, title, evidenceId })}
              />
            )}
          </li>
        ))}
      </ul>
      <ErrorPanel error={give.error} />
      {papers.followed.length > 0 && <p>{t("emergency.followed")}</p>}
      <ul className="stack stack-tight">
        {papers.followed.map(({ kind, name, evidenceId, file, title, by, at, confirmed, named }) => (
          <li key={kind} className="stack stack-tight">
            <div>
              {nameIn(name, language)}: {title !== "" && <strong className="typed">{title}</strong>}{" "}
              <a href={evidenceAddress.file(evidenceId)} download={file}>
                {file}
              </a>{" "}
              <span className="note small">
                {t("emergency.addedBy", { at: recent(at), name: by ? nameIn(by.name, language) : "" })}
              </span>
            </div>
            {named === false && (
              <p className="note small">{t("facts.paperUnnamed", { name: nameIn(name, language) })}</p>
            )}
            {confirmed === null ? (
              <p className="note small">{t("emergency.toConfirm")}</p>
            ) : (
              <div>
                <Tag tone={confirmed ? "success" : "problem"} sign={confirmed ? "check" : "warning"}>
                  {t(confirmed ? "emergency.confirmed" : "emergency.notConfirmed")}
                </Tag>
              </div>
            )}
            {papers.mayGive && (
              <details>
                <summary>{t("emergency.replace")}</summary>
                <GivePaper
                  name={nameIn(name, language)}
                  onGive={(given, id) => give.mutateAsync({ kind, title: given, evidenceId: id })}
                />
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the paper calls itself, and then its file: whoever reviews the emergency compares both. */
function GivePaper(props: {
  name: string;
  onGive: (title: string, evidenceId: string) => Promise<unknown>;
}): ReactElement {
  const t = useText("requests");
  const [title, setTitle] = useState("");
  return (
    <div className="stack stack-tight">
      <Field label={t("emergency.paperTitle", { name: props.name })} hint={t("emergency.paperTitleHint")}>
        {(control) => (
          <TextInput {...control} maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      {title.trim() !== "" && (
        <EvidenceInput
          accepts="any"
          label={props.name}
          onTaken={async ({ evidenceId }) => void (await props.onGive(title.trim(), evidenceId))}
        />
      )}
    </div>
  );
}
