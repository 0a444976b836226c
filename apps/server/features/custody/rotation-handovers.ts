import type { RotationMove } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError, problems, type RefusalOut } from "../../platform/problems.ts";
import { beginMatter, submitMatter } from "../matters/ask-matter.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readLocksOf } from "./locks.ts";
import { custodiansOf, readHeldNow } from "./postings.ts";

export interface OpenedMove {
  readonly sealId: string;
  readonly leavingId: string;
  readonly matterId: string;
  /** Null while it is a draft: what still speaks against it stands in the refusals. */
  readonly number: string | null;
  readonly refusals: RefusalOut[];
}

/**
 * Opens a handover for each move a person accepted. Each is asked again by the rules of a handover: what they refuse now,
 * because an earlier move has to be done first, stays a draft that says so and is submitted later.
 */
export async function openRotationHandovers(
  env: Environment,
  actorId: string,
  entityId: string,
  moves: readonly RotationMove[],
): Promise<OpenedMove[]> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId: actorId, entityId });
  if (!grants.some((grant) => grant.role === "seal-administrator")) throw problems.notFound();
  const opened: OpenedMove[] = [];
  for (const move of moves) {
    const matterId = await beginHandoverOf(env, actorId, entityId, move);
    const { sealId, leavingId } = move;
    try {
      const { number } = await submitMatter(env, actorId, matterId);
      opened.push({ sealId, leavingId, matterId, number, refusals: [] });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.refusals.length === 0) throw error;
      opened.push({ sealId, leavingId, matterId, number: null, refusals: error.refusals });
    }
  }
  return opened;
}

async function beginHandoverOf(
  env: Environment,
  actorId: string,
  entityId: string,
  { sealId, leavingId, comingId, witnessId }: RotationMove,
): Promise<string> {
  const seal = await env.db
    .selectFrom("seals")
    .select(["number", "name_en", "name_zh"])
    .where("seal_id", "=", sealId)
    .where("entity_id", "=", entityId)
    .executeTakeFirst();
  if (!seal) throw problems.notFound();
  const bodies = await env.db.selectFrom("seal_bodies").select("body_id").where("seal_id", "=", sealId).execute();
  const held = await readHeldNow(
    env.db,
    bodies.map((body) => body.body_id),
  );
  const kept = bodies.filter((body) => custodiansOf(held(body.body_id)).includes(leavingId));
  const containers = kept.flatMap((body) => {
    const place = held(body.body_id).place?.to;
    return place?.startsWith("container:") ? [place.slice("container:".length)] : [];
  });
  const locks = (await readLocksOf(env.db, leavingId)).filter((lock) => containers.includes(lock.containerId));
  const { matterId } = await beginMatter(env, actorId, "handover", {
    ...{ entityId, unitId: null, sealId, bodyId: null, personId: null, effectiveOn: null },
    title: `Rotation: ${seal.name_en} ${seal.number} · 轮岗：${seal.name_zh}`,
    reason: "The custodian's period is over. Rule C15. · 保管人轮岗期已到。规则 C15。",
    data: {
      ...{ transferorId: leavingId, receiverId: comingId, witnessId, cause: "rotation" },
      ...{ place: "–", at: null, bodies: kept.map((body) => ({ bodyId: body.body_id, condition: "good" })) },
      ...{ lockIds: locks.map((lock) => lock.lockId), deviceRights: "", books: "", requestIds: [] },
    },
  });
  return matterId;
}
