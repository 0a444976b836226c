import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { refreshRequests } from "../requests/queries.ts";
import type { FinalCopy } from "./final-queries.ts";

const RULINGS = ["as-approved", "agreed-change", "not-agreed"] as const;
type Ruling = (typeof RULINGS)[number];

/** Legal review says what a final copy is that differs, and why. */
export function RuleDialog(props: { requestId: string; final: FinalCopy; onClose: () => void }): ReactElement {
  const { requestId, final } = props;
  const t = useText("copies");
  const queries = useQueryClient();
  const lacksPages = final.pages.some(({ verdict }) => verdict === "missing");
  // Whoever finds it right says so; nobody does by sending the form as it stands.
  const [ruling, setRuling] = useState<Ruling>("not-agreed");
  const [reason, setReason] = useState("");
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/ruling", {
        params: { requestId, finalCopyId: final.finalCopyId },
        body: { ruling, reason },
      }),
    onSuccess: props.onClose,
    onSettled: () => refreshRequests(queries),
  });
  const gaps = useGaps({ reason: reason.trim() === "" && "missing" });
  return (
    <DialogForm
      title={t("final.rule")}
      send={t("final.ruleSend")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      {lacksPages && <p>{t("final.lacksPages")}</p>}
      <RadioChoice
        label={t("final.what")}
        stacked
        value={ruling}
        options={RULINGS.map((value) => ({
          ...{ value, label: t(`final.rulings.${value}`) },
          disabled: lacksPages && value !== "not-agreed",
        }))}
        onChange={setRuling}
      />
      <ReasonField label={t("reason")} problem={gaps.problem("reason")} rows={2} value={reason} onChange={setReason} />
    </DialogForm>
  );
}
