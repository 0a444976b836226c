import type { StepState } from "../../parts/step-bar.tsx";
import { readAmount } from "./amount.ts";
import { countCopies, type Draft, type DraftDocument, type UnfinishedPlace } from "./draft.ts";

export const WIZARD_STEPS = ["documents", "place", "review"] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];

/** A field that has to be filled in before the next step. */
export type FactGap =
  | "documents"
  | "entity"
  | "title"
  | "documentClass"
  | "counterparty"
  | "purpose"
  | "amount"
  | "copies"
  | "printer";

/** What is still missing in the first step, in the order of the page. The server decides; this leads there. */
export function listFactGaps(draft: Pick<Draft, "facts" | "documents">): readonly FactGap[] {
  const { facts } = draft;
  const gaps: FactGap[] = [];
  if (draft.documents.length === 0) gaps.push("documents");
  if (facts.entityId === null) gaps.push("entity");
  if (facts.documentClass === null) gaps.push("documentClass");
  if (facts.title.trim() === "") gaps.push("title");
  // Whether the form or each line of a list names the other side is open until there is something to be sealed.
  const isSingle = facts.seriesId === null && draft.documents.length > 0;
  if (facts.external && isSingle && facts.counterparty.trim() === "") gaps.push("counterparty");
  if (countCopies(facts) === undefined) gaps.push("copies");
  if (facts.useMode === "by-hand" && facts.paperPrintedBy?.trim() === "") gaps.push("printer");
  if (readAmount(facts.amount) === undefined) gaps.push("amount");
  if (facts.purpose.trim() === "") gaps.push("purpose");
  return gaps;
}

/** Documents on which no seal stands yet. */
export function listUnplaced(draft: Pick<Draft, "documents">): readonly DraftDocument[] {
  return draft.documents.filter((document) => document.placed.length === 0);
}

/** Unfinished places of a document that nobody gave a reason for; those that can never have one are among them. */
export function listOpenPlaces(document: DraftDocument): readonly UnfinishedPlace[] {
  return document.file.unfinished.filter(
    (place) => !place.answerable || (document.answers[place.placeId] ?? "").trim() === "",
  );
}

/** Whether a step has everything that the next one needs. */
export function isComplete(draft: Pick<Draft, "facts" | "documents">, step: WizardStep): boolean {
  switch (step) {
    case "documents":
      return listFactGaps(draft).length === 0;
    case "place":
      return (
        draft.documents.length > 0 &&
        listUnplaced(draft).length === 0 &&
        draft.documents.every((document) => listOpenPlaces(document).length === 0)
      );
    case "review":
      return false;
  }
}

/** Where to go on with a draft that is opened again: the first step that is not complete. */
export function findOpenStep(draft: Pick<Draft, "facts" | "documents">): WizardStep {
  return WIZARD_STEPS.find((step) => !isComplete(draft, step)) ?? "review";
}

/** The step an address names; undefined for anything else. */
export function findStep(value: unknown): WizardStep | undefined {
  return WIZARD_STEPS.find((step) => step === value);
}

/** The step bar: done is what lies behind and is complete; a step left with something open keeps its number. */
export function listStepStates(
  draft: Pick<Draft, "facts" | "documents">,
  current: WizardStep,
): readonly { readonly step: WizardStep; readonly state: StepState }[] {
  const at = WIZARD_STEPS.indexOf(current);
  return WIZARD_STEPS.map((step, index) => ({
    step,
    state: index === at ? "now" : index < at && isComplete(draft, step) ? "done" : "todo",
  }));
}
