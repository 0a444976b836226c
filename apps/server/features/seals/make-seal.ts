import { type LineKindOf, type Refusal, refuse, waitsForConfirmations } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { MatterRow } from "../matters/store.ts";
import { giveApprovedGrant } from "../organisation/account-changes.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { issueSealCertificateFor } from "./authority.ts";
import { makeFace, type StoredFace } from "./face.ts";
import { type KeyAlgorithm, makeKeyPair, storeSealKey } from "./keys.ts";
import { readKindWanted } from "./kind-holders.ts";
import { listCrewRefusals, listNamed } from "./seal-crew.ts";
import { kindIdOf, readSealType } from "./seal-types.ts";
import type { BodiesToMake, SealToMake } from "./seal-wanted.ts";
import { changeSealState, decideForBodies } from "./service.ts";
import { insertBody, insertSeal, letGoInUse, lockSeal, readBodies, type SealRow } from "./store.ts";

/** Why a seal may not be made as it is asked for; asked again when it is approved. A face that may not be made throws. */
export async function listMakingRefusals(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  wanted: SealToMake,
): Promise<Refusal[]> {
  const taken = await tx
    .selectFrom("seals")
    .select("seal_id")
    .where("entity_id", "=", row.entity_id)
    .where("number", "=", wanted.number)
    .executeTakeFirst();
  const unit =
    row.unit_id === null
      ? null
      : await tx
          .selectFrom("units")
          .select(["entity_id", "closed_at"])
          .where("unit_id", "=", row.unit_id)
          .executeTakeFirst();
  if (wanted.face.kind === "generated") makeFace(wanted.face.spec);
  const picture = wanted.face.kind === "image" ? await findPicture(tx, row.asked_by, wanted.face) : null;
  const twice = new Set(wanted.custodians).size !== wanted.custodians.length;
  return [
    ...(taken ? [refuse("seal.number-taken", { number: wanted.number }, "C10")] : []),
    ...(wanted.physical === null && wanted.electronic === null ? [refuse("seal.nothing-to-make", {}, "C23")] : []),
    ...(unit && unit.entity_id !== row.entity_id ? [refuse("seal.unit-foreign", {})] : []),
    ...(unit && unit.closed_at !== null ? [refuse("seal.unit-closed", {}, "C10")] : []),
    ...(wanted.face.kind === "image" && picture === null ? [refuse("seal.picture-unknown", {})] : []),
    ...(twice ? [refuse("seal.custodian-twice", {}, "C12")] : []),
    ...(twice
      ? []
      : await listCrewRefusals(tx, env, {
          ...wanted,
          ...{ actorId: row.asked_by, entityId: row.entity_id, unitId: row.unit_id },
        })),
  ];
}

/**
 * Makes the seal that a matter was approved for: its identity with the number, the grants of its people, and its bodies,
 * each as far on its way as it goes by itself. Who asked names the people; who approved stands behind it.
 */
export async function makeSeal(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  wanted: SealToMake,
  by: { actorId: string | null; replacesSealId: string | null },
): Promise<{ sealId: string }> {
  const now = env.clock.now();
  const sealId = newId("seal", now);
  const face = wanted.face.kind === "generated" ? makeFace(wanted.face.spec) : await getPicture(tx, row, wanted.face);
  const { important, version } = await readKindWanted(tx, wanted);
  await insertSeal(tx, {
    ...{ sealId, number: wanted.number, type: wanted.type, entityId: row.entity_id, unitId: row.unit_id },
    ...{ name: wanted.name, external: wanted.external, important, state: "requested", face, at: new Date(now) },
    ...{ matterId: row.matter_id, replacesSealId: by.replacesSealId, typeVersion: version },
    kindId: wanted.kindId ?? null,
  });
  const { eventId } = await recordEvent(tx, env, {
    type: "SealRegistered",
    actorId: by.actorId,
    sealId,
    matterId: row.matter_id,
    facts: {
      entity: row.entity_id,
      number: wanted.number,
      type: wanted.type,
      typeVersion: version,
      kind: wanted.kindId ?? wanted.type,
      pieces: wanted.physical?.pieces ?? 0,
      keyAlgorithm: wanted.electronic?.keyAlgorithm ?? null,
      important,
      external: wanted.external,
      face: face.kind,
      replaces: by.replacesSealId,
    },
  });
  await writeRegisterLine(tx, env, {
    register: "seal",
    kind: "registered",
    ...{ entityId: row.entity_id, eventId, sealId, unitId: row.unit_id },
    ...{ matterId: row.matter_id, personIds: [row.asked_by, ...listNamed(wanted).map((one) => one.personId)] },
    facts: { number: row.number, type: wanted.type, important, external: wanted.external },
    words: [row.title, row.reason],
  });
  const scope = { kind: "seal", id: sealId } as const;
  for (const person of listNamed(wanted))
    await giveApprovedGrant(tx, env, { actorId: row.asked_by, scope, ...person }, by.actorId);
  await makeBodies(tx, env, row, sealId, wanted, by.actorId);
  return { sealId };
}

/** Adds the bodies asked for: pieces wait for the engraver, the key is made now. */
export async function makeBodies(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  sealId: string,
  wanted: BodiesToMake,
  actorId: string | null,
): Promise<void> {
  for (let piece = 0; piece < (wanted.physical?.pieces ?? 0); piece += 1) {
    const bodyId = await addBody(tx, env, row, sealId, "physical", wanted.physical?.material ?? null);
    await step(tx, env, row, sealId, bodyId, "approve-engraving", actorId);
  }
  if (wanted.electronic === null) return;
  const bodyId = await addBody(tx, env, row, sealId, "electronic", null);
  await makeElectronicBody(tx, env, row, sealId, wanted.electronic.keyAlgorithm, actorId);
  await step(tx, env, row, sealId, bodyId, "make", actorId);
  const seal = await lockSeal(tx, sealId);
  const { filing } = await readSealType(tx, kindIdOf(seal));
  if (wanted.electronic.filing || filing === "all") return;
  await step(tx, env, row, sealId, bodyId, "file", actorId);
  await putInUse(tx, env, row, seal, bodyId, actorId);
}

/**
 * In use at once where everybody it needs is named and has confirmed. Where only confirmations are missing it goes in use
 * with the last of them, by the same approval; else it waits for its issue, and its page says for whom.
 */
export async function putInUse(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  seal: SealRow,
  bodyId: string,
  actorId: string | null,
): Promise<void> {
  const decided = await decideForBodies(tx, env, seal, "put-in-use", actorId ?? "", bodyId);
  if (decided.ok) await step(tx, env, row, seal.seal_id, bodyId, "put-in-use", actorId);
  else if (waitsForConfirmations(decided.refusals)) await letGoInUse(tx, bodyId);
}

export async function addBody(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  sealId: string,
  kind: "physical" | "electronic",
  material: string | null,
): Promise<string> {
  const now = env.clock.now();
  const bodyId = newId("body", now);
  const seal = await lockSeal(tx, sealId);
  await insertBody(tx, seal, {
    ...{ bodyId, kind, state: "requested", material, matterId: row.matter_id, at: new Date(now) },
  });
  return bodyId;
}

async function makeElectronicBody(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  sealId: string,
  keyAlgorithm: KeyAlgorithm,
  actorId: string | null,
): Promise<void> {
  const pair = await makeKeyPair(keyAlgorithm);
  await storeSealKey(tx, env, sealId, keyAlgorithm, pair);
  await certify(tx, env, row, await lockSeal(tx, sealId), pair.publicKey, actorId);
}

/** Issues the certificate of a seal's newest key, in the name of its entity. */
export async function certify(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  seal: SealRow,
  publicKey: Parameters<typeof issueSealCertificateFor>[2]["publicKey"],
  actorId: string | null,
): Promise<{ eventId: string }> {
  const entity = await tx
    .selectFrom("entities")
    .select(["name_en", "name_zh"])
    .where("entity_id", "=", row.entity_id)
    .executeTakeFirstOrThrow();
  return issueSealCertificateFor(tx, env, {
    ...{ sealId: seal.seal_id, actorId, publicKey, matterId: row.matter_id },
    organisation: { en: entity.name_en, zh: entity.name_zh },
    seal: { name: { en: seal.name_en, zh: seal.name_zh }, number: seal.number },
  });
}

type Command = "approve-engraving" | "make" | "file" | "keep-specimen" | "put-in-use";
const lines: Readonly<Record<Command, LineKindOf<"life">>> = {
  "approve-engraving": "approved-for-engraving",
  make: "made",
  file: "filed",
  "keep-specimen": "specimen-kept",
  "put-in-use": "issued",
};

/** One step of a body by its matter, with its line in the register of life. */
export async function step(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  sealId: string,
  bodyId: string,
  command: Command,
  actorId: string | null,
  facts: Record<string, string | number | boolean | null> = {},
): Promise<void> {
  const by = { actorId, reason: row.reason === "" ? null : row.reason, matterId: row.matter_id };
  const { eventId } = await changeSealState(tx, env, sealId, command, by, bodyId);
  const body = (await readBodies(tx, [sealId])).find((one) => one.body_id === bodyId);
  await writeRegisterLine(tx, env, {
    register: "life",
    kind: lines[command],
    ...{ entityId: row.entity_id, eventId, sealId, bodyId },
    ...{ matterId: row.matter_id, personIds: [row.asked_by] },
    facts: { number: row.number, body: body?.number ?? "", ...facts },
    words: [row.title, row.reason],
  });
}

type Picture = Extract<SealToMake["face"], { kind: "image" }>;

/** The picture of a face, if this person uploaded it. */
export async function findPicture(reader: Reader, personId: string, face: Picture): Promise<StoredFace | null> {
  const picture = await reader
    .selectFrom("face_images")
    .selectAll()
    .where("image_id", "=", face.imageId)
    .where("uploaded_by", "=", personId)
    .executeTakeFirst();
  return picture
    ? {
        ...{ kind: "image", digest: picture.digest, widthPx: picture.width_px, heightPx: picture.height_px },
        ...{ widthMm: face.widthMm, heightMm: face.heightMm },
      }
    : null;
}

async function getPicture(tx: Tx, row: MatterRow, face: Picture): Promise<StoredFace> {
  const found = await findPicture(tx, row.asked_by, face);
  if (!found) throw new Error("a face was checked and its picture is gone");
  return found;
}
