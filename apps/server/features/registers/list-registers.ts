import { listLineKinds, REGISTERS, type Register, registerNames, tellLine } from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { isRead, type RegisterReach, readRegisterReach } from "./reach.ts";

/** Beyond so many lines that only concern a person, they are no longer counted out for the overview. */
const most = 2000;

/** Every register, with how much of it the person reads; no number where only counting line by line would tell it. */
export async function listRegisters(env: Environment, personId: string): Promise<HandlerAnswer<"GET /v1/registers">> {
  const reach = await readRegisterReach(env.db, personId, env.clock.now());
  const [watched, beside] = [await countWatched(env.db, reach), await readBeside(env.db, reach)];
  const items = REGISTERS.map(async (register) => {
    const own = beside?.filter((line) => line.register === register);
    const last = reach.watched.length > 0 ? await readLast(env.db, reach, register) : own?.[0];
    return {
      ...{ register, name: registerNames[register] },
      count: own ? (watched.get(register) ?? 0) + own.length : null,
      last: last ? showLast(register, last) : null,
      kinds: [...listLineKinds(register)],
    };
  });
  return { items: await Promise.all(items) };
}

/** Numbers have no gap, so the counters know how many lines an entity has. */
async function countWatched(reader: Reader, { watched }: RegisterReach): Promise<ReadonlyMap<string, number>> {
  if (watched.length === 0) return new Map();
  const counted = await reader
    .selectFrom("register_counters")
    .select((eb) => ["register", eb.fn.sum<string>("last").as("count")])
    .where("entity_id", "in", [...watched])
    .groupBy("register")
    .execute();
  return new Map(counted.map(({ register, count }) => [register, Number(count)]));
}

/** The lines of other entities that concern the person, newest first; null where they are too many to look through. */
async function readBeside(reader: Reader, reach: RegisterReach) {
  const { personId, watched, held } = reach;
  const some = () => {
    const query = reader
      .selectFrom("register_lines as l")
      .select(["l.line_id", "l.register", "l.number", "l.at", "l.kind", "l.running"])
      .limit(most + 1);
    return watched.length > 0 ? query.where("l.entity_id", "not in", [...watched]) : query;
  };
  const ofSeals =
    held.length > 0
      ? await some()
          .where("l.seal_id", "in", [...held])
          .execute()
      : [];
  const naming = await some()
    .where(sql<boolean>`l.person_ids @> ${[personId]}::text[]`)
    .execute();
  if (ofSeals.length > most || naming.length > most) return null;
  return [...new Map([...ofSeals, ...naming].map((line) => [line.line_id, line])).values()].sort(
    (a, b) => b.at.getTime() - a.at.getTime() || b.running - a.running || (a.line_id < b.line_id ? 1 : -1),
  );
}

async function readLast(reader: Reader, reach: RegisterReach, register: Register) {
  return reader
    .selectFrom("register_lines as l")
    .select(["l.number", "l.at", "l.kind"])
    .where("l.register", "=", register)
    .where(isRead(reach))
    .orderBy("l.at", "desc")
    .orderBy("l.running", "desc")
    .orderBy("l.line_id", "desc")
    .limit(1)
    .executeTakeFirst();
}

function showLast(register: Register, { number, at, kind }: { number: string; at: Date; kind: string }) {
  const { title } = tellLine({ register, kind }, {}, { timeZone: "UTC", nameOf: () => null });
  return { number, at: at.toISOString(), title };
}
