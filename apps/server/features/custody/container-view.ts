import { containerAccount, seesContainer } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPeople } from "../requests/read-people.ts";
import { mayActOn, readViewer } from "../seals/visible-seals.ts";
import { readContents } from "./containers.ts";
import { readLocks } from "./locks.ts";

type ContainerView = HandlerAnswer<"GET /v1/containers">["items"][number];
export type ContainerRefView = Pick<ContainerView, "containerId" | "name" | "kind">;

/** Names of containers by id. */
export async function readContainerRefs(
  reader: Reader,
  containerIds: readonly string[],
): Promise<ReadonlyMap<string, ContainerRefView>> {
  if (containerIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom("containers")
    .select(["container_id", "kind", "name_en", "name_zh"])
    .where("container_id", "in", [...new Set(containerIds)])
    .execute();
  return new Map(
    rows.map((row) => [
      row.container_id,
      { containerId: row.container_id, kind: row.kind, name: { en: row.name_en, zh: row.name_zh } },
    ]),
  );
}

/** The containers a person has to do with, each with its locks and what lies in it. */
export async function listContainers(env: Environment, personId: string): Promise<ContainerView[]> {
  const viewer = await readViewer(env.db, personId, env.clock.now());
  const rows = await env.db
    .selectFrom("containers as c")
    .innerJoin("entities as e", "e.entity_id", "c.entity_id")
    .selectAll("c")
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code"])
    .orderBy("e.code")
    .orderBy("c.container_id")
    .execute();
  const ids = rows.map((row) => row.container_id);
  const locks = await readLocks(env.db, ids);
  const contents = await readContents(env.db, ids);
  const seen = rows.filter((row) =>
    seesContainer(viewer, {
      entityId: row.entity_id,
      lockHolders: locks.flatMap((lock) => (lock.containerId === row.container_id ? [lock.holderId] : [])),
      sealIds: contents.flatMap((one) => (one.to_account === containerAccount(row.container_id) ? [one.seal_id] : [])),
    }),
  );
  const person = await readPeople(
    env.db,
    locks.map((lock) => lock.holderId),
  );
  return seen.map((row) => ({
    containerId: row.container_id,
    kind: row.kind,
    name: { en: row.name_en, zh: row.name_zh },
    address: row.address,
    insideMonitoring: row.inside_monitoring,
    camera: row.camera,
    goodForImportant: row.good_for_important,
    closedAt: row.closed_at?.toISOString() ?? null,
    entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
    locks: locks
      .filter((lock) => lock.containerId === row.container_id)
      .map((lock) => ({
        lockId: lock.lockId,
        kind: lock.kind,
        label: lock.label,
        holder: person(lock.holderId),
        since: lock.since?.toISOString() ?? null,
      })),
    contents: contents
      .filter((one) => one.to_account === containerAccount(row.container_id))
      .map((one) => ({
        bodyId: one.body_id,
        bodyNumber: one.number,
        seal: { sealId: one.seal_id, number: one.seal_number, name: { en: one.name_en, zh: one.name_zh } },
        since: one.at.toISOString(),
      })),
    mayManage: mayActOn(viewer, { sealId: "", entityId: row.entity_id }, "container.manage"),
  }));
}
