import { Time } from "@chancery/api";
import {
  containerAccount,
  countUncovered,
  findWorstCondition,
  hasWay,
  listCountRefusals,
  listDueRefusals,
  listOtherSealRefusals,
  listPaperRefusals,
  listReturnFreezes,
  PIECE_CONDITIONS,
  type PieceCondition,
  parseAccount,
  type Refusal,
  type RegisterLineKind,
  refuse,
} from "@chancery/domain";
import { z } from "zod";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterHandler, type MatterOf, matterHandler } from "../matters/matter-handler.ts";
import { type MatterRow, readConfirmations } from "../matters/store.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { changeSealState } from "../seals/service.ts";
import { type BodyRow, keepCondition, type SealRow } from "../seals/store.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { listPlaceRefusals } from "./containers.ts";
import { lockSealsOfBodies, putBackInUse } from "./custody-bodies.ts";
import { PersonIdText } from "./handover-matter.ts";
import { postMove, readHeldNow } from "./postings.ts";
import { openSession } from "./sessions.ts";
import { findTakeOut, openReturnTask, readTakeOutLimits, type TakeOutRow } from "./take-outs.ts";

const TakeOutId = z.string().max(60);

/** The take-out a matter is about, while the piece is away, named with its own seal; who asks for anything travels with it. */
async function readAway(
  tx: Tx,
  row: MatterRow,
  takeOutId: string,
): Promise<{ takeOut: TakeOutRow; refusals: Refusal[] } | { takeOut: null; refusals: Refusal[] }> {
  const takeOut = await findTakeOut(tx, takeOutId, true);
  if (!takeOut || takeOut.ended_at !== null || takeOut.entity_id !== row.entity_id)
    return { takeOut: null, refusals: [refuse("take-out.not-away", {}, "C13")] };
  const named = { sealId: row.seal_id, bodyId: row.body_id };
  const other = listOtherSealRefusals(named, [{ sealId: takeOut.seal_id, bodyId: takeOut.body_id }]);
  if (other.length > 0) return { takeOut: null, refusals: other };
  const travels = takeOut.escort.includes(row.asked_by);
  return { takeOut, refusals: travels ? [] : [refuse("take-out.not-yours", {}, "C08")] };
}

async function getAway(tx: Tx, takeOutId: string): Promise<TakeOutRow> {
  const takeOut = await findTakeOut(tx, takeOutId, true);
  if (!takeOut) throw problems.notFound();
  return takeOut;
}

type TakeOutLine = Extract<RegisterLineKind, { register: "take-out" }>["kind"];

/** One line of the register, with an event of the matter's own carrying out. */
async function writeLine(
  tx: Tx,
  env: Environment,
  { row }: MatterOf<unknown>,
  takeOut: TakeOutRow,
  line: {
    kind: TakeOutLine;
    eventId: string;
    personIds: string[];
    facts: Record<string, string | number | null>;
    words?: string[];
  },
): Promise<void> {
  await writeRegisterLine(tx, env, {
    ...line,
    register: "take-out",
    entityId: row.entity_id,
    sealId: takeOut.seal_id,
    bodyId: takeOut.body_id,
    matterId: row.matter_id,
    facts: { number: row.number, ...line.facts },
    words: [row.title, row.reason, takeOut.place, ...(line.words ?? [])],
  });
}

const ExtensionData = z.object({ takeOutId: TakeOutId, dueAt: Time });

/** An extension is a new approval, from now and within the days set. */
export const takeOutExtension: MatterHandler = matterHandler<z.output<typeof ExtensionData>>({
  data: ExtensionData,
  subjects: ({ data }) => [`take-out:${data.takeOutId}`],
  check: async (tx, env, { row, data }) => {
    const { takeOut, refusals } = await readAway(tx, row, data.takeOutId);
    if (!takeOut) return refusals;
    const limits = await readTakeOutLimits(tx, env, row.entity_id);
    return [
      ...refusals,
      ...listDueRefusals(Date.parse(data.dueAt), { ...limits, now: Math.max(limits.now, takeOut.due_at.getTime()) }),
    ];
  },
  carryOut: async (tx, env, matter, actor) => {
    const { row, data } = matter;
    const takeOut = await getAway(tx, data.takeOutId);
    const dueAt = Date.parse(data.dueAt);
    await tx
      .updateTable("take_outs")
      .set({ due_at: new Date(dueAt) })
      .where("matter_id", "=", takeOut.matter_id)
      .execute();
    const { entity_id: entityId, seal_id: sealId, body_id: bodyId, keeper_id: keeperId } = takeOut;
    await openReturnTask(
      tx,
      env,
      { matterId: takeOut.matter_id, entityId, sealId, bodyId, keeperId, dueAt },
      actor.personId,
    );
    const { eventId } = await recordChange(tx, env, row, takeOut, actor.personId, { dueAt: data.dueAt });
    await writeLine(tx, env, matter, takeOut, {
      ...{ kind: "extended", eventId, personIds: [row.asked_by], facts: { dueAt: data.dueAt } },
    });
  },
});

const recordChange = (
  tx: Tx,
  env: Environment,
  row: MatterRow,
  takeOut: TakeOutRow,
  actorId: string | null,
  facts: Record<string, string | number>,
) =>
  recordEvent(tx, env, {
    type: "TakeOutChanged",
    actorId,
    sealId: takeOut.seal_id,
    matterId: row.matter_id,
    facts: { takeOut: takeOut.matter_id, kind: row.kind, ...facts },
  });

const PaperData = z.object({
  takeOutId: TakeOutId,
  title: z.string().trim().min(1).max(200),
  impressions: z.number().int().min(1).max(500),
});

/** A paper known only on the spot: photographed first, confirmed by the signatory from afar, and only then it counts. */
export const takeOutPaper: MatterHandler = matterHandler<z.output<typeof PaperData>>({
  data: PaperData,
  subjects: () => [],
  check: async (tx, _env, { row, data }) => {
    const { takeOut, refusals } = await readAway(tx, row, data.takeOutId);
    if (!takeOut) return refusals;
    const taken = { most: takeOut.most_impressions, listed: takeOut.listed_impressions };
    return [...refusals, ...listPaperRefusals(data.impressions, taken)];
  },
  carryOut: async (tx, env, matter, actor) => {
    const { row, data } = matter;
    const takeOut = await getAway(tx, data.takeOutId);
    await tx
      .updateTable("take_outs")
      .set((eb) => ({ listed_impressions: eb("listed_impressions", "+", data.impressions) }))
      .where("matter_id", "=", takeOut.matter_id)
      .execute();
    const facts = { impressions: data.impressions };
    const { eventId } = await recordChange(tx, env, row, takeOut, actor.personId, facts);
    await writeLine(tx, env, matter, takeOut, { kind: "paper", eventId, personIds: [row.asked_by], facts });
  },
});

const ReturnData = z.object({
  takeOutId: TakeOutId,
  /** Who did not travel and looks at the piece. */
  checkerId: PersonIdText,
  /** Where it is put; null: back to where it was taken from, or in the keeper's hand until it is locked away. */
  containerId: z.string().max(60).nullable(),
  usedImpressions: z.number().int().min(0).max(5000),
  condition: z.enum(PIECE_CONDITIONS),
  /** Why more or fewer impressions were made than papers were approved for. */
  difference: z.string().trim().max(1000).default(""),
});
type Return = z.output<typeof ReturnData>;
const Looked = z.object({ condition: z.enum(PIECE_CONDITIONS) });
const checking: readonly string[] = ["custodian", "supervisor", "seal-administrator", "inspector"];

async function listCheckerRefusals(
  reader: Reader,
  env: Environment,
  takeOut: TakeOutRow,
  checkerId: string,
): Promise<Refusal[]> {
  const grants = await readGrantsInForce(reader, env.clock.now(), {
    personId: checkerId,
    entityId: takeOut.entity_id,
  });
  if (takeOut.escort.includes(checkerId)) return [refuse("take-out.nobody-checks", {}, "C11")];
  const may = grants.some((grant) => checking.includes(grant.role));
  return may ? [] : [refuse("take-out.checker-without-duty", {}, "C11")];
}

/**
 * Who signs that a piece came home: the keeper who travelled; where he has left, who travelled with him and the office that
 * runs the seals (C13). Never who checks it.
 */
async function listBringers(
  reader: Reader,
  env: Environment,
  takeOut: TakeOutRow,
  checkerId: string,
): Promise<string[]> {
  const there = await reader
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", takeOut.escort)
    .where("state", "=", "active")
    .execute();
  const active = there.map((one) => one.person_id);
  if (active.includes(takeOut.keeper_id)) return [takeOut.keeper_id];
  const grants = await readGrantsInForce(reader, env.clock.now(), { entityId: takeOut.entity_id });
  const office = grants.filter((grant) => grant.role === "seal-administrator").map((grant) => grant.personId);
  return [...new Set([...active, ...office])].filter((personId) => personId !== checkerId);
}

/** Where the piece goes: the container named, else the one it was taken from; null where it stays in hand. */
const targetOf = (takeOut: TakeOutRow, containerId: string | null) => {
  const account = containerId === null ? parseAccount(takeOut.from_account) : containerAccount(containerId);
  return account?.startsWith("container:") ? account : null;
};

/** How those who confirmed saw the piece. */
async function readLooks(reader: Reader, matterId: string): Promise<PieceCondition[]> {
  return (await readConfirmations(reader, matterId)).flatMap(({ facts }) => {
    const looked = Looked.safeParse(facts);
    return looked.success ? [looked.data.condition] : [];
  });
}

const whyFrozen = {
  "damaged-piece": "It came back damaged. Rule C13. · 归还时损坏。规则 C13。",
  "uncovered-impressions":
    "More impressions were made away than papers were approved for. Rule C09. · 外借期间用印次数多于已批准文件。规则 C09。",
} as const;

/** The piece is home all the same; its seal rests frozen until the seal administrator has looked at what came back. */
async function freezeAtReturn(
  tx: Tx,
  env: Environment,
  seal: SealRow,
  bodies: readonly BodyRow[],
  back: {
    readonly body: BodyRow;
    readonly matterId: string;
    readonly freezes: readonly (keyof typeof whyFrozen)[];
    readonly counts: { readonly used: number; readonly covered: number };
  },
): Promise<void> {
  const { body, matterId, freezes, counts } = back;
  const reason = freezes.map((one) => whyFrozen[one]).join(" ");
  if (bodies.some((one) => hasWay(one.kind, one.state, "freeze")))
    await changeSealState(tx, env, seal.seal_id, "freeze", { actorId: null, matterId, reason });
  for (const kind of freezes)
    await openTask(tx, env, {
      ...{ kind, subjectKey: seal.seal_id, entityId: seal.entity_id, sealId: seal.seal_id, bodyId: body.body_id },
      ...{ matterId, assigneeRole: "seal-administrator", dueAt: null, actorId: null },
      facts: { bodyNumber: body.number, ...counts },
    });
}

/** The return: photo, count and condition, looked at by one who travelled and one who did not. */
export const takeOutReturn: MatterHandler = matterHandler<Return>({
  data: ReturnData,
  // Not what an extension reserves: who comes home early does not wait for a decision on staying away longer.
  subjects: ({ data }) => [`take-out-return:${data.takeOutId}`],
  ends: async (tx, { data }) => {
    const extensions = await tx
      .selectFrom("matter_reservations as r")
      .innerJoin("matters as m", "m.matter_id", "r.matter_id")
      .select("r.matter_id")
      .where("r.subject", "=", `take-out:${data.takeOutId}`)
      .where("m.kind", "=", "take-out-extension")
      .execute();
    return extensions.map((one) => one.matter_id);
  },
  candidates: async (reader, env, { data }, part) => {
    if (part === "checker") return [data.checkerId];
    const takeOut = await findTakeOut(reader, data.takeOutId);
    return takeOut ? listBringers(reader, env, takeOut, data.checkerId) : [];
  },
  check: async (tx, env, { row, data }) => {
    const away = await readAway(tx, row, data.takeOutId);
    const { takeOut } = away;
    if (!takeOut) return away.refusals;
    // Whoever may sign for it may ask: bringing it home is always possible.
    const brings = (await listBringers(tx, env, takeOut, data.checkerId)).includes(row.asked_by);
    const refusals = brings ? [] : away.refusals;
    const target = targetOf(takeOut, data.containerId);
    const { seals } = await lockSealsOfBodies(tx, [takeOut.body_id]);
    const seal = seals[0];
    return [
      ...refusals,
      ...listCountRefusals({
        ...{ used: data.usedImpressions, difference: data.difference, covered: takeOut.listed_impressions },
      }),
      ...(await listCheckerRefusals(tx, env, takeOut, data.checkerId)),
      ...(target && seal ? await listPlaceRefusals(tx, seal, target) : []),
    ];
  },
  checkConfirmation: async (_tx, _env, _matter, { facts }) =>
    Looked.safeParse(facts).success ? [] : [refuse("handover.facts-missing", {}, "C14")],
  carryOut: async (tx, env, matter, actor) => {
    const { row, data } = matter;
    const takeOut = await getAway(tx, data.takeOutId);
    const { seals, bodies } = await lockSealsOfBodies(tx, [takeOut.body_id]);
    const body = bodies.find((one) => one.body_id === takeOut.body_id);
    const seal = seals[0];
    if (!body || !seal) throw new Error("a take-out's piece is gone from the books");
    const by = { actorId: actor.personId, matterId: row.matter_id };
    const seen = await readLooks(tx, row.matter_id);
    const worst = findWorstCondition([data.condition, ...seen]);
    await keepCondition(tx, body.body_id, worst);
    const counts = { used: data.usedImpressions, covered: takeOut.listed_impressions };
    const freezes = listReturnFreezes({ worst, ...counts });
    // Frozen or stopped while it was away, it comes back so.
    if (freezes.length > 0)
      await freezeAtReturn(tx, env, seal, bodies, { body, matterId: row.matter_id, freezes, counts });
    else if (body.state === "taken-out") await putBackInUse(tx, env, seal, body, "return", { ...by, reason: null });
    const target = targetOf(takeOut, data.containerId);
    const place = (await readHeldNow(tx, [body.body_id]))(body.body_id).place?.to;
    if (target !== null && target !== place)
      await postMove(tx, env, {
        ...{ sealId: seal.seal_id, bodyId: body.body_id, kind: body.kind, book: "place", to: target },
        ...by,
      });
    else await openSession(tx, env, { bodyId: body.body_id, personId: takeOut.keeper_id, reason: "take-out-return" });
    await tx
      .updateTable("take_outs")
      .set({
        ...{ returned_at: new Date(env.clock.now()), ended_at: new Date(env.clock.now()), ended_as: "returned" },
        returned_by_matter: row.matter_id,
        used_impressions: data.usedImpressions,
        condition: worst,
      })
      .where("matter_id", "=", takeOut.matter_id)
      .execute();
    await endTasks(
      tx,
      env,
      { kind: "take-out-return", subjectKey: takeOut.matter_id },
      { state: "done", actorId: actor.personId },
    );
    await endTasks(
      tx,
      env,
      { kind: "forced-return", subjectKey: takeOut.body_id },
      { state: "done", actorId: actor.personId },
    );
    await endTasks(
      tx,
      env,
      { kind: "bring-back", subjectKey: takeOut.matter_id },
      { state: "done", actorId: actor.personId },
    );
    const facts = { used: data.usedImpressions, condition: worst, listed: takeOut.listed_impressions };
    const { eventId } = await recordChange(tx, env, row, takeOut, actor.personId, facts);
    const people = { keeper: takeOut.keeper_id, checker: data.checkerId };
    await writeLine(tx, env, matter, takeOut, {
      ...{ kind: "returned", eventId, facts: { ...facts, ...people }, personIds: Object.values(people) },
      ...{ words: [data.difference] },
    });
    if (countUncovered(data.usedImpressions, takeOut.listed_impressions) > 0)
      await openFinding(tx, env, {
        control: "C01",
        source: "take-out.uncovered",
        subjectKey: takeOut.matter_id,
        entityId: takeOut.entity_id,
        sealId: takeOut.seal_id,
        bodyId: takeOut.body_id,
        personId: takeOut.keeper_id,
        facts: { used: data.usedImpressions, covered: takeOut.listed_impressions },
        actorId: null,
      });
  },
});
