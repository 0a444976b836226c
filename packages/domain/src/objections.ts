import type { DemandedStep } from "./route.ts";
import { lastStage, type StepKind } from "./rule-set.ts";
import type { LocalName } from "./vocabulary.ts";

/** What somebody decided in a step about the documents that are asked for now, in this request or another. */
export interface EarlierDecision {
  readonly requestId: string;
  /** The entity in whose request it was decided; the same organisation may be several. */
  readonly entityId: string | null;
  readonly stepId: string;
  readonly kind: StepKind;
  readonly title: LocalName | null;
  readonly decision: "approved" | "returned" | "rejected";
  readonly by: string;
  readonly at: number;
  /** Whether he decided on the documents as they are now; of his own request another file may have taken their place. */
  readonly sameDocument: boolean;
}
/** A return or a rejection that nobody has answered with an agreement. */
export interface Objection extends EarlierDecision {
  readonly decision: "returned" | "rejected";
}

const isObjection = (one: EarlierDecision): one is Objection => one.decision !== "approved";

/**
 * Whether an agreement answers an objection: its own person's, or that of the office it was raised in; named people answer for
 * themselves, and an office of one entity not for that of another.
 */
const answers = (agreement: EarlierDecision, objection: Objection): boolean =>
  agreement.decision === "approved" &&
  agreement.at > objection.at &&
  (agreement.by === objection.by ||
    (agreement.entityId === objection.entityId && agreement.kind === objection.kind && objection.kind !== "named"));

/**
 * Objections to these documents that stand open (C02, C03): what a reviewer returned or rejected, and neither he nor his office
 * has agreed to since. Of one person the last in each request counts. It is shown to whoever decides next, whatever the way.
 */
export function listOpenObjections(decided: readonly EarlierDecision[]): Objection[] {
  const open = decided.filter(isObjection).filter((one) => !decided.some((other) => answers(other, one)));
  const last = new Map<string, Objection>();
  for (const one of open.toSorted((a, b) => a.at - b.at)) last.set(`${one.requestId} ${one.by}`, one);
  return [...last.values()].toSorted((a, b) => b.at - a.at);
}

/** Whoever objected is asked within the hour too, like the signatory of an emergency. */
const hoursToAnswer = 1;

/**
 * The route of an emergency with the steps whose reviewers objected to the same documents. The order of approvals yields to an
 * emergency, for nobody could be waited for; a no that was given does not (C02). Where the documents have changed it is shown, and
 * the signatory decides. What was said at another entity of the organisation is looked at by the legal reviewer of this one: who said
 * it has no office here, and does not read what is asked for here.
 */
export function withObjectors(
  route: readonly DemandedStep[],
  objections: readonly Objection[],
  entityId: string | null,
): DemandedStep[] {
  const asked = new Map<string, DemandedStep>();
  for (const one of objections) {
    const isElsewhere = one.entityId !== entityId;
    const { by, sameDocument } = one;
    const kind = isElsewhere ? "legal-review" : one.kind;
    const title = isElsewhere ? null : one.title;
    if (!sameDocument || kind === "signatory") continue;
    const rowId = kind === "named" ? `objected ${by}` : `objected ${kind}`;
    // The office's own objection names its step; one from elsewhere does not take its place.
    if (isElsewhere && asked.has(rowId)) continue;
    asked.set(rowId, {
      rowId,
      output: {
        ...{ stage: lastStage - 1, decider: kind, title: title ?? { en: "", zh: "" }, mode: "any", quorum: 2 },
        ...{ people: kind === "named" ? [by] : [], hours: hoursToAnswer, ifNobody: "refuse" },
      },
    });
  }
  return [...asked.values(), ...route];
}
