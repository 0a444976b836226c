import {
  foldText,
  isLiveSeal,
  listNamesNeeded,
  listSealPositions,
  type Profile,
  SEAL_DUTIES,
  type SealState,
  type SealType,
} from "@chancery/domain";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readDays, readGrants, readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";

type Answer = HandlerAnswer<"GET /v1/positions">;
const watching: readonly string[] = ["seal-administrator", "inspector", "system-administrator"];

/** Who is named for each seal that is alive, in the entities the reader watches over. */
export async function listBySeal(
  env: Environment,
  readerId: string,
  query: RouteInput<"GET /v1/positions">["query"],
): Promise<Answer> {
  const now = env.clock.now();
  const own = await readGrantsInForce(env.db, now, { personId: readerId });
  const watched = [...new Set(own.filter(({ role }) => watching.includes(role)).map((grant) => grant.entityId))];
  const rows = await env.db
    .selectFrom("seals as s")
    .innerJoin("entities as e", "e.entity_id", "s.entity_id")
    .select(["s.seal_id", "s.number", "s.type", "s.name_en", "s.name_zh", "s.important", "s.state", "s.entity_id"])
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code"])
    .where("s.entity_id", "in", ["", ...watched])
    .orderBy("e.code")
    .orderBy("s.number")
    .execute();
  const keys = await env.db
    .selectFrom("seal_bodies")
    .select("seal_id")
    .where("kind", "=", "electronic")
    .where("seal_id", "in", ["", ...rows.map((row) => row.seal_id)])
    .execute();
  const electronic = new Set(keys.map((row) => row.seal_id));
  const { profile } = await env.db.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const grants = await readGrants(env.db, { named: true });
  const confirmed = new Set((await readGrants(env.db)).map((grant) => grant.grantId));
  const dayOf = await readDays(env.db, now);
  const person = await readPeople(
    env.db,
    grants.flatMap((grant) => [grant.personId, grant.delegatedBy]),
  );
  const all = rows
    .filter((row) => isLiveSeal(row.state as SealState))
    .map((row): Answer["items"][number] => {
      const seal = { sealId: row.seal_id, entityId: row.entity_id, important: row.important };
      const named = listSealPositions(seal, grants, dayOf(row.entity_id));
      const needed = listNamesNeeded(profile as Profile, {
        ...{ important: row.important, electronic: electronic.has(row.seal_id) },
      });
      return {
        seal: {
          ...{ sealId: row.seal_id, number: row.number, name: { en: row.name_en, zh: row.name_zh } },
          ...{ type: row.type as SealType, important: row.important, state: row.state as SealState },
          entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
        },
        people: named.flatMap(({ duty, grant }) => {
          const who = person(grant.personId);
          if (!who) return [];
          return [
            {
              ...{ duty, person: who, from: grant.from, to: grant.to, confirmed: confirmed.has(grant.grantId) },
              standsFor: person(grant.delegatedBy),
              scopeKind: grant.scope.kind === "seal" ? ("seal" as const) : ("entity" as const),
            },
          ];
        }),
        missing: SEAL_DUTIES.flatMap((duty) => {
          const there = new Set(named.filter((one) => one.duty === duty).map((one) => one.grant.personId)).size;
          return there < needed[duty] ? [{ duty, count: needed[duty] - there }] : [];
        }),
      };
    });
  const people = new Map(all.flatMap((item) => item.people.map((one) => [one.person.personId, one.person])));
  const entities = new Map(all.map((item) => [item.seal.entity.entityId, item.seal.entity]));
  return {
    items: all.flatMap((item) => narrow(item, query)),
    people: [...people.values()],
    entities: [...entities.values()],
  };
}

/** A seal as the filters leave it: of its people those asked for; a seal without any is left out. */
function narrow(item: Answer["items"][number], query: RouteInput<"GET /v1/positions">["query"]): Answer["items"] {
  const { seal } = item;
  if (query.entityId !== undefined && seal.entity.entityId !== query.entityId) return [];
  const words = foldText(query.search ?? "");
  const people = item.people.filter(
    (one) =>
      (query.duty === undefined || one.duty === query.duty) &&
      (query.personId === undefined || one.person.personId === query.personId),
  );
  const missing =
    query.personId === undefined ? item.missing.filter((one) => !query.duty || one.duty === query.duty) : [];
  if ((query.duty !== undefined || query.personId !== undefined) && people.length + missing.length === 0) return [];
  const text = [
    seal.number,
    seal.name.en,
    seal.name.zh,
    ...people.flatMap(({ person }) => [person.name.en, person.name.zh]),
  ];
  return words === "" || foldText(text.join(" ")).includes(words) ? [{ ...item, people, missing }] : [];
}
