import { type FinalPage, type FinalVerdict, followFinalCopy, judgeFinalCopy, mostFinalSheets } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { loadRequest } from "../requests/load-request.ts";
import { compareSheet, openApprovedPaper, type ReadSheet } from "./compare-sheet.ts";
import { readSheets, sheetOf } from "./final-copy-rows.ts";
import { openScan } from "./open-scan.ts";
import { settleComparison } from "./settle-comparison.ts";

interface ScanFile {
  readonly nth: number;
  readonly bytes: Uint8Array;
  readonly sheets: number;
}

/**
 * Compares a scan sheet by sheet with what was approved. What was read of a sheet is kept at once, so that people see how far it
 * is, and a job that is killed goes on where it was; run again it changes nothing.
 */
export async function readFinalCopy(env: Environment, finalCopyId: string): Promise<void> {
  const row = await env.db
    .selectFrom("final_copies")
    .select(["request_id", "copy", "state"])
    .where("final_copy_id", "=", finalCopyId)
    .executeTakeFirst();
  if (row?.state !== "reading") return;
  const loaded = await loadRequest(env.db, row.request_id);
  const opened = await openFiles(env, finalCopyId);
  if (!opened.ok) return settle(env, finalCopyId, opened.code, []);
  const total = opened.files.reduce((sum, { sheets }) => sum + sheets, 0);
  await env.db
    .updateTable("final_copies")
    .set({ sheets: total })
    .where("final_copy_id", "=", finalCopyId)
    .where("state", "=", "reading")
    .execute();
  const paper = await openApprovedPaper(env, loaded, row.copy);
  let sheet = 0;
  for (const file of opened.files)
    for (let page = 1; page <= file.sheets; page += 1) {
      sheet += 1;
      const before = await readSheets(env.db, finalCopyId);
      if (before.some((one) => one.file === file.nth && one.file_page === page)) continue;
      const taken = new Set(before.flatMap((one) => (one.page === null ? [] : [one.page])));
      const drawn = await openScan({ bytes: file.bytes, page, most: mostFinalSheets });
      if (!drawn.ok || drawn.sheet === null) return settle(env, finalCopyId, "not-readable", []);
      const expected = nextPage(before.at(-1)?.page ?? null, taken, paper.pages.length);
      const read = await compareSheet(paper, new Uint8Array(drawn.sheet.photo), expected, taken);
      await keepSheet(env, finalCopyId, { sheet, file: file.nth, page }, read, drawn.sheet.shown);
    }
  const judged = judgeFinalCopy(paper.pages.length, (await readSheets(env.db, finalCopyId)).map(sheetOf));
  await settle(env, finalCopyId, judged.verdict, judged.pages);
}

/** The page after the one that was seen last; at the end the first that nothing showed. */
function nextPage(last: number | null, taken: ReadonlySet<number>, pages: number): number {
  const order = Array.from({ length: pages }, (_, page) => page);
  const open = order.filter((page) => !taken.has(page));
  return open.find((page) => last === null || page > last) ?? open[0] ?? 0;
}

async function openFiles(
  env: Environment,
  finalCopyId: string,
): Promise<{ ok: true; files: ScanFile[] } | { ok: false; code: "not-readable" | "too-many-sheets" }> {
  const rows = await env.db
    .selectFrom("final_copy_files as f")
    .innerJoin("evidence as e", "e.evidence_id", "f.evidence_id")
    .select(["f.nth", "e.digest"])
    .where("f.final_copy_id", "=", finalCopyId)
    .orderBy("f.nth")
    .execute();
  const files: ScanFile[] = [];
  let left = mostFinalSheets;
  for (const { nth, digest } of rows) {
    const file = await env.files.read(digest);
    if (!file.ok) throw new Error(`a scan cannot be read: ${file.code}`);
    const bytes = new Uint8Array(file.bytes);
    const counted = await openScan({ bytes, page: null, most: left });
    if (!counted.ok) return counted;
    left -= counted.sheets;
    if (left < 0) return { ok: false, code: "too-many-sheets" };
    files.push({ nth, bytes, sheets: counted.sheets });
  }
  return { ok: true, files };
}

async function keepSheet(
  env: Environment,
  finalCopyId: string,
  at: { readonly sheet: number; readonly file: number; readonly page: number },
  read: ReadSheet,
  shown: Uint8Array,
): Promise<void> {
  const picture = await env.files.storeBytes(shown);
  await transact(env.db, async (tx) => {
    await tx
      .insertInto("files")
      .values({
        ...{ digest: picture.digest, size_bytes: picture.sizeBytes, media_type: "image/jpeg" },
        stored_at: new Date(env.clock.now()),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx
      .insertInto("final_copy_sheets")
      .values({
        ...{ final_copy_id: finalCopyId, sheet: at.sheet, file: at.file, file_page: at.page, page: read.page },
        ...{ verdict: read.verdict, hint: read.hint, places: JSON.stringify(read.places), picture: picture.digest },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

const settle = (
  env: Environment,
  finalCopyId: string,
  verdict: FinalVerdict | "not-readable" | "too-many-sheets",
  pages: readonly FinalPage[],
): Promise<void> =>
  settleComparison(env, finalCopyId, {
    ...{ verdict, pages },
    ...(verdict === "not-readable" || verdict === "too-many-sheets"
      ? { state: "refused" as const, finding: false }
      : followFinalCopy(verdict)),
  });
