import { randomBytes } from "node:crypto";
import type { ImpressionState } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { hexOf } from "../../platform/hex-of.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { StoredPlacement } from "../requests/load-request.ts";
import { openTask } from "../tasks/open-task.ts";
import type { GateView } from "./gate-facts.ts";

/** How long a stamping may stay open, and a confirmation of what was stamped be awaited. */
export const stampingHours = 24;
export const hours = (count: number): number => count * 3_600_000;

/** The stamping of a request; undefined before it was opened, and for what is sealed electronically. */
export const readStamping = (reader: Reader, requestId: string) =>
  reader.selectFrom("stampings").selectAll().where("request_id", "=", requestId).executeTakeFirst();
export type StampingRow = NonNullable<Awaited<ReturnType<typeof readStamping>>>;

/** An impression made by hand, with its photo. */
export interface HandImpressionRow {
  readonly impressionId: string;
  readonly documentId: string;
  readonly sealId: string;
  readonly bodyId: string;
  /** The copy that it stands on, and the one whose turn it was: they differ where a photo showed that the pile lay otherwise; so do pages. */
  readonly copy: number;
  readonly turn: number;
  /** The document and its page, from 0, whose turn it was. */
  readonly turnDocumentId: string;
  readonly turnPage: number;
  readonly position: number;
  readonly placement: StoredPlacement;
  readonly state: ImpressionState;
  readonly pressed: boolean;
  /** Digest of its photo, and the photo's evidence; null without one. */
  readonly photo: string | null;
  readonly evidenceId: string | null;
  /** When it was given, epoch milliseconds. */
  readonly photoAt: number | null;
  /** Evidence of its photos that could not be read and were taken again, in their order. */
  readonly earlier: readonly string[];
  /** It was given back as not pressed, and its photo came all the same. */
  readonly late: boolean;
  readonly at: Date;
}

/**
 * A photo of what was given back by hand came late; what a controller's journal tells of has its photo whatever people say, and so has
 * what was said to be pressed before two people found that it was not.
 */
export const isLate = (row: {
  readonly state: string;
  readonly evidence_id: string | null;
  readonly by_stroke: boolean;
  readonly pressed_at: Date | null;
}): boolean => row.state === "released" && row.evidence_id !== null && !row.by_stroke && row.pressed_at === null;

/** Every impression of a stamping, in the order it is stamped: turn by turn, place by place. */
export async function readHandImpressions(reader: Reader, requestId: string): Promise<HandImpressionRow[]> {
  const rows = await reader
    .selectFrom("impressions as i")
    .innerJoin("request_documents as d", (join) =>
      join
        .onRef("d.request_id", "=", "i.request_id")
        .on((eb) => eb("d.document_id", "=", eb.fn.coalesce("i.turn_document", "i.document_id"))),
    )
    .leftJoin("evidence as e", "e.evidence_id", "i.evidence_id")
    .select(["i.impression_id", "i.document_id", "i.seal_id", "i.body_id", "i.copy", "i.position", "i.placement"])
    .select(["i.turn_document", "i.turn_page"])
    .select([
      "i.turn_copy",
      "i.state",
      "i.pressed_at",
      "i.evidence_id",
      "e.digest",
      "e.uploaded_at",
      "i.reserved_at",
      "i.by_stroke",
    ])
    .select(["i.settled_at", "i.spoiled_at", "i.released_at", "i.unknown_at"])
    .select(
      sql<string[]>`array(select r.earlier_id from impression_retakes r where r.impression_id = i.impression_id
        order by r.event_id)`.as("earlier"),
    )
    .where("i.request_id", "=", requestId)
    .where("i.body_id", "is not", null)
    .orderBy((eb) => eb.fn.coalesce("i.turn_copy", "i.copy"))
    .orderBy("d.position")
    .orderBy((eb) => eb.fn.coalesce("i.turn_position", "i.position"))
    .execute();
  return rows.map((row) => ({
    ...{ impressionId: row.impression_id, documentId: row.document_id, sealId: row.seal_id },
    turnDocumentId: row.turn_document ?? row.document_id,
    turnPage: row.turn_page ?? (row.placement as unknown as StoredPlacement).page,
    ...{ bodyId: row.body_id ?? "", copy: row.copy, turn: row.turn_copy ?? row.copy, position: row.position },
    ...{ placement: row.placement as unknown as StoredPlacement, state: row.state as ImpressionState },
    ...{ pressed: row.pressed_at !== null, photo: row.digest, evidenceId: row.evidence_id },
    photoAt: row.uploaded_at?.getTime() ?? null,
    ...{ earlier: row.earlier, late: isLate(row) },
    at: row.spoiled_at ?? row.released_at ?? row.pressed_at ?? row.settled_at ?? row.unknown_at ?? row.reserved_at,
  }));
}

/** The copies on which the impressions of one turn stand: one photo may show several of them, for one sheet was in hand. */
export const copiesOfTurn = (impressions: readonly HandImpressionRow[], turn: number): number[] => [
  ...new Set(impressions.filter((one) => one.turn === turn).map(({ copy }) => copy)),
];

/** By hand: the impressions of a request that were not reported yet. */
export async function listReserved(reader: Reader, requestId: string): Promise<string[]> {
  const rows = await reader
    .selectFrom("impressions")
    .select("impression_id")
    .where("request_id", "=", requestId)
    .where("body_id", "is not", null)
    .where("state", "=", "reserved")
    .execute();
  return rows.map((row) => row.impression_id);
}

/** The custodian has it in hand from now on, until it ends; somebody who forgets is reminded. */
export async function beginStamping(tx: Tx, env: Environment, view: GateView, custodianId: string): Promise<void> {
  const now = env.clock.now();
  const { row, sealIds } = view.loaded;
  const seed = randomBytes(16).toString("hex");
  await tx
    .insertInto("stampings")
    .values({
      ...{ request_id: row.request_id, opened_by: custodianId, opened_at: new Date(now) },
      ...{ supervised: view.supervisionNeeded, by_controller: row.by_controller },
      ...{ remote: row.remote, docked: row.docked, draw_seed: seed },
    })
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "StampingOpened", actorId: custodianId, requestId: row.request_id },
    facts: {
      ...{ number: row.number, copies: row.copies, impressions: view.facts.authorisedImpressions },
      // Nobody draws again until a draw suits him: the seed is held to this once it is told.
      draw: hexOf(seed),
      ...(row.by_controller ? { byController: true } : {}),
      ...(row.remote ? { remote: true } : {}),
      ...(row.docked ? { docked: true } : {}),
    },
  });
  await openTask(tx, env, {
    ...{ kind: "finish-stamping", subjectKey: row.request_id, entityId: row.entity_id, sealId: sealIds[0] ?? null },
    ...{ assigneeId: custodianId, facts: { subject: row.number }, actorId: null },
    // An emergency is over sooner, and its stamping with it.
    dueAt: Math.min(now + hours(stampingHours), row.emergency_until?.getTime() ?? Number.POSITIVE_INFINITY),
  });
}
