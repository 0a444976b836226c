import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactElement, useCallback, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { requestQuery } from "../requests/queries.ts";
import { makeApplyPorts } from "./apply-ports.ts";
import { createApplyStore, makeFirstDraft } from "./apply-store.ts";
import type { Draft } from "./draft.ts";
import { copyDraft } from "./draft-body.ts";
import { SavedApplication } from "./edit-page.tsx";
import type { WizardStep } from "./steps.ts";
import { Wizard } from "./wizard.tsx";

/**
 * A new application. Nothing is begun at the server before there is something in it; once it is, the address shown is
 * that of the draft, while this page goes on as it is, so that nothing under the reader's hands moves.
 */
export function ApplyPage(): ReactElement {
  const t = useText("apply");
  const session = useSession();
  const search: { draft?: unknown; copy?: unknown; seal?: unknown; entity?: unknown; emergency?: unknown } = useSearch({
    strict: false,
  });
  const asked = typeof search.draft === "string" ? search.draft : null;
  const copied = typeof search.copy === "string" ? search.copy : null;
  const urgent = search.emergency === "yes";
  const [begun, setBegun] = useState<string | null>(null);
  const [seen, setSeen] = useState({ asked, fresh: 0 });
  // The link to a new application, followed from within one, begins another.
  if (seen.asked !== asked) setSeen({ asked, fresh: asked === null ? seen.fresh + 1 : seen.fresh });
  if (!mayUse(session, "request.apply"))
    return (
      <>
        <PageHeader title={t("trail.new")} />
        <EmptyState title={t("notForRole")}>{t("notForRoleWhy")}</EmptyState>
      </>
    );
  if (asked !== null && asked !== begun) return <SavedApplication key={asked} requestId={asked} />;
  const wish =
    typeof search.seal === "string" && typeof search.entity === "string"
      ? { sealId: search.seal, entityId: search.entity }
      : null;
  return <FirstApplication key={`new ${seen.fresh}`} copied={copied} wish={wish} urgent={urgent} onBegun={setBegun} />;
}

/** The seal from whose page the reader came. */
interface Wish {
  readonly sealId: string;
  readonly entityId: string;
}

/** Where it begins: with nothing, or with what an earlier request asked for. The address says so only at first. */
function FirstApplication(props: {
  copied: string | null;
  wish: Wish | null;
  urgent: boolean;
  onBegun: (requestId: string) => void;
}): ReactElement {
  const [{ copied, wish, urgent }] = useState(props);
  return copied === null ? (
    <NewApplication draft={null} wish={wish} urgent={urgent} onBegun={props.onBegun} />
  ) : (
    <CopiedApplication requestId={copied} onBegun={props.onBegun} />
  );
}

function NewApplication(props: {
  draft: Draft | null;
  wish: Wish | null;
  /** It was asked for from the page of emergencies. */
  urgent?: boolean;
  onBegun: (requestId: string) => void;
}): ReactElement {
  const { onBegun, wish } = props;
  const session = useSession();
  const navigate = useNavigate();
  const [store] = useState(() =>
    createApplyStore(makeApplyPorts(), {
      draft:
        props.draft ??
        makeFirstDraft(
          listFirst(
            session.entities.map((entity) => entity.entityId),
            wish?.entityId,
          ),
          props.urgent === true,
        ),
      saved: null,
      toSave: props.draft !== null,
    }),
  );
  const goTo = useCallback(
    (step: WizardStep, requestId: string | null, replace: boolean) => {
      if (requestId !== null) onBegun(requestId);
      void navigate({
        to: paths.apply,
        search: { ...(requestId === null ? {} : { draft: requestId }), step },
        replace,
        ...(requestId === null
          ? {}
          : { mask: { to: paths.editRequest(requestId), search: { step }, unmaskOnReload: true } }),
      });
    },
    [navigate, onBegun],
  );
  return <Wizard store={store} request={null} goTo={goTo} wishedSealId={wish?.sealId ?? null} />;
}

/** The same things, the wanted one first if it is among them. */
function listFirst(all: readonly string[], wanted: string | undefined): readonly string[] {
  return all.toSorted((a, b) => Number(b === wanted) - Number(a === wanted));
}

/** A new application that asks for what an earlier one asked for. */
function CopiedApplication(props: { requestId: string; onBegun: (requestId: string) => void }): ReactElement {
  const { data: request, error, refetch } = useQuery(requestQuery(props.requestId));
  if (error && !request) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!request) return <PageSkeleton />;
  const [seal] = request.seals;
  const wish = seal && request.entity ? { sealId: seal.sealId, entityId: request.entity.entityId } : null;
  return <NewApplication draft={copyDraft(request)} wish={wish} onBegun={props.onBegun} />;
}
