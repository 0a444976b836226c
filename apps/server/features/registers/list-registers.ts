import { listLineKinds, REGISTERS, type Register, registerNames, tellLine } from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { isRead, type RegisterReach, readRegisterReach } from "./reach.ts";

/** Every register, with how much of it the person reads. */
export async function listRegisters(env: Environment, personId: string): Promise<HandlerAnswer<"GET /v1/registers">> {
  const reach = await readRegisterReach(env.db, personId, env.clock.now());
  const counts = await countLines(env.db, reach);
  const lasts = await Promise.all(REGISTERS.map((register) => readLast(env.db, reach, register)));
  return {
    items: REGISTERS.map((register, at) => ({
      ...{ register, name: registerNames[register], count: counts.get(register) ?? 0 },
      ...{ last: lasts[at] ?? null, kinds: [...listLineKinds(register)] },
    })),
  };
}

/** Numbers have no gap, so the counters know how many lines an entity has; only what lies beside them is counted. */
async function countLines(reader: Reader, reach: RegisterReach): Promise<ReadonlyMap<string, number>> {
  const counted = await reader
    .selectFrom("register_counters")
    .select((eb) => ["register", eb.fn.sum<string>("last").as("count")])
    .where("entity_id", "in", reach.watched.length > 0 ? [...reach.watched] : [""])
    .groupBy("register")
    .execute();
  const beside = await reader
    .selectFrom("register_lines as l")
    .select((eb) => ["l.register", eb.fn.countAll<string>().as("count")])
    .where(isRead({ ...reach, watched: [] }))
    .where((eb) => (reach.watched.length > 0 ? eb("l.entity_id", "not in", [...reach.watched]) : sql<boolean>`true`))
    .groupBy("l.register")
    .execute();
  const counts = new Map<string, number>();
  for (const { register, count } of [...counted, ...beside])
    counts.set(register, (counts.get(register) ?? 0) + Number(count));
  return counts;
}

async function readLast(reader: Reader, reach: RegisterReach, register: Register) {
  const row = await reader
    .selectFrom("register_lines as l")
    .select(["l.number", "l.at", "l.kind"])
    .where("l.register", "=", register)
    .where(isRead(reach))
    .orderBy("l.at", "desc")
    .orderBy("l.running", "desc")
    .orderBy("l.line_id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  const { title } = tellLine({ register, kind: row.kind }, {}, { timeZone: "UTC", nameOf: () => null });
  return { number: row.number, at: row.at.toISOString(), title };
}
