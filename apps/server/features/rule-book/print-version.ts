import type { RawAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { type RuleBookReader, requireReadsVersion } from "./read-model.ts";
import type { PdfTask } from "./write-pdf.ts";
import { readVersions } from "./write-version.ts";

/** A font for ten thousand characters is read for each book: a second of work, in a thread. */
const writePdf = createThreadPool<PdfTask, Uint8Array>(new URL("./write-pdf-worker.ts", import.meta.url), {
  ...{ timeMs: 60_000, memoryMb: 512, mostAtOnce: 1, mostWaiting: 8 },
});

const busy = (): ProblemError =>
  new ProblemError(503, "rule-book.printing-busy", {
    en: "Too many books are being made at the moment. Nothing was lost; try again shortly.",
    zh: "当前正在生成的文件过多。没有数据丢失，请稍后重试。",
  });

/** A version as a PDF in one language. */
export async function printVersion(
  env: Environment,
  versionId: string,
  language: "en" | "zh",
  reader: RuleBookReader,
): Promise<RawAnswer> {
  const row = await requireReadsVersion(env, await readVersions(env.db), versionId, reader);
  const states = {
    en: row.in_force_on === null ? "draft, not in force" : `in force from ${row.in_force_on}`,
    zh: row.in_force_on === null ? "草案，未施行" : `自 ${row.in_force_on} 起施行`,
  };
  const name = { en: `Version ${row.version}`, zh: `第 ${row.version} 版` }[language];
  const foot = [name, states[language], row.digest].join(" · ");
  const outcome = await writePdf({ book: row.text[language], language, foot });
  if (!outcome.ok) throw busy();
  return { contentType: "application/pdf", body: outcome.answer, fileName: `${row.text[language].title} ${name}.pdf` };
}
