import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { mayActOn, readViewer } from "./visible-seals.ts";

/** What a matter that asks for a seal reserves, so that no other one asks for the same number. */
export const subjectOfNumber = (entityId: string, number: string): string => `${prefixOf(entityId)}${number}`;
const prefixOf = (entityId: string): string => `seal-number:${entityId}:`;

/** Numbers that are given or asked for already, of every entity for which the person may ask for a seal. */
export async function listSealNumbers(
  env: Environment,
  personId: string,
): Promise<HandlerAnswer<"GET /v1/seal-numbers">["items"]> {
  const viewer = await readViewer(env.db, personId, env.clock.now());
  const entities = (await env.db.selectFrom("entities").select("entity_id").execute())
    .map((row) => row.entity_id)
    .filter((entityId) => mayActOn(viewer, { sealId: "", entityId }, "seal.register"));
  if (entities.length === 0) return [];
  const given = await env.db
    .selectFrom("seals")
    .select(["entity_id", "number"])
    .where("entity_id", "in", entities)
    .execute();
  const asked = await env.db
    .selectFrom("matter_reservations as r")
    .innerJoin("matters as m", "m.matter_id", "r.matter_id")
    .select(["m.entity_id", "r.subject"])
    .where("m.entity_id", "in", entities)
    .where("r.subject", "like", "seal-number:%")
    .execute();
  return [
    ...given.map((row) => ({ entityId: row.entity_id, number: row.number })),
    ...asked.map((row) => ({ entityId: row.entity_id, number: row.subject.slice(prefixOf(row.entity_id).length) })),
  ];
}
