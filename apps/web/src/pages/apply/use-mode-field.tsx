import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { Field } from "../../parts/field.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { Tick } from "../custody/custody-choices.tsx";
import { documentClassesQuery } from "../document-classes/queries.ts";
import { useApply } from "./apply-context.ts";
import type { DraftFacts, UseMode } from "./draft.ts";

const MODES: readonly UseMode[] = ["electronic", "by-hand"];

/** How the seals are used: by their keys, or pressed by hand on so many paper copies; and why on paper, where a key would do. */
export function UseModeField(props: { problem: string | undefined; printerProblem: string | undefined }): ReactElement {
  const { draft, store } = useApply();
  const { useMode, copies, paperReason, documentClass } = draft.facts;
  const t = useText("apply");
  const word = useWord();
  const { data: classes } = useQuery(documentClassesQuery);
  const electronic = classes?.items.find((one) => one.documentClass === documentClass)?.electronic ?? "first";
  const change = (fact: Partial<DraftFacts>): void => store.change({ type: "fact", change: fact });
  const offered = electronic === "no" && useMode === "by-hand" ? MODES.slice(1) : MODES;
  return (
    <>
      <div className="stack stack-tight">
        <RadioChoice
          label={t("useMode.label")}
          value={useMode}
          options={offered.map((value) => ({ value, label: word("useModes", value) }))}
          onChange={(mode) => change({ useMode: mode })}
        />
        <span className="field-hint">
          {t(
            electronic === "no" ? "useMode.paperOnly" : useMode === "by-hand" ? "useMode.byHand" : "useMode.electronic",
          )}
        </span>
      </div>
      {useMode === "by-hand" && (
        <div data-gap="copies">
          <Field label={t("useMode.copiesLabel")} hint={t("useMode.copiesHint")} problem={props.problem}>
            {(control) => (
              <TextInput
                {...control}
                inputMode="numeric"
                maxLength={3}
                value={copies}
                onChange={(event) => change({ copies: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
      {useMode === "by-hand" && electronic === "first" && (
        <Field label={t("useMode.why")} hint={t("useMode.whyHint")}>
          {(control) => (
            <TextLines
              {...control}
              rows={2}
              maxLength={500}
              value={paperReason}
              onChange={(event) => change({ paperReason: event.target.value })}
            />
          )}
        </Field>
      )}
      {useMode === "by-hand" && <ForeignPaperField problem={props.printerProblem} />}
    </>
  );
}

/** Whether others printed the paper, and who: then its scan is what is approved. */
function ForeignPaperField(props: { problem: string | undefined }): ReactElement {
  const { draft, store } = useApply();
  const { paperPrintedBy, counterparty } = draft.facts;
  const t = useText("apply");
  const change = (name: string | null): void => store.change({ type: "fact", change: { paperPrintedBy: name } });
  return (
    <div className="stack stack-tight">
      <Tick
        label={t("useMode.foreign")}
        checked={paperPrintedBy !== null}
        onChange={(on) => change(on ? counterparty.trim() : null)}
      />
      {paperPrintedBy !== null && (
        <div data-gap="printer">
          <Field label={t("useMode.printer")} hint={t("useMode.foreignHint")} problem={props.problem}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={200}
                value={paperPrintedBy}
                onChange={(event) => change(event.target.value)}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}
