import type { GrantScope } from "@chancery/domain";
import type { RouteInput } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";

type ScopeOfApi = RouteInput<"POST /v1/grants">["body"]["scope"];

/** A scope as the API names it, as the domain does. */
export function scopeOf(scope: ScopeOfApi): GrantScope {
  return {
    kind: scope.kind,
    id: scope.kind === "entity" ? scope.entityId : scope.kind === "unit" ? scope.unitId : scope.sealId,
  };
}

export function showScope({ kind, id }: GrantScope): ScopeOfApi {
  switch (kind) {
    case "entity":
      return { kind, entityId: id };
    case "unit":
      return { kind, unitId: id };
    case "seal":
      return { kind, sealId: id };
  }
}

/** Names of the entities, units and seals that roles are held for, by id. */
export async function readScopeNames(reader: Reader): Promise<(id: string) => { en: string; zh: string }> {
  const [entities, units, seals] = await Promise.all([
    reader.selectFrom("entities").select(["entity_id as id", "name_en", "name_zh"]).execute(),
    reader.selectFrom("units").select(["unit_id as id", "name_en", "name_zh"]).execute(),
    reader.selectFrom("seals").select(["seal_id as id", "name_en", "name_zh"]).execute(),
  ]);
  const names = new Map([...entities, ...units, ...seals].map((row) => [row.id, { en: row.name_en, zh: row.name_zh }]));
  return (id) => names.get(id) ?? { en: "unknown", zh: "未知" };
}
