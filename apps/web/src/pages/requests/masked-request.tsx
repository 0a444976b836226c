import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useId, useState } from "react";
import { api, findProblem } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { type Refusal, RefusedAct } from "../../parts/refusal-panel.tsx";
import { ConfidentialTag, useMaskedTitle } from "../../parts/request-title.tsx";
import { paths } from "../../paths.ts";
import { refreshRequests } from "./queries.ts";

/** Why a confidential request is not opened, where that is what the server answered. */
export function findMasked(error: unknown): Refusal | null {
  const problem = findProblem(error);
  return problem?.status === 403
    ? (problem.refusals.find((one) => one.code.startsWith("confidential.")) ?? null)
    : null;
}

/** In the place of a confidential request that the reader does not open: that it is there, and how he could read it. */
export function MaskedRequest(props: { requestId: string; refusal: Refusal }): ReactElement {
  const { requestId, refusal } = props;
  const t = useText("confidential");
  const words = useText("requests");
  const masked = useMaskedTitle()("");
  const id = useId();
  const number = String(refusal.facts.number ?? "");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.requests, name: words("list.title") },
          { to: paths.request(requestId), name: number },
        ]}
        title={masked}
        tags={<ConfidentialTag />}
        lead={<strong className="ink">{number}</strong>}
      />
      <RefusedAct
        title={t("masked")}
        id={id}
        refusals={[refusal]}
        renderAction={(one) =>
          one.code === "confidential.needs-access" && (
            <Button type="primary" onClick={() => setAsking(true)}>
              {t("open")}
            </Button>
          )
        }
      />
      {asking && <AccessDialog requestId={requestId} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Opens it for a day; why is told to its readers before anything is read. */
function AccessDialog(props: { requestId: string; onClose: () => void }): ReactElement {
  const t = useText("confidential");
  const queries = useQueryClient();
  const take = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/seal-use-requests/:requestId/accesses", {
        params: { requestId: props.requestId },
        body: { reason },
      }),
    onSuccess: () => refreshRequests(queries),
  });
  return (
    <ReasonDialog
      title={t("dialog.title")}
      what={t("dialog.what")}
      label={t("dialog.reason")}
      missing={t("dialog.missing")}
      give={t("dialog.give")}
      busy={take.isPending}
      error={take.error}
      onGive={(reason) => take.mutate(reason)}
      onClose={props.onClose}
    />
  );
}
