import { type BringPurpose, listBringOutRefusals, type Refusal, type SealUseRequestState } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readReleasedForPieces, readStampingsOfPieces } from "./stampings-of-piece.ts";

/** What a piece is to be brought out for. */
export interface BringFor {
  readonly purpose: BringPurpose;
  /** The request, matter or check that says so; null for something else. */
  readonly aboutId: string | null;
  readonly reason: string;
}

/** Why this person does not bring this piece out for that. */
export async function listPurposeRefusals(
  reader: Reader,
  personId: string,
  piece: { readonly bodyId: string; readonly sealId: string },
  { purpose, aboutId, reason }: BringFor,
): Promise<Refusal[]> {
  return listBringOutRefusals({
    ...{ purpose, reason },
    request: purpose === "stamping" ? await readRequest(reader, personId, piece.bodyId, aboutId) : null,
    recorded:
      purpose === "matter"
        ? await isMatterUnderWay(reader, piece, aboutId)
        : purpose === "check" && (await isCheckOpen(reader, piece.bodyId, aboutId)),
  });
}

async function readRequest(reader: Reader, personId: string, bodyId: string, requestId: string | null) {
  const released = (await readReleasedForPieces(reader, personId, [bodyId])).find((one) => one.requestId === requestId);
  if (released) return { number: released.number, state: "authorised" as const, left: released.open };
  const row = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("stampings as s", "s.request_id", "r.request_id")
    .select(["r.number", "r.state"])
    .where("r.request_id", "=", requestId ?? "")
    .where("s.opened_by", "=", personId)
    .where("s.by_controller", "=", false)
    .executeTakeFirst();
  if (!row) return null;
  const left = (await readStampingsOfPieces(reader, personId, [bodyId])).find((one) => one.requestId === requestId);
  return { number: row.number ?? "", state: row.state as SealUseRequestState, left: left?.open ?? 0 };
}

/** A matter that is asked for or approved and not carried out, and holds the piece or names its seal. */
async function isMatterUnderWay(
  reader: Reader,
  piece: { readonly bodyId: string; readonly sealId: string },
  matterId: string | null,
): Promise<boolean> {
  const row = await reader
    .selectFrom("matters as m")
    .select("m.matter_id")
    .where("m.matter_id", "=", matterId ?? "")
    .where("m.state", "in", ["in-review", "approved"])
    .where((eb) =>
      eb.or([
        eb("m.body_id", "=", piece.bodyId),
        eb.and([eb("m.seal_id", "=", piece.sealId), eb("m.body_id", "is", null)]),
        eb.exists(
          eb
            .selectFrom("matter_reservations as v")
            .select("v.matter_id")
            .whereRef("v.matter_id", "=", "m.matter_id")
            .where("v.subject", "=", `custody:${piece.bodyId}`),
        ),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Checks that are open and have still to find these pieces. */
export const readChecksOf = (reader: Reader, bodyIds: readonly string[]) =>
  reader
    .selectFrom("storage_check_items as i")
    .innerJoin("storage_checks as c", "c.check_id", "i.check_id")
    .select(["i.check_id", "i.body_id", "c.kind"])
    .where("i.body_id", "in", ["", ...bodyIds])
    .where("c.closed_at", "is", null)
    .where("i.answered_at", "is", null)
    .orderBy("c.opened_at")
    .execute();

const isCheckOpen = async (reader: Reader, bodyId: string, checkId: string | null): Promise<boolean> =>
  (await readChecksOf(reader, [bodyId])).some((one) => one.check_id === checkId);
