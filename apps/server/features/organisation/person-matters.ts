import { addPeriod, hasWay, isKeptOn, listLeaveRefusals, type Refusal, refuse, type SealState } from "@chancery/domain";
import { z } from "zod";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { forcedHandover, forcedHandoverKey } from "../custody/forced-handover-tasks.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type MatterActor, type MatterHandler, type MatterOf, matterHandler } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { changeSealState } from "../seals/service.ts";
import { lockSeals, readBodies } from "../seals/store.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openTasks } from "../tasks/open-task.ts";
import { endFitnessTasks } from "../training/fitness-tasks.ts";
import { endGrants } from "./end-grants.ts";
import { openTasksOfLeaver } from "./leaver-tasks.ts";
import { dayIn, readGrantsInForce } from "./read-grants.ts";
import { readSealsOfRecord } from "./seals-of-record.ts";
import { readUnitsToChange } from "./unit-impact.ts";

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const LeaveData = z.object({ untilOn: Day });
const TransferData = z.object({ toUnitId: z.string().regex(/^unit_[0-9a-f-]{36}$/) });
const NoData = z.object({});

type Check<D> = (tx: Tx, env: Environment, matter: MatterOf<D>) => Promise<readonly Refusal[]>;

/**
 * What becomes of a person who goes, for days or for good: seals he still answers for on that day are frozen, because no
 * fit deputy has taken them over; a task asks for their handover, which the clockwork opens. What else ends is the kind's own.
 */
function personMatter<D>(data: z.ZodType<D>, more: Check<D>, also: MatterHandler<D>["carryOut"]): MatterHandler {
  return matterHandler<D>({
    data,
    subjects: ({ row }) => [`person:${row.person_id}`],
    check: async (tx, env, matter) => {
      const person = await tx
        .selectFrom("people")
        .select(["entity_id", "state"])
        .where("person_id", "=", matter.row.person_id ?? "")
        .executeTakeFirst();
      if (!person || person.entity_id !== matter.row.entity_id || person.state === "departed")
        return [refuse("person.unknown", {}, "C11")];
      return more(tx, env, matter);
    },
    carryOut: async (tx, env, matter, actor, ended) => {
      await freezeSealsOf(tx, env, matter.row, actor);
      await also(tx, env, matter, actor, ended);
    },
  });
}

async function freezeSealsOf(tx: Tx, env: Environment, row: MatterRow, actor: MatterActor): Promise<void> {
  const personId = row.person_id ?? "";
  const seals = await lockSeals(tx, await readSealsOfRecord(tx, personId));
  // Asked again with the rows held: a handover that was ahead has moved them on.
  const still = await readSealsOfRecord(tx, personId);
  const concerned = seals.filter((seal) => still.includes(seal.seal_id));
  const bodies = await readBodies(
    tx,
    concerned.map((seal) => seal.seal_id),
  );
  const by = { actorId: actor.personId, matterId: row.matter_id, reason: row.reason === "" ? null : row.reason };
  for (const seal of concerned)
    if (bodies.some((body) => body.seal_id === seal.seal_id && hasWay(body.kind, body.state, "freeze")))
      await changeSealState(tx, env, seal.seal_id, "freeze", by);
  const now = env.clock.now();
  const { custodianChangeReportWithin: count } = await readSettings(tx, now);
  const dueAt = addPeriod(now, { unit: "working-days", count }, await readPlaceInTime(tx, row.entity_id));
  await openTasks(
    tx,
    env,
    // What was stopped, lost or ended is collected, and handed over to nobody.
    concerned
      .filter((seal) => isKeptOn(seal.state as SealState))
      .map((seal) => ({
        ...{ kind: forcedHandover, subjectKey: forcedHandoverKey(seal.seal_id, personId), entityId: seal.entity_id },
        ...{ sealId: seal.seal_id, personId, matterId: row.matter_id, assigneeRole: "seal-administrator", dueAt },
        ...{ facts: { sealNumber: seal.number }, actorId: null },
      })),
  );
}

async function endGrantsOf(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  actor: MatterActor,
  which: "all" | "custodian",
): Promise<void> {
  let select = tx
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", row.person_id ?? "")
    .where("state", "in", ["given", "waiting"]);
  if (which === "custodian") select = select.where("role", "=", "custodian");
  const grantIds = (await select.execute()).map((grant) => grant.grant_id);
  await endGrants(tx, env, grantIds, { actorId: actor.personId, reason: row.reason, matterId: row.matter_id });
}

/** An entity whose accounts nobody keeps could never be given a keeper again. */
async function listLastAdministrator(reader: Reader, env: Environment, row: MatterRow): Promise<Refusal[]> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { entityId: row.entity_id });
  const keepers = grants.filter((grant) => grant.role === "system-administrator").map((grant) => grant.personId);
  const last = keepers.includes(row.person_id ?? "") && keepers.every((person) => person === row.person_id);
  return last ? [refuse("person.last-administrator", {}, "C11")] : [];
}

/** Leave: roles stay, for he comes back; seals nobody took over rest until he does or they are handed over. */
export const personLeave: MatterHandler = personMatter(
  LeaveData,
  async (tx, env, { row, data }) => {
    const { timeZone } = await readPlaceInTime(tx, row.entity_id);
    const today = dayIn(timeZone, env.clock.now());
    const approved = row.state === "approved";
    return listLeaveRefusals({ from: row.effective_on ?? today, to: data.untilOn, today, approved });
  },
  (tx, env, { row }) => openTasksOfLeaver(tx, env, row, "keeps-forms"),
);

/** End of a term: custody and what entitled to it; other roles are another matter. */
export const termEnd: MatterHandler = personMatter(
  NoData,
  async () => [],
  async (tx, env, { row }, actor) => {
    await endGrantsOf(tx, env, row, actor, "custodian");
    await openTasksOfLeaver(tx, env, row, "keeps-forms");
  },
);

/** Transfer: every role was for the old post; the new one gives its own. */
export const personTransfer: MatterHandler = personMatter(
  TransferData,
  async (tx, env, { row, data }) => {
    const unit = (await readUnitsToChange(tx)).find((one) => one.unitId === data.toUnitId);
    const { unit_id } = await tx
      .selectFrom("people")
      .select("unit_id")
      .where("person_id", "=", row.person_id ?? "")
      .executeTakeFirstOrThrow();
    const fits = unit && !unit.closed && unit.entityId === row.entity_id && unit.unitId !== unit_id;
    return [...(fits ? [] : [refuse("person.unit-unknown", {})]), ...(await listLastAdministrator(tx, env, row))];
  },
  async (tx, env, { row, data }, actor) => {
    await endGrantsOf(tx, env, row, actor, "all");
    await openTasksOfLeaver(tx, env, row, "for-good");
    const personId = row.person_id ?? "";
    await tx.updateTable("people").set({ unit_id: data.toUnitId }).where("person_id", "=", personId).execute();
    await recordEvent(tx, env, {
      ...{ type: "PersonMoved", actorId: actor.personId, personId, matterId: row.matter_id },
      facts: { to: data.toUnitId },
    });
  },
);

/** Departure: roles and sessions end at once, and nobody signs in as him any more. */
export const personDeparture: MatterHandler = personMatter(
  NoData,
  (tx, env, { row }) => listLastAdministrator(tx, env, row),
  async (tx, env, { row }, actor) => {
    await endGrantsOf(tx, env, row, actor, "all");
    await openTasksOfLeaver(tx, env, row, "for-good");
    const personId = row.person_id ?? "";
    await tx
      .updateTable("people")
      .set({ state: "departed", password_hash: null })
      .where("person_id", "=", personId)
      .execute();
    await tx.deleteFrom("sessions").where("person_id", "=", personId).execute();
    await tx.deleteFrom("mail_addresses").where("person_id", "=", personId).execute();
    await endFitnessTasks(tx, env, personId, { state: "cancelled", actorId: actor.personId });
    await recordEvent(tx, env, {
      ...{ type: "PersonDeparted", actorId: actor.personId, personId, matterId: row.matter_id },
      facts: {},
    });
  },
);
