import { listPrintRefusals, refuse } from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { pageCodeAddress, pageCodeKey, uuidOf } from "./page-codes.ts";
import { type PrintCopyTask, writePrintCopy } from "./write-print-copy.ts";

export interface CopiesWanted {
  readonly requestId: string;
  readonly documentId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Copies of an approved document with a code on each page. What the codes are made with is kept with the first printing, so that
 * a page can be drawn again as it was printed, whatever settings become.
 */
export async function printCopies(env: Environment, personId: string, wanted: CopiesWanted): Promise<Uint8Array> {
  const view = await readGateFacts(env.db, env, wanted.requestId);
  const { row, documents } = view.loaded;
  const document = documents.find((one) => one.documentId === wanted.documentId);
  if (!document) throw problems.notFound();
  const refusals = listPrintRefusals({
    ...{
      actorId: personId,
      byHand: row.use_mode === "by-hand",
      foreign: row.paper_printed_by !== null,
      state: row.state,
      copies: row.copies ?? 0,
    },
    printers: [row.applicant_id, row.handler_id, ...view.custodians].filter((one) => one !== null),
    ...{ from: wanted.from, to: wanted.to },
  });
  if (refusals.length > 0) throw refusedBy(refusals);
  const file = await env.files.read(document.digest);
  if (!file.ok) throw problems.notFound();
  const kept = await readPrinted(env.db, wanted);
  const made = kept ?? { lines: listLines(row.number ?? ""), address: pageCodeAddress(env.origin) };
  const answer = await writePrintCopy({
    ...{ bytes: new Uint8Array(file.bytes), requestId: uuidOf(wanted.requestId), key: pageCodeKey(env), ...made },
    copies: Array.from({ length: wanted.to - wanted.from + 1 }, (_, at) => wanted.from + at),
  });
  if (!answer.ok)
    throw refusedBy([
      refuse(answer.code === "print.no-room" || answer.code === "print.busy" ? answer.code : "print.failed"),
    ]);
  await transact(env.db, async (tx) => {
    await tx
      .insertInto("printed_documents")
      .values({
        ...{ request_id: wanted.requestId, document_id: wanted.documentId, address: made.address },
        ...{ lines: JSON.stringify(made.lines), printed_by: personId, printed_at: new Date(env.clock.now()) },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "CopiesPrinted", actorId: personId, requestId: wanted.requestId },
      facts: { number: row.number, document: document.digest, from: wanted.from, to: wanted.to },
    });
  });
  return answer.bytes;
}

/** What stands beside the code, in both languages: whoever holds the paper reads one of them. */
const listLines = (number: string): string[] => [
  number,
  "第 {page}/{pages} 页 · 第 {copy} 份",
  "page {page}/{pages} · copy {copy}",
  "SHA-256 {digest}",
];

/** Whether photos of a document are compared: with what was printed of it here, or with the scan of what others printed. */
export async function isCompared(reader: Reader, of: Pick<CopiesWanted, "requestId" | "documentId">): Promise<boolean> {
  if (await readPrinted(reader, of)) return true;
  const { paper_printed_by: printedBy } = await reader
    .selectFrom("seal_use_requests")
    .select("paper_printed_by")
    .where("request_id", "=", of.requestId)
    .executeTakeFirstOrThrow();
  return printedBy !== null;
}

/** What the codes of a document were made with; undefined where it was never printed here. */
export async function readPrinted(
  reader: Reader,
  of: Pick<CopiesWanted, "requestId" | "documentId">,
): Promise<Pick<PrintCopyTask, "lines" | "address"> | undefined> {
  const row = await reader
    .selectFrom("printed_documents")
    .select(["lines", "address"])
    .where("request_id", "=", of.requestId)
    .where("document_id", "=", of.documentId)
    .executeTakeFirst();
  return row && { lines: row.lines.map(String), address: row.address };
}
