import { Day } from "@chancery/api";
import {
  addDays,
  addPeriod,
  type BodyToHandOver,
  endOfDay,
  joinHalves,
  listHandoverRefusals,
  listReturnRefusals,
  listShortHandoverRefusals,
  PIECE_CONDITIONS,
  peopleAccount,
  type Refusal,
  refuse,
} from "@chancery/domain";
import { z } from "zod";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { type MatterHandler, type MatterOf, matterHandler } from "../matters/matter-handler.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPeople } from "../requests/read-people.ts";
import { readKinds } from "../seals/seal-types.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { type CustodianChange, changeCustodian, listChangeRefusals } from "./change-custodian.ts";
import { listOtherSeals, lockSealsOfBodies, type SealsInCustody, toHandOver } from "./custody-bodies.ts";
import { listUnfitness } from "./fit-to-hold.ts";
import { PersonIdText, PieceList } from "./handover-matter.ts";
import { listHeldInBox } from "./in-box.ts";
import { custodiansOf } from "./postings.ts";
import { endShortHandover, readOpenShortHandovers } from "./short-handovers.ts";

const ShortData = z.object({
  transferorId: PersonIdText,
  deputyId: PersonIdText,
  /** Who is called: he hears both, and does not sign. */
  witnessId: PersonIdText,
  tag: z.string().trim().max(40),
  /** Last day of the absence. */
  until: Day,
  bodies: PieceList,
});
type Short = z.output<typeof ShortData>;
const named = ({ data }: MatterOf<Short>): string[] => data.bodies.map((one) => one.bodyId);
const changeOf = ({ data }: MatterOf<Short>): CustodianChange => ({
  leaving: data.transferorId,
  coming: data.deputyId,
  until: data.until,
  grantedBy: data.transferorId,
  bagged: true,
});
/** The witness is called and signs nothing: his task tells him that he is asked, and keeps his word. */
const witnessTask = "witness-short-handover";

async function askWitness(tx: Tx, env: Environment, matter: MatterOf<Short>, actorId: string | null): Promise<void> {
  const { row, data } = matter;
  const { seals } = await lockSealsOfBodies(tx, named(matter));
  const person = await readPeople(tx, [data.transferorId, data.deputyId]);
  const nameOf = (id: string): string => {
    const found = person(id);
    return found ? joinHalves(found.name) : "";
  };
  const place = await readPlaceInTime(tx, row.entity_id);
  await openTask(tx, env, {
    ...{ kind: witnessTask, subjectKey: row.matter_id, entityId: row.entity_id, sealId: row.seal_id },
    ...{ personId: data.transferorId, matterId: row.matter_id, assigneeId: data.witnessId },
    facts: {
      ...{ transferor: nameOf(data.transferorId), deputy: nameOf(data.deputyId), tag: data.tag },
      sealNumber: seals.map((seal) => seal.number).join(", "),
    },
    dueAt: addPeriod(env.clock.now(), { unit: "working-days", count: 1 }, place),
    actorId,
  });
}

/** An ordinary seal is kept by one with a deputy, who takes it for some days; what two must keep is left to neither. */
async function withDeputies(reader: Reader, there: SealsInCustody): Promise<BodyToHandOver[]> {
  const kindOf = await readKinds(reader, there.seals);
  const byTwo = new Set(
    there.seals.filter((seal) => seal.important || kindOf(seal).dualControl).map((seal) => seal.seal_id),
  );
  return toHandOver(there).map((body) => ({ ...body, leftToDeputy: !byTwo.has(body.sealId) }));
}

/** Of these bodies the pieces; a key lies in no place. */
const listPieces = ({ bodies }: SealsInCustody, bodyIds: readonly string[]): string[] =>
  bodies.flatMap((body) => (body.kind === "physical" && bodyIds.includes(body.body_id) ? [body.body_id] : []));

/** Bodies that both of them answer for by the books. */
const listKeptByBoth = ({ bodies, held }: SealsInCustody, one: string, other: string): string[] =>
  bodies
    .map((body) => body.body_id)
    .filter((bodyId) => [one, other].every((person) => custodiansOf(held(bodyId)).includes(person)));

/**
 * Short handover for an absence of hours or days (C14): closed under a numbered tag, to a deputy fit to hold it; two
 * confirm, a witness is called. The deputy's grant ends by itself on the last day.
 */
export const shortHandover: MatterHandler = matterHandler<Short>({
  data: ShortData,
  subjects: (matter) => named(matter).map((bodyId) => `custody:${bodyId}`),
  candidates: async (_tx, _env, { data }, part) => [part === "transferor" ? data.transferorId : data.deputyId],
  check: async (tx, env, matter) => {
    const { row, data } = matter;
    const there = await lockSealsOfBodies(tx, named(matter));
    const foreign = there.seals.some((seal) => seal.entity_id !== row.entity_id);
    const now = env.clock.now();
    const { shortHandoverMost } = await readSettings(tx, now);
    const today = dayIn((await readPlaceInTime(tx, row.entity_id)).timeZone, now);
    const people = { ...data, receiverId: data.deputyId };
    return [
      ...(row.asked_by === data.transferorId ? [] : [refuse("custody.not-of-record", {}, "C08")]),
      ...(foreign ? [refuse("handover.body-unknown", {})] : []),
      ...listOtherSeals(row, there, named(matter)),
      ...(data.tag === "" ? [refuse("short-handover.tag-missing", {}, "C14")] : []),
      ...listHandoverRefusals(people, named(matter), await withDeputies(tx, there), false),
      ...listShortHandoverRefusals(
        { until: data.until, today, latest: addDays(today, shortHandoverMost) },
        shortHandoverMost,
      ),
      ...((await readOpenShortHandovers(tx, named(matter))).length > 0
        ? [refuse("short-handover.bridged-already", {}, "C14")]
        : []),
      // A bag that is handed over is in a hand, wherever its pieces lay.
      ...(await listHeldInBox(tx, listPieces(there, named(matter)), there.held)),
      ...(await listUnfitness(tx, env, data.deputyId, there.seals)),
      // A last day that is over is told above, once; what else the deputy's grant meets is asked as if it lasted today.
      ...(await listChangeRefusals(tx, env, there.seals, {
        ...changeOf(matter),
        until: data.until < today ? today : data.until,
      })),
    ];
  },
  approved: (tx, env, matter, actor) => askWitness(tx, env, matter, actor.personId),
  released: async (tx, env, { row }, actor) => {
    const task = { kind: witnessTask, subjectKey: row.matter_id };
    await endTasks(tx, env, task, { state: "cancelled", actorId: actor.personId });
  },
  carryOut: async (tx, env, matter, actor) => {
    const { row, data } = matter;
    const there = await lockSealsOfBodies(tx, named(matter));
    const grants = await readGrants(tx, { personId: data.deputyId, named: true });
    const standing = there.seals
      .map((seal) => seal.seal_id)
      .filter((sealId) => grants.some((grant) => grant.role === "custodian" && grant.scope.id === sealId));
    const { eventId } = await changeCustodian(
      tx,
      env,
      there.seals,
      there.bodies.filter((body) => named(matter).includes(body.body_id)),
      { ...changeOf(matter), leftToOther: listKeptByBoth(there, data.transferorId, data.deputyId) },
      { actorId: actor.personId, matterId: row.matter_id, reason: row.reason },
    );
    const { timeZone } = await readPlaceInTime(tx, row.entity_id);
    const dueAt = endOfDay(data.until, timeZone);
    await tx
      .insertInto("short_handovers")
      .values({
        matter_id: row.matter_id,
        entity_id: row.entity_id,
        transferor_id: data.transferorId,
        deputy_id: data.deputyId,
        witness_id: data.witnessId,
        tag: data.tag,
        body_ids: named(matter),
        standing_seal_ids: standing,
        until_on: data.until,
        due_at: new Date(dueAt),
        begun_at: new Date(env.clock.now()),
      })
      .execute();
    await openTask(tx, env, {
      kind: "short-return",
      subjectKey: row.matter_id,
      entityId: row.entity_id,
      sealId: row.seal_id,
      matterId: row.matter_id,
      assigneeId: data.transferorId,
      facts: { until: data.until },
      dueAt,
      actorId: actor.personId,
    });
    for (const seal of there.seals)
      await writeRegisterLine(tx, env, {
        register: "custody",
        entityId: row.entity_id,
        kind: "short-handover",
        eventId,
        sealId: seal.seal_id,
        matterId: row.matter_id,
        personIds: [data.transferorId, data.deputyId, data.witnessId],
        facts: {
          ...{ number: row.number, tag: data.tag, until: data.until },
          ...{ transferor: data.transferorId, deputy: data.deputyId, witness: data.witnessId },
        },
        words: [row.title, row.reason],
      });
  },
});

const ReturnData = z.object({
  /** The matter of the short handover. */
  handoverId: z.string().max(60),
  /** The same two people as at its beginning; both see the matter by this. */
  transferorId: PersonIdText,
  deputyId: PersonIdText,
  tag: z.string().trim().max(40),
  whole: z.boolean(),
  condition: z.enum(PIECE_CONDITIONS),
});
type Return = z.output<typeof ReturnData>;

async function findShortHandover(reader: Reader, matterId: string) {
  return reader.selectFrom("short_handovers").selectAll().where("matter_id", "=", matterId).executeTakeFirst();
}

async function getShortHandover(tx: Tx, matterId: string) {
  const row = await findShortHandover(tx, matterId);
  if (!row) throw problems.notFound();
  return row;
}

/** Custody goes back as far as it was given: until the day on which the first grant would have ended. */
async function changeBack(
  reader: Reader,
  short: Awaited<ReturnType<typeof getShortHandover>>,
  sealIds: readonly string[],
): Promise<CustodianChange> {
  const grant = await reader
    .selectFrom("grants")
    .select("to_on")
    .where("person_id", "=", short.transferor_id)
    .where("role", "=", "custodian")
    .where("scope_kind", "=", "seal")
    .where("scope_id", "in", sealIds.length > 0 ? [...sealIds] : [""])
    .where("state", "=", "ended")
    .orderBy("ended_at", "desc")
    .executeTakeFirst();
  // What the handover took from both is both people's again.
  const left = await reader
    .selectFrom("custody_postings")
    .select(["body_id", "from_account"])
    .where("matter_id", "=", short.matter_id)
    .where("book", "=", "custodian")
    .execute();
  const both = peopleAccount([short.deputy_id, short.transferor_id]);
  return {
    leaving: short.deputy_id,
    coming: short.transferor_id,
    until: grant?.to_on ?? null,
    grantedBy: short.deputy_id,
    bagged: true,
    staysNamedFor: short.standing_seal_ids,
    joinedAgain: left.filter((posting) => posting.from_account === both).map((posting) => posting.body_id),
  };
}

/** The return of a short handover: both confirm that the tag is the one and whole; else everything is counted. */
export const shortReturn: MatterHandler = matterHandler<Return>({
  data: ReturnData,
  subjects: ({ data }) => [`short-handover:${data.handoverId}`],
  candidates: async (_tx, _env, { data }, part) => [part === "transferor" ? data.transferorId : data.deputyId],
  check: async (tx, env, { row, data }): Promise<Refusal[]> => {
    const short = await findShortHandover(tx, data.handoverId);
    if (!short || short.ended_at !== null || short.entity_id !== row.entity_id)
      return [refuse("short-handover.not-open", {}, "C14")];
    const [transferorId, deputyId] = [short.transferor_id, short.deputy_id];
    if (
      data.transferorId !== transferorId ||
      data.deputyId !== deputyId ||
      ![transferorId, deputyId].includes(row.asked_by)
    )
      return [refuse("short-handover.other-people", {}, "C14")];
    const there = await lockSealsOfBodies(tx, short.body_ids);
    const sealIds = there.seals.map((seal) => seal.seal_id);
    return [
      ...listOtherSeals(row, there, short.body_ids),
      ...listReturnRefusals({ tag: short.tag }, data),
      ...(await listHeldInBox(tx, listPieces(there, short.body_ids), there.held)),
      ...(await listUnfitness(tx, env, short.transferor_id, there.seals)),
      ...(await listChangeRefusals(tx, env, there.seals, await changeBack(tx, short, sealIds))),
    ];
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const short = await getShortHandover(tx, data.handoverId);
    const there = await lockSealsOfBodies(tx, short.body_ids);
    const sealIds = there.seals.map((seal) => seal.seal_id);
    const { eventId } = await changeCustodian(
      tx,
      env,
      there.seals,
      there.bodies.filter((body) => short.body_ids.includes(body.body_id)),
      await changeBack(tx, short, sealIds),
      { actorId: actor.personId, matterId: row.matter_id, reason: row.reason },
    );
    await endShortHandover(tx, env, short.matter_id, { matterId: row.matter_id, actorId: actor.personId });
    for (const sealId of sealIds)
      await writeRegisterLine(tx, env, {
        register: "custody",
        entityId: row.entity_id,
        kind: "short-return",
        eventId,
        sealId,
        matterId: row.matter_id,
        personIds: [short.transferor_id, short.deputy_id],
        facts: {
          ...{ number: row.number, tag: short.tag, condition: data.condition },
          ...{ transferor: short.transferor_id, deputy: short.deputy_id },
        },
        words: [row.title, row.reason],
      });
  },
});
