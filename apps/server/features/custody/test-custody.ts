import { Readable } from "node:stream";
import type { MatterKind, MatterState } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { addMatterEvidence, submitMatter } from "../matters/ask-matter.ts";
import { confirmMatter } from "../matters/decide-matter.ts";
import { getMatter } from "../matters/store.ts";
import { askMatterInTest, presentForMatterInTest } from "../matters/test-matters.ts";
import { enterPieceInTest } from "../seals/test-seals.ts";
import { addContainer, changeLockHolder } from "./containers.ts";
import { readLocks } from "./locks.ts";

/** A piece of a seal in use, entered as one that was there before. */
export function addPieceInTest(env: Environment, sealId: string): Promise<string> {
  return enterPieceInTest(env, sealId);
}

export async function bodyOf(env: Environment, sealId: string, kind: "physical" | "electronic"): Promise<string> {
  const row = await env.db
    .selectFrom("seal_bodies")
    .select("body_id")
    .where("seal_id", "=", sealId)
    .where("kind", "=", kind)
    .executeTakeFirstOrThrow();
  return row.body_id;
}

/** A watched safe good for important seals, its two locks held by these people. */
export async function addSafeInTest(
  env: Environment,
  crew: { readonly entityId: string; readonly people: Pick<TestCrew["people"], "sealAdministrator"> },
  holders: readonly string[],
): Promise<{ containerId: string; lockIds: string[] }> {
  const { containerId } = await addContainer(env, crew.people.sealAdministrator, {
    ...{ entityId: crew.entityId, kind: "safe", name: { en: "Safe", zh: "保险柜" }, address: "Room 1" },
    ...{ insideMonitoring: true, camera: "C-7", goodForImportant: true },
    locks: [
      { kind: "key", label: "K1" },
      { kind: "code", label: "K2" },
    ],
  });
  const lockIds = (await readLocks(env.db, [containerId]))
    .toSorted((a, b) => a.label.localeCompare(b.label))
    .map((lock) => lock.lockId);
  for (const [at, personId] of holders.entries())
    await changeLockHolder(env, crew.people.sealAdministrator, {
      ...{ containerId, lockId: lockIds[at] ?? "", personId },
    });
  return { containerId, lockIds };
}

/** Asks for a matter and submits it. */
export async function submitInTest(
  env: Environment,
  crew: TestCrew,
  kind: MatterKind,
  asker: string,
  input: { sealId: string; data: Record<string, unknown> },
): Promise<string> {
  const matterId = await askMatterInTest(env, crew, { kind, asker, ...input });
  await submitMatter(env, asker, matterId);
  return matterId;
}

/** Confirms a part of a matter as a person, present. */
export async function confirmInTest(
  env: Environment,
  personId: string,
  matterId: string,
  part: string,
  facts: Record<string, unknown> = {},
): Promise<MatterState> {
  const digest = (await getMatter(env.db, matterId)).digest ?? "";
  const presence = await presentForMatterInTest(env, personId, "matter-confirm", matterId, digest);
  return (await confirmMatter(env, personId, { matterId, part, digest, facts, presence })).state;
}

/** Puts a photo into a slot of a matter. */
export async function photographInTest(
  env: Environment,
  personId: string,
  matterId: string,
  slot: string,
): Promise<void> {
  const stream = Readable.from([redPicture()]);
  const { evidenceId } = await uploadEvidence(env, personId, { stream, fileName: "photo.png" });
  await addMatterEvidence(env, personId, { matterId, slot, evidenceId });
}
