import { z } from "zod";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import { titleForAll } from "../requests/may-see.ts";
import { readContainerRefs } from "./container-view.ts";
import { readLocksById } from "./locks.ts";

const Ids = z.array(z.string()).default([]);
const Named = z.object({ bodies: z.array(z.object({ bodyId: z.string() })), lockIds: Ids, requestIds: Ids });

/**
 * What a handover passes on, each thing by its name. Who decides it, receives or witnesses it reads them here: he need not
 * see the transferor's containers or requests, and after it is done they are the transferor's no longer.
 */
export async function readHandedOver(
  reader: Reader,
  matter: { kind: string; data: unknown },
): Promise<HandlerAnswer<"GET /v1/matters/:matterId">["handedOver"]> {
  const kinds: readonly string[] = ["handover", "short-handover"];
  const named = kinds.includes(matter.kind) ? Named.safeParse(matter.data) : null;
  if (!named?.success) return null;
  const { bodies, lockIds, requestIds } = named.data;
  const pieces = await reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.body_id", "b.kind", "b.number", "s.seal_id", "s.number as seal_number", "s.name_en", "s.name_zh"])
    .where("b.body_id", "in", ["", ...bodies.map((one) => one.bodyId)])
    .orderBy("s.number")
    .orderBy("b.kind", "desc")
    .orderBy("b.piece")
    .execute();
  const locks = await readLocksById(reader, lockIds);
  const containers = await readContainerRefs(
    reader,
    locks.map((lock) => lock.containerId),
  );
  const requests = await reader
    .selectFrom("seal_use_requests as r")
    .select(["r.request_id", "r.number", titleForAll.as("title")])
    .where("r.request_id", "in", ["", ...requestIds])
    .orderBy("r.number")
    .execute();
  return {
    bodies: pieces.map((row) => ({
      ...{ bodyId: row.body_id, number: row.number, kind: row.kind },
      seal: { sealId: row.seal_id, number: row.seal_number, name: { en: row.name_en, zh: row.name_zh } },
    })),
    locks: locks.map((lock) => ({
      ...{ lockId: lock.lockId, kind: lock.kind, label: lock.label },
      container: containers.get(lock.containerId)?.name ?? null,
    })),
    requests: requests.map((row) => ({ requestId: row.request_id, number: row.number, title: row.title })),
  };
}
