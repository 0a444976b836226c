import type { RotationMove } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError, problems, type RefusalOut } from "../../platform/problems.ts";
import { beginMatter, submitMatter } from "../matters/ask-matter.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { prepareHandover } from "./prepare-handover.ts";

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
  move: RotationMove,
): Promise<string> {
  const input = await prepareHandover(env.db, entityId, move, {
    cause: "rotation",
    title: { en: "Rotation", zh: "轮岗" },
    reason: "The custodian's period is over. Rule C15. · 保管人轮岗期已到。规则 C15。",
  });
  const { matterId } = await beginMatter(env, actorId, "handover", input);
  return matterId;
}
