import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { paths } from "../../paths.ts";
import { refreshRequests, requestQuery } from "./queries.ts";

/** Takes a request back: approvals lapse, impressions are free again, and it can be changed and sent anew. */
export function WithdrawDialog(props: {
  requestId: string;
  /** Whether another entity seals the same paper. */
  joint?: boolean;
  /** Whether it is that of an applicant who has left. */
  forAnother?: boolean;
  onClose: () => void;
}): ReactElement {
  const t = useText("requests");
  const sides = useText("joint");
  const queries = useQueryClient();
  const [reason, setReason] = useState("");
  const withdraw = useMutation({
    mutationFn: () =>
      api("POST /v1/seal-use-requests/:requestId/withdraw", {
        params: { requestId: props.requestId },
        body: { reason: reason.trim() },
      }),
    onSuccess: async () => {
      await refreshRequests(queries);
      props.onClose();
    },
  });
  return (
    <Dialog title={t("page.withdrawTitle")} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          withdraw.mutate();
        }}
      >
        <p>{t(props.forAnother ? "page.withdrawForWhy" : "page.withdrawWhy")}</p>
        {props.joint && <p>{sides("card.withdraw")}</p>}
        <ReasonField label={t("page.withdrawReason")} value={reason} onChange={setReason} />
        <ErrorPanel error={withdraw.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("page.keep")}</Button>
          <Button type="primary" danger htmlType="submit" loading={withdraw.isPending}>
            {t("page.withdrawTitle")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Discards a draft that was never sent. There is no way back, so it asks once. */
export function DiscardDialog(props: { requestId: string; onClose: () => void }): ReactElement {
  const t = useText("requests");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const discard = useMutation({
    mutationFn: () => api("DELETE /v1/seal-use-requests/:requestId", { params: { requestId: props.requestId } }),
    onSuccess: async () => {
      await navigate({ to: paths.requests });
      queries.removeQueries({ queryKey: requestQuery(props.requestId).queryKey });
      await refreshRequests(queries);
    },
  });
  return (
    <Dialog
      title={t("page.discard")}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t("page.keepDraft")}</Button>
          <Button type="primary" danger loading={discard.isPending} onClick={() => discard.mutate()}>
            {t("page.discard")}
          </Button>
        </>
      }
    >
      <p>{t("page.discardWhy")}</p>
      <ErrorPanel error={discard.error} />
    </Dialog>
  );
}
