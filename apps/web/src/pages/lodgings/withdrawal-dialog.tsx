import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { EvidenceField } from "../matters/evidence-field.tsx";
import type { EvidenceFile } from "../matters/queries.ts";
import { type Lodging, refreshLodgings } from "./queries.ts";

/** A card came back or was cancelled: when, and what shows it. */
export function WithdrawalDialog(props: { lodging: Lodging; onClose: () => void; onDone: () => void }): ReactElement {
  const { lodging } = props;
  const t = useText("lodgings");
  const queries = useQueryClient();
  const [withdrawnOn, setWithdrawnOn] = useState("");
  const [note, setNote] = useState("");
  const [file, setFile] = useState<EvidenceFile | null>(null);
  const send = useMutation({
    mutationFn: (evidenceId: string) =>
      api("POST /v1/specimens-lodged/:lodgingId/withdrawal", {
        params: { lodgingId: lodging.lodgingId },
        body: { withdrawnOn, evidenceId, note: note.trim() },
      }),
    onSuccess: async () => {
      await refreshLodgings(queries);
      props.onDone();
    },
  });
  const gaps = useGaps({ on: withdrawnOn === "" && "missing", file: file === null && t("withdrawal.fileMissing") });
  return (
    <DialogForm
      title={t("withdrawal.title", { place: lodging.placeName })}
      send={t("withdrawal.save")}
      gaps={gaps}
      sending={send}
      onSend={() => file && send.mutate(file.evidenceId)}
      onClose={props.onClose}
    >
      <Field label={t("withdrawal.on")} problem={gaps.problem("on")}>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            required
            min={lodging.lodgedOn}
            value={withdrawnOn}
            onChange={(event) => setWithdrawnOn(event.target.value)}
          />
        )}
      </Field>
      <EvidenceField
        accepts="any"
        label={t("withdrawal.evidence")}
        file={file}
        problem={gaps.problem("file")}
        onTaken={setFile}
      />
      <ReasonField label={t("withdrawal.note")} most={1000} value={note} onChange={setNote} />
    </DialogForm>
  );
}
