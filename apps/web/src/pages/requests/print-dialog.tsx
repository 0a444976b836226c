import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import type { RequestDetail, RequestDocument } from "./queries.ts";
import { saveFile } from "./save-file.ts";

/** Copies of each document with codes, to be printed: all of them, or some. */
export function PrintCopies(props: { request: RequestDetail }): ReactElement {
  const t = useText("stamping");
  const [asked, setAsked] = useState<RequestDocument | null>(null);
  const { documentList } = props.request;
  return (
    <div className="stack stack-tight">
      <p className="note">{t("print.what")}</p>
      <div className="row">
        {documentList.map((document) => (
          <Button key={document.documentId} onClick={() => setAsked(document)}>
            {documentList.length > 1 ? `${t("print.act")}: ${document.name}` : t("print.act")}
          </Button>
        ))}
      </div>
      {asked && <PrintDialog request={props.request} document={asked} onClose={() => setAsked(null)} />}
    </div>
  );
}

function PrintDialog(props: { request: RequestDetail; document: RequestDocument; onClose: () => void }): ReactElement {
  const { request, document } = props;
  const t = useText("stamping");
  const most = request.copies ?? 1;
  const [from, setFrom] = useState<number | null>(1);
  const [to, setTo] = useState<number | null>(most);
  const print = useMutation({
    mutationFn: (range: { readonly from: number; readonly to: number }) =>
      api("POST /v1/seal-use-requests/:requestId/documents/:documentId/copies", {
        params: { requestId: request.requestId, documentId: document.documentId },
        body: range,
      }),
    onSuccess: (file, range) => {
      saveFile(file, t("print.file", { number: request.number ?? "", ...range }));
      props.onClose();
    },
  });
  const fits = from !== null && to !== null && from >= 1 && from <= to && to <= most;
  const gaps = useGaps({ to: !fits && t("print.range", { most }) });
  return (
    <DialogForm
      title={t("print.title")}
      send={t("print.give")}
      gaps={gaps}
      sending={print}
      onSend={() => {
        if (from !== null && to !== null) print.mutate({ from, to });
      }}
      onClose={props.onClose}
    >
      <div className="field-pair">
        <Field label={t("print.from")}>
          {(control) => <NumberInput control={control} min={1} max={most} value={from} onChange={setFrom} />}
        </Field>
        <Field label={t("print.to")} problem={gaps.problem("to")}>
          {(control) => <NumberInput control={control} min={1} max={most} value={to} onChange={setTo} />}
        </Field>
      </div>
    </DialogForm>
  );
}
