import { Readable } from "node:stream";
import { countStockLines, type RawSheet } from "@chancery/domain";
import { cleanFileName } from "../../platform/clean-input.ts";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";
import { newId } from "../../platform/ids.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { evidenceLimit, namedAsPicture } from "../evidence/inspect-picture.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { CutSpecimen } from "./cut-specimen.ts";
import { importProblem, outcomeOf } from "./problems.ts";
import type { ReadWorkbook } from "./read-workbook.ts";

/** Most bytes of a sheet as it is sent. */
const sheetLimit = 10 * 1024 * 1024;
const readInThread = createThreadPool<{ bytes: Uint8Array; title: string }, ReadWorkbook>(
  new URL("./read-workbook-worker.ts", import.meta.url),
  { timeMs: 20_000, memoryMb: 512, mostAtOnce: 1, mostWaiting: 20 },
);
const cutInThread = createThreadPool<{ bytes: Uint8Array }, CutSpecimen>(
  new URL("./cut-specimen-worker.ts", import.meta.url),
  { timeMs: 30_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 50 },
);

export interface ImportFile {
  readonly fileId: string;
  readonly kind: "sheet" | "picture";
  readonly name: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly sheets: { readonly title: string; readonly lines: number }[];
}

/** JPEG, PNG, WebP and TIFF by their first bytes; everything else is read as a sheet. */
function looksLikePicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return /^(?:\u00ff\u00d8\u00ff|\u0089PNG|RIFF[\s\S]{4}WEBP|II\*\0|MM\0\*)/.test(head);
}

/**
 * Takes one file of an import, a sheet or the picture of a specimen: nothing is kept of it but its bytes, what they
 * digest to, and of a picture the impression alone. What cannot be read leaves nothing.
 */
export async function addImportFile(
  env: Environment,
  personId: string,
  upload: { stream: AsyncIterable<Uint8Array>; fileName: string },
): Promise<ImportFile> {
  const stored = await env.files.store(upload.stream, evidenceLimit);
  if (!stored.ok) throw importProblem("import.too-large");
  const name = cleanFileName(upload.fileName, "file");
  const read = await env.files.read(stored.digest);
  if (!read.ok) throw new Error(`a file just stored can not be read: ${read.code}`);
  const bytes = new Uint8Array(read.bytes);
  try {
    if (looksLikePicture(bytes)) return await keepPicture(env, personId, name, bytes);
    // A text of any kind can be read as a sheet of one column: what calls itself a picture is none of ours.
    if (namedAsPicture(name)) throw importProblem("import.not-a-picture");
    if (bytes.length > sheetLimit) throw importProblem("import.too-large");
    const sheets = await readSheetBytes(stored.digest, bytes, name);
    const fileId = await keep(env, personId, { kind: "sheet", name, digest: stored.digest, sizeBytes: bytes.length });
    const lines = sheets.map((sheet) => ({ title: sheet.title, lines: countStockLines(sheet) }));
    return { fileId, kind: "sheet", name, digest: stored.digest, sizeBytes: bytes.length, sheets: lines };
  } catch (error) {
    await forgetFile(env, stored.digest);
    throw error;
  }
}

async function keepPicture(env: Environment, personId: string, name: string, bytes: Uint8Array): Promise<ImportFile> {
  const cut = outcomeOf(await cutInThread({ bytes }));
  if (!cut.ok) throw importProblem("import.no-impression");
  const stream = Readable.from([Buffer.from(bytes)]);
  const { evidenceId, digest, sizeBytes } = await uploadEvidence(env, personId, { stream, fileName: name });
  const cleaned = await env.files.storeBytes(cut.png);
  const fileId = await keep(env, personId, {
    ...{ kind: "picture", name, digest, sizeBytes, evidenceId },
    cleaned: { ...cleaned, widthPx: cut.widthPx, heightPx: cut.heightPx },
  });
  return { fileId, kind: "picture", name, digest, sizeBytes, sheets: [] };
}

interface FileToKeep {
  kind: "sheet" | "picture";
  name: string;
  digest: string;
  sizeBytes: number;
  evidenceId?: string;
  cleaned?: { digest: string; sizeBytes: number; widthPx: number; heightPx: number };
}

async function keep(env: Environment, personId: string, file: FileToKeep): Promise<string> {
  const now = env.clock.now();
  const fileId = newId("imf", now);
  const { cleaned } = file;
  const mediaType = file.name.toLowerCase().endsWith(".csv") ? "text/csv" : "application/octet-stream";
  await transact(env.db, async (tx) => {
    for (const one of [
      { digest: file.digest, size_bytes: file.sizeBytes, media_type: mediaType },
      ...(cleaned ? [{ digest: cleaned.digest, size_bytes: cleaned.sizeBytes, media_type: "image/png" }] : []),
    ])
      await tx
        .insertInto("files")
        .values({ ...one, stored_at: new Date(now) })
        .onConflict((conflict) => conflict.column("digest").doNothing())
        .execute();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "ImportFileAdded", actorId: personId },
      facts: { file: fileId, kind: file.kind, digest: file.digest },
    });
    await tx
      .insertInto("import_files")
      .values({
        ...{ file_id: fileId, kind: file.kind, name: file.name, digest: file.digest, size_bytes: file.sizeBytes },
        ...{
          uploaded_by: personId,
          uploaded_at: new Date(now),
          event_id: eventId,
          evidence_id: file.evidenceId ?? null,
        },
        ...{
          cleaned_digest: cleaned?.digest ?? null,
          width_px: cleaned?.widthPx ?? null,
          height_px: cleaned?.heightPx ?? null,
        },
      })
      .execute();
  });
  return fileId;
}

type Sheets = readonly Omit<RawSheet, "file">[];
/** What a digest was read to never changes: a preview, a decision and its carrying out read a sheet once. */
const readBefore = new Map<string, Sheets>();
const mostKept = 8;

async function readSheetBytes(digest: string, bytes: Uint8Array, name: string): Promise<Sheets> {
  // A CSV is titled by its file's name.
  const key = `${digest} ${name}`;
  const before = readBefore.get(key);
  if (before) return before;
  const title = name.replace(/\.[^.]*$/, "");
  const answer = outcomeOf(await readInThread({ bytes, title }));
  if (!answer.ok) throw importProblem(answer.code);
  readBefore.set(key, answer.sheets);
  const [oldest] = readBefore.keys();
  if (readBefore.size > mostKept && oldest !== undefined) readBefore.delete(oldest);
  return answer.sheets;
}

/** The rows of these files that one person handed in; files of others are not there for him. */
export async function readImportFiles(reader: Reader, personId: string, fileIds: readonly string[]) {
  if (fileIds.length === 0) return [];
  return reader
    .selectFrom("import_files")
    .selectAll()
    .where("file_id", "in", [...new Set(fileIds)])
    .where("uploaded_by", "=", personId)
    .orderBy("file_id")
    .execute();
}

/** The sheets of a file as they were read; null where its bytes are not there any more as they were. */
export async function readSheetsOf(
  env: Environment,
  file: { digest: string; name: string },
): Promise<RawSheet[] | null> {
  const read = await env.files.read(file.digest);
  if (!read.ok) return null;
  const sheets = await readSheetBytes(file.digest, new Uint8Array(read.bytes), file.name);
  return sheets.map((sheet) => ({ ...sheet, file: file.name }));
}
