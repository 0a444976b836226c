import { listSheetViewRefusals, mergeRanges, type ReaderPart, writeFormRanges } from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readParts } from "../requests/may-see.ts";
import { drawNumbers, sheetsWith } from "./blank-sheets.ts";
import { requestsUnderWay } from "./sheets-asked.ts";

/** What a person has to do with the requests under way that a document stands in. */
async function readPartsNow(reader: Reader, personId: string, documentId: string, now: number) {
  const requests = await reader
    .selectFrom("request_documents as d")
    .innerJoin("seal_use_requests as r", "r.request_id", "d.request_id")
    .select("r.request_id")
    .where("d.document_id", "=", documentId)
    .where("r.state", "in", [...requestsUnderWay])
    .execute();
  const parts: ReaderPart[] = [];
  for (const { request_id: requestId } of requests)
    parts.push(...((await readParts(reader, personId, requestId, now))?.parts ?? []));
  return parts;
}

/**
 * A document that is a file of blank sheets, as it is shown: a copy that says of itself that it is only to be looked at, drawn anew,
 * for the sheets leave the platform by their keeper's print or sealed, and by nothing else. Each opening stands in the ledger. Null
 * for every other document.
 */
export async function openSheets(
  env: Environment,
  personId: string,
  { documentId, digest }: { documentId: string; digest: string },
): Promise<Uint8Array | null> {
  const file = await env.db
    .selectFrom("blank_sheet_files")
    .select(["matter_id", "numbers"])
    .where("digest", "=", digest)
    .executeTakeFirst();
  if (!file) return null;
  const row = await sheetsWith(env.db).where("b.matter_id", "=", file.matter_id).executeTakeFirstOrThrow();
  const numbers = file.numbers.map(Number);
  const range = writeFormRanges(row, mergeRanges(numbers.map((number) => ({ first: number, last: number }))));
  const refusals = listSheetViewRefusals({
    ...{ personId, range, takerId: row.taker_id, keeperId: row.keeper_id },
    parts: await readPartsNow(env.db, personId, documentId, env.clock.now()),
  });
  if (refusals.length > 0) throw refusedBy(refusals);
  const bytes = await drawNumbers(env, row, numbers, true);
  await transact(env.db, (tx) =>
    recordEvent(tx, env, {
      ...{ type: "BlankSheetsOpened", actorId: personId, matterId: row.matter_id },
      facts: { series: row.series_id, numbers: range, documentId },
    }),
  );
  return bytes;
}
