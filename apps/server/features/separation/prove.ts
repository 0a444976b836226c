import {
  findLoneChains,
  type Grant,
  joinSeal,
  type LoneChain,
  listNewChains,
  type Refusal,
  refuseLoneChain,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { type KeptHole, nameLinks, readProofFacts } from "./read-proof.ts";

/**
 * What the proof says of a role that is about to take force, by grant or by delegation: every chain that would come of
 * it. A hole that is there already does not keep others from their roles.
 */
export async function listHolesOf(
  reader: Reader,
  now: number,
  wanted: Grant,
  existing: readonly Grant[],
): Promise<Refusal[]> {
  const facts = await readProofFacts(reader, now, existing);
  const holes = listNewChains(
    findLoneChains(facts),
    // Last, so that a chain that holds without it keeps its own links.
    findLoneChains({ ...facts, grants: [...existing, wanted] }),
  );
  if (holes.length === 0) return [];
  const sealOf = await readSealNames(reader, holes);
  return holes.slice(0, mostTold).map((hole) => refuseLoneChain(hole, sealOf(hole.sealId)));
}

/** A role for a whole group could open as many holes as it has seals; the first ones tell enough. */
const mostTold = 10;

async function readSealNames(reader: Reader, holes: readonly LoneChain[]): Promise<(sealId: string) => string> {
  const rows = await reader
    .selectFrom("seals")
    .select(["seal_id", "number", "name_en", "name_zh"])
    .where("seal_id", "in", [...new Set(["", ...holes.map((hole) => hole.sealId)])])
    .execute();
  const names = new Map(
    rows.map((row) => [row.seal_id, joinSeal({ number: row.number, name: { en: row.name_en, zh: row.name_zh } })]),
  );
  return (sealId) => names.get(sealId) ?? sealId;
}

/** Who could act alone, today or on a day that is planned already. */
export async function findHoles(reader: Reader, now: number): Promise<KeptHole[]> {
  const facts = await readProofFacts(reader, now);
  return nameLinks(findLoneChains(facts), facts);
}

/** Asks the question, keeps the answer, and opens a finding for every hole; `askedBy` is null where the clock asks. */
export function checkSeparation(env: Environment, askedBy: string | null): Promise<{ at: Date; holes: KeptHole[] }> {
  return transact(env.db, (tx) => checkSeparationIn(tx, env, askedBy));
}

/** The same within what changes who is there, so that the answer is of the state it leaves. */
export async function checkSeparationIn(
  tx: Tx,
  env: Environment,
  askedBy: string | null,
): Promise<{ at: Date; holes: KeptHole[] }> {
  const now = env.clock.now();
  const begun = performance.now();
  const holes = await findHoles(tx, now);
  const checkId = newId("sep", now);
  await tx
    .insertInto("separation_checks")
    .values({
      check_id: checkId,
      at: new Date(now),
      asked_by: askedBy,
      holes: JSON.stringify(holes),
      took_ms: Math.round(performance.now() - begun),
    })
    .execute();
  await recordEvent(tx, env, {
    type: "SeparationChecked",
    actorId: askedBy,
    facts: { check: checkId, holes: holes.length },
  });
  await openHoleFindings(tx, env, holes, askedBy);
  return { at: new Date(now), holes };
}

async function openHoleFindings(
  tx: Tx,
  env: Environment,
  holes: readonly KeptHole[],
  askedBy: string | null,
): Promise<void> {
  if (holes.length === 0) return;
  const sealOf = await readSealNames(tx, holes);
  const entities = await tx.selectFrom("seals").select(["seal_id", "entity_id"]).execute();
  const entityOf = new Map(entities.map((row) => [row.seal_id, row.entity_id]));
  for (const hole of holes) {
    const { facts } = refuseLoneChain(hole, sealOf(hole.sealId));
    await openFinding(tx, env, {
      ...{ control: "C11", source: "separation.lone-chain", facts, actorId: askedBy },
      // One question for each person and seal, however many spans of days there are.
      subjectKey: `${hole.personId} ${hole.sealId}`,
      ...{ entityId: entityOf.get(hole.sealId) ?? null, sealId: hole.sealId, personId: hole.personId },
    });
  }
}

/** Asks once a day by itself, after midnight (UTC), when there is an organisation to ask about. */
export async function checkSeparationNightly(env: Environment): Promise<void> {
  const { state } = await env.db.selectFrom("installation").select("state").executeTakeFirstOrThrow();
  if (state !== "live" && state !== "sample") return;
  const last = await env.db
    .selectFrom("separation_checks")
    .select("at")
    .where("asked_by", "is", null)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last && dayIn("UTC", last.at.getTime()) === dayIn("UTC", env.clock.now())) return;
  await checkSeparation(env, null);
}
