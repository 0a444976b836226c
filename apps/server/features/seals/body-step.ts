import { type BodyMatterKind, commandsOfMatters, type Refusal, type RegisterLineKind, refuse } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { LedgerFacts } from "../ledger/record-event.ts";
import type { MatterActor } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { changeSealState, decideForBodies } from "./service.ts";
import { type BodyRow, lockSeals, readBodies, type SealRow } from "./store.ts";

/** The seal of a matter, its row held, and its bodies; null where the matter names none of its own entity. */
export async function lockSealOfMatter(tx: Tx, row: MatterRow): Promise<{ seal: SealRow; bodies: BodyRow[] } | null> {
  const [seal] = await lockSeals(tx, row.seal_id === null ? [] : [row.seal_id]);
  // A matter is decided by the people of its entity: it never reaches the seal of another one.
  if (!seal || seal.entity_id !== row.entity_id) return null;
  return { seal, bodies: await readBodies(tx, [seal.seal_id]) };
}

export async function getSealOfMatter(tx: Tx, row: MatterRow): Promise<{ seal: SealRow; bodies: BodyRow[] }> {
  const there = await lockSealOfMatter(tx, row);
  if (!there) throw new Error("a matter was checked and its seal is gone");
  return there;
}

/** Why these bodies may not take the step of the kind: each belongs to the seal, and its life allows it now. */
export async function listStepRefusals(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  kind: BodyMatterKind,
  bodyIds: readonly string[],
): Promise<Refusal[]> {
  const there = await lockSealOfMatter(tx, row);
  if (!there) return [refuse("matter.seal-missing", {})];
  const refusals: Refusal[] = [];
  for (const bodyId of new Set(bodyIds)) {
    const body = there.bodies.find((one) => one.body_id === bodyId);
    if (!body) refusals.push(refuse("seal.body-unknown", {}, "C10"));
    else refusals.push(...(await listBodyRefusals(tx, env, row, there.seal, body, kind)));
  }
  return refusals;
}

async function listBodyRefusals(
  reader: Reader,
  env: Environment,
  row: MatterRow,
  seal: SealRow,
  body: BodyRow,
  kind: BodyMatterKind,
): Promise<Refusal[]> {
  if (kind === "destroy-key" && body.kind === "physical") return [refuse("seal.key-only", {}, "C10")];
  if (kind === "give-up-engraving" && body.kind === "electronic") return [refuse("seal.pieces-only", {}, "C10")];
  const command = commandsOfMatters[kind];
  const decided = await decideForBodies(reader, env, seal, command, row.asked_by, body.body_id);
  return decided.ok ? [] : decided.refusals;
}

/** What each step is called in the register of life, and those of losses in theirs. */
const lines: Readonly<Record<BodyMatterKind, RegisterLineKind>> = {
  "receive-piece": { register: "life", kind: "made" },
  "file-seal": { register: "life", kind: "filed" },
  "keep-specimen": { register: "life", kind: "specimen-kept" },
  issue: { register: "life", kind: "issued" },
  "find-seal": { register: "loss", kind: "found" },
  "declare-void": { register: "loss", kind: "void" },
  surrender: { register: "life", kind: "surrendered" },
  "seal-up": { register: "life", kind: "sealed-up" },
  destroy: { register: "life", kind: "destroyed" },
  "destroy-key": { register: "life", kind: "key-destroyed" },
  "give-up-engraving": { register: "life", kind: "engraving-given-up" },
  stop: { register: "life", kind: "stopped" },
  resume: { register: "life", kind: "resumed" },
};

/** Takes the step for each of these bodies, each with its line in the register; the seal's row is held. */
export async function takeStep(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  kind: BodyMatterKind,
  bodyIds: readonly string[],
  actor: MatterActor,
  told: { personIds?: readonly string[]; facts?: LedgerFacts; words?: readonly string[] } = {},
): Promise<void> {
  const { seal, bodies } = await getSealOfMatter(tx, row);
  const by = { actorId: actor.personId, reason: row.reason === "" ? null : row.reason, matterId: row.matter_id };
  for (const bodyId of new Set(bodyIds)) {
    const body = bodies.find((one) => one.body_id === bodyId);
    const { eventId } = await changeSealState(tx, env, seal.seal_id, commandsOfMatters[kind], by, bodyId);
    await writeRegisterLine(tx, env, {
      ...lines[kind],
      ...{ entityId: row.entity_id, eventId, sealId: seal.seal_id, bodyId },
      ...{ unitId: seal.unit_id, matterId: row.matter_id, personIds: [row.asked_by, ...(told.personIds ?? [])] },
      facts: { number: row.number, body: body?.number ?? "", ...told.facts },
      words: [row.title, row.reason, ...(told.words ?? [])],
    });
  }
}

/** Whether everybody named can act by himself: an active person of the organisation. */
export async function listPeopleRefusals(reader: Reader, personIds: readonly string[]): Promise<Refusal[]> {
  const wanted = [...new Set(personIds)];
  if (wanted.length === 0) return [];
  const rows = await reader
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", wanted)
    .where("state", "=", "active")
    .execute();
  return rows.length === wanted.length ? [] : [refuse("seal.person-unknown", {}, "C11")];
}
