/**
 * Verifies the signed sample PDFs and prints one JSON object a line for the score table:
 * node conformance/verify-signed.ts > OUT.jsonl && python3 SAMPLES/score-verdicts.py SAMPLES/pdf-signed/INDEX.json OUT.jsonl
 * With names as arguments, only files whose path contains one of them, with all reasons.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { verifyPdf } from "@chancery/pdf-seal/verify";

type Sample = { readonly file: string; readonly at?: string; readonly accept: string };

const samples = process.env.SAMPLES_DIR ?? resolve(import.meta.dirname, "../../shared/samples");
const folder = join(samples, "pdf-signed");
const index: Sample[] = JSON.parse(readFileSync(join(folder, "INDEX.json"), "utf8"));
const wanted = process.argv.slice(2);

for (const { file, at, accept } of index) {
  if (wanted.length > 0 && !wanted.some((part) => file.includes(part))) continue;
  const bytes = readFileSync(join(folder, file));
  const started = performance.now();
  const result = await verifyPdf(bytes, at === undefined ? {} : { at: Date.parse(at) });
  const ms = Math.round((performance.now() - started) * 10) / 10;
  const verdict = result.verdict.toUpperCase().replace("-", "_");
  const line = { file, verdict, covers: result.covers, level: result.level, code: result.code, ms };
  const seals = result.seals.map(({ fieldName, verdict: own, revision, reasons }) => ({
    fieldName,
    verdict: own,
    revision,
    reasons,
  }));
  process.stdout.write(`${JSON.stringify(wanted.length > 0 ? { ...line, accept, seals } : line)}\n`);
}
