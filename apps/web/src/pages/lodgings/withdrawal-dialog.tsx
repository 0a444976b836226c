import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import type { EvidenceFile } from "../matters/queries.ts";
import { EvidenceField } from "./evidence-field.tsx";
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
  return (
    <Dialog title={t("withdrawal.title", { place: lodging.placeName })} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (file && withdrawnOn !== "") send.mutate(file.evidenceId);
        }}
      >
        <Field label={t("withdrawal.on")}>
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
        <EvidenceField label={t("withdrawal.evidence")} file={file} onTaken={setFile} />
        <Field label={t("withdrawal.note")}>
          {(control) => (
            <TextLines {...control} maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
          )}
        </Field>
        <ErrorPanel error={send.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("form.cancel")}</Button>
          <Button
            type="primary"
            htmlType="submit"
            disabled={file === null || withdrawnOn === ""}
            loading={send.isPending}
          >
            {t("withdrawal.save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
