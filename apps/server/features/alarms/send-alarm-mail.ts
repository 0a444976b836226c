import { createHash } from "node:crypto";
import { composeAlarmMail, onOneLine } from "@chancery/domain";
import type { AlarmMailState } from "../../platform/alarm-schema.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { saysOf } from "../controllers/journal-view.ts";

/** One mail: to somebody who was told of an alarm at a level. */
export interface AlarmMailWanted {
  readonly alarmId: string;
  readonly level: number;
  readonly personId: string;
}

/**
 * Writes to somebody about an alarm, once. A job does it after the alarm was committed, and tries again later where the mail
 * server cannot be reached; the alarm itself waits for none of it. An alarm that was acknowledged meanwhile is not written about.
 */
export async function sendAlarmMail(env: Environment, wanted: AlarmMailWanted): Promise<void> {
  if (env.mailer === undefined) return;
  const row = await readWanted(env.db, wanted);
  if (row?.mail !== "waiting") return;
  if (row.state !== "open") return note(env, wanted, "not-needed", null);
  if (row.address === null) return note(env, wanted, "failed", "NO_ADDRESS");
  const { subject, text } = composeAlarmMail(row.language, {
    ...saysOf(row.code),
    controller: { en: row.controller_en, zh: row.controller_zh },
    serial: row.serial,
    place: row.place_en === null || row.place_zh === null ? null : { en: row.place_en, zh: row.place_zh },
    seals: await readSealNames(env.db, wanted.alarmId),
    at: tellTime(row.raised_at, row.time_zone),
    ...{ speed: row.speed, level: wanted.level, organisation: { en: row.entity_en, zh: row.entity_zh } },
    address: `${env.origin}/alarms`,
  });
  const answer = await env.mailer.send({
    to: { name: onOneLine(row.language === "zh" ? row.person_zh : row.person_en), address: row.address },
    ...{ subject, text, messageId: composeMessageId(wanted, env.origin) },
  });
  if (answer.sent) return note(env, wanted, "sent", null);
  await note(env, wanted, answer.lasting ? "failed" : "waiting", answer.fault);
  if (!answer.lasting) throw new Error(`the mail of ${wanted.alarmId} was not sent: ${answer.fault}`);
}

const readWanted = (reader: Reader, { alarmId, level, personId }: AlarmMailWanted) =>
  reader
    .selectFrom("alarm_told as t")
    .innerJoin("alarms as a", "a.alarm_id", "t.alarm_id")
    .innerJoin("controllers as c", "c.controller_id", "a.controller_id")
    .innerJoin("entities as e", "e.entity_id", "a.entity_id")
    .innerJoin("people as p", "p.person_id", "t.person_id")
    .leftJoin("containers as k", "k.container_id", "c.container_id")
    .leftJoin("mail_addresses as m", "m.person_id", "t.person_id")
    .select(["t.mail", "a.state", "a.code", "a.speed", "a.raised_at", "c.serial", "e.time_zone"])
    .select(["c.name_en as controller_en", "c.name_zh as controller_zh", "k.name_en as place_en"])
    .select(["k.name_zh as place_zh", "e.name_en as entity_en", "e.name_zh as entity_zh"])
    .select(["p.name_en as person_en", "p.name_zh as person_zh", "m.address", "m.language"])
    .where("t.alarm_id", "=", alarmId)
    .where("t.level", "=", level)
    .where("t.person_id", "=", personId)
    .executeTakeFirst();

async function readSealNames(reader: Reader, alarmId: string) {
  const rows = await reader
    .selectFrom("alarm_seals as a")
    .innerJoin("seals as s", "s.seal_id", "a.seal_id")
    .select(["s.number", "s.name_en", "s.name_zh"])
    .where("a.alarm_id", "=", alarmId)
    .orderBy("s.number")
    .execute();
  return rows.map((row) => ({ number: row.number, name: { en: row.name_en, zh: row.name_zh } }));
}

async function note(
  env: Environment,
  { alarmId, level, personId }: AlarmMailWanted,
  mail: AlarmMailState,
  fault: string | null,
): Promise<void> {
  await env.db
    .updateTable("alarm_told")
    .set((eb) => ({
      ...{ mail, mail_fault: fault, mail_at: new Date(env.clock.now()) },
      mail_tries: eb("mail_tries", "+", mail === "not-needed" ? 0 : 1),
    }))
    .where("alarm_id", "=", alarmId)
    .where("level", "=", level)
    .where("person_id", "=", personId)
    .execute();
}

/** The same name for each try, which tells a mail server nothing of the person (RFC 5322, 3.6.4). */
function composeMessageId({ alarmId, level, personId }: AlarmMailWanted, origin: string): string {
  const left = createHash("sha256").update(`${alarmId} ${level} ${personId}`).digest("hex").slice(0, 40);
  return `<${left}@${new URL(origin).hostname}>`;
}

function tellTime(at: Date, timeZone: string): string {
  const told = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(at);
  return `${told} (${timeZone})`;
}

const lately = 24 * 60 * 60_000;

/** How mail about alarms fares, of the last day: for the page of the controllers. */
export async function readMailStatus(
  env: Environment,
): Promise<{ state: "off" | "works" | "failing"; unsent: number; fault: string | null }> {
  if (env.mailer === undefined) return { state: "off", unsent: 0, fault: null };
  const rows = await env.db
    .selectFrom("alarm_told")
    .select(["mail_fault"])
    .where("mail", "in", ["waiting", "failed"])
    .where("mail_fault", "is not", null)
    .where("told_at", ">", new Date(env.clock.now() - lately))
    .orderBy("mail_at", "desc")
    .execute();
  return { state: rows.length > 0 ? "failing" : "works", unsent: rows.length, fault: rows[0]?.mail_fault ?? null };
}
