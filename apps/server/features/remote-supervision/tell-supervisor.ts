import { createHash } from "node:crypto";
import { composePressMail, isAtRemotePresses, onOneLine } from "@chancery/domain";
import type { AlarmMailState } from "../../platform/alarm-schema.ts";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";

/** Presses that wait for this person's word and can still be answered, the newest first: every page shows them. */
export async function listPressesWaiting(reader: Reader, now: number, personId: string) {
  const rows = await reader
    .selectFrom("remote_looks as l")
    .innerJoin("seal_use_requests as r", "r.request_id", "l.request_id")
    .innerJoin("controllers as c", "c.controller_id", "l.controller_id")
    .select(["l.look_id", "l.request_id", "l.expires_at", "c.name_en", "c.name_zh"])
    .where("l.state", "=", "waiting")
    .where("l.expires_at", ">", new Date(now))
    .where("r.confirmed_by", "=", personId)
    .orderBy("l.asked_at", "desc")
    .limit(20)
    .execute();
  return rows.map((row) => ({
    ...{ lookId: row.look_id, requestId: row.request_id, expiresAt: row.expires_at.toISOString() },
    controllerName: { en: row.name_en, zh: row.name_zh },
  }));
}

/** Whether the next press of this request waits for its supervisor now. */
export async function isPressWaiting(reader: Reader, now: number, requestId: string): Promise<boolean> {
  const row = await reader
    .selectFrom("remote_looks")
    .select("look_id")
    .where("request_id", "=", requestId)
    .where("state", "=", "waiting")
    .where("expires_at", ">", new Date(now))
    .executeTakeFirst();
  return row !== undefined;
}

/** Has him written to, after the commit, where he has a mail address and does not sit before the page anyhow. */
export async function tellSupervisor(tx: Tx, env: Environment, of: { lookId: string; requestId: string }) {
  if (env.mailer === undefined) return;
  const { lookId, requestId } = of;
  const row = await tx
    .selectFrom("seal_use_requests as r")
    .innerJoin("mail_addresses as m", "m.person_id", "r.confirmed_by")
    .select((eb) => [
      "m.person_id",
      eb
        .selectFrom("remote_looks as l")
        .select((inner) => inner.fn.max("l.answered_at").as("at"))
        .whereRef("l.request_id", "=", "r.request_id")
        .as("answered_at"),
    ])
    .where("r.request_id", "=", requestId)
    .executeTakeFirst();
  if (!row || isAtRemotePresses(row.answered_at?.getTime() ?? null, env.clock.now())) return;
  await tx.updateTable("remote_looks").set({ mail: "waiting" }).where("look_id", "=", lookId).execute();
  await env.enqueue(tx, "send-press-mail", { lookId }, `send-press-mail ${lookId}`);
}

/** Writes to him, once: tried again while it can still be answered, and never about what was answered meanwhile. */
export async function sendPressMail(env: Environment, lookId: string): Promise<void> {
  if (env.mailer === undefined) return;
  const row = await env.db
    .selectFrom("remote_looks as l")
    .innerJoin("seal_use_requests as r", "r.request_id", "l.request_id")
    .innerJoin("controllers as c", "c.controller_id", "l.controller_id")
    .innerJoin("entities as e", "e.entity_id", "c.entity_id")
    .innerJoin("people as p", "p.person_id", "r.confirmed_by")
    .leftJoin("mail_addresses as m", "m.person_id", "r.confirmed_by")
    .select(["l.mail", "l.state", "l.expires_at", "c.serial", "c.name_en", "c.name_zh", "e.time_zone"])
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "m.address", "m.language"])
    .select(["p.name_en as person_en", "p.name_zh as person_zh"])
    .where("l.look_id", "=", lookId)
    .executeTakeFirst();
  if (row?.mail !== "waiting") return;
  const note = async (mail: AlarmMailState, fault: string | null): Promise<void> => {
    await env.db.updateTable("remote_looks").set({ mail, mail_fault: fault }).where("look_id", "=", lookId).execute();
  };
  if (row.state !== "waiting" || row.expires_at.getTime() <= env.clock.now()) return note("not-needed", null);
  if (row.address === null) return note("failed", "NO_ADDRESS");
  const { subject, text } = composePressMail(row.language, {
    controller: { en: row.name_en, zh: row.name_zh },
    ...{ serial: row.serial, until: tellTime(row.expires_at, row.time_zone) },
    organisation: { en: row.entity_en, zh: row.entity_zh },
    address: `${env.origin}/inbox`,
  });
  const answer = await env.mailer.send({
    to: { name: onOneLine(row.language === "zh" ? row.person_zh : row.person_en), address: row.address },
    ...{ subject, text },
    // The same for each try, and nothing of the press (RFC 5322, 3.6.4).
    messageId: `<${createHash("sha256").update(`press ${lookId}`).digest("hex").slice(0, 40)}@${new URL(env.origin).hostname}>`,
  });
  if (answer.sent) return note("sent", null);
  await note(answer.lasting ? "failed" : "waiting", answer.fault);
  if (!answer.lasting) throw new Error(`the mail of ${lookId} was not sent: ${answer.fault}`);
}

function tellTime(at: Date, timeZone: string): string {
  const told = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(at);
  return `${told} (${timeZone})`;
}
