import { decideLockHolder, type Refusal, refuse } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { endTasks } from "../tasks/open-task.ts";

export interface LockNow {
  readonly lockId: string;
  readonly containerId: string;
  readonly kind: "key" | "code";
  readonly label: string;
  /** Null where nobody holds it. */
  readonly holderId: string | null;
  readonly since: Date | null;
}

function locksWithHolders(reader: Reader) {
  return reader
    .selectFrom("container_locks as l")
    .leftJoin("lock_holdings as h", (join) => join.onRef("h.lock_id", "=", "l.lock_id").on("h.to_at", "is", null))
    .select(["l.lock_id", "l.container_id", "l.kind", "l.label", "h.person_id", "h.from_at"])
    .orderBy("l.lock_id");
}

const toLock = (row: Awaited<ReturnType<ReturnType<typeof locksWithHolders>["execute"]>>[number]): LockNow => ({
  lockId: row.lock_id,
  containerId: row.container_id,
  kind: row.kind,
  label: row.label,
  holderId: row.person_id,
  since: row.from_at,
});

/** The locks of these containers with who holds each now. */
export async function readLocks(reader: Reader, containerIds: readonly string[]): Promise<LockNow[]> {
  if (containerIds.length === 0) return [];
  const rows = await locksWithHolders(reader)
    .where("l.container_id", "in", [...new Set(containerIds)])
    .execute();
  return rows.map(toLock);
}

/** The locks a person holds now. */
export async function readLocksOf(reader: Reader, personId: string): Promise<LockNow[]> {
  return (await locksWithHolders(reader).where("h.person_id", "=", personId).execute()).map(toLock);
}

/** These locks, whoever holds them now. */
export async function readLocksById(reader: Reader, lockIds: readonly string[]): Promise<LockNow[]> {
  if (lockIds.length === 0) return [];
  return (
    await locksWithHolders(reader)
      .where("l.lock_id", "in", [...lockIds])
      .execute()
  ).map(toLock);
}

/** The key of the task to change a lock that somebody who left knows. */
export const lockTaskKey = (lockId: string, personId: string): string => `${lockId} ${personId}`;

/** Gives a lock to a person, or takes it from who holds it; the container's row is held by the caller. */
export async function giveLock(
  tx: Tx,
  env: Environment,
  lock: { lockId: string; containerId: string },
  personId: string | null,
  by: { actorId: string | null; matterId: string | null },
): Promise<void> {
  const now = new Date(env.clock.now());
  const others = (await readLocks(tx, [lock.containerId])).filter((one) => one.lockId !== lock.lockId);
  const refusals = decideLockHolder(
    personId,
    others.map((one) => one.holderId),
  );
  if (refusals.length > 0) throw refusedBy(refusals);
  const before = await tx
    .updateTable("lock_holdings")
    .set({ to_at: now })
    .where("lock_id", "=", lock.lockId)
    .where("to_at", "is", null)
    .returning("person_id")
    .execute();
  const knewIt = before.map((one) => one.person_id).filter((one) => one !== personId);
  await endTasks(
    tx,
    env,
    { kind: "change-lock", subjectKey: knewIt.map((one) => lockTaskKey(lock.lockId, one)) },
    { state: "done", actorId: by.actorId },
  );
  if (personId !== null)
    await tx
      .insertInto("lock_holdings")
      .values({
        holding_id: newId("hold", now.getTime()),
        lock_id: lock.lockId,
        person_id: personId,
        from_at: now,
        to_at: null,
        matter_id: by.matterId,
        given_by: by.actorId,
      })
      .execute();
  await recordEvent(tx, env, {
    type: "LockHolderChanged",
    actorId: by.actorId,
    personId,
    matterId: by.matterId,
    facts: { container: lock.containerId, lock: lock.lockId, held: personId !== null },
  });
}

interface LocksToPass {
  readonly transferorId: string;
  readonly receiverId: string;
  readonly lockIds: readonly string[];
}

/** Why the locks on a handover's list cannot change hands. */
export async function listLockRefusals(reader: Reader, { transferorId, receiverId, lockIds }: LocksToPass) {
  const held = await readLocksOf(reader, transferorId);
  const refusals: Refusal[] = [];
  if (lockIds.some((lockId) => !held.some((one) => one.lockId === lockId)))
    refusals.push(refuse("handover.lock-not-held", {}, "C14"));
  const passed = held.filter((one) => lockIds.includes(one.lockId));
  const others = (
    await readLocks(
      reader,
      passed.map((one) => one.containerId),
    )
  ).filter((one) => !lockIds.includes(one.lockId));
  for (const lock of passed)
    refusals.push(
      ...decideLockHolder(
        receiverId,
        others.filter((one) => one.containerId === lock.containerId).map((one) => one.holderId),
      ),
    );
  return refusals;
}

/** Passes the listed locks from the transferor to the receiver. */
export async function passLocksOn(
  tx: Tx,
  env: Environment,
  { transferorId, receiverId, lockIds }: LocksToPass,
  matterId: string,
): Promise<void> {
  for (const lock of (await readLocksOf(tx, transferorId)).filter((one) => lockIds.includes(one.lockId))) {
    await tx
      .selectFrom("containers")
      .select("container_id")
      .where("container_id", "=", lock.containerId)
      .forUpdate()
      .execute();
    await giveLock(tx, env, lock, receiverId, { actorId: receiverId, matterId });
  }
}
