import { createHash } from "node:crypto";
import {
  type AgreementGiven,
  carryReviewers,
  keepAgreements,
  listEligible,
  maySettleFacts,
  partsOfRequest,
  REQUEST_PARTS,
  type RequestPart,
  type RouteStep,
  refuse,
  type StepBefore,
  type StepKept,
} from "@chancery/domain";
import { encodeCanonicalJson } from "@chancery/ledger";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readRouteNow } from "../approvals/entitled.ts";
import { listGone } from "../rules/named-people.ts";
import type { FactsSeen } from "./facts-seen.ts";
import { type LoadedRequest, type LoadedStep, subjectOfRequest } from "./load-request.ts";
import { stageGap } from "./steps.ts";

export type PartDigests = Readonly<Record<RequestPart, string>>;

/** The digest of each part that agreements rest on. */
export function digestParts(request: Parameters<typeof subjectOfRequest>[0]): PartDigests {
  const parts = partsOfRequest(
    subjectOfRequest(request),
    request.documents.map(({ answers }) => answers.map(({ placeId, reason }) => ({ placeId, reason }))),
  );
  return Object.fromEntries(
    REQUEST_PARTS.map((part) => {
      const canonical = encodeCanonicalJson(JSON.parse(JSON.stringify([parts[part]])));
      if (!canonical.ok) throw new Error(`a part of a request has no canonical form: ${canonical.code}`);
      return [part, `sha256:${createHash("sha256").update(canonical.value).digest("hex")}`];
    }),
  ) as PartDigests;
}

/** What stands of the last round for each step of the route; nothing but after a return. */
export function planKeeping(
  { row, steps }: LoadedRequest,
  route: readonly RouteStep[],
  now: PartDigests,
  facts: Pick<FactsSeen, "blocking">,
): StepKept[] {
  if (row.state !== "returned") return route.map(() => ({ kept: null, again: null }));
  const kept = keepAgreements(route, listGiven(steps), row.parts as Partial<PartDigests> | null, now);
  // Somebody has to settle what only the applicant's word let pass: whoever may is asked, whatever he agreed to before.
  return kept.map((one, at) =>
    facts.blocking && one.kept !== null && maySettleFacts(route[at]?.kind ?? "signatory", route)
      ? { kept: null, again: refuse("again.facts", {}, "C03") }
      : one,
  );
}

/**
 * The route with the reviewers whom people added in the round that was returned or withdrawn, and what of that round the next one
 * has not; as it is in the first round. Who takes his request back does not shed a reviewer by it (C02).
 */
export async function planCarrying(
  reader: Reader,
  env: Environment,
  loaded: LoadedRequest,
  route: readonly RouteStep[],
): Promise<ReturnType<typeof carryReviewers>> {
  const { row, steps } = loaded;
  const isAgain = row.state === "returned" || row.state === "withdrawn";
  if (!isAgain || route.length === 0) return { route: [...route], fallen: [] };
  const added = steps.filter((step) => step.added !== null).flatMap(({ candidates }) => candidates);
  const now = added.length === 0 ? null : await readRouteNow(reader, env, loaded);
  const gone = now && [...(now.facts.gone ?? []), ...(await listGone(reader, added))];
  const eligible = now && gone ? listEligible("named", { ...now.facts, gone }, now.grants, added) : [];
  const before = steps.map(
    ({ stepId, kind, groupId, title, stage, hours, candidates, state, decidedBy, added: by }): StepBefore => ({
      ...{ stepId, kind, group: groupId, title, stage, hours, candidates, added: by },
      agreed: state === "approved" ? decidedBy : null,
      eligible: candidates.some((person) => eligible.includes(person)),
    }),
  );
  return carryReviewers(route, before, stageGap);
}

/** Agreements of the round that was returned. */
function listGiven(steps: readonly LoadedStep[]): AgreementGiven[] {
  return steps.flatMap(({ stepId, kind, groupId, state, decidedBy }) =>
    state === "approved" && decidedBy !== null ? [{ stepId, kind, group: groupId, decidedBy }] : [],
  );
}

/** An agreement as it was given, for the step of the next round that it stands for. */
export async function readAgreement(tx: Tx, stepId: string) {
  const given = await tx
    .selectFrom("request_steps")
    .select(["decided_by", "decided_at", "comment", "method", "step_up_id", "delegation_id"])
    .where("step_id", "=", stepId)
    .executeTakeFirstOrThrow();
  return { ...given, state: "approved", kept_from: stepId };
}
