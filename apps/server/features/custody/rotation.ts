import {
  findKeptSince,
  isFit,
  judgeRotation,
  listStays,
  type Profile,
  peopleOf,
  planRotation,
  type RotationPlace,
  type RotationPlan,
  type RotationState,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readAbsentNow } from "../organisation/absences.ts";
import { dayIn, readDays, readGrantsInForce, readSealsForSeparation } from "../organisation/read-grants.ts";
import { readSettings } from "../settings/read-settings.ts";
import { readFitness, type SealToHold } from "./fit-to-hold.ts";
import { readOpenHandovers } from "./open-handovers.ts";
import { readPostings } from "./postings.ts";

const day = 24 * 60 * 60_000;

export interface RotationStand {
  readonly seal: SealToHold & { readonly number: string; readonly name_en: string; readonly name_zh: string };
  readonly personId: string;
  /** YYYY-MM-DD in the entity's time zone. */
  readonly since: string;
  readonly dueOn: string;
  readonly state: RotationState;
}

/** Who keeps which seal since when, and when each is to be relieved; those due first (C15). */
export async function readRotation(reader: Reader, env: Environment, entityId?: string): Promise<RotationStand[]> {
  const now = env.clock.now();
  let query = reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .innerJoin("entities as e", "e.entity_id", "s.entity_id")
    .select(["b.body_id", "s.seal_id", "s.entity_id", "s.important", "s.number", "s.name_en", "s.name_zh"])
    .select("e.time_zone")
    .where("b.state", "in", ["in-use", "frozen", "in-handover", "taken-out"]);
  if (entityId) query = query.where("s.entity_id", "=", entityId);
  const rows = await query.execute();
  const postings = await readPostings(
    reader,
    rows.map((row) => row.body_id),
  );
  const settings = await readSettings(reader, now);
  const dayOf = await readDays(reader, now);
  const byBody = Map.groupBy(
    postings.filter((one) => one.book === "custodian"),
    (one) => one.bodyId,
  );
  const stands = new Map<string, RotationStand>();
  for (const row of rows) {
    const stays = listStays(byBody.get(row.body_id) ?? []);
    const last = stays.at(-1);
    for (const personId of last ? peopleOf(last.account) : []) {
      const keptSince = findKeptSince(stays, personId, settings.shortHandoverMost * day);
      if (keptSince === null) continue;
      const since = dayIn(row.time_zone, keptSince);
      const key = `${row.seal_id} ${personId}`;
      // Of several bodies of one seal the one that was kept longest counts.
      if ((stands.get(key)?.since ?? "9999-12-31") <= since) continue;
      const judged = judgeRotation({ since, important: row.important }, settings, dayOf(row.entity_id));
      stands.set(key, { seal: row, personId, since, ...judged });
    }
  }
  return [...stands.values()].toSorted(
    (a, b) => a.dueOn.localeCompare(b.dueOn) || a.seal.number.localeCompare(b.seal.number),
  );
}

/**
 * A set of moves that relieves those due and breaks no rule: the domain's planner over the grants in force, the people of
 * the entity and their fitness. Nothing is written; a person accepts it, and then each move is a handover of its own.
 */
export async function proposeRotation(reader: Reader, env: Environment, entityId: string): Promise<RotationPlan> {
  const stands = await readRotation(reader, env, entityId);
  // Whose seal changes hands already is planned once that has ended: until then a second handover is refused.
  const handovers = await readOpenHandovers(
    reader,
    stands.map((one) => one.seal.seal_id),
  );
  return planRotation({
    ...(await readRotationPlace(reader, env, entityId)),
    wanted: stands
      .filter((one) => one.state !== "fine" && !handovers.has(one.seal.seal_id))
      .map(({ seal, personId, dueOn }) => ({ sealId: seal.seal_id, personId, dueOn })),
  });
}

/** Everything the planner looks at besides what is wanted: who could come and witness, of those who are there. */
export async function readRotationPlace(
  reader: Reader,
  env: Environment,
  entityId: string,
): Promise<Omit<RotationPlace, "wanted">> {
  const now = env.clock.now();
  const stands = await readRotation(reader, env, entityId);
  const installation = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const grants = await readGrantsInForce(reader, now, { entityId, named: true });
  const absent = await readAbsentNow(reader, now);
  const people = (
    await reader
      .selectFrom("people")
      .select("person_id")
      .where("entity_id", "=", entityId)
      .where("state", "=", "active")
      .where("guest", "=", false)
      .where("person_id", "not in", ["", ...absent])
      .orderBy("person_id")
      .execute()
  ).map((row) => row.person_id);
  const fitness = await readFitness(reader, env, people);
  const sealOf = new Map(stands.map((one) => [one.seal.seal_id, one.seal]));
  const isFitFor = (personId: string, sealId: string): boolean => {
    const seal = sealOf.get(sealId);
    return seal !== undefined && isFit(fitness.factsOf(personId, seal, false));
  };
  const namedAs = (role: string): string[] =>
    grants.filter((grant) => grant.role === role && people.includes(grant.personId)).map((grant) => grant.personId);
  const keepers = new Set(stands.map((one) => one.personId));
  // Custodians of other seals know the work: they come before people who never kept one.
  const candidates = [...people.filter((one) => keepers.has(one)), ...people.filter((one) => !keepers.has(one))];
  const witnesses = [...new Set([...namedAs("inspector"), ...namedAs("supervisor"), ...candidates])];
  return {
    ...{ profile: installation.profile as Profile, today: (await readDays(reader, now))(entityId), grants },
    seals: await readSealsForSeparation(reader),
    ...{ candidates, witnesses, grantedBy: namedAs("signatory")[0] ?? "", isFitFor },
  };
}
