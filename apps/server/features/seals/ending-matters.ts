import { containerAccount, peopleOf, type Refusal, refuse } from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import { listPlaceRefusals, lockContainer } from "../custody/containers.ts";
import { listHeldInBox, tellTakenFromBox } from "../custody/in-box.ts";
import { custodiansOf, postMove, readHeldNow } from "../custody/postings.ts";
import { closeSession, endOutAlarm } from "../custody/sessions.ts";
import { followLodgings } from "../lodgings/open-withdrawals.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { endTasks } from "../tasks/open-task.ts";
import { issueRevocations, revokeSealCertificates } from "./authority.ts";
import { getSealOfMatter, listPeopleRefusals, listStepRefusals, lockSealOfMatter, takeStep } from "./body-step.ts";
import { destroySealKey } from "./keys.ts";
import { giveToOne, listPieceRefusals, ofBodies } from "./making-matters.ts";
import { BodiesOnly, Destruction, SealedUp, SealSurrendered } from "./seal-wanted.ts";
import { decideForBodies } from "./service.ts";
import { byMatter, stopSeals } from "./stop-seals.ts";

/** Which bodies stop is nobody's choice, so that a draft that names some is told so instead of stopping all. */
const NoData = z.strictObject({});

/** Stop: all bodies together, out of use; the certificate is revoked and told in a new list, pieces are to be surrendered. */
export const stop: MatterHandler = matterHandler({
  data: NoData,
  subjects: ({ row }) => [`seal:${row.seal_id}`],
  check: async (tx, env, { row }) => {
    const there = await lockSealOfMatter(tx, row);
    if (!there) return [refuse("matter.seal-missing", {})];
    const decided = await decideForBodies(tx, env, there.seal, "stop", row.asked_by);
    return decided.ok ? [] : decided.refusals;
  },
  carryOut: async (tx, env, { row }, actor) => {
    const { seal } = await getSealOfMatter(tx, row);
    await stopSeals(tx, env, [seal], byMatter(row, actor));
  },
});

type Bodies = z.output<typeof BodiesOnly>;

/** Back in use, as long as the pieces were not surrendered; a revoked certificate is renewed first. */
export const resume: MatterHandler = matterHandler<Bodies>({
  data: BodiesOnly,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  check: async (tx, env, { row, data }) => [
    ...(await listStepRefusals(tx, env, row, "resume", data.bodyIds)),
    ...((await isOfOpenUnit(tx, row.seal_id)) ? [] : [refuse("seal.unit-closed", {}, "C10")]),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    await takeStep(tx, env, row, "resume", data.bodyIds, actor);
    for (const bodyId of data.bodyIds)
      await endTasks(
        tx,
        env,
        { kind: "surrender", subjectKey: bodyId },
        { state: "cancelled", actorId: actor.personId },
      );
    if (row.seal_id !== null)
      await followLodgings(tx, env, [row.seal_id], { actorId: actor.personId, matterId: row.matter_id });
  },
});

/** Whether the seal belongs to no unit, or to one that still exists. */
async function isOfOpenUnit(tx: Tx, sealId: string | null): Promise<boolean> {
  const unit = await tx
    .selectFrom("seals as s")
    .innerJoin("units as u", "u.unit_id", "s.unit_id")
    .select("u.closed_at")
    .where("s.seal_id", "=", sealId ?? "")
    .executeTakeFirst();
  return unit === undefined || unit.closed_at === null;
}

/** An engraving that was approved and is not wanted any more. */
export const giveUpEngraving: MatterHandler = matterHandler<Bodies>({
  data: BodiesOnly,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  check: (tx, env, { row, data }) => listStepRefusals(tx, env, row, "give-up-engraving", data.bodyIds),
  carryOut: (tx, env, { row, data }, actor) => takeStep(tx, env, row, "give-up-engraving", data.bodyIds, actor),
});

type Surrender = z.output<typeof SealSurrendered>;

/** Surrender: the custodian of record hands in piece and register, who takes them in answers from then on. */
export const surrender: MatterHandler = matterHandler<Surrender>({
  data: SealSurrendered,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  candidates: async (_tx, _env, { data }, part) => [part === "transferor" ? data.transferorId : data.receiverId],
  check: async (tx, env, { row, data }) => [
    ...(data.transferorId === data.receiverId ? [refuse("surrender.people-meet", {}, "C11")] : []),
    ...(await listPieceRefusals(tx, row, data.bodyIds)),
    ...(await listStepRefusals(tx, env, row, "surrender", data.bodyIds)),
    ...(await listHolderRefusals(tx, data)),
    ...(await listHeldInBox(tx, data.bodyIds, await readHeldNow(tx, data.bodyIds))),
    ...(await listPeopleRefusals(tx, [data.transferorId, data.receiverId])),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    const { bodies } = await getSealOfMatter(tx, row);
    const heldNow = await readHeldNow(tx, data.bodyIds);
    await takeStep(tx, env, row, "surrender", data.bodyIds, actor, {
      ...{ personIds: [data.transferorId, data.receiverId], words: [data.books] },
    });
    await giveToOne(tx, env, row, data.bodyIds, data.receiverId, "surrendered", actor.personId);
    for (const body of bodies.filter((one) => data.bodyIds.includes(one.body_id)))
      await tellTakenFromBox(tx, env, body, heldNow(body.body_id), data.transferorId);
    for (const kind of ["surrender", "forced-return"])
      await endTasks(tx, env, { kind, subjectKey: data.bodyIds }, { state: "done", actorId: actor.personId });
  },
});

/** Who hands a piece in answers for it, or has it in his hand. */
async function listHolderRefusals(tx: Tx, data: Surrender): Promise<Refusal[]> {
  const heldNow = await readHeldNow(tx, data.bodyIds);
  const answers = data.bodyIds.every((bodyId) => {
    const held = heldNow(bodyId);
    const people = [...custodiansOf(held), ...(held.place ? peopleOf(held.place.to) : [])];
    return held.custodian === null || people.includes(data.transferorId);
  });
  return answers ? [] : [refuse("surrender.not-of-record", {}, "C08")];
}

/** Sealing up: in a bag or box under a numbered tag, in a container, before a witness. */
export const sealUp: MatterHandler = matterHandler<z.output<typeof SealedUp>>({
  data: SealedUp,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  candidates: async (_tx, _env, { data }, part) => [part === "executor" ? data.executorId : data.witnessId],
  check: async (tx, env, { row, data }) => {
    const there = await lockSealOfMatter(tx, row);
    const to = containerAccount(data.containerId);
    return [
      ...(data.executorId === data.witnessId ? [refuse("destroy.people-meet", {}, "C11")] : []),
      ...(await listStepRefusals(tx, env, row, "seal-up", data.bodyIds)),
      ...(there ? await listPlaceRefusals(tx, there.seal, to) : []),
      ...(await listPeopleRefusals(tx, [data.executorId, data.witnessId])),
    ];
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    await lockContainer(tx, data.containerId);
    await takeStep(tx, env, row, "seal-up", data.bodyIds, actor, {
      ...{ personIds: [data.executorId, data.witnessId], facts: { tag: data.tag, container: data.containerId } },
    });
    const { seal, bodies } = await getSealOfMatter(tx, row);
    const to = containerAccount(data.containerId);
    const heldNow = await readHeldNow(tx, data.bodyIds);
    for (const body of bodies.filter((one) => data.bodyIds.includes(one.body_id))) {
      const move = { sealId: seal.seal_id, bodyId: body.body_id, kind: body.kind, matterId: row.matter_id };
      if (heldNow(body.body_id).place?.to !== to)
        await postMove(tx, env, { ...move, book: "place", to, actorId: actor.personId });
      await closeSession(tx, env, body.body_id);
      await endOutAlarm(tx, env, body.body_id, actor.personId);
    }
  },
});

type Destroyed = z.output<typeof Destruction>;
const executing = (data: Destroyed): string[] => [...data.executors, data.witnessId];
const candidatesOf = (data: Destroyed, part: string): string[] =>
  part === "executor" ? data.executors : [data.witnessId];
const listExecutorRefusals = async (tx: Tx, data: Destroyed): Promise<Refusal[]> => [
  ...(new Set(executing(data)).size < 3 ? [refuse("destroy.people-meet", {}, "C11")] : []),
  ...(await listPeopleRefusals(tx, executing(data))),
];

/** Destruction of pieces: two executors and a witness, with photos; custody ends, the specimen stays for ever. */
export const destroy: MatterHandler = matterHandler<Destroyed>({
  data: Destruction,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  concerned: ({ data }) => executing(data),
  candidates: async (_tx, _env, { data }, part) => candidatesOf(data, part),
  check: async (tx, env, { row, data }) => [
    ...(await listStepRefusals(tx, env, row, "destroy", data.bodyIds)),
    ...(await listExecutorRefusals(tx, data)),
  ],
  carryOut: (tx, env, { row, data }, actor) =>
    takeStep(tx, env, row, "destroy", data.bodyIds, actor, { personIds: executing(data), words: [data.method] }),
});

/** Destruction of a key: it is gone from the store when the last of the three has confirmed, and the ledger says which. */
export const destroyKey: MatterHandler = matterHandler<Destroyed>({
  data: Destruction,
  subjects: ({ data }) => ofBodies(data.bodyIds),
  concerned: ({ data }) => executing(data),
  candidates: async (_tx, _env, { data }, part) => candidatesOf(data, part),
  check: async (tx, env, { row, data }) => [
    ...(await listStepRefusals(tx, env, row, "destroy-key", data.bodyIds)),
    ...(await listExecutorRefusals(tx, data)),
  ],
  carryOut: async (tx, env, { row, data }, actor) => {
    const { seal } = await getSealOfMatter(tx, row);
    const keyDigest = await destroySealKey(tx, env, {
      ...{ sealId: seal.seal_id, actorId: actor.personId, matterId: row.matter_id },
    });
    await revokeSealCertificates(tx, env, [seal.seal_id], actor.personId, "cessationOfOperation", row.matter_id);
    await issueRevocations(tx, env);
    await takeStep(tx, env, row, "destroy-key", data.bodyIds, actor, {
      ...{ personIds: executing(data), facts: { keyDigest }, words: [data.method] },
    });
  },
});
