import { type MatterKind, matterDefinition } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { listCandidates } from "./decide-matter.ts";
import { getMatter, type MatterRow } from "./store.ts";

/** Kinds whose part falls to the office that runs the seals where the person named for it can not come. */
const leftToOffice: readonly MatterKind[] = ["handover", "take-out-return"];

/**
 * Approved matters with a part that nobody has confirmed and this person is named for, the newest change first. What
 * anybody of the entity may confirm waits for nobody by name and is not among them.
 */
export async function listToConfirm(reader: Reader, env: Environment, personId: string): Promise<MatterRow[]> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId });
  const offices = grants.filter((one) => one.role === "seal-administrator").map((one) => one.entityId);
  // Who is named stands in the matter's own data; only these are looked at one by one.
  const rows = await reader
    .selectFrom("matters as m")
    .select("m.matter_id")
    .where("m.state", "=", "approved")
    .where((eb) =>
      eb.or([
        sql<boolean>`position(${`"${personId}"`} in m.data::text) > 0`,
        ...(offices.length > 0
          ? [eb.and([eb("m.kind", "in", [...leftToOffice]), eb("m.entity_id", "in", offices)])]
          : []),
      ]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("matter_confirmations as c")
            .select(sql`1`.as("one"))
            .whereRef("c.matter_id", "=", "m.matter_id")
            .where("c.person_id", "=", personId),
        ),
      ),
    )
    .orderBy("m.updated_at", "desc")
    .orderBy("m.matter_id", "desc")
    .execute();
  if (rows.length === 0) return [];
  const confirmed = await reader
    .selectFrom("matter_confirmations")
    .select(["matter_id", "part", "digest"])
    .where(
      "matter_id",
      "in",
      rows.map((row) => row.matter_id),
    )
    .execute();
  const waiting: MatterRow[] = [];
  for (const { matter_id: matterId } of rows) {
    const row = await getMatter(reader, matterId);
    const given = (part: string): number =>
      confirmed.filter((one) => one.matter_id === matterId && one.part === part && one.digest === row.digest).length;
    for (const { part, count } of matterDefinition(row.kind).confirmations) {
      if (given(part) >= count || !(await listCandidates(reader, env, row, part))?.includes(personId)) continue;
      waiting.push(row);
      break;
    }
  }
  return waiting;
}
