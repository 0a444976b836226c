import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { sealTypesQuery } from "../seals/queries.ts";
import { KindFacts, WaitingKind } from "./kind-facts.tsx";
import type { SealTypeChange, SealTypeNow } from "./seal-kind-form.ts";
import { SealTypeDialog } from "./seal-type-dialog.tsx";
import "../seals/seals.css";
import "./life.css";

/** The kinds of seals with what they rule; a seal administrator asks for a change or a new kind, a second person confirms. */
export function SealTypesPage(): ReactElement {
  const t = useText("life");
  const seals = useText("seals");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(sealTypesQuery);
  const [edited, setEdited] = useState<SealTypeNow | "new" | null>(null);
  const change = useMutation({
    mutationFn: (wanted: SealTypeChange) => api("POST /v1/seal-type-changes", { body: wanted }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: sealTypesQuery.queryKey });
      setEdited(null);
    },
  });
  const may = mayUse(session, "seal-type.change");
  const begin = (kind: SealTypeNow | "new"): void => {
    change.reset();
    setEdited(kind);
  };
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.seals, name: seals("title") },
          { to: paths.sealTypes, name: t("types.title") },
        ]}
        title={t("types.title")}
        lead={t("types.lead")}
        actions={
          may && (
            <Button type="primary" onClick={() => begin("new")}>
              {t("types.add")}
            </Button>
          )
        }
      />
      <div className="stack">
        <div aria-live="polite">{change.data && <Message tone="success" title={t("types.asked")} />}</div>
        {error && !data && <ErrorPanel error={error} onRetry={() => void refetch()} />}
        {!data && !error && <PageSkeleton />}
        {data?.asked.map((waiting) => (
          <section key={waiting.sealTypeChangeId} className="card card-body stack stack-tight">
            <strong>{nameIn(waiting.name, language)}</strong>
            <WaitingKind now={null} waiting={waiting} />
          </section>
        ))}
        <ul className="seal-type-list">
          {data?.items.map((kind) => (
            <li key={kind.kindId} className="card card-body stack stack-tight">
              <KindFacts kind={kind} {...(may && !kind.waiting ? { onChange: () => begin(kind) } : {})} />
              {kind.waiting && <WaitingKind now={kind} waiting={kind.waiting} />}
            </li>
          ))}
        </ul>
      </div>
      {edited && data && (
        <SealTypeDialog
          kind={edited === "new" ? null : edited}
          kinds={data.items}
          busy={change.isPending}
          error={change.error}
          onSave={(wanted) => change.mutate(wanted)}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
