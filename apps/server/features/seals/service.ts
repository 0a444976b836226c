import { isDeepStrictEqual } from "node:util";
import {
  applySeal,
  decideSeal,
  hasWay,
  joinHalves,
  listNamesNeeded,
  type Profile,
  type Refusal,
  readFreeze,
  refuse,
  type SealBody,
  type SealCommand,
  type SealLifeContext,
  type SealState,
  TASKS_OF_A_RETURN,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { listUnfitHolders } from "../custody/fit-to-hold.ts";
import { followBody, readNamedCustodians } from "../custody/follow-body.ts";
import { unfreezeTask } from "../custody/forced-handover-tasks.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { readBodiesAway } from "../custody/take-outs.ts";
import { consumePresence } from "../identity/step-up.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { endTasks } from "../tasks/open-task.ts";
import { endIssueReceipts } from "./issue-receipts.ts";
import { sealProblems } from "./problems.ts";
import { sealActDigest } from "./seal-acts.ts";
import { countCrew, listAwaiting } from "./seal-crew.ts";
import { readKinds, type SealWithKind } from "./seal-types.ts";
import { type BodyRow, lockSeal, readBodies, readBodyChanges, type SealRow, updateBodyState } from "./store.ts";
import { mayActOn, maySee, readViewer } from "./visible-seals.ts";

interface SealToDecide extends SealWithKind {
  readonly seal_id: string;
  readonly entity_id: string;
  readonly important: boolean;
}

export interface SealAct {
  actorId: string;
  sealId: string;
  /** The person's own words; kept beside the event. */
  reason: string | null;
  /** A step-up that was checked; it is used up in the act's transaction. */
  stepUpId: string | null;
}

/** Freezes: nothing may be sealed until unfrozen. A pure protection, so no proof of presence is asked for. */
export function freezeSeal(env: Environment, act: SealAct): Promise<void> {
  return carryOut(env, act, "freeze");
}

/** Unfreezes; not by who had a say in the freeze, not while a piece is lost, an important seal only with a proof of presence. */
export function unfreezeSeal(env: Environment, act: SealAct): Promise<void> {
  return carryOut(env, act, "unfreeze");
}

/** What one person does at once; everything else of a seal's life is a matter. */
export type LifeAct = "freeze" | "unfreeze";
export const permissionOfAct = {
  freeze: "seal.freeze",
  unfreeze: "seal.unfreeze",
} as const satisfies Record<LifeAct, string>;

/** Whether the act is carried out only with a fresh proof of presence. */
export function needsPresence(act: LifeAct, important: boolean): boolean {
  return act === "unfreeze" && important;
}

/** One act of a seal's life: the row is held first, so that acts at the same moment follow one another. */
async function carryOut(env: Environment, act: SealAct, command: LifeAct): Promise<void> {
  await transact(env.db, async (tx) => {
    const seal = await lockSeal(tx, act.sealId);
    const viewer = await readViewer(tx, act.actorId, env.clock.now());
    const place = { sealId: seal.seal_id, entityId: seal.entity_id };
    if (!maySee(viewer, place)) throw problems.notFound();
    const permission = permissionOfAct[command];
    if (!mayActOn(viewer, place, permission)) throw problems.notPermitted(permission);
    const decided = await decideForBodies(tx, env, seal, command, act.actorId);
    if (!decided.ok) throw refusedBy(decided.refusals);
    if (needsPresence(command, seal.important) && act.stepUpId === null) throw sealProblems.presenceNeeded();
    if (act.stepUpId !== null) {
      const stepUpAct = `seal-${command}` as const;
      await consumePresence(tx, env, act.stepUpId, {
        personId: act.actorId,
        act: stepUpAct,
        subjectId: act.sealId,
        digest: await sealActDigest(tx, stepUpAct, act.sealId),
      });
    }
    await applyToBodies(tx, env, seal, decided.changes, { ...act, command });
    if (command !== "unfreeze") return;
    await takeOutAgain(tx, env, seal.seal_id, act);
    for (const kind of [unfreezeTask, ...TASKS_OF_A_RETURN])
      await endTasks(tx, env, { kind, subjectKey: seal.seal_id }, { state: "done", actorId: act.actorId });
  });
}

/** A frozen body remembers nothing: what is away by an approval is out again, and comes home by its return (C13). */
async function takeOutAgain(tx: Tx, env: Environment, sealId: string, act: ChangeOfState): Promise<void> {
  const inUse = (await readBodies(tx, [sealId])).filter((body) => body.state === "in-use");
  const away = await readBodiesAway(
    tx,
    inUse.map((body) => body.body_id),
  );
  for (const bodyId of away) await changeSealState(tx, env, sealId, "take-out", act, bodyId);
}

/**
 * What the approved matter that ends the last loss of a seal also ends: the freeze that the loss began (C10). What was
 * frozen before it, or may not be used for another reason, stays frozen for somebody else to look at.
 */
export async function endFreezeOfLoss(tx: Tx, env: Environment, sealId: string, by: ChangeOfState): Promise<void> {
  const history = await readBodyChanges(tx, sealId);
  const seal = await lockSeal(tx, sealId);
  for (const body of await readBodies(tx, [sealId])) {
    const { endsWithLoss, lossOpen } = readFreeze(history, body.body_id);
    if (!endsWithLoss || lossOpen) continue;
    const decided = await decideForBodies(tx, env, seal, "unfreeze", "", body.body_id);
    if (decided.ok) await changeSealState(tx, env, sealId, "unfreeze", { ...by, approved: true }, body.body_id);
  }
  await takeOutAgain(tx, env, sealId, by);
}

export interface ChangeOfState {
  /** Null for the platform itself. */
  actorId: string | null;
  reason: string | null;
  matterId?: string | null;
  /** The piece whose loss froze this body. */
  loss?: string;
  /** Others have approved it: who carries it out may be who began it. */
  approved?: true;
}

/**
 * One command of a seal's life for all its bodies, or for one of them, decided under its lock and told in the ledger; for
 * what has been approved elsewhere. Throws the refusals where no body can take the command.
 */
export async function changeSealState(
  tx: Tx,
  env: Environment,
  sealId: string,
  command: SealCommand,
  by: ChangeOfState,
  bodyId?: string,
): Promise<{ eventId: string }> {
  const seal = await lockSeal(tx, sealId);
  const decided = await decideForBodies(tx, env, seal, command, by.approved ? "" : (by.actorId ?? ""), bodyId);
  if (!decided.ok) throw refusedBy(decided.refusals);
  return applyToBodies(tx, env, seal, decided.changes, { ...by, command });
}

type BodyChange = { body: BodyRow; to: SealState };

/**
 * What a command makes of the bodies of a seal whose row is held: bodies share the stop button, so a command for the
 * whole seal moves every body that can take it, and is refused only where none can.
 */
export async function decideForBodies(
  reader: Reader,
  env: Environment,
  seal: SealToDecide,
  command: SealCommand,
  actorId: string,
  bodyId?: string,
): Promise<{ ok: true; changes: BodyChange[] } | { ok: false; refusals: Refusal[] }> {
  const bodies = (await readBodies(reader, [seal.seal_id])).filter((body) => !bodyId || body.body_id === bodyId);
  const changes: BodyChange[] = [];
  const refusals: Refusal[] = [];
  const history = command === "unfreeze" ? await readBodyChanges(reader, seal.seal_id) : [];
  for (const body of bodies) {
    const freeze = readFreeze(history, body.body_id);
    const context = {
      ...(await readLifeContext(reader, env, seal, body.kind)),
      ...{ actorFroze: freeze.people.includes(actorId), lossOpen: freeze.lossOpen, wasInUse: freeze.wasInUse },
    };
    // A piece of the opening stock is used once somebody has seen that it is there (C23).
    const unseen = body.to_confirm && intoUse.includes(command) && hasWay(body.kind, body.state, command);
    const decision = unseen
      ? ({ ok: false, refusals: [refuse("seal.not-confirmed", {}, "C23")] } as const)
      : decideSeal(body.state, command, context);
    const unfit =
      decision.ok && intoUse.includes(command) ? await listUnfitCustodians(reader, env, seal, body, command) : [];
    if (unfit.length > 0) refusals.push(...unfit.filter((one) => !refusals.some((told) => told.code === one.code)));
    else if (decision.ok) changes.push({ body, to: applySeal(body.state, decision.events[0] ?? missing(command)) });
    // What speaks against one body for the same reason as another is said once.
    else refusals.push(...decision.refusals.filter((one) => !refusals.some((told) => isDeepStrictEqual(told, one))));
  }
  if (changes.length > 0) return { ok: true, changes };
  // That the lost piece itself is not frozen is no reason beside the loss.
  const lost = refusals.filter((one) => one.code === "seal.unfreeze-while-lost");
  if (lost.length > 0) return { ok: false, refusals: lost };
  return { ok: false, refusals: refusals.length > 0 ? refusals : [refuse("seal.no-body", {}, "C10")] };
}

/** What puts a body in use, or back: nobody who is not fit to hold it answers for it then (C12). */
const intoUse: readonly SealCommand[] = ["put-in-use", "unfreeze", "resume", "end-handover", "return"];

/** Why those who answer for a body, or will from its issue on, are not fit to. */
async function listUnfitCustodians(
  reader: Reader,
  env: Environment,
  seal: SealToDecide,
  body: BodyRow,
  command: SealCommand,
): Promise<Refusal[]> {
  const held = (await readHeldNow(reader, [body.body_id]))(body.body_id);
  const begins = held.custodian === null || command === "put-in-use";
  const people = begins ? await readNamedCustodians(reader, env, seal) : custodiansOf(held);
  return listUnfitHolders(reader, env, seal, people);
}

function missing(command: SealCommand): never {
  throw new Error(`the rule allowed ${command} and named no event`);
}

async function applyToBodies(
  tx: Tx,
  env: Environment,
  seal: SealRow,
  changes: readonly BodyChange[],
  by: ChangeOfState & { command: SealCommand },
): Promise<{ eventId: string }> {
  let eventId = "";
  for (const { body, to } of changes) {
    await updateBodyState(tx, body, to, to === "frozen" || to === "lost" ? by.reason : null);
    await followBody(tx, env, seal, body, to, by);
    const recorded = await recordEvent(tx, env, {
      type: "SealStateChanged",
      actorId: by.actorId,
      sealId: seal.seal_id,
      matterId: by.matterId ?? null,
      facts: {
        ...{ command: by.command, from: body.state, to, body: body.body_id },
        ...(by.loss === undefined ? {} : { loss: by.loss }),
      },
      comment: by.reason,
    });
    eventId = recorded.eventId;
  }
  await endIssueReceipts(tx, env, [seal.seal_id], by);
  return { eventId };
}

/** What the rules of a seal's life want to know: who is named for it today, and whether its certificate is valid. */
async function readLifeContext(
  reader: Reader,
  env: Environment,
  seal: SealToDecide,
  body: SealBody,
): Promise<Omit<SealLifeContext, "actorFroze" | "lossOpen" | "wasInUse">> {
  const now = env.clock.now();
  const { profile } = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const entity = await reader
    .selectFrom("entities")
    .select("time_zone")
    .where("entity_id", "=", seal.entity_id)
    .executeTakeFirstOrThrow();
  const grants = await readGrants(reader, { entityId: seal.entity_id, named: true });
  const place = { sealId: seal.seal_id, entityId: seal.entity_id };
  const today = dayIn(entity.time_zone, now);
  const awaiting = listAwaiting(grants, await readGrants(reader, { entityId: seal.entity_id }), place, today);
  const person = await readPeople(
    reader,
    awaiting.map((one) => one.personId),
  );
  const kindOf = await readKinds(reader, [seal]);
  const valid = await reader
    .selectFrom("certificates")
    .select("serial")
    .where("seal_id", "=", seal.seal_id)
    .where("revoked_at", "is", null)
    .where("not_before", "<=", new Date(now))
    .where("not_after", ">", new Date(now))
    .executeTakeFirst();
  return {
    body,
    important: seal.important,
    crew: countCrew(grants, place, today),
    awaiting: awaiting.map(({ role, personId }) => {
      const found = person(personId);
      return { role, person: found ? joinHalves(found.name) : "" };
    }),
    needed: listNamesNeeded(profile as Profile, {
      ...{ important: seal.important, dualControl: kindOf(seal).dualControl, electronic: body === "electronic" },
    }),
    certificateValid: valid !== undefined,
  };
}
