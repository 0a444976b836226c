import {
  type CustodyAccount,
  containerAccount,
  containerOf,
  isContainerEnough,
  listContainerRefusals,
  type Profile,
  type Refusal,
  refuse,
} from "@chancery/domain";
import { sql } from "kysely";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readKinds } from "../seals/seal-types.ts";
import { mayActOn, maySee, readViewer } from "../seals/visible-seals.ts";
import { giveLock, readLocks } from "./locks.ts";

export interface ContainerInput {
  readonly kind: "safe" | "cabinet" | "controller";
  readonly name: { en: string; zh: string };
  readonly address: string;
  readonly insideMonitoring: boolean;
  readonly camera: string;
  readonly goodForImportant: boolean;
}

async function readProfile(reader: Reader): Promise<Profile> {
  return (await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow()).profile as Profile;
}

export async function lockContainer(tx: Tx, containerId: string) {
  const row = await tx
    .selectFrom("containers")
    .selectAll()
    .where("container_id", "=", containerId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return row;
}

/** Why a piece of this seal may not lie in that place; a hand is no container and refuses nothing here. */
export async function listPlaceRefusals(
  reader: Reader,
  seal: { entity_id: string; important: boolean; type: string; kind_id: string | null },
  place: CustodyAccount,
): Promise<Refusal[]> {
  const containerId = containerOf(place);
  if (containerId === null) return [];
  const container = await reader
    .selectFrom("containers")
    .selectAll()
    .where("container_id", "=", containerId)
    .where("entity_id", "=", seal.entity_id)
    .where("closed_at", "is", null)
    .executeTakeFirst();
  if (!container) return [refuse("custody.no-container", {}, "C13")];
  const locks = await readLocks(reader, [containerId]);
  const kindOf = await readKinds(reader, [seal]);
  return listContainerRefusals(
    {
      kind: container.kind,
      goodForImportant: container.good_for_important,
      insideMonitoring: container.inside_monitoring,
      lockHolders: locks.map((lock) => lock.holderId),
    },
    { important: seal.important, kind: kindOf(seal) },
    await readProfile(reader),
  );
}

async function requireManages(tx: Tx, env: Environment, actorId: string, entityId: string): Promise<void> {
  const viewer = await readViewer(tx, actorId, env.clock.now());
  const place = { sealId: "", entityId };
  if (!maySee(viewer, place)) throw problems.notFound();
  if (!mayActOn(viewer, place, "container.manage")) throw problems.notPermitted("container.manage");
}

/** Adds a container with its locks, each without a holder yet. */
export async function addContainer(
  env: Environment,
  actorId: string,
  input: ContainerInput & { entityId: string; locks: readonly { kind: "key" | "code"; label: string }[] },
): Promise<{ containerId: string }> {
  return transact(env.db, async (tx) => {
    await requireManages(tx, env, actorId, input.entityId);
    const now = env.clock.now();
    const containerId = newId("con", now);
    await tx
      .insertInto("containers")
      .values({
        container_id: containerId,
        entity_id: input.entityId,
        ...columnsOf(input),
        created_at: new Date(now),
      })
      .execute();
    for (const lock of input.locks)
      await tx
        .insertInto("container_locks")
        .values({ lock_id: newId("lock", now), container_id: containerId, ...lock, created_at: new Date(now) })
        .execute();
    await recordEvent(tx, env, {
      type: "ContainerAdded",
      actorId,
      facts: { container: containerId, entity: input.entityId, kind: input.kind, locks: input.locks.length },
    });
    return { containerId };
  });
}

const columnsOf = (input: ContainerInput) => ({
  kind: input.kind,
  name_en: input.name.en,
  name_zh: input.name.zh,
  address: input.address,
  inside_monitoring: input.insideMonitoring,
  camera: input.camera,
  good_for_important: input.goodForImportant,
});

/** The pieces that lie in a container now. */
export async function readContents(reader: Reader, containerIds: readonly string[]) {
  if (containerIds.length === 0) return [];
  return (
    reader
      .selectFrom("custody_postings as p")
      .innerJoin("seal_bodies as b", "b.body_id", "p.body_id")
      .innerJoin("seals as s", "s.seal_id", "b.seal_id")
      .select([
        "p.to_account",
        "p.at",
        "b.body_id",
        "b.number",
        "s.seal_id",
        "s.number as seal_number",
        "s.important",
        "s.type",
        "s.kind_id",
        "s.name_en",
        "s.name_zh",
      ])
      .where("p.book", "=", "place")
      // A lost piece stands in the books where it was last seen; it does not lie there.
      .where("b.state", "<>", "lost")
      .where("p.to_account", "in", containerIds.map(containerAccount))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom("custody_postings as next")
              .select(sql`1`.as("one"))
              .whereRef("next.body_id", "=", "p.body_id")
              .where("next.book", "=", "place")
              .whereRef("next.prev_seq", "=", "p.seq"),
          ),
        ),
      )
      .orderBy("b.number")
      .execute()
  );
}

/** Changes what is known of a container, or closes it; never so that what lies in it lies below the rule (C13). */
export async function changeContainer(
  env: Environment,
  actorId: string,
  containerId: string,
  input: ContainerInput & { closed: boolean },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await lockContainer(tx, containerId);
    await requireManages(tx, env, actorId, row.entity_id);
    const contents = await readContents(tx, [containerId]);
    if (input.closed && contents.length > 0)
      throw refusedBy([refuse("container.holds-seals", { count: contents.length }, "C13")]);
    const weaker = !input.goodForImportant || !input.insideMonitoring;
    if (weaker && contents.some((one) => one.important))
      throw refusedBy([refuse("container.kind-too-weak", {}, "C13")]);
    const kindOf = await readKinds(tx, contents);
    if (contents.some((one) => !isContainerEnough(input.kind, kindOf(one).leastContainer)))
      throw refusedBy([refuse("container.below-kind", {}, "C13")]);
    await tx
      .updateTable("containers")
      .set({
        ...columnsOf(input),
        closed_at: input.closed ? (row.closed_at ?? new Date(env.clock.now())) : null,
        version: row.version + 1,
      })
      .where("container_id", "=", containerId)
      .execute();
    await recordEvent(tx, env, {
      type: "ContainerChanged",
      actorId,
      facts: {
        ...{ container: containerId, kind: input.kind, closed: input.closed },
        ...{ insideMonitoring: input.insideMonitoring, goodForImportant: input.goodForImportant },
      },
    });
  });
}

/** Gives a lock to a person of the organisation, or takes it back. */
export async function changeLockHolder(
  env: Environment,
  actorId: string,
  input: { containerId: string; lockId: string; personId: string | null },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await lockContainer(tx, input.containerId);
    await requireManages(tx, env, actorId, row.entity_id);
    const lock = (await readLocks(tx, [input.containerId])).find((one) => one.lockId === input.lockId);
    if (!lock) throw problems.notFound();
    if (input.personId !== null) {
      const person = await tx
        .selectFrom("people")
        .select("state")
        .where("person_id", "=", input.personId)
        .executeTakeFirst();
      if (person?.state !== "active") throw problems.notFound();
    }
    await giveLock(tx, env, lock, input.personId, { actorId, matterId: null });
  });
}
