import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import { refreshRequests } from "../requests/queries.ts";

/** Brings the scan of a copy back: a PDF, or photos in the order of the pages. */
export function BringDialog(props: {
  requestId: string;
  copies: readonly number[];
  onClose: () => void;
}): ReactElement {
  const { requestId, copies } = props;
  const t = useText("copies");
  const queries = useQueryClient();
  const [copy, setCopy] = useState(`${copies[0] ?? 1}`);
  const [files, setFiles] = useState<readonly { readonly evidenceId: string; readonly name: string }[]>([]);
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/seal-use-requests/:requestId/final-copies", {
        params: { requestId },
        body: { copy: Number(copy), evidenceIds: files.map(({ evidenceId }) => evidenceId) },
      }),
    onSuccess: props.onClose,
    onSettled: () => refreshRequests(queries),
  });
  const gaps = useGaps({ files: files.length === 0 && t("final.filesMissing") });
  return (
    <DialogForm
      title={t("final.bringTitle")}
      send={t("final.bringSend")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <p>{t("final.bringWhat")}</p>
      {copies.length > 1 && (
        <RadioChoice
          label={t("final.which")}
          value={copy}
          options={copies.map((one) => ({ value: `${one}`, label: `${one}` }))}
          onChange={setCopy}
        />
      )}
      <Field label={t("final.files")} problem={gaps.problem("files")}>
        {() => (
          <>
            <EvidenceInput
              accepts="any"
              label={t("final.files")}
              onTaken={(file) => setFiles((before) => [...before, file])}
            />
            <ol className="note small">
              {files.map(({ evidenceId, name }) => (
                <li key={evidenceId}>{name}</li>
              ))}
            </ol>
          </>
        )}
      </Field>
    </DialogForm>
  );
}
