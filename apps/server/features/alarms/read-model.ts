import { quietAlarms } from "@chancery/domain";
import type { ExpressionBuilder } from "kysely";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import type { Tables } from "../../platform/database-schema.ts";
import type { Environment } from "../../platform/environment.ts";
import { readSaid } from "../controllers/journal-view.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { listPressesWaiting } from "../remote-supervision/tell-supervisor.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import { watches } from "../tasks/read-model.ts";

type AlarmView = HandlerAnswer<"GET /v1/alarms">["items"][number];
const pageSize = 50;

type Alarms = ExpressionBuilder<Tables & { a: Tables["alarms"] }, "a">;
const isTold = (eb: Alarms, personId: string) =>
  eb.exists(
    eb
      .selectFrom("alarm_told as t")
      .select("t.level")
      .whereRef("t.alarm_id", "=", "a.alarm_id")
      .where("t.person_id", "=", personId),
  );
/** Told of it, and nothing said of it yet. */
const waitsFor = (eb: Alarms, personId: string) =>
  eb.and([
    eb("a.state", "=", "open"),
    isTold(eb, personId),
    eb.not(
      eb.exists(
        eb
          .selectFrom("alarm_words as w")
          .select("w.nth")
          .whereRef("w.alarm_id", "=", "a.alarm_id")
          .where("w.person_id", "=", personId),
      ),
    ),
  ]);

/** How many alarms wait for this person's word. */
export async function countWaitingAlarms(env: Environment, personId: string): Promise<number> {
  const { count } = await env.db
    .selectFrom("alarms as a")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where((eb) => waitsFor(eb, personId))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Alarms that somebody has to look at at once and has said nothing of, the newest first: every page shows them. */
export async function listUrgentAlarms(
  env: Environment,
  personId: string,
): Promise<HandlerAnswer<"GET /v1/alarms/urgent">> {
  const rows = await env.db
    .selectFrom("alarms as a")
    .innerJoin("controllers as c", "c.controller_id", "a.controller_id")
    .select(["a.alarm_id", "a.controller_id", "a.epoch", "a.seq", "a.code", "a.raised_at", "c.name_en", "c.name_zh"])
    .where((eb) => waitsFor(eb as unknown as Alarms, personId))
    .where("a.speed", "=", "at-once")
    .orderBy("a.alarm_id", "desc")
    .limit(pageSize)
    .execute();
  const said = await readSaid(env.db, rows);
  return {
    items: rows.map((row) => ({
      ...{ alarmId: row.alarm_id, raisedAt: row.raised_at.toISOString(), says: said(row).says },
      controllerName: { en: row.name_en, zh: row.name_zh },
    })),
    presses: await listPressesWaiting(env.db, env.clock.now(), personId),
  };
}

/** Alarms, newest first: those one was told of, and those of entities one watches over. What is quiet only who was told reads. */
export async function listAlarms(
  env: Environment,
  personId: string,
  query: RouteInput<"GET /v1/alarms">["query"],
): Promise<HandlerAnswer<"GET /v1/alarms">> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  const watched = [...new Set(grants.map(({ entityId }) => entityId))].filter((one) => watches(grants, one));
  let select = env.db
    .selectFrom("alarms as a")
    .innerJoin("controllers as c", "c.controller_id", "a.controller_id")
    .innerJoin("entities as e", "e.entity_id", "a.entity_id")
    .leftJoin("containers as k", "k.container_id", "c.container_id")
    .selectAll("a")
    .select(["c.serial", "c.name_en", "c.name_zh", "k.name_en as place_en", "k.name_zh as place_zh"])
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code as entity_code"])
    .select((eb) => isTold(eb as unknown as Alarms, personId).as("told"))
    .where((eb) =>
      eb.or([
        isTold(eb as unknown as Alarms, personId),
        eb.and([eb("a.entity_id", "in", ["", ...watched]), eb("a.code", "not in", [...quietAlarms])]),
      ]),
    )
    .where("a.state", "=", query.state ?? "open")
    .orderBy("a.alarm_id", "desc")
    .limit(pageSize + 1);
  if (query.after) select = select.where("a.alarm_id", "<", query.after);
  const rows = await select.execute();
  const page = rows.slice(0, pageSize);
  const ids = page.map((row) => row.alarm_id);
  const about = await readAbout(env, ids);
  const said = await readSaid(env.db, page);
  return {
    items: page.map((row) => {
      const { told, words, seals } = about(row.alarm_id);
      return {
        ...{ alarmId: row.alarm_id, code: row.code, speed: row.speed, state: row.state, ...said(row) },
        controller: {
          ...{ controllerId: row.controller_id, serial: row.serial, name: { en: row.name_en, zh: row.name_zh } },
          place: row.place_en !== null && row.place_zh !== null ? { en: row.place_en, zh: row.place_zh } : null,
        },
        entity: {
          entityId: row.entity_id,
          name: { en: row.entity_en, zh: row.entity_zh },
          code: row.entity_code,
        },
        ...{ seals, times: row.times, level: row.level, told, words },
        ...{ raisedAt: row.raised_at.toISOString(), lastAt: row.last_at.toISOString() },
        escalatesAt: row.escalates_at?.toISOString() ?? null,
        mayAnswer: row.state === "open" && row.told === true,
        keepsSeal: row.keepers.includes(personId),
      };
    }),
    next: rows.length > pageSize ? (page.at(-1)?.alarm_id ?? null) : null,
  };
}

async function readAbout(
  env: Environment,
  alarmIds: readonly string[],
): Promise<(alarmId: string) => Pick<AlarmView, "told" | "words" | "seals">> {
  const wanted = ["", ...alarmIds];
  const told = await env.db
    .selectFrom("alarm_told")
    .selectAll()
    .where("alarm_id", "in", wanted)
    .orderBy("level")
    .orderBy("person_id")
    .execute();
  const words = await env.db
    .selectFrom("alarm_words")
    .selectAll()
    .where("alarm_id", "in", wanted)
    .orderBy("nth")
    .execute();
  const seals = await env.db
    .selectFrom("alarm_seals as a")
    .innerJoin("seals as s", "s.seal_id", "a.seal_id")
    .select(["a.alarm_id", "s.seal_id", "s.number", "s.name_en", "s.name_zh"])
    .where("a.alarm_id", "in", wanted)
    .orderBy("s.number")
    .execute();
  const person = await readPeople(
    env.db,
    [...told, ...words].map((row) => row.person_id),
  );
  const named = (id: string): PersonRefView => person(id) ?? { personId: id, name: { en: "", zh: "" } };
  const of = <T extends { alarm_id: string }>(rows: readonly T[], id: string): T[] =>
    rows.filter((row) => row.alarm_id === id);
  return (alarmId) => ({
    // A person who was called more than once stands there with the newest call.
    told: [...new Map(of(told, alarmId).map((row) => [row.person_id, row])).values()].map((row) => ({
      ...{ person: named(row.person_id), level: row.level, at: row.told_at.toISOString(), mail: row.mail },
      mailFault: row.mail_fault,
    })),
    words: of(words, alarmId).map((row) => ({
      ...{ person: named(row.person_id), at: row.at.toISOString(), word: row.word, ends: row.ends },
    })),
    seals: of(seals, alarmId).map((row) => ({
      ...{ sealId: row.seal_id, number: row.number, name: { en: row.name_en, zh: row.name_zh } },
    })),
  });
}
