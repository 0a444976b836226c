import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { refreshEmergency, type Slip } from "./queries.ts";

/** Asks the reader, whom a slip names, whether he signed it. */
export function SlipAnswer({ slip }: { slip: Slip }): ReactElement {
  const t = useText("emergency");
  const queries = useQueryClient();
  const [denying, setDenying] = useState(false);
  const answer = useMutation({
    mutationFn: (body: { wasMe: boolean; note: string }) =>
      api("POST /v1/emergency-slips/:slipId/answer", { params: { slipId: slip.slipId }, body }),
    onSuccess: async () => {
      await refreshEmergency(queries);
      setDenying(false);
    },
  });
  return (
    <Message tone="warning" title={t("answer.title")}>
      <p>{t("answer.why")}</p>
      <div className="row">
        <Button loading={answer.isPending} onClick={() => answer.mutate({ wasMe: true, note: "" })}>
          {t("answer.wasMe")}
        </Button>
        <Button onClick={() => setDenying(true)}>{t("answer.wasNotMe")}</Button>
      </div>
      {!denying && <ErrorPanel error={answer.error} />}
      {denying && (
        <ReasonDialog
          title={t("answer.denyTitle", { number: slip.number })}
          what={t("answer.denyWhat")}
          label={t("answer.note")}
          missing={t("answer.noteMissing")}
          most={1000}
          give={t("answer.wasNotMe")}
          busy={answer.isPending}
          error={answer.error}
          onGive={(note) => answer.mutate({ wasMe: false, note })}
          onClose={() => setDenying(false)}
        />
      )}
    </Message>
  );
}
