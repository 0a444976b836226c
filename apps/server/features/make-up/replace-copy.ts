import { type ImpressionAuthorisation, whenReplaced } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import type { LoadedMakeUp } from "./load-make-up.ts";

/**
 * The gate said yes to a make-up stamping: the copy that it replaces is void from now on, before anything is pressed, and both
 * books say so, that of stamped copies and that of exceptions (C19).
 */
export async function replaceCopy(
  tx: Tx,
  env: Environment,
  { loaded: { row, steps, sealIds }, facts }: GateView,
  makeUp: LoadedMakeUp,
  { custodianId, supervisorId }: Pick<ImpressionAuthorisation, "custodianId" | "supervisorId">,
): Promise<void> {
  const { requestId, original, copy, cause, reason, replaced } = makeUp;
  if (replaced === null) throw new Error("the gate said yes to the make-up of a copy that there is not");
  const state = whenReplaced(replaced.state);
  if (state !== replaced.state)
    await tx
      .updateTable("stamped_copies")
      .set({ state, by_person: custodianId, at: new Date(env.clock.now()) })
      .where("request_id", "=", requestId)
      .where("copy", "=", copy)
      .execute();
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: "StampedCopyReplaced", actorId: custodianId, requestId, comment: reason },
    facts: { number: original, copy, cause, makeUp: row.number },
  });
  const { title, unitId } = await readTitle(tx, requestId);
  const of = { eventId, entityId: row.entity_id ?? facts.entityId };
  const words = (text: readonly (string | null)[]) => text.flatMap((word) => (word ? [word] : []));
  const approvers = [...new Set(steps.flatMap((step) => (step.state === "approved" ? (step.decidedBy ?? []) : [])))];
  await writeRegisterLines(tx, env, [
    {
      ...{ ...of, register: "copies", kind: "replaced", unitId, requestId, personIds: [custodianId] },
      facts: {
        ...{ request: original, copyNumbers: `${copy}`, makeUpCause: cause, makeUp: row.number },
        ...{ reason, by: custodianId },
      },
      words: words([original, title, row.number]),
    },
    {
      ...{ ...of, register: "exceptions", kind: "make-up", unitId: row.unit_id, requestId: row.request_id },
      ...{ sealId: sealIds[0] ?? null, personIds: words([row.applicant_id, ...approvers, custodianId, supervisorId]) },
      facts: {
        ...{ request: row.number, makeUpOf: original, makeUpCopy: copy, makeUpCause: cause, reason },
        ...{ photo: makeUp.evidence.digest, applicant: row.applicant_id, approvers: approvers.join(" ") },
        ...{ custodian: custodianId, supervisor: supervisorId },
      },
      words: words([row.number, original, row.title, row.counterparty]),
    },
  ]);
  await followCopies(tx, env, requestId, custodianId);
}

async function readTitle(tx: Tx, requestId: string): Promise<{ title: string; unitId: string | null }> {
  const row = await tx
    .selectFrom("seal_use_requests")
    .select(["title", "unit_id"])
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  return { title: row.title, unitId: row.unit_id };
}
