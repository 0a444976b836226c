import { LOSS_TASKS, refuse } from "@chancery/domain";
import type { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { postMove, readHeldNow } from "../custody/postings.ts";
import { followLodgings } from "../lodgings/open-withdrawals.ts";
import { type MatterActor, type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { endTasks } from "../tasks/open-task.ts";
import { getSealOfMatter, listPeopleRefusals, listStepRefusals, takeStep } from "./body-step.ts";
import { listPieceRefusals, ofBodies } from "./making-matters.ts";
import { BodiesOnly, SealFound } from "./seal-wanted.ts";
import { endFreezeOfLoss } from "./service.ts";

async function endClocks(
  tx: Tx,
  env: Environment,
  bodyIds: readonly string[],
  kinds: readonly string[],
  end: { state: "done" | "cancelled"; actorId: string | null },
): Promise<void> {
  for (const bodyId of bodyIds) for (const kind of kinds) await endTasks(tx, env, { kind, subjectKey: bodyId }, end);
}

/** Void: its number is never used again; found later, it can only be destroyed. */
export const declareVoid: MatterHandler = matterHandler<z.output<typeof BodiesOnly>>({
  data: BodiesOnly,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  check: (tx, env, { row, data }) => listStepRefusals(tx, env, row, "declare-void", data.bodyIds),
  carryOut: async (tx, env, { row, data }, actor) => {
    await takeStep(tx, env, row, "declare-void", data.bodyIds, actor);
    await endClocks(tx, env, data.bodyIds, LOSS_TASKS, { state: "done", actorId: actor.personId });
    await endFreeze(tx, env, row, actor);
    await followSpecimens(tx, env, row, actor);
  },
});

const followSpecimens = (tx: Tx, env: Environment, row: MatterRow, { personId }: MatterActor): Promise<void> =>
  followLodgings(tx, env, row.seal_id === null ? [] : [row.seal_id], { actorId: personId, matterId: row.matter_id });

async function endFreeze(tx: Tx, env: Environment, row: MatterRow, { personId }: MatterActor): Promise<void> {
  const { seal } = await getSealOfMatter(tx, row);
  await endFreezeOfLoss(tx, env, seal.seal_id, {
    ...{ actorId: personId, matterId: row.matter_id, reason: row.reason === "" ? null : row.reason },
  });
}

type Found = z.output<typeof SealFound>;

/** Found, compared with its specimen, approved: back in use with all that its loss froze, and by nothing less (C10). */
export const findSeal: MatterHandler = matterHandler<Found>({
  data: SealFound,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  concerned: ({ data }) => [data.holderId],
  check: async (tx, env, { row, data }) => [
    ...(data.matchesSpecimen ? [] : [refuse("loss.comparison-missing", {}, "C23")]),
    ...(await listPieceRefusals(tx, row, data.bodyIds)),
    ...(await listStepRefusals(tx, env, row, "find-seal", data.bodyIds)),
    ...(await listPeopleRefusals(tx, [data.holderId])),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    await takeStep(tx, env, row, "find-seal", data.bodyIds, actor, {
      ...{ personIds: [data.holderId], words: [data.where] },
    });
    await putInHandOf(tx, env, row, data, actor.personId);
    await endClocks(tx, env, data.bodyIds, LOSS_TASKS, { state: "cancelled", actorId: actor.personId });
    await endFreeze(tx, env, row, actor);
    await followSpecimens(tx, env, row, actor);
  },
});

/** Who answers for it did so all the time; only its place is known again. */
async function putInHandOf(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  data: Found,
  actorId: string | null,
): Promise<void> {
  const { seal, bodies } = await getSealOfMatter(tx, row);
  const heldNow = await readHeldNow(tx, data.bodyIds);
  const to = `person:${data.holderId}` as const;
  for (const body of bodies.filter((one) => data.bodyIds.includes(one.body_id)))
    if (heldNow(body.body_id).custodian !== null && heldNow(body.body_id).place?.to !== to)
      await postMove(tx, env, {
        ...{ sealId: seal.seal_id, bodyId: body.body_id, kind: body.kind, book: "place", to },
        ...{ actorId, matterId: row.matter_id },
      });
}
