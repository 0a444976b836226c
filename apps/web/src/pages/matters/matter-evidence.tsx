import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { FactTag, Tag } from "../../parts/state-tag.tsx";
import { EvidenceFiles } from "./evidence-files.tsx";
import { EvidenceInput } from "./evidence-input.tsx";
import { closedSlot, mayAddTo } from "./matters.ts";
import { type EvidenceFile, type EvidenceSlot, type MatterDetail, refreshMatters } from "./queries.ts";

/** The slots of a matter: what each wants, by when, what it holds, and where the reader adds to it. */
export function MatterEvidence(props: { matter: MatterDetail }): ReactElement | null {
  const { matter } = props;
  const t = useText("matters");
  if (matter.evidence.length === 0) return null;
  return (
    <section className="card" aria-labelledby="evidence-title">
      <header>
        <h2 id="evidence-title">{t("evidence.title")}</h2>
      </header>
      <ul className="rows">
        {matter.evidence.map((slot) => (
          <li key={slot.slot} className="rows-line">
            <Slot slot={slot} matter={matter} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Slot(props: { slot: EvidenceSlot; matter: MatterDetail }): ReactElement {
  const { slot, matter } = props;
  const t = useText("matters");
  const language = useLanguage();
  const queries = useQueryClient();
  const name = nameIn(slot.name, language);
  const may = mayAddTo(slot, matter);
  const remove = useMutation({
    mutationFn: ({ evidenceId }: EvidenceFile) =>
      api("DELETE /v1/matters/:matterId/evidence/:slot/:evidenceId", {
        params: { matterId: matter.matterId, slot: slot.slot, evidenceId },
      }),
    onSettled: () => refreshMatters(queries),
  });
  return (
    <div className="stack stack-tight grow">
      <div className="row">
        <strong>{name}</strong>
        {slot.files.length > 0 ? (
          <Tag tone="success" sign="check">
            {t("evidence.held", { count: slot.files.length })}
          </Tag>
        ) : (
          <Tag tone="waiting" sign="dashed">
            {slot.neededBy
              ? t("evidence.neededBy", { part: nameIn(slot.neededBy, language) })
              : t(`evidence.needed.${slot.needed}`)}
          </Tag>
        )}
        <FactTag>{t(`evidence.accepts.${slot.accepts}`)}</FactTag>
      </div>
      {slot.files.length > 0 && (
        <EvidenceFiles files={slot.files} removable={slot.removable} onRemove={(file) => remove.mutate(file)} />
      )}
      <div aria-live="polite">
        {remove.isSuccess && <p className="note small">{t("evidence.removed", { name: remove.variables.name })}</p>}
      </div>
      <ErrorPanel error={remove.error} />
      {may && (
        <EvidenceInput
          accepts={slot.accepts}
          label={name}
          onTaken={async (file) => {
            await api("POST /v1/matters/:matterId/evidence", {
              params: { matterId: matter.matterId },
              body: { slot: slot.slot, evidenceId: file.evidenceId },
            });
            await refreshMatters(queries);
          }}
        />
      )}
      {!may && slot.files.length === 0 && (
        <p className="note small">{t(`evidence.${closedSlot(slot.needed, matter.state)}`)}</p>
      )}
    </div>
  );
}
