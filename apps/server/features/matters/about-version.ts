import type { MatterKind, MatterState } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { seesMatter } from "./may-see.ts";
import { getMatter } from "./store.ts";

interface MatterRef {
  readonly matterId: string;
  readonly number: string | null;
  readonly state: MatterState;
}

/**
 * Which matter asks, or asked, for each of these versions (of rules, of a template): the one that put it in force, else
 * the newest that names it.
 */
export async function readMattersOfVersions(
  reader: Reader,
  kind: MatterKind,
  versions: readonly { readonly version_id: string; readonly matter_id: string | null }[],
): Promise<(versionId: string) => MatterRef | null> {
  const rows = await reader
    .selectFrom("matters")
    .select(["matter_id", "number", "state", "data"])
    .where("kind", "=", kind)
    .where("state", "<>", "cancelled")
    .where(sql<string>`data->>'versionId'`, "in", ["", ...versions.map((one) => one.version_id)])
    .orderBy("created_at", "desc")
    .execute();
  const carried = new Map(versions.map((one) => [one.version_id, one.matter_id]));
  return (versionId) => {
    const row =
      rows.find((one) => one.matter_id === carried.get(versionId)) ??
      rows.find((one) => one.data.versionId === versionId);
    return row ? { matterId: row.matter_id, number: row.number, state: row.state as MatterState } : null;
  };
}

/** Whether a person sees a matter that was submitted about a version: who decides on a draft reads it. */
export async function seesMatterOfVersion(
  env: Environment,
  kind: MatterKind,
  versionId: string,
  personId: string,
): Promise<boolean> {
  const asked = await env.db
    .selectFrom("matters")
    .select("matter_id")
    .where("kind", "=", kind)
    .where("number", "is not", null)
    .where(sql<boolean>`data->>'versionId' = ${versionId}`)
    .execute();
  for (const { matter_id: matterId } of asked)
    if (await seesMatter(env.db, personId, await getMatter(env.db, matterId), env.clock.now())) return true;
  return false;
}
