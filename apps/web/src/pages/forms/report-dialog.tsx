import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { Choice } from "../custody/custody-choices.tsx";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import { exampleOf } from "./form-states.ts";
import { refreshForms, type Series, type SheetReport, usedWithQuery } from "./queries.ts";
import "../matters/matters.css";

type Gap = "numbers" | "end" | "words" | "file";

/** What became of blank sheets, in their taker's word: it counts once somebody else has confirmed it. */
export function ReportDialog({ series, onClose }: { series: Series; onClose: () => void }): ReactElement {
  const t = useText("forms");
  const queries = useQueryClient();
  const { data } = useQuery(usedWithQuery);
  const [numbers, setNumbers] = useState("");
  const [end, setEnd] = useState<SheetReport["end"] | "">("");
  const [requestId, setRequestId] = useState("");
  const [words, setWords] = useState("");
  const [evidenceId, setEvidenceId] = useState<string | null>(null);
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/form-series/:seriesId/sheet-reports", {
        params: { seriesId: series.seriesId },
        body: {
          ...{ numbers, end: end || "returned", evidenceId, requestId: requestId || null },
          reason: requestId === "" ? words : "",
        },
      }),
    onSuccess: onClose,
    onSettled: () => refreshForms(queries),
  });
  const gaps = useGaps<Gap>({
    numbers: numbers.trim() === "" && "missing",
    end: end === "" && "choose",
    words: requestId === "" && words.trim() === "" && "missing",
    file: evidenceId === null && "missing",
  });
  const isDestroyed = end === "destroyed";
  return (
    <DialogForm
      title={t("acts.report")}
      send={t("dialog.send.report")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={onClose}
    >
      <p className="note">{t("reports.why")}</p>
      <Field
        label={t("dialog.numbers")}
        hint={t("dialog.numbersHint", { example: exampleOf(series, "issued") })}
        problem={gaps.problem("numbers")}
      >
        {(control) => (
          <TextInput
            {...control}
            maxLength={500}
            autoComplete="off"
            value={numbers}
            onChange={(event) => setNumbers(event.target.value)}
          />
        )}
      </Field>
      <Choice
        label={t("reports.end")}
        none={t("reports.choose")}
        problem={gaps.problem("end")}
        value={end}
        options={(["returned", "destroyed"] as const).map((id) => ({ id, name: t(`reports.ends.${id}`) }))}
        onChange={(id) => setEnd(id === "returned" || id === "destroyed" ? id : "")}
      />
      <Choice
        label={t("dialog.useRequest")}
        value={requestId}
        none={t("dialog.useNone")}
        options={(data?.items ?? []).map((one) => ({
          id: one.requestId,
          name: [one.number, one.title].filter(Boolean).join(" · "),
        }))}
        onChange={setRequestId}
      />
      {requestId === "" && (
        <Field label={t(isDestroyed ? "reports.destroyReason" : "dialog.useReason")} problem={gaps.problem("words")}>
          {(control) => (
            <TextLines
              {...control}
              rows={2}
              maxLength={300}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="stack stack-tight">
        <strong>{t(isDestroyed ? "reports.photo" : "sheets.scan")}</strong>
        <span className="note small">{t(isDestroyed ? "reports.photoHint" : "sheets.scanHint")}</span>
        <EvidenceInput
          key={end}
          accepts={isDestroyed ? "picture" : "any"}
          label={t(isDestroyed ? "reports.photo" : "sheets.scan")}
          onTaken={(file) => setEvidenceId(file.evidenceId)}
        />
        <p aria-live="polite">{evidenceId !== null && t("dialog.taken")}</p>
        {gaps.problem("file") && (
          <p className="field-problem" role="alert">
            {gaps.problem("file")}
          </p>
        )}
      </div>
    </DialogForm>
  );
}
