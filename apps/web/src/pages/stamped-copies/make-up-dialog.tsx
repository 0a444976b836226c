import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { paths } from "../../paths.ts";
import { EvidenceField } from "../matters/evidence-field.tsx";
import { refreshRequests } from "../requests/queries.ts";
import type { StampedCopy } from "./queries.ts";

/** Begins the request that replaces one copy, and goes on where it is submitted. */
export function MakeUpDialog(props: {
  requestId: string;
  copies: readonly StampedCopy[];
  onClose: () => void;
}): ReactElement {
  const { requestId, copies } = props;
  const t = useText("copies");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [copy, setCopy] = useState(`${copies[0]?.copy ?? 1}`);
  const [reason, setReason] = useState("");
  const [file, setFile] = useState<{ readonly evidenceId: string; readonly name: string } | null>(null);
  // Of a spoiled copy the photo of its voided paper is there.
  const lost = copies.find((one) => `${one.copy}` === copy)?.state !== "voided";
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/seal-use-requests/:requestId/make-ups", {
        params: { requestId },
        body: { copy: Number(copy), reason, evidenceId: file?.evidenceId ?? null },
      }),
    onSuccess: (begun) => navigate({ to: paths.editRequest(begun.requestId), search: { step: "review" } }),
    onSettled: () => refreshRequests(queries),
  });
  const gaps = useGaps({
    reason: reason.trim() === "" && "missing",
    evidence: lost && file === null && t("makeUp.evidenceMissing"),
  });
  return (
    <DialogForm
      title={t("makeUp.title")}
      send={t("makeUp.send")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <p>{t("makeUp.what")}</p>
      <RadioChoice
        label={t("makeUp.which")}
        value={copy}
        options={copies.map((one) => ({
          ...{
            value: `${one.copy}`,
            label: t(`makeUp.${one.state === "voided" ? "spoiled" : "lost"}`, { copy: one.copy }),
          },
        }))}
        onChange={setCopy}
      />
      <ReasonField
        label={t("makeUp.reason")}
        problem={gaps.problem("reason")}
        rows={2}
        value={reason}
        onChange={setReason}
      />
      <EvidenceField
        label={t("makeUp.evidence")}
        hint={t(lost ? "makeUp.evidenceHint" : "makeUp.evidenceSpoiled")}
        accepts="any"
        file={file}
        problem={gaps.problem("evidence")}
        onTaken={setFile}
      />
    </DialogForm>
  );
}
