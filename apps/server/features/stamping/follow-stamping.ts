import {
  addPeriod,
  commandAtEnd,
  decideImpression,
  decideRequest,
  holdersFor,
  holdsUp,
  type ImpressionCommand,
  type ImpressionState,
  listStampDebts,
  lookingRoles,
  type StampDebt,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { stopAuthorisations } from "../controller-stamping/ask-authorisations.ts";
import { useNamedForms } from "../forms/request-forms.ts";
import { type LedgerFacts, recordEvent, recordEvents } from "../ledger/record-event.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { hasOwnPhoto, readSeen } from "../printed-copies/read-seen.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { readHeldByCase } from "./freezing-cases.ts";
import type { GateView } from "./gate-facts.ts";
import {
  type HandImpressionRow,
  hours,
  readHandImpressions,
  readStamping,
  type StampingRow,
  stampingHours,
} from "./open-stamping.ts";
import { openUseLine } from "./use-line.ts";

const eventOf = {
  press: "ImpressionPressed",
  spoil: "ImpressionSpoiled",
  doubt: "ImpressionDoubted",
  settle: "ImpressionSettled",
  release: "ImpressionReleased",
  "rule-settled": "ImpressionSettled",
  "rule-spoiled": "ImpressionSpoiled",
  "rule-released": "ImpressionReleased",
} as const satisfies Partial<Record<ImpressionCommand, string>>;
export type HandCommand = keyof typeof eventOf;
const timeOf = {
  pressed: "pressed_at",
  unknown: "unknown_at",
  settled: "settled_at",
  spoiled: "spoiled_at",
  released: "released_at",
} as const satisfies Partial<Record<ImpressionState, string>>;

/** What changes an impression besides its state. */
interface HandChange {
  readonly actorId: string | null;
  readonly photo?: { readonly evidenceId: string; readonly digest: string };
  readonly facts?: LedgerFacts;
  readonly comment?: string | null;
  /** A controller's journal tells of it: its photo comes later. */
  readonly stroke?: true;
}

/** One step of one impression, with its event; the request is held. Answers the impression as it is then. */
export async function changeImpression(
  tx: Tx,
  env: Environment,
  view: GateView,
  impression: HandImpressionRow,
  command: HandCommand,
  change: HandChange,
): Promise<HandImpressionRow & { readonly eventId: string }> {
  const decided = decideImpression(impression.state, command, "by-hand");
  if (!decided.ok) throw refusedBy(decided.refusals);
  const to = decided.events[0]?.to;
  if (to === undefined || to === "reserved" || to === "sealed")
    throw new Error("an impression by hand was not changed");
  const { row } = view.loaded;
  const { photo } = change;
  const now = new Date(env.clock.now());
  const updated = await tx
    .updateTable("impressions")
    .set({
      state: to,
      [timeOf[to]]: now,
      ...(photo ? { evidence_id: photo.evidenceId } : {}),
      ...(change.stroke ? { by_stroke: true } : {}),
    })
    .where("impression_id", "=", impression.impressionId)
    .where("state", "=", impression.state)
    .executeTakeFirst();
  if (updated.numUpdatedRows !== 1n) throw new Error("an impression changed while it was reported");
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: eventOf[command], actorId: change.actorId, requestId: row.request_id, sealId: impression.sealId },
    facts: {
      ...{ impressionId: impression.impressionId, number: row.number, copy: impression.copy },
      ...(photo ? { photo: photo.digest } : {}),
      ...change.facts,
    },
    comment: change.comment ?? null,
  });
  const changed = {
    ...impression,
    ...{ state: to, pressed: impression.pressed || command === "press", at: now, eventId },
    ...(photo ? { photo: photo.digest, evidenceId: photo.evidenceId } : {}),
  };
  if (changed.pressed || to === "settled" || to === "spoiled")
    await openUseLine(tx, env, view, impression.sealId, eventId);
  return changed;
}

/** What is still owed of a stamping. */
export async function readDebts(reader: Reader, stamping: StampingRow): Promise<StampDebt[]> {
  const impressions = await readHandImpressions(reader, stamping.request_id);
  const seen = await readSeen(reader, [stamping.request_id]);
  return listStampDebts({
    impressions: impressions.map(({ impressionId, state, photo }) => ({
      ...{ state, given: photo !== null, photographed: hasOwnPhoto(seen, impressionId) },
    })),
    ...{ supervised: stamping.supervised, looked: stamping.looked_at !== null },
    inCase: (await readHeldByCase(reader, [stamping.request_id])).size > 0,
  });
}

/**
 * Ends a stamping: what was not reported is released by who held the piece, and not known where anybody else ends it. The
 * request is closed, and registered once nothing of its evidence is owed.
 */
export async function finishStamping(
  tx: Tx,
  env: Environment,
  view: GateView,
  stamping: StampingRow,
  by: {
    readonly actorId: string | null;
    readonly comment: string | null;
    /**
     * What becomes of those that nobody pressed, where another knows it than whoever ends it: a journal that has told
     * everything releases them, a box that nobody heard leaves them in doubt.
     */
    readonly rest?: "release" | "doubt";
  },
): Promise<void> {
  const { row } = view.loaded;
  const requestId = row.request_id;
  const impressions = await readHandImpressions(tx, requestId);
  const command = by.rest ?? commandAtEnd(by.actorId, stamping.opened_by);
  if (command !== "release" && command !== "doubt") throw new Error("a stamping ends in no such way");
  for (const impression of impressions.filter(({ state }) => state === "reserved"))
    await changeImpression(tx, env, view, impression, command, { actorId: by.actorId });
  // Whoever ends it: what a controller may still press is stopped.
  if (stamping.by_controller)
    await stopAuthorisations(tx, env, requestId, { askedBy: by.actorId, why: "The stamping has ended" });
  const now = new Date(env.clock.now());
  await tx
    .updateTable("stampings")
    .set({ ended_by: by.actorId, ended_at: now })
    .where("request_id", "=", requestId)
    .execute();
  await endTasks(
    tx,
    env,
    { kind: "finish-stamping", subjectKey: requestId },
    { state: by.actorId === stamping.opened_by ? "done" : "cancelled", actorId: by.actorId },
  );
  // One that is frozen stays so: it is closed once people have said what froze it.
  const closed = row.state === "frozen" ? null : decideRequest(row.state, "close");
  if (closed && !closed.ok) throw refusedBy(closed.refusals);
  const after = await readHandImpressions(tx, requestId);
  const unused = after.filter(({ state }) => state === "released").length;
  await recordEvent(tx, env, {
    ...{ type: "SealUseRequestClosed", actorId: by.actorId, requestId, comment: by.comment },
    facts: { number: row.number, unused },
  });
  await useNamedForms(tx, env, requestId);
  await tx
    .updateTable("seal_use_requests")
    .set({
      ...{ state: closed === null ? row.state : (closed.events[0]?.to ?? "closed") },
      ...{ closed_at: now, updated_at: now, version: row.version + 1 },
    })
    .where("request_id", "=", requestId)
    .execute();
  await askForLook(tx, env, view, stamping, after);
  await askForRuling(tx, env, view);
  await followCopies(tx, env, requestId, by.actorId);
  await registerWhole(tx, env, requestId);
}

/** Somebody looks at the photos: the supervisor who was there, or afterwards one without a part in it. */
async function askForLook(
  tx: Tx,
  env: Environment,
  view: GateView,
  stamping: StampingRow,
  impressions: readonly HandImpressionRow[],
): Promise<void> {
  // What a controller pressed has its photo on the way.
  if (!impressions.some(({ photo, state }) => state === "pressed" || (photo !== null && state !== "released"))) return;
  const now = env.clock.now();
  const { row, sealIds } = view.loaded;
  const about = { subjectKey: row.request_id, entityId: row.entity_id, sealId: sealIds[0] ?? null, actorId: null };
  const facts = { subject: row.number };
  if (stamping.supervised) {
    await openTask(tx, env, {
      ...{ ...about, kind: "confirm-stamping", facts, dueAt: now + hours(stampingHours) },
      ...(row.confirmed_by === null ? { assigneeRole: "supervisor" } : { assigneeId: row.confirmed_by }),
    });
    return;
  }
  const place = await readPlaceInTime(tx, row.entity_id ?? "");
  const lookers = await readLookers(tx, env, view, stamping);
  await openTask(tx, env, {
    ...{ ...about, kind: "look-at-photos", facts },
    assigneeRole: lookers?.role ?? "inspector",
    dueAt: addPeriod(now, { unit: "working-days", count: 1 }, place),
  });
}

/** Who may look at the photos afterwards: of the first looking role that somebody without a part in it holds, and the others. */
export async function readLookers(reader: Reader, env: Environment, view: GateView, stamping: StampingRow) {
  const { row, sealIds } = view.loaded;
  const entityId = row.entity_id ?? "";
  const today = dayIn((await readPlaceInTime(reader, entityId)).timeZone, env.clock.now());
  const grants = await readGrants(reader, { entityId });
  const parts = partsOf(view, stamping);
  const held = lookingRoles.map((role) => ({
    role,
    people: [...new Set(sealIds.flatMap((sealId) => holdersFor(grants, role, { sealId, entityId }, today)))].filter(
      (person) => !parts.includes(person),
    ),
  }));
  const first = held.find(({ people }) => people.length > 0);
  return first ? { role: first.role, people: [...new Set(held.flatMap(({ people }) => people))] } : null;
}

/** Applicant, handler and who stamped: none of them looks at the photos or says what nobody can tell. */
export const partsOf = ({ loaded: { row } }: GateView, stamping: StampingRow): string[] => [
  row.applicant_id,
  ...(row.handler_id === null ? [] : [row.handler_id]),
  stamping.opened_by,
];

/** Two people are asked what became of what nobody can tell. */
export async function askForRuling(tx: Tx, env: Environment, view: GateView): Promise<void> {
  const { row, sealIds } = view.loaded;
  const unknown = (await readHandImpressions(tx, row.request_id)).filter(({ state }) => state === "unknown");
  if (unknown.length === 0) return;
  const place = await readPlaceInTime(tx, row.entity_id ?? "");
  await openTask(tx, env, {
    ...{ kind: "rule-impression", subjectKey: row.request_id, entityId: row.entity_id, sealId: sealIds[0] ?? null },
    ...{ assigneeRole: "supervisor", facts: { subject: row.number }, actorId: null },
    dueAt: addPeriod(env.clock.now(), { unit: "working-days", count: 1 }, place),
  });
}

/** Registers a stamping that has ended once its evidence is complete. */
export async function registerWhole(tx: Tx, env: Environment, requestId: string): Promise<void> {
  const stamping = await readStamping(tx, requestId);
  if (!stamping || (await readDebts(tx, stamping)).some(holdsUp)) return;
  const row = await tx
    .selectFrom("seal_use_requests")
    .select(["state", "number", "version"])
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const registered = decideRequest(row.state as Parameters<typeof decideRequest>[0], "register");
  if (!registered.ok) return;
  const impressions = (await readHandImpressions(tx, requestId)).filter(({ state }) => state !== "released").length;
  await recordEvents(tx, env, [
    { type: "SealUseRegistered", actorId: null, requestId, facts: { number: row.number, impressions } },
  ]);
  await tx
    .updateTable("seal_use_requests")
    .set({
      ...{ state: registered.events[0]?.to ?? "registered", sealing_state: "done" },
      ...{ updated_at: new Date(env.clock.now()), version: row.version + 1 },
    })
    .where("request_id", "=", requestId)
    .execute();
}
