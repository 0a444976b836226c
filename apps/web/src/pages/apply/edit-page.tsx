import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactElement, useCallback, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import type { RequestDetail } from "../requests/queries.ts";
import { makeApplyPorts } from "./apply-ports.ts";
import { createApplyStore } from "./apply-store.ts";
import { readDraft } from "./draft-body.ts";
import type { WizardStep } from "./steps.ts";
import { Wizard } from "./wizard.tsx";

/** A draft, or a request that was returned or withdrawn, opened to go on with it. */
export function EditPage(): ReactElement {
  const { requestId = "" } = useParams({ strict: false });
  return <SavedApplication key={requestId} requestId={requestId} />;
}

/** The application as the server has it now: what another window saved before is in it. */
export function SavedApplication(props: { requestId: string }): ReactElement {
  const t = useText("apply");
  const { requestId } = props;
  const {
    data: request,
    error,
    refetch,
  } = useQuery({
    queryKey: ["requests", "edit", requestId],
    queryFn: () => api("GET /v1/seal-use-requests/:requestId", { params: { requestId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (error && !request) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!request) return <PageSkeleton />;
  // Both sides of a joint request are changed on the one it was asked from.
  const changedOn = request.otherSide?.changedOn ?? requestId;
  if (changedOn !== requestId) return <SavedApplication key={changedOn} requestId={changedOn} />;
  if (!request.actions.includes("edit"))
    return (
      <>
        <PageHeader title={request.title || request.number || t("trail.draft")} />
        <EmptyState title={t("notToChange")} action={<Link to={paths.request(requestId)}>{t("seeRequest")}</Link>}>
          {t("notToChangeWhy")}
        </EmptyState>
      </>
    );
  return <OpenedApplication request={request} />;
}

function OpenedApplication(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const { requestId } = request;
  const navigate = useNavigate();
  const [store] = useState(() =>
    createApplyStore(makeApplyPorts(), {
      draft: readDraft(request),
      saved: { requestId, version: request.version, savedAt: request.updatedAt },
    }),
  );
  const goTo = useCallback(
    (step: WizardStep, _: string | null, replace: boolean) =>
      void navigate({ to: paths.editRequest(requestId), search: { step }, replace }),
    [navigate, requestId],
  );
  return <Wizard store={store} request={request} goTo={goTo} />;
}
