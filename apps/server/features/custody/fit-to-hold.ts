import {
  addDays,
  type FitnessFacts,
  findFitnessDemands,
  type Grant,
  listSeparationConflicts,
  listUnfitRefusals,
  type Profile,
  type Refusal,
  refuse,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readAbsentNow } from "../organisation/absences.ts";
import { dayIn, readDays, readGrants } from "../organisation/read-grants.ts";
import { listKindRefusals } from "../seals/kind-holders.ts";
import type { SealWithKind } from "../seals/seal-types.ts";
import { readSettings } from "../settings/read-settings.ts";

export interface SealToHold {
  readonly seal_id: string;
  readonly entity_id: string;
  readonly important: boolean;
}

/** A seal that somebody is about to hold; its kind may say whose people hold it. */
export interface SealToTake extends SealToHold, SealWithKind {
  readonly unit_id: string | null;
}

export interface FitnessReader {
  /** From this day on training and commitment are demanded. */
  readonly demandedFrom: string;
  /**
   * What the rule of fitness wants to know about a person and a seal. `holds` where he is custodian of it already, so
   * that his term has to be running; who is about to be named has none yet.
   */
  readonly factsOf: (personId: string, seal: SealToHold, holds: boolean) => FitnessFacts;
}

/** Everything that decides whether these people are fit, read once for all of them. */
export async function readFitness(
  reader: Reader,
  env: Environment,
  personIds: readonly string[],
): Promise<FitnessReader> {
  const now = env.clock.now();
  const ids = [...new Set(personIds)];
  const wanted = ids.length > 0 ? ids : [""];
  const installation = await reader
    .selectFrom("installation")
    .select(["profile", "created_at"])
    .executeTakeFirstOrThrow();
  const settings = await readSettings(reader, now);
  const active = new Set(
    (
      await reader
        .selectFrom("people")
        .select("person_id")
        .where("person_id", "in", wanted)
        .where("state", "=", "active")
        .execute()
    ).map((row) => row.person_id),
  );
  const certificates = new Map(
    (
      await reader
        .selectFrom("training_attempts")
        .select((eb) => ["person_id", eb.fn.max("valid_until").as("until")])
        .where("person_id", "in", wanted)
        .where("for_custody", "=", true)
        .groupBy("person_id")
        .execute()
    ).map((row) => [row.person_id, row.until]),
  );
  const committed = new Set(
    (await reader.selectFrom("commitments").select("person_id").where("person_id", "in", wanted).execute()).map(
      (row) => row.person_id,
    ),
  );
  const [only] = ids;
  const grants =
    ids.length === 1 && only !== undefined
      ? await readGrants(reader, { personId: only, named: true })
      : await readGrants(reader, { named: true });
  const dayOf = await readDays(reader, now);
  const profile = installation.profile as Profile;
  const demandedFrom = addDays(dayIn("UTC", installation.created_at.getTime()), settings.fitnessGrace);
  return {
    demandedFrom,
    factsOf: (personId, seal, holds) => {
      const today = dayOf(seal.entity_id);
      const inForce = grants.filter(
        (grant) =>
          grant.personId === personId &&
          grant.entityId === seal.entity_id &&
          (grant.scope.kind !== "seal" || grant.scope.id === seal.seal_id) &&
          grant.from <= today &&
          (grant.to === null || grant.to >= today),
      );
      return {
        ...{ today, demandedFrom, active: active.has(personId), committed: committed.has(personId) },
        demands: findFitnessDemands(profile, settings, seal.important),
        certificateUntil: certificates.get(personId) ?? null,
        term: holds ? findTerm(inForce) : null,
        conflict: listSeparationConflicts(inForce, profile).length > 0,
      };
    },
  };
}

/** The term by the grants in force as custodian: the one that runs longest. */
function findTerm(inForce: readonly Grant[]): FitnessFacts["term"] {
  const ends = inForce.filter((grant) => grant.role === "custodian").map((grant) => grant.to);
  if (ends.length === 0) return { running: false, until: null };
  return { running: true, until: ends.includes(null) ? null : (ends.toSorted().at(-1) ?? null) };
}

/**
 * Why a person may not take custody of these seals, besides the matrix and the limits of custody, which are asked where
 * the grant is given (C12). The one place that every way into custody asks: handover, short handover, return.
 */
export async function listUnfitness(
  reader: Reader,
  env: Environment,
  personId: string,
  seals: readonly SealToTake[],
): Promise<Refusal[]> {
  const { factsOf } = await readFitness(reader, env, [personId]);
  return onceEach([
    ...seals.flatMap((seal) => listUnfitRefusals(factsOf(personId, seal, false))),
    ...(await listKindRefusals(reader, personId, seals)),
    ...((await readAbsentNow(reader, env.clock.now())).includes(personId)
      ? [refuse("person.on-leave", {}, "C12")]
      : []),
  ]);
}

/** Why these custodians of a seal are not fit to go on holding it today (C12). */
export async function listUnfitHolders(
  reader: Reader,
  env: Environment,
  seal: SealToHold,
  personIds: readonly string[],
): Promise<Refusal[]> {
  if (personIds.length === 0) return [];
  const { factsOf } = await readFitness(reader, env, personIds);
  return onceEach(personIds.flatMap((personId) => listUnfitRefusals(factsOf(personId, seal, true))));
}

const onceEach = (refusals: readonly Refusal[]): Refusal[] =>
  refusals.filter((one, at) => refusals.findIndex((told) => told.code === one.code) === at);
