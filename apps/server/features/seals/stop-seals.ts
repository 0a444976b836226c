import {
  addPeriod,
  endOfBody,
  hasWay,
  peopleOf,
  type RegisterLineKind,
  type SealCommand,
  type SealState,
  stateOfSeal,
  TASKS_OF_A_RETURN,
} from "@chancery/domain";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { followBody } from "../custody/follow-body.ts";
import { custodiansOf, type HeldNow, readHeldNow } from "../custody/postings.ts";
import { recordEvents } from "../ledger/record-event.ts";
import { followLodgings } from "../lodgings/open-withdrawals.ts";
import type { MatterActor } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { endTasks, openTasks } from "../tasks/open-task.ts";
import { issueRevocations, revokeSealCertificates } from "./authority.ts";
import { endIssueReceipts } from "./issue-receipts.ts";
import { type BodyRow, readBodies, type SealRow } from "./store.ts";

/** On whose word seals stop, and by which matter. */
export interface StoppedBy {
  readonly actorId: string | null;
  readonly askedBy: string;
  readonly matterId: string;
  readonly number: string | null;
  readonly title: string;
  readonly reason: string;
}

export const byMatter = (row: MatterRow, actor: MatterActor): StoppedBy => ({
  ...{ actorId: actor.personId, askedBy: row.asked_by, matterId: row.matter_id },
  ...{ number: row.number, title: row.title, reason: row.reason },
});

/** Where a body was before it stopped, and who answers for it. */
export interface StoppedBody {
  readonly body: BodyRow;
  readonly held: HeldNow;
}

interface Ending {
  readonly body: BodyRow;
  readonly seal: SealRow;
  readonly command: Extract<SealCommand, "stop" | "cancel">;
  readonly to: SealState;
}

const lineOf = {
  stop: { register: "life", kind: "stopped" },
  cancel: { register: "life", kind: "engraving-given-up" },
} as const satisfies Record<Ending["command"], RegisterLineKind>;

/**
 * Puts seals whose rows are held out of use for good, all bodies together: states, certificates and their list, lines,
 * and a task to hand in each piece. One seal or hundreds go the same way, in as few statements. With `unmade` what was
 * not made yet is given up too.
 */
export async function stopSeals(
  tx: Tx,
  env: Environment,
  seals: readonly SealRow[],
  by: StoppedBy,
  unmade: "given-up" | "left" = "left",
): Promise<StoppedBody[]> {
  const sealIds = seals.map((seal) => seal.seal_id);
  const bodies = await readBodies(tx, sealIds);
  const held = await readHeldNow(
    tx,
    bodies.map((body) => body.body_id),
  );
  const endings = bodies.flatMap((body): Ending[] => {
    const seal = seals.find((one) => one.seal_id === body.seal_id);
    const command = unmade === "given-up" ? endOfBody(body) : hasWay(body.kind, body.state, "stop") ? "stop" : null;
    return seal && command ? [{ body, seal, command, to: command === "stop" ? "stopped" : "cancelled" }] : [];
  });
  if (endings.length === 0) return [];
  await storeStates(tx, seals, bodies, endings);
  const eventIds = await recordEvents(
    tx,
    env,
    endings.map(({ body, seal, command, to }) => ({
      ...{ type: "SealStateChanged" as const, actorId: by.actorId, sealId: seal.seal_id, matterId: by.matterId },
      facts: { command, from: body.state, to, body: body.body_id },
      comment: by.reason === "" ? null : by.reason,
    })),
  );
  await writeRegisterLines(
    tx,
    env,
    endings.map(({ body, seal, command }, at) => ({
      ...lineOf[command],
      ...{ entityId: seal.entity_id, eventId: eventIds[at] ?? "", sealId: seal.seal_id, bodyId: body.body_id },
      ...{ unitId: seal.unit_id, matterId: by.matterId, personIds: [by.askedBy] },
      facts: { number: by.number, body: body.number },
      words: [by.title, by.reason],
    })),
  );
  for (const { body, seal, to, command } of endings)
    if (command === "cancel") await followBody(tx, env, seal, body, to, by);
  const ended = [...new Set(endings.map(({ seal }) => seal.seal_id))];
  const revoked = await revokeSealCertificates(tx, env, ended, by.actorId, "cessationOfOperation", by.matterId);
  if (revoked > 0) await issueRevocations(tx, env);
  for (const kind of ["replaced-stop", ...TASKS_OF_A_RETURN])
    await endTasks(tx, env, { kind, subjectKey: ended }, { state: "done", actorId: by.actorId });
  const stopped = endings.filter(({ command }) => command === "stop");
  await openSurrenders(tx, env, stopped, held, by);
  await endIssueReceipts(tx, env, ended, by);
  await followLodgings(tx, env, ended, by);
  return stopped.map(({ body }) => ({ body, held: held(body.body_id) }));
}

/** The new states of bodies and of their seals; a rising version makes a proof given for the state before worth nothing. */
async function storeStates(
  tx: Tx,
  seals: readonly SealRow[],
  bodies: readonly BodyRow[],
  endings: readonly Ending[],
): Promise<void> {
  const newState = new Map(endings.map(({ body, to }) => [body.body_id, to]));
  await sql`update seal_bodies b set state = one.state, frozen_reason = null, version = b.version + 1
    from unnest(${[...newState.keys()]}::text[], ${[...newState.values()]}::text[]) as one (body_id, state)
    where b.body_id = one.body_id`.execute(tx);
  const changed = seals.filter((seal) => endings.some((ending) => ending.seal === seal));
  const states = changed.map((seal) =>
    stateOfSeal(
      bodies
        .filter((body) => body.seal_id === seal.seal_id)
        .map((body) => ({ state: newState.get(body.body_id) ?? body.state })),
    ),
  );
  await sql`update seals s set state = one.state, frozen_reason = null, version = s.version + 1
    from unnest(${changed.map((seal) => seal.seal_id)}::text[], ${states}::text[]) as one (seal_id, state)
    where s.seal_id = one.seal_id`.execute(tx);
}

/** Of two who answer jointly the one who has it in his hand. */
export function whoHandsIn(held: HeldNow): string | null {
  const custodians = custodiansOf(held);
  const inHand = held.place ? peopleOf(held.place.to) : [];
  return custodians.find((person) => inHand.includes(person)) ?? custodians[0] ?? null;
}

/** A piece is handed in within the days set, by who answers for it. */
async function openSurrenders(
  tx: Tx,
  env: Environment,
  stopped: readonly Ending[],
  held: (bodyId: string) => HeldNow,
  by: StoppedBy,
): Promise<void> {
  const pieces = stopped.filter(({ body }) => body.kind === "physical");
  const due = new Map<string, number>();
  for (const { seal } of pieces)
    if (!due.has(seal.entity_id)) due.set(seal.entity_id, await surrenderDueAt(tx, env, seal.entity_id));
  await openTasks(
    tx,
    env,
    pieces.map(({ body, seal }) => ({
      ...{ kind: "surrender", subjectKey: body.body_id, entityId: seal.entity_id, unitId: seal.unit_id },
      ...{ sealId: seal.seal_id, bodyId: body.body_id, matterId: by.matterId },
      ...{ assigneeId: whoHandsIn(held(body.body_id)), assigneeRole: "seal-administrator" },
      ...{ dueAt: due.get(seal.entity_id) ?? null, actorId: null },
    })),
  );
}

/** When a seal that stops now has to be handed in. */
export async function surrenderDueAt(
  tx: Parameters<typeof readSettings>[0],
  env: Environment,
  entityId: string,
): Promise<number> {
  const now = env.clock.now();
  const { surrenderWithin: count } = await readSettings(tx, now);
  return addPeriod(now, { unit: "working-days", count }, await readPlaceInTime(tx, entityId));
}
