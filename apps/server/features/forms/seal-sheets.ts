import { Readable } from "node:stream";
import {
  type FormRange,
  intersectRanges,
  joinHalves,
  mergeRanges,
  refuse,
  subtractRanges,
  writeFormNumber,
  writeFormRanges,
} from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { beginDraft } from "../requests/draft-service.ts";
import { uploadDocument } from "../requests/upload-document.ts";
import { maySee, readViewer } from "../seals/visible-seals.ts";
import { askWhetherTwice, drawNumbers, rangeOf, readOut, type SheetsRow, sheetsWith } from "./blank-sheets.ts";
import { holdSeries, labelOf } from "./series.ts";
import { listReported, listSheetsAsked } from "./sheets-asked.ts";

const single = (number: number) => ({ first: number, last: number });

const numbersIn = (ranges: readonly FormRange[]): number[] =>
  ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at));

/** What the taker of these sheets holds of their series, confirmed or not yet. */
async function readHeld(reader: Reader, row: SheetsRow, confirmed: boolean): Promise<FormRange[]> {
  const held = await reader
    .selectFrom("form_holdings as h")
    .innerJoin("form_postings as p", "p.posting_id", "h.posting_id")
    .select(["h.first_no", "h.last_no"])
    .where("h.series_id", "=", row.series_id)
    .where("h.until", "is", null)
    .where("h.holder_id", "=", row.taker_id)
    .where("p.receipt_at", confirmed ? "is not" : "is", null)
    .execute();
  return mergeRanges(held.map(rangeOf));
}

/** Of what a matter gave out: what its taker has in his hand, by the books, and has not confirmed. */
export async function listUnconfirmed(reader: Reader, row: SheetsRow): Promise<number[]> {
  const out = (await readOut(reader, [row])).get(row.matter_id) ?? [];
  return numbersIn(intersectRanges(out, await readHeld(reader, row, false)));
}

/** Of what a matter gave out: what its taker has, confirmed, that is neither sealed, asked for nor reported. */
export async function listSealable(reader: Reader, row: SheetsRow): Promise<number[]> {
  const out = (await readOut(reader, [row])).get(row.matter_id) ?? [];
  const sealed = await reader
    .selectFrom("blank_sheets_sealed")
    .select("number")
    .where("series_id", "=", row.series_id)
    .execute();
  const asked = await listSheetsAsked(reader, [row.series_id], null);
  const reported = await listReported(reader, [row.series_id]);
  const taken = mergeRanges([...sealed, ...asked, ...reported].map(({ number }) => single(Number(number))));
  return numbersIn(subtractRanges(intersectRanges(out, await readHeld(reader, row, true)), taken));
}

/** Where the seal of the series is put on each sheet until its taker moves it: above the line at the foot. */
const place = { rightMm: 30, footMm: 40 } as const;

async function placeSeal(env: Environment, personId: string, row: SheetsRow, pages: number) {
  const seal = await env.db
    .selectFrom("form_series as f")
    .innerJoin("seals as s", "s.seal_id", "f.seal_id")
    .innerJoin("seal_bodies as b", (join) => join.onRef("b.seal_id", "=", "s.seal_id").on("b.kind", "=", "electronic"))
    .select(["s.seal_id", "s.entity_id", "s.width_mm", "s.height_mm"])
    .where("f.series_id", "=", row.series_id)
    .where("b.state", "=", "in-use")
    .executeTakeFirst();
  if (!seal) return [];
  const viewer = await readViewer(env.db, personId, env.clock.now());
  if (!maySee(viewer, { sealId: seal.seal_id, entityId: seal.entity_id })) return [];
  const at = { xMm: 210 - place.rightMm - seal.width_mm, yMm: 297 - place.footMm - seal.height_mm };
  return Array.from({ length: pages }, (_, page) => ({ sealId: seal.seal_id, page, ...at }));
}

/**
 * Begins a request for the sheets that a person was given: the platform makes the file of those that remain, and the draft has it.
 * What is sealed is known by that file's digest, so that nothing is downloaded and handed in in between.
 */
export async function beginSealingSheets(
  env: Environment,
  personId: string,
  { seriesId, matterId }: { seriesId: string; matterId: string },
): Promise<{ requestId: string }> {
  const row = await sheetsWith(env.db)
    .where("b.matter_id", "=", matterId)
    .where("b.series_id", "=", seriesId)
    .executeTakeFirst();
  if (row?.taker_id !== personId) throw problems.notFound();
  const numbers = await listSealable(env.db, row);
  if (numbers.length === 0) throw refusedBy([refuse("sheets.none-to-seal", {}, "C05")]);
  const written = writeFormRanges(row, mergeRanges(numbers.map(single)));
  const bytes = await drawNumbers(env, row, numbers);
  const fileName = `${numbers.map((number) => writeFormNumber(row, number)).join(" ")}.pdf`;
  const { documentId, digest } = await uploadDocument(env, personId, { stream: Readable.from([bytes]), fileName });
  await transact(env.db, async (tx) => {
    const known = await tx
      .selectFrom("blank_sheet_files")
      .select("digest")
      .where("digest", "=", digest)
      .executeTakeFirst();
    if (known) return;
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "BlankSheetsFileMade", actorId: personId, matterId },
      facts: { series: seriesId, numbers: written, digest },
    });
    await tx
      .insertInto("blank_sheet_files")
      .values({
        ...{ digest, matter_id: matterId, numbers: numbers.map(String), made_by: personId },
        ...{ made_at: new Date(env.clock.now()), event_id: eventId },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
  const draft: Parameters<typeof beginDraft>[2] = {
    ...{ title: joinHalves({ en: `Blank sheets ${written}`, zh: `空白用纸 ${written}` }), documentClass: null },
    ...{ external: true, counterparty: "", amount: null, currency: "CNY", purpose: row.reason, wantedBy: null },
    ...{ validUntil: null, entityId: row.entity_id, handlerId: null },
    documents: [{ documentId, placements: await placeSeal(env, personId, row, numbers.length), answers: [] }],
  };
  const { requestId } = await beginDraft(env, personId, draft, { sheets_of: matterId });
  return { requestId };
}

const sealedWith = (reader: Reader) =>
  reader
    .selectFrom("blank_sheets_sealed as z")
    .innerJoin("request_documents as r", (join) =>
      join.onRef("r.request_id", "=", "z.request_id").onRef("r.document_id", "=", "z.document_id"),
    )
    .innerJoin("seal_use_requests as q", "q.request_id", "z.request_id")
    .select(["z.series_id", "z.number", "z.request_id", "z.document_id", "z.downloads"])
    .select(["r.sealed_digest", "q.number as request_number"]);

/** Sealed files of a series' sheets: which numbers each holds, and how often it was downloaded. */
export async function listSealedSheets(reader: Reader, seriesId: string) {
  const rows = await sealedWith(reader).where("z.series_id", "=", seriesId).orderBy("z.number").execute();
  return [...Map.groupBy(rows, (row) => `${row.request_id} ${row.document_id}`).values()].flatMap((of) => {
    const [one] = of;
    if (!one) return [];
    return [
      {
        ...{ requestId: one.request_id, documentId: one.document_id, number: one.request_number ?? "" },
        ...{ downloads: one.downloads, numbers: of.map((row) => Number(row.number)) },
      },
    ];
  });
}

/** Whether a document of a request is a file of blank sheets: it is given to fewer people than other sealed files. */
export async function isSealedSheets(reader: Reader, requestId: string, documentId: string): Promise<boolean> {
  const row = await reader
    .selectFrom("blank_sheets_sealed")
    .select("number")
    .where("request_id", "=", requestId)
    .where("document_id", "=", documentId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The sealed sheets as a file, for the keeper of the series and for who was given them, and for nobody else: whoever has the
 * file can print sealed paper. Each time stands in ledger and book. Once a sheet of it is settled or reported it is given to nobody: what
 * would be printed then is a second sealed paper of a number that has ended.
 */
export async function downloadSealedSheets(
  env: Environment,
  personId: string,
  { requestId, documentId, matterId }: { requestId?: string; documentId: string; matterId?: string },
): Promise<{ bytes: Uint8Array; fileName: string }> {
  return transact(env.db, async (tx) => {
    const of = await tx
      .selectFrom("blank_sheets_sealed")
      .select("series_id")
      .where("document_id", "=", documentId)
      .limit(1)
      .executeTakeFirst();
    // Whoever settles a sheet holds the series, too: it is downloaded before that or not at all.
    if (of) await holdSeries(tx, of.series_id);
    let query = sealedWith(tx).where("z.document_id", "=", documentId).orderBy("z.number").forUpdate("z");
    if (requestId !== undefined) query = query.where("z.request_id", "=", requestId);
    const rows = await query.execute();
    const [one] = rows;
    const given = one
      ? await sheetsWith(tx)
          .where("b.series_id", "=", one.series_id)
          .where("b.first_no", "<=", one.number)
          .where("b.last_no", ">=", one.number)
          .executeTakeFirst()
      : undefined;
    const isOther = matterId !== undefined && given?.matter_id !== matterId;
    if (!one?.sealed_digest || !given || isOther || ![given.keeper_id, given.taker_id].includes(personId))
      throw problems.notFound();
    const numbers = rows.map((row) => Number(row.number));
    const held = mergeRanges(numbers.map(single));
    const reported = (await listReported(tx, [given.series_id])).map(({ number }) => single(number));
    const out = subtractRanges((await readOut(tx, [given])).get(given.matter_id) ?? [], mergeRanges(reported));
    const settled = subtractRanges(held, out);
    if (settled.length > 0)
      throw refusedBy([refuse("sheets.file-settled", { range: writeFormRanges(given, settled) }, "C05")]);
    const file = await env.files.read(one.sealed_digest);
    if (!file.ok) throw problems.notFound();
    const range = writeFormRanges(given, held);
    const times = one.downloads + 1;
    await tx
      .updateTable("blank_sheets_sealed")
      .set({ downloads: times })
      .where("request_id", "=", one.request_id)
      .where("document_id", "=", documentId)
      .execute();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "BlankSheetsDownloaded", actorId: personId, requestId: one.request_id, matterId: given.matter_id },
      facts: { series: one.series_id, numbers: range, times },
    });
    await writeRegisterLine(tx, env, {
      ...{ register: "controlled-forms", kind: "downloaded", entityId: given.entity_id, eventId },
      ...{ matterId: given.matter_id, requestId: one.request_id, personIds: [personId, given.taker_id] },
      facts: {
        ...{ series: labelOf(given), seriesId: one.series_id, range, count: numbers.length },
        ...{ request: one.request_number, by: personId },
      },
      words: [given.prefix, range],
    });
    // Paper that was printed before it was sealed is a second sheet of the same number, once the sealed one is printed too.
    if (times === 1 && given.printed > 0) await askWhetherTwice(tx, env, given, { personId, time: documentId, range });
    return { bytes: file.bytes, fileName: `${range}-sealed.pdf` };
  });
}
