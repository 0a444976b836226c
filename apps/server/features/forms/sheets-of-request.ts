import {
  bearsViewMark,
  findSheetCodes,
  findSheetFeet,
  listSheetFaults,
  listSheetsRequestRefusals,
  mergeRanges,
  type PageText,
  type Refusal,
  refuse,
  type SheetsFile,
  type UnfinishedPlace,
  viewOnlyMarks,
  writeFormNumber,
  writeFormRanges,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { sheetsWith } from "./blank-sheets.ts";
import { codeOfSheet } from "./code-of-sheet.ts";
import { labelOf } from "./series.ts";
import { listReported, listSheetsAsked } from "./sheets-asked.ts";

/** A document of a request that is a file of blank sheets, with where it comes from. */
export interface LoadedSheets extends SheetsFile {
  readonly seriesId: string;
  readonly matterId: string;
  readonly label: string;
}
interface DocumentAtHand {
  readonly documentId: string;
  readonly digest: string;
  readonly unfinished: readonly UnfinishedPlace[];
}
interface RequestAtHand {
  readonly request_id: string;
  readonly applicant_id: string;
  readonly entity_id: string | null;
}

const filesWith = (reader: Reader) =>
  reader
    .selectFrom("blank_sheet_files as f")
    .innerJoin("blank_sheets as b", "b.matter_id", "f.matter_id")
    .innerJoin("form_series as s", "s.series_id", "b.series_id")
    .select(["f.digest", "f.numbers", "f.matter_id", "b.taker_id", "b.series_id"])
    .select(["s.entity_id", "s.prefix", "s.digits", "s.name_en", "s.name_zh"]);

/**
 * Which documents are files of blank sheets that the platform made, known by their digest alone, and how each sheet stands now.
 * With `lock` their series are held until the transaction ends: nobody moves or seals one of them meanwhile.
 */
export async function loadSheets(
  reader: Reader,
  row: RequestAtHand,
  documents: readonly DocumentAtHand[],
  lock: boolean,
): Promise<LoadedSheets[]> {
  if (documents.length === 0) return [];
  const digests = documents.map(({ digest }) => digest);
  const files = await filesWith(reader).where("f.digest", "in", digests).execute();
  if (files.length === 0) return [];
  const seriesIds = [...new Set(files.map((file) => file.series_id))];
  const series = reader.selectFrom("form_series").select("series_id").where("series_id", "in", seriesIds);
  if (lock) await series.orderBy("series_id").forUpdate().execute();
  const holdings = await reader
    .selectFrom("form_holdings as h")
    .innerJoin("form_postings as p", "p.posting_id", "h.posting_id")
    .select(["h.series_id", "h.first_no", "h.last_no", "h.state", "h.holder_id", "p.receipt_at"])
    .where("h.series_id", "in", seriesIds)
    .where("h.until", "is", null)
    .execute();
  const sealed = await reader
    .selectFrom("blank_sheets_sealed")
    .select(["series_id", "number"])
    .where("series_id", "in", seriesIds)
    .where("request_id", "<>", row.request_id)
    .execute();
  const isSealed = new Set(sealed.map((one) => `${one.series_id} ${one.number}`));
  const asked = await listSheetsAsked(reader, seriesIds, row.request_id);
  const reported = await listReported(reader, seriesIds);
  return documents.flatMap(({ documentId, digest }) => {
    const file = files.find((one) => one.digest === digest);
    if (!file) return [];
    const sheets = file.numbers.map(Number).map((number) => {
      const held = holdings.find(
        (one) => one.series_id === file.series_id && Number(one.first_no) <= number && number <= Number(one.last_no),
      );
      return {
        ...{ number, state: held?.state ?? ("in-stock" as const), holderId: held?.holder_id ?? null },
        ...{ received: held?.receipt_at != null, sealed: isSealed.has(`${file.series_id} ${number}`) },
        askedBy: asked.find((one) => one.seriesId === file.series_id && one.number === number)?.request ?? null,
        reported: reported.some((one) => one.seriesId === file.series_id && one.number === number),
      };
    });
    return [
      {
        ...{ documentId, sheets, entityId: file.entity_id, takerId: file.taker_id, matterId: file.matter_id },
        ...{ seriesId: file.series_id, label: labelOf(file), writing: { prefix: file.prefix, digits: file.digits } },
      },
    ];
  });
}

const useOf = (row: RequestAtHand) => ({ applicantId: row.applicant_id, entityId: row.entity_id });

/** Whether each sheet of a request may still be sealed; null where it asks for none. */
export const areSheetsFit = (sheets: readonly LoadedSheets[], row: RequestAtHand): boolean | null =>
  sheets.length === 0 ? null : sheets.every((file) => listSheetFaults(file, useOf(row)).length === 0);

/**
 * That a sheet is empty is never what stands against it: why it may not be sealed is told of it as a sheet
 * (`listRefusalsOfSheets`, `areSheetsFit`). Of every other document each place stays (C05).
 */
export function waiveEmptySheets<D extends DocumentAtHand>(
  documents: readonly D[],
  sheets: readonly LoadedSheets[],
): D[] {
  const known = new Set(sheets.map(({ documentId }) => documentId));
  return documents.map((document) => (known.has(document.documentId) ? { ...document, unfinished: [] } : document));
}

/** Why a request with blank sheets, or with something that passes for them, cannot be submitted. */
export function listRefusalsOfSheets(
  sheets: readonly LoadedSheets[],
  {
    row,
    documents,
  }: {
    row: RequestAtHand & {
      readonly series_id: string | null;
      readonly sheets_of: string | null;
      readonly standing_id: string | null;
      readonly emergency_reason: string | null;
      readonly confidential_reason: string | null;
      readonly joint_id: string | null;
    };
    documents: readonly (DocumentAtHand & { readonly placements: readonly { readonly page: number }[] })[];
  },
): Refusal[] {
  const known = new Set(sheets.map(({ documentId }) => documentId));
  const passesFor = documents.some(
    ({ documentId, unfinished }) => !known.has(documentId) && unfinished.some(isCodeOfSheet),
  );
  const astray = sheets.filter(({ matterId }) => matterId !== row.sheets_of);
  return [
    ...(astray.length > 0 ? [refuse("sheets.by-route", { range: writeSheets(astray) }, "C05")] : []),
    ...listSheetsRequestRefusals(sheets, {
      ...{ ...useOf(row), series: row.series_id !== null, standing: row.standing_id !== null },
      emergency: row.emergency_reason !== null,
      ...{ confidential: row.confidential_reason !== null, joint: row.joint_id !== null },
      documents: documents.map(({ documentId, placements }) => ({
        ...{ documentId, sealedPages: placements.map(({ page }) => page) },
      })),
    }),
    ...(passesFor ? [refuse("sheets.other-file", {}, "C05")] : []),
  ];
}

const codePlace = "-sheet-code";
const isCodeOfSheet = ({ placeId }: UnfinishedPlace): boolean => placeId.endsWith(codePlace);

/**
 * Pages that are blank sheets of the platform: by their code, by the line at their foot, or by the marks of a copy to look at.
 * What bears one is sealed as the platform made it, and not as somebody changed it: it is found when it is handed in, and no
 * reason answers it.
 */
export async function findSheetPages(reader: Reader, pages: readonly PageText[]): Promise<UnfinishedPlace[]> {
  const found = pages.map((page) => {
    const runs = [...page.runs, ...(page.unseen ?? [])];
    const codes = findSheetCodes(runs.map(({ text }) => text).join(" "));
    return { index: page.index, codes, feet: findSheetFeet(runs), isCopy: bearsViewMark(page) };
  });
  const matters = [...new Set(found.flatMap(({ feet }) => feet.map(({ matter }) => matter)))];
  const hasCodes = found.some(({ codes }) => codes.length > 0);
  const rows =
    hasCodes || matters.length > 0
      ? await sheetsWith(reader)
          .$if(!hasCodes, (query) => query.where("m.number", "in", matters))
          .execute()
      : [];
  const codes = new Set<string>();
  const feet = new Set<string>();
  for (const row of rows)
    for (let number = Number(row.first_no); number <= Number(row.last_no); number += 1) {
      codes.add(codeOfSheet(row.matter_id, number));
      feet.add(`${writeFormNumber(row, number)} ${row.number}`);
    }
  return found.flatMap((page): UnfinishedPlace[] => {
    const code = page.codes.find((one) => codes.has(one));
    const foot = page.feet.find(({ number, matter }) => feet.has(`${number} ${matter}`));
    const text = code ?? foot?.number ?? (page.isCopy ? viewOnlyMarks.en : undefined);
    if (text === undefined) return [];
    const placeId = `p${page.index}${codePlace}`;
    return [{ placeId, page: page.index, kind: "numbered-sheet", text, box: null, answerable: false }];
  });
}

/** The numbers of all sheets of a request, as people write them; null where it asks for none. */
export const writeSheets = (sheets: readonly LoadedSheets[]): string | null =>
  sheets.length === 0
    ? null
    : sheets
        .map(({ writing, sheets: of }) => writeFormRanges(writing, mergeRanges(of.map(({ number }) => single(number)))))
        .join(", ");
const single = (number: number) => ({ first: number, last: number });

/** The number of the sheet that an impression stands on; null on any other document. */
export function sheetAt(sheets: readonly LoadedSheets[], documentId: string, page: number): string | null {
  const file = sheets.find((one) => one.documentId === documentId);
  const sheet = file?.sheets[page];
  return file && sheet ? writeFormNumber(file.writing, sheet.number) : null;
}

/** Keeps, with the impressions of its document, that each sheet is sealed now: the tables let none be sealed twice. */
export async function keepSealedSheets(
  tx: Tx,
  env: Environment,
  { row, sheets }: { row: RequestAtHand & { readonly number: string | null }; sheets: readonly LoadedSheets[] },
  documentId: string,
): Promise<void> {
  const file = sheets.find((one) => one.documentId === documentId);
  if (!file) return;
  const numbers = file.sheets.map(({ number }) => number);
  const written = numbers.map((number) => writeFormNumber(file.writing, number)).join(", ");
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: "BlankSheetsSealed", actorId: null, requestId: row.request_id, matterId: file.matterId },
    facts: { series: file.seriesId, numbers: written, number: row.number, documentId },
  });
  await tx
    .insertInto("blank_sheets_sealed")
    .values(
      numbers.map((number) => ({
        ...{ series_id: file.seriesId, number, request_id: row.request_id, document_id: documentId },
        ...{ sealed_at: new Date(env.clock.now()), event_id: eventId },
      })),
    )
    .execute();
  await writeRegisterLine(tx, env, {
    ...{ register: "controlled-forms", kind: "sealed", entityId: file.entityId, eventId, matterId: file.matterId },
    ...{ requestId: row.request_id, personIds: [file.takerId] },
    facts: {
      ...{ series: file.label, seriesId: file.seriesId, range: written, count: numbers.length, request: row.number },
    },
    words: [file.writing.prefix, written],
  });
}
