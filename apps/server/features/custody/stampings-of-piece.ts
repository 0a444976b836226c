import type { StampingInHand } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";

/** A stamping by hand that is not over, with what of one piece is left in it. */
export interface StampingOfPiece extends StampingInHand {
  readonly requestId: string;
  readonly title: string;
  readonly bodyId: string;
  readonly state: "opened" | "frozen";
}

/** The stampings that a person has begun with these pieces and not ended, in which something is left to be pressed. */
export async function readStampingsOfPieces(
  reader: Reader,
  personId: string,
  bodyIds: readonly string[],
): Promise<StampingOfPiece[]> {
  const rows = await reader
    .selectFrom("impressions as i")
    .innerJoin("stampings as s", "s.request_id", "i.request_id")
    .innerJoin("seal_use_requests as r", "r.request_id", "i.request_id")
    .select(["i.request_id", "i.body_id", "r.number", "r.title", "r.state"])
    .select((eb) => [
      eb.fn.countAll<string>().as("total"),
      sql<string>`count(*) filter (where i.state = 'reserved')`.as("open"),
    ])
    .where("i.body_id", "in", ["", ...bodyIds])
    .where("s.opened_by", "=", personId)
    .where("s.ended_at", "is", null)
    .where("s.by_controller", "=", false)
    .where("r.state", "in", ["opened", "frozen"])
    .groupBy(["i.request_id", "i.body_id", "r.number", "r.title", "r.state"])
    .having(sql<boolean>`count(*) filter (where i.state = 'reserved') > 0`)
    .orderBy("r.number")
    .execute();
  return rows.map((row) => ({
    ...{ requestId: row.request_id, bodyId: row.body_id ?? "", number: row.number ?? "", title: row.title },
    ...{ state: row.state as StampingOfPiece["state"], open: Number(row.open), total: Number(row.total) },
  }));
}

/** Requests that a person has released and that wait for their supervisor, with what these pieces are to press under them. */
export async function readReleasedForPieces(
  reader: Reader,
  personId: string,
  bodyIds: readonly string[],
): Promise<Omit<StampingOfPiece, "state">[]> {
  const rows = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("request_documents as d", "d.request_id", "r.request_id")
    .innerJoin("seal_bodies as b", (join) => join.on("b.body_id", "in", ["", ...bodyIds]))
    .select(["r.request_id", "r.number", "r.title", "r.copies", "b.body_id"])
    .select(
      sql<string>`sum((select count(*) from jsonb_array_elements(d.placements) p where p ->> 'sealId' = b.seal_id))`.as(
        "places",
      ),
    )
    .where("r.state", "=", "authorised")
    .where("r.use_mode", "=", "by-hand")
    .where("r.released_by", "=", personId)
    .where("r.by_controller", "=", false)
    .groupBy(["r.request_id", "r.number", "r.title", "r.copies", "b.body_id"])
    .orderBy("r.number")
    .execute();
  return rows.flatMap((row) => {
    const total = Number(row.places) * (row.copies ?? 1);
    if (total === 0) return [];
    const { request_id: requestId, body_id: bodyId, number, title } = row;
    return [{ requestId, bodyId, number: number ?? "", title, open: total, total }];
  });
}

/**
 * A piece has left the hand of who stamps with it: each of his stampings that is not over pauses, whatever way it went (C13). Who put it
 * away said why; a handover or a take-out is its own reason.
 */
export async function pauseStampings(
  tx: Tx,
  env: Environment,
  left: {
    readonly bodyId: string;
    readonly sealId: string;
    readonly people: readonly string[];
    readonly actorId: string | null;
    readonly matterId: string | null;
    readonly reason: string;
  },
): Promise<void> {
  for (const personId of left.people)
    for (const { requestId, number, open, total } of await readStampingsOfPieces(tx, personId, [left.bodyId])) {
      const paused = await tx
        .selectFrom("stamping_pauses")
        .select("event_id")
        .where("request_id", "=", requestId)
        .where("body_id", "=", left.bodyId)
        .where("resumed_at", "is", null)
        .executeTakeFirst();
      if (paused) continue;
      const { sealId, actorId, matterId, bodyId, reason } = left;
      const { eventId } = await recordEvent(tx, env, {
        ...{ type: "StampingPaused", actorId, requestId, sealId, matterId },
        ...{ facts: { number, body: bodyId, open, total }, comment: reason === "" ? null : reason },
      });
      await tx
        .insertInto("stamping_pauses")
        .values({
          ...{ event_id: eventId, request_id: requestId, body_id: bodyId, by_person: actorId, matter_id: matterId },
          ...{ at: new Date(env.clock.now()), open, total, reason },
        })
        .execute();
    }
}

/** The piece is in hand for the request again. */
export async function resumeStamping(
  tx: Tx,
  env: Environment,
  of: { readonly requestId: string; readonly bodyId: string; readonly sealId: string; readonly actorId: string },
): Promise<void> {
  const { requestId, bodyId, sealId, actorId } = of;
  const pause = await tx
    .selectFrom("stamping_pauses")
    .select(["event_id", "open", "total"])
    .where("request_id", "=", requestId)
    .where("body_id", "=", bodyId)
    .where("resumed_at", "is", null)
    .executeTakeFirst();
  if (!pause) return;
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: "StampingResumed", actorId, requestId, sealId },
    facts: { body: bodyId, open: pause.open, total: pause.total },
  });
  await tx
    .updateTable("stamping_pauses")
    .set({ resumed_by: eventId, resumed_at: new Date(env.clock.now()) })
    .where("event_id", "=", pause.event_id)
    .execute();
}

/** How often the seals of these requests were put away before the end, the first first. */
export const readPauses = (reader: Reader, requestIds: readonly string[]) =>
  reader
    .selectFrom("stamping_pauses as p")
    .innerJoin("seal_bodies as b", "b.body_id", "p.body_id")
    .leftJoin("matters as m", "m.matter_id", "p.matter_id")
    .select(["p.request_id", "p.body_id", "b.seal_id", "p.at", "p.by_person", "p.open", "p.total", "p.reason"])
    .select(["p.resumed_at", "m.number as matter"])
    .where("p.request_id", "in", ["", ...requestIds])
    .orderBy("p.event_id")
    .execute();
