import { type ControllerCondition, quietAlarms } from "@chancery/domain";
import {
  type AlarmCode,
  type AlarmText,
  alarmTexts,
  type CodeText,
  type FindingCode,
  findingTexts,
  sayFinding,
} from "@chancery/seallink";
import { sql } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readControllerReach } from "./reach.ts";

type JournalView = NonNullable<HandlerAnswer<"GET /v1/controllers/:controllerId">["journal"]>;
/** What a controller has sent, and what its newest words say of the box. */
export interface JournalFacts {
  readonly view: JournalView;
  readonly box: Pick<ControllerCondition, "tampered" | "locked" | "mounted">;
}

const newest = 50;
/** Words after which a box stays locked until two people have been there (clause 4.1). */
const tampering = ["alarm.open", "alarm.tag", "alarm.key"];
const told = ["lock.set", "lock.clear", "seal.mount", "seal.unmount", ...tampering];

/** The journals of these controllers as lists show them. */
export async function readJournals(
  reader: Reader,
  controllerIds: readonly string[],
): Promise<ReadonlyMap<string, JournalFacts>> {
  if (controllerIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom("controller_chains as c")
    .innerJoin("controllers as b", "b.controller_id", "c.controller_id")
    .leftJoin("controller_presence as p", "p.controller_id", "c.controller_id")
    .select("b.state")
    .select(["c.controller_id", "c.epoch", "c.last_seq", "c.counters", "c.quarantined"])
    .select(["p.online", "p.heard_at", "p.battery", "p.network", "p.firmware", "p.said_seq"])
    .select((eb) => [
      eb
        .selectFrom("controller_records_pending as w")
        .select((inner) => inner.fn.countAll<string>().as("n"))
        .whereRef("w.controller_id", "=", "c.controller_id")
        .as("waiting"),
      eb
        .selectFrom("controller_refused as r")
        .select((inner) => inner.fn.countAll<string>().as("n"))
        .whereRef("r.controller_id", "=", "c.controller_id")
        .as("refused"),
      eb
        .selectFrom("controller_photos as f")
        .select((inner) => inner.fn.count<string>("f.digest").as("n"))
        .whereRef("f.controller_id", "=", "c.controller_id")
        .as("photos"),
      eb
        .selectFrom("controller_photos as f")
        .select((inner) => inner.fn.countAll<string>().as("n"))
        .whereRef("f.controller_id", "=", "c.controller_id")
        .as("named"),
    ])
    .where("c.controller_id", "in", controllerIds)
    .orderBy("c.epoch")
    .execute();
  const lastOf = await readLastWords(reader, controllerIds);
  // Of several epochs the last one stays: it is the one that counts.
  return new Map(
    rows.map((row) => {
      const last = (types: readonly string[]): number =>
        Math.max(0, ...types.map((type) => lastOf.get(`${row.controller_id} ${type}`) ?? 0));
      const ahead = row.said_seq === null ? null : Number(row.said_seq) - Number(row.last_seq);
      return [
        row.controller_id,
        {
          view: {
            ...{
              online: row.online === true && row.state === "enrolled",
              heardAt: row.heard_at?.toISOString() ?? null,
              battery: row.battery,
            },
            ...{ network: row.network, firmware: row.firmware, epoch: row.epoch, last: Number(row.last_seq) },
            ...{ waiting: Number(row.waiting ?? 0), backlog: ahead === null ? null : Math.max(0, ahead) },
            ...{ counters: row.counters.map(Number), refused: Number(row.refused ?? 0) },
            photos: { stored: Number(row.photos ?? 0), owed: Number(row.named ?? 0) - Number(row.photos ?? 0) },
            quarantined:
              row.quarantined === null ? null : { code: row.quarantined, says: saysOf(row.quarantined).says },
          },
          box: {
            tampered: last(tampering) > last(["lock.clear"]),
            locked: last(["lock.set"]) > last(["lock.clear"]),
            mounted: last(["seal.mount"]) > last(["seal.unmount"]),
          },
        },
      ];
    }),
  );
}

async function readLastWords(reader: Reader, controllerIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom("controller_records")
    // What sits in a box sits there in its next epoch, too: places go on from one epoch to the next.
    .select(["controller_id", "type", sql<string>`max(epoch * 1000000000::bigint + seq)`.as("place")])
    .where("controller_id", "in", controllerIds)
    .where("type", "in", told)
    .groupBy(["controller_id", "type"])
    .execute();
  return new Map(rows.map((row) => [`${row.controller_id} ${row.type}`, Number(row.place)]));
}

/** The newest of a journal and of what was found in it. */
export async function showJournal(
  env: Environment,
  personId: string,
  controllerId: string,
): Promise<HandlerAnswer<"GET /v1/controllers/:controllerId/journal">> {
  const reach = await readControllerReach(env.db, personId, env.clock.now());
  const row = await env.db
    .selectFrom("controllers")
    .select("entity_id")
    .where("controller_id", "=", controllerId)
    .executeTakeFirst();
  if (!row || !reach.reads.has(row.entity_id)) throw problems.notFound();
  const hidden = ["", ...(await listHidden(env.db, personId, controllerId))];
  const records = await env.db
    .selectFrom("controller_records")
    .select(["epoch", "seq", "type", "device_at", "received_at", "hash"])
    .where("controller_id", "=", controllerId)
    .where("type", "not in", hidden)
    .orderBy("epoch", "desc")
    .orderBy("seq", "desc")
    .limit(newest)
    .execute();
  const findings = await env.db
    .selectFrom("controller_findings")
    .select(["controller_id", "code", "epoch", "seq", "found_at"])
    .where("controller_id", "=", controllerId)
    .where("code", "not in", hidden)
    .orderBy("finding_no", "desc")
    .limit(newest)
    .execute();
  const said = await readSaid(env.db, findings);
  return {
    records: records.map((one) => ({
      ...{ epoch: one.epoch, seq: Number(one.seq), type: one.type, hash: one.hash },
      alarm: Object.hasOwn(alarmTexts, one.type) ? saysOf(one.type).says : null,
      ...{ at: one.device_at.toISOString(), receivedAt: one.received_at.toISOString() },
    })),
    findings: findings.map((one) => ({
      ...{ code: one.code, epoch: one.epoch, seq: Number(one.seq), at: one.found_at.toISOString() },
      ...said(one),
    })),
  };
}

/** Alarms that nobody beside the box may see on a screen; who was told of one reads it here, too. */
async function listHidden(reader: Reader, personId: string, controllerId: string): Promise<readonly string[]> {
  const told = await reader
    .selectFrom("alarms as a")
    .innerJoin("alarm_told as t", "t.alarm_id", "a.alarm_id")
    .select("a.code")
    .where("a.controller_id", "=", controllerId)
    .where("t.person_id", "=", personId)
    .where("a.code", "in", [...quietAlarms])
    .execute();
  return quietAlarms.filter((code) => !told.some((row) => row.code === code));
}

/** What a code of SealLink means, what to do and whom it is told to. */
export const textOfCode = (code: string): AlarmText =>
  Object.hasOwn(findingTexts, code) ? findingTexts[code as FindingCode] : alarmTexts[code as AlarmCode];

/** What a code means and what to do, in both languages. */
export const saysOf = (code: string) => sayText(textOfCode(code));
const sayText = ({ en, zh, todo }: CodeText) => ({ says: { en, zh }, todo: { ...todo } });

/** Something found in a record, or an alarm about it. */
interface AboutRecord {
  readonly controller_id: string;
  readonly epoch: number;
  readonly seq: string;
  readonly code: string;
}

/** What was found in these records and what to do: with the reason that a record names, and the number of the request it was for. */
export async function readSaid(
  reader: Reader,
  about: readonly AboutRecord[],
): Promise<(one: AboutRecord) => ReturnType<typeof saysOf>> {
  const rows = await reader
    .selectFrom("controller_findings as f")
    .leftJoin("controller_records as r", (join) =>
      join
        .onRef("r.controller_id", "=", "f.controller_id")
        .onRef("r.epoch", "=", "f.epoch")
        .onRef("r.seq", "=", "f.seq"),
    )
    .leftJoin("controller_authorisations as a", (join) =>
      // A name that was signed for another box tells of no request here.
      join.onRef("a.jti", "=", "r.jti").onRef("a.controller_id", "=", "f.controller_id"),
    )
    .leftJoin("seal_use_requests as q", "q.request_id", "a.request_id")
    .select(["f.controller_id", "f.epoch", "f.seq", "f.code", "f.detail", "q.number"])
    .where("f.controller_id", "in", ["", ...new Set(about.map((one) => one.controller_id))])
    .where("f.seq", "in", ["-1", ...new Set(about.map((one) => one.seq))])
    .execute();
  const keyOf = (one: AboutRecord): string => [one.controller_id, one.epoch, one.seq, one.code].join(" ");
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  return (one) => {
    const row = found.get(keyOf(one));
    if (!row || !Object.hasOwn(findingTexts, one.code)) return saysOf(one.code);
    const { says, todo } = sayText(sayFinding(one.code as FindingCode, row.detail));
    const { number } = row;
    return { says: number === null ? says : { en: `${says.en} (${number})`, zh: `${says.zh}（${number}）` }, todo };
  };
}
