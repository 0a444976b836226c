import { openRequestStates } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { readViewer } from "../seals/visible-seals.ts";
import { custodiansOf, readHeldNow } from "./postings.ts";

/** Roles whose holders have to do with where a seal lies, where their grant reaches it. */
const having: readonly string[] = ["custodian", "supervisor", "seal-administrator", "inspector"];

/**
 * Whether a person learns where a seal lies and lay (C13): who keeps it, watches its use, runs or inspects it, or has a use
 * of it under way. To everybody else who sees the seal it is enough to know whom to ask.
 */
export async function seesPlaceOfSeal(
  reader: Reader,
  personId: string,
  seal: { readonly sealId: string; readonly entityId: string; readonly bodyIds: readonly string[] },
  now: number,
): Promise<boolean> {
  const viewer = await readViewer(reader, personId, now);
  const reaching = viewer.grants.some(
    ({ role, scope, entityId }) =>
      having.includes(role) && entityId === seal.entityId && (scope.kind !== "seal" || scope.id === seal.sealId),
  );
  if (reaching) return true;
  const held = await readHeldNow(reader, seal.bodyIds);
  if (seal.bodyIds.some((bodyId) => custodiansOf(held(bodyId)).includes(personId))) return true;
  const request = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("request_documents as d", "d.request_id", "r.request_id")
    .select("r.request_id")
    .where("r.state", "in", [...openRequestStates])
    .where((eb) => eb.or([eb("r.applicant_id", "=", personId), eb("r.handler_id", "=", personId)]))
    .where(sql<boolean>`d.placements @> ${JSON.stringify([{ sealId: seal.sealId }])}::jsonb`)
    .limit(1)
    .executeTakeFirst();
  return request !== undefined;
}
