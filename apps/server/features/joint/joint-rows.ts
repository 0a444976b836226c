import { finalRequestStates, type SealUseRequestState } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import { statement } from "../../platform/statement.ts";

/** The other side of a joint request, as it stands now. */
export interface OtherSide {
  readonly requestId: string;
  readonly entityId: string;
  readonly number: string | null;
  readonly state: SealUseRequestState;
  /** Impressions of it that are out. */
  readonly settled: number;
}
export interface LoadedJoint {
  readonly jointId: string;
  /** The first is the one it was asked from; both are changed there. */
  readonly side: 1 | 2;
  readonly other: OtherSide;
}

/** States in which a side has left its joint request, and another takes its place there; a sealed side stays. */
const left = finalRequestStates.filter((state) => state !== "registered");

/** The joint request that a request is one side of; null for a request of one entity. */
export async function loadJoint(
  reader: Reader,
  row: { readonly joint_id: string | null; readonly joint_side: 1 | 2 | null },
): Promise<LoadedJoint | null> {
  if (row.joint_id === null || row.joint_side === null) return null;
  const other = await reader
    .selectFrom("seal_use_requests as r")
    .select(["r.request_id", "r.entity_id", "r.number", "r.state"])
    .select((eb) =>
      eb
        .selectFrom("impressions as i")
        .select((inner) => inner.fn.countAll<string>().as("count"))
        .whereRef("i.request_id", "=", "r.request_id")
        .where("i.state", "=", "settled")
        .as("settled"),
    )
    .where("r.joint_id", "=", row.joint_id)
    .where("r.joint_side", "=", row.joint_side === 1 ? 2 : 1)
    .where("r.state", "not in", left)
    .executeTakeFirst();
  if (!other?.entity_id) throw new Error("a joint request has one side alone");
  return {
    ...{ jointId: row.joint_id, side: row.joint_side },
    other: {
      ...{ requestId: other.request_id, entityId: other.entity_id, number: other.number },
      ...{ state: other.state as SealUseRequestState, settled: Number(other.settled) },
    },
  };
}

const holdBySide = statement(
  (tx, { requestId, jointId }: { readonly requestId: string; readonly jointId: string | null }) =>
    tx
      .selectFrom("seal_use_requests")
      .select(["request_id", "joint_id"])
      .where((eb) =>
        eb.or([
          eb("request_id", "=", requestId),
          eb(
            "joint_id",
            "=",
            eb.fn.coalesce(
              eb.cast<string | null>(eb.val(jointId), "text"),
              eb.selectFrom("seal_use_requests as own").select("own.joint_id").where("own.request_id", "=", requestId),
            ),
          ),
        ]),
      )
      .orderBy("request_id")
      .forUpdate(),
);

/**
 * Holds a request until the transaction ends, and the other side with it, always in the order of their ids, so that of two
 * who act on both sides at once one waits for the other. Asked before anything else of them is held.
 */
export async function holdSides(tx: Tx, requestId: string): Promise<void> {
  let jointId: string | null = null;
  for (;;) {
    const held = await holdBySide(tx, { requestId, jointId });
    const now = held.find((row) => row.request_id === requestId)?.joint_id ?? null;
    // While it waited a draft can have got another side; what was held before stays so, and is few.
    if (now === null || now === jointId || held.some((row) => row.request_id !== requestId && row.joint_id === now))
      return;
    jointId = now;
  }
}

/** These requests and the other sides of those that are joint, in the order in which they are held. */
export async function withOtherSides(reader: Reader, requestIds: readonly string[]): Promise<string[]> {
  if (requestIds.length === 0) return [];
  const others = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("seal_use_requests as o", "o.joint_id", "r.joint_id")
    .select("o.request_id")
    .where("r.request_id", "in", [...requestIds])
    .execute();
  return [...new Set([...requestIds, ...others.map((row) => row.request_id)])].toSorted();
}

/** Holds these requests and the other sides of joint ones until the transaction ends, in the order of their ids. */
export async function holdWithOtherSides(tx: Tx, requestIds: readonly string[]): Promise<void> {
  await holdingInOrder(tx, await withOtherSides(tx, requestIds)).execute();
}

/** The rows of these requests, to be held in the order of their ids. */
export const holdingInOrder = (tx: Tx, requestIds: readonly string[]) =>
  tx
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("request_id", "in", ["", ...requestIds])
    .orderBy("request_id")
    .forUpdate();
