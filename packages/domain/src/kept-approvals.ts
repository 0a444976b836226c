import type { ApprovalSubject } from "./approval.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { StepKind } from "./rule-set.ts";
import type { LocalName } from "./vocabulary.ts";

/** What a request is made of, as agreements rest on it. */
export const REQUEST_PARTS = [
  "documents",
  "places",
  "seals",
  "subject",
  "counterparty",
  "amount",
  "validity",
  "papers",
  "answers",
  "people",
  "emergency",
  "rules",
] as const;
export type RequestPart = (typeof REQUEST_PARTS)[number];

export const requestPartNames: Readonly<Record<RequestPart, LocalName>> = {
  documents: { en: "the documents", zh: "文件" },
  places: { en: "the places of the seals", zh: "用印位置" },
  seals: { en: "the seals or their pages", zh: "印章或用印页" },
  subject: { en: "class, title or purpose", zh: "类别、标题或用途" },
  counterparty: { en: "the counterparty", zh: "相对方" },
  amount: { en: "the amount", zh: "金额" },
  validity: { en: "the last day", zh: "有效期" },
  papers: { en: "papers or forms", zh: "附件或凭证" },
  answers: { en: "what was asked and answered", zh: "询问与说明" },
  people: { en: "applicant or handler", zh: "申请人或经办人" },
  emergency: { en: "the emergency", zh: "应急事由" },
  rules: { en: "the rules of use", zh: "用印规则" },
};

/**
 * What each kind of step rests on. Nobody but the signatory agrees to where on its page a seal stands; a lawyer answers for
 * what the paper says, and not for how long its sealing may wait. The signatory agrees to all of it, each time anew (C01).
 */
export const restsOn: Readonly<Record<StepKind, readonly RequestPart[] | null>> = {
  "unit-head": REQUEST_PARTS.filter((part) => part !== "places"),
  named: REQUEST_PARTS.filter((part) => part !== "places"),
  "legal-review": REQUEST_PARTS.filter((part) => part !== "places" && part !== "validity"),
  signatory: null,
};

/** The parts of what is approved, each as a JSON value whose digest is kept; documents count by their bytes. */
export function partsOfRequest(
  subject: Omit<ApprovalSubject, "number" | "round">,
  answers: readonly (readonly { readonly placeId: string; readonly reason: string }[])[],
): Readonly<Record<RequestPart, unknown>> {
  const {
    documents,
    series,
    questions,
    title,
    purpose,
    documentClass,
    external,
    counterparty,
    counterpartyKind,
    ...more
  } = subject;
  const { amount, currency, validUntil, attachments, forms, entityId, applicantId, handlerId, emergency, ...others } =
    more;
  // What is approved besides, now or one day, voids every agreement where it changes: nothing stands by being forgotten.
  const { rules, number: _number, round: _round, ...rest } = others as typeof others & Partial<ApprovalSubject>;
  const placed = series ? [series] : documents;
  return {
    // The sample was drawn of these documents: of others another is.
    documents: series ? { ...series, placements: null } : documents.map(({ digest }) => digest),
    places: placed.map(({ placements }) => placements),
    seals: placed.map(({ placements }) => placements.map(({ sealId, page }) => ({ sealId, page }))),
    subject: [documentClass, external, title, purpose],
    counterparty: [counterparty, counterpartyKind ?? null],
    amount: [amount, currency],
    validity: validUntil,
    papers: [attachments ?? [], forms ?? []],
    answers: [answers, (questions ?? []).map(({ key, related, answer }) => ({ key, related, answer })), rest],
    people: [entityId, applicantId, handlerId],
    emergency: emergency?.reason ?? null,
    rules: rules ?? null,
  };
}

export interface AgreementGiven {
  readonly stepId: string;
  readonly kind: StepKind;
  readonly group: string;
  readonly decidedBy: string;
}
export interface StepToAsk {
  readonly kind: StepKind;
  readonly group: string;
  readonly candidates: readonly string[];
}
/** The agreement that stands for a step, or why it is asked again; neither where nobody had agreed. */
export interface StepKept {
  readonly kept: string | null;
  readonly again: Refusal | null;
}

/**
 * Which agreements stand when a request is submitted again after a return: those whose step saw nothing that changed, given
 * by somebody who would be asked today. Each stands for one step; what does not stand is told with its reason.
 */
export function keepAgreements(
  steps: readonly StepToAsk[],
  given: readonly AgreementGiven[],
  before: Readonly<Partial<Record<RequestPart, string>>> | null,
  now: Readonly<Record<RequestPart, string>>,
): StepKept[] {
  const used = new Set<string>();
  return steps.map((step): StepKept => {
    const earlier = given.filter((one) => one.kind === step.kind && one.group === step.group && !used.has(one.stepId));
    const parts = restsOn[step.kind];
    if (earlier.length === 0) return { kept: null, again: null };
    if (parts === null) return { kept: null, again: refuse("again.signatory") };
    const changed = parts.filter((part) => before?.[part] !== now[part]);
    if (changed.length > 0) return { kept: null, again: refuse("again.changed", { parts: changed.join(" ") }) };
    const fit = earlier.find((one) => step.candidates.includes(one.decidedBy));
    if (!fit) return { kept: null, again: refuse("again.not-asked") };
    used.add(fit.stepId);
    return { kept: fit.stepId, again: null };
  });
}
