import {
  type FateOfSeal,
  fateOfSeal,
  listUnitChangeRefusals,
  MATTERS_ENDED_WITH_UNIT,
  type MatterKind,
  type MatterState,
  type Refusal,
  type SealOfUnit,
  type SealUseRequestState,
  type UnitChange,
  type UnitToChange,
} from "@chancery/domain";
import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { titleForAll } from "../requests/may-see.ts";
import { readBodies } from "../seals/store.ts";
import { readGrantsInForce } from "./read-grants.ts";

/** Everything a change of a unit touches, as it stands now: the preview shows it, and carrying it out goes by it. */
export interface UnitImpact {
  readonly seals: readonly (SealOfUnit & { readonly fate: FateOfSeal; readonly name: { en: string; zh: string } })[];
  readonly grants: readonly { grantId: string; personId: string; role: string }[];
  /** Delegations that end with the roles they come from. */
  readonly delegations: readonly { delegationId: string; delegatorId: string; delegateId: string; to: string }[];
  readonly people: readonly string[];
  readonly unitsBelow: readonly string[];
  readonly requests: readonly { requestId: string; number: string | null; title: string; state: SealUseRequestState }[];
  readonly matters: readonly { matterId: string; number: string | null; kind: MatterKind; state: MatterState }[];
  readonly takeOuts: readonly { takeOutId: string; sealId: string; bodyId: string; keeperId: string; dueAt: Date }[];
  readonly shortHandovers: readonly { matterId: string; deputyId: string }[];
}

export async function readUnitsToChange(reader: Reader): Promise<UnitToChange[]> {
  const rows = await reader.selectFrom("units").selectAll().orderBy("created_at").orderBy("unit_id").execute();
  return rows.map((row) => ({
    unitId: row.unit_id,
    entityId: row.entity_id,
    parentUnitId: row.parent_unit_id,
    name: { en: row.name_en, zh: row.name_zh },
    closed: row.closed_at !== null,
  }));
}

/**
 * Holds the entity's tree until the transaction ends: changes of units follow one another. The row may still be referred
 * to, so nobody waits who does not change the tree.
 */
export async function holdTree(tx: Tx, entityId: string): Promise<void> {
  await tx.selectFrom("entities").select("entity_id").where("entity_id", "=", entityId).forNoKeyUpdate().execute();
}

async function readSealsOfUnit(reader: Reader, unitId: string) {
  const rows = await reader
    .selectFrom("seals")
    .select(["seal_id", "number", "name_en", "name_zh"])
    // Of the face only what it says: its outlines are thousands of numbers, and nobody reads a picture.
    .select(sql<Record<string, unknown> | null>`face -> 'spec'`.as("spec"))
    .where("unit_id", "=", unitId)
    .orderBy("number")
    .execute();
  const bodies = await readBodies(
    reader,
    rows.map((row) => row.seal_id),
  );
  return rows.map((row) => ({
    sealId: row.seal_id,
    number: row.number,
    name: { en: row.name_en, zh: row.name_zh },
    bodies: bodies.filter((body) => body.seal_id === row.seal_id).map(({ kind, state }) => ({ kind, state })),
    faceTexts: Object.values(row.spec ?? {}).filter((value) => typeof value === "string"),
  }));
}

/** Why the change may not be, by today's facts; `askedBy` is left out once it was approved. */
export async function listRefusalsOfUnitChange(
  reader: Reader,
  env: Environment,
  change: UnitChange,
  asked: { entityId: string; askedBy: string | null },
): Promise<Refusal[]> {
  const grants =
    asked.askedBy === null
      ? []
      : await readGrantsInForce(reader, env.clock.now(), { personId: asked.askedBy, entityId: asked.entityId });
  const { people } = await reader
    .selectFrom("people")
    .select((eb) => eb.fn.countAll<string>().as("people"))
    .where("unit_id", "=", change.unitId)
    .where("state", "<>", "departed")
    .executeTakeFirstOrThrow();
  return listUnitChangeRefusals(change, {
    units: await readUnitsToChange(reader),
    entityId: asked.entityId,
    seals: await readSealsOfUnit(reader, change.unitId),
    people: Number(people),
    asker:
      asked.askedBy === null
        ? null
        : {
            keepsAccounts: grants.some((one) => one.role === "system-administrator" && one.scope.kind === "entity"),
            heads: grants.flatMap((one) =>
              one.role === "unit-head" && one.scope.kind === "unit" ? [one.scope.id] : [],
            ),
          },
  });
}

/** What the change touches. A renaming leaves people, roles and units as they are. */
export async function readUnitImpact(reader: Reader, change: UnitChange): Promise<UnitImpact> {
  const { unitId } = change;
  const seals = (await readSealsOfUnit(reader, unitId)).map((seal) => ({ ...seal, fate: fateOfSeal(change, seal) }));
  const stopping = seals.filter((seal) => seal.fate === "stops").map((seal) => seal.sealId);
  const ends = change.kind !== "rename-unit";
  const grants = ends ? await readGrantsOfUnit(reader, unitId) : [];
  return {
    ...{ seals, grants, delegations: await readDelegationsOf(reader, grants) },
    people: ends ? await readPeopleOfUnit(reader, unitId) : [],
    unitsBelow: ends ? await readUnitsBelow(reader, unitId) : [],
    requests: await readRequestsTouched(reader, ends ? unitId : null, stopping),
    matters: await readMattersTouched(reader, ends ? unitId : null, stopping),
    takeOuts: await readTakeOuts(reader, stopping),
    shortHandovers: await readShortHandovers(reader, stopping),
  };
}

async function readGrantsOfUnit(reader: Reader, unitId: string) {
  const rows = await reader
    .selectFrom("grants")
    .select(["grant_id", "person_id", "role"])
    .where("scope_kind", "=", "unit")
    .where("scope_id", "=", unitId)
    .where("state", "in", ["given", "waiting"])
    .orderBy("grant_id")
    .execute();
  return rows.map((row) => ({ grantId: row.grant_id, personId: row.person_id, role: row.role }));
}

async function readDelegationsOf(reader: Reader, grants: UnitImpact["grants"]) {
  if (grants.length === 0) return [];
  const rows = await reader
    .selectFrom("delegations as d")
    .innerJoin("grants as g", "g.grant_id", "d.grant_id")
    .select(["d.delegation_id", "g.person_id", "d.delegate_id", "d.to_on"])
    .where(
      "d.grant_id",
      "in",
      grants.map((grant) => grant.grantId),
    )
    .where("d.ended_at", "is", null)
    .orderBy("d.delegation_id")
    .execute();
  return rows.map((row) => ({
    ...{ delegationId: row.delegation_id, delegatorId: row.person_id, delegateId: row.delegate_id, to: row.to_on },
  }));
}

async function readPeopleOfUnit(reader: Reader, unitId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom("people")
    .select("person_id")
    .where("unit_id", "=", unitId)
    .where("state", "<>", "departed")
    .orderBy("person_id")
    .execute();
  return rows.map((row) => row.person_id);
}

async function readUnitsBelow(reader: Reader, unitId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom("units")
    .select("unit_id")
    .where("parent_unit_id", "=", unitId)
    .where("closed_at", "is", null)
    .orderBy("unit_id")
    .execute();
  return rows.map((row) => row.unit_id);
}

/** Requests under way that were made for the unit, or with a seal that stops. */
async function readRequestsTouched(reader: Reader, unitId: string | null, sealIds: readonly string[]) {
  const rows = await reader
    .selectFrom("seal_use_requests as r")
    .select(["r.request_id", "r.number", titleForAll.as("title"), "r.state"])
    .where("r.state", "in", ["in-review", "authorised", "opened"])
    .where((eb) =>
      eb.or([
        eb("r.unit_id", "=", unitId ?? ""),
        eb.exists(
          eb
            .selectFrom("request_documents as d")
            .innerJoin(
              sql<{ value: { sealId: string } }>`lateral jsonb_array_elements(d.placements)`.as<"place">(
                sql`place (value)`,
              ),
              (join) => join.onTrue(),
            )
            .select(sql`1`.as("one"))
            .whereRef("d.request_id", "=", "r.request_id")
            .where(sql<boolean>`place.value ->> 'sealId' = any(${[...sealIds]}::text[])`),
        ),
      ]),
    )
    .orderBy("r.request_id")
    .execute();
  return rows.map((row) => ({
    requestId: row.request_id,
    ...{ number: row.number, title: row.title, state: row.state as SealUseRequestState },
  }));
}

/** Matters under way for the unit itself, and those of the stopping seals that make no sense any more. */
async function readMattersTouched(reader: Reader, unitId: string | null, sealIds: readonly string[]) {
  const rows = await reader
    .selectFrom("matters")
    .select(["matter_id", "number", "kind", "state"])
    .where("state", "in", ["in-review", "approved"])
    .where((eb) =>
      eb.or([
        // A seal that was to be made for it, or for a piece of its own.
        eb.and([eb("unit_id", "=", unitId ?? ""), eb("kind", "in", ["engrave", "replace"])]),
        eb.and([
          eb("seal_id", "in", sealIds.length > 0 ? [...sealIds] : [""]),
          eb("kind", "in", [...MATTERS_ENDED_WITH_UNIT]),
        ]),
      ]),
    )
    .orderBy("matter_id")
    .execute();
  const named = await readHandoversOf(reader, sealIds);
  const all = [...rows, ...named.filter((one) => !rows.some((row) => row.matter_id === one.matter_id))];
  return all.map((row) => ({
    matterId: row.matter_id,
    ...{ number: row.number, kind: row.kind as MatterKind, state: row.state as MatterState },
  }));
}

/** Handovers that hold a body of these seals though they stand under another seal's name. */
async function readHandoversOf(reader: Reader, sealIds: readonly string[]) {
  if (sealIds.length === 0) return [];
  return reader
    .selectFrom("matter_reservations as h")
    .innerJoin("matters as m", "m.matter_id", "h.matter_id")
    .innerJoin("seal_bodies as b", (join) => join.on(sql<boolean>`h.subject = 'custody:' || b.body_id`))
    .select(["m.matter_id", "m.number", "m.kind", "m.state"])
    .distinct()
    .where("b.seal_id", "in", [...sealIds])
    .where("m.state", "in", ["in-review", "approved"])
    .where("m.kind", "in", [...MATTERS_ENDED_WITH_UNIT])
    .orderBy("m.matter_id")
    .execute();
}

export async function readTakeOuts(reader: Reader, sealIds: readonly string[]) {
  const rows = await reader
    .selectFrom("take_outs")
    .select(["matter_id", "seal_id", "body_id", "keeper_id", "due_at"])
    .where("seal_id", "in", sealIds.length > 0 ? [...sealIds] : [""])
    .where("ended_at", "is", null)
    .orderBy("matter_id")
    .execute();
  return rows.map((row) => ({
    ...{ takeOutId: row.matter_id, sealId: row.seal_id, bodyId: row.body_id, keeperId: row.keeper_id },
    dueAt: row.due_at,
  }));
}

export async function readShortHandovers(reader: Reader, sealIds: readonly string[]) {
  const rows = await reader
    .selectFrom("short_handovers as h")
    .select(["h.matter_id", "h.deputy_id"])
    .distinct()
    .innerJoin("seal_bodies as b", (join) => join.on(sql<boolean>`b.body_id = any(h.body_ids)`))
    .where("b.seal_id", "in", sealIds.length > 0 ? [...sealIds] : [""])
    .where("h.ended_at", "is", null)
    .orderBy("h.matter_id")
    .execute();
  return rows.map((row) => ({ matterId: row.matter_id, deputyId: row.deputy_id }));
}
