/**
 * Verifies the signed sample PDFs and prints one JSON object a line for the score table:
 *   node conformance/verify-signed.ts [--cli] [PART OF A NAME]… > OUT.jsonl
 *   python3 SAMPLES/score-verdicts.py SAMPLES/pdf-signed/INDEX.json OUT.jsonl
 * With --cli through the command as users have it, else through the package. With names only the files that contain one,
 * with all reasons.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { readIndex, readPlan, runCommand } from "./samples.ts";

type Sample = { readonly file: string; readonly at?: string; readonly accept: string };
type Answer = {
  readonly verdict: string;
  readonly covers: boolean | null;
  readonly level: string | null;
  readonly code: string | null;
  readonly ms: number;
  readonly seals: readonly { readonly reasons: readonly { readonly code: string; readonly detail: string }[] }[];
};

const { viaCommand, isWanted, areNamed } = readPlan();
const { folder, index } = readIndex<Sample>("pdf-signed");
const wanted = index.filter(({ file }) => isWanted(file));

for (const [sample, answer] of viaCommand ? askCommand(wanted) : await askPackage(wanted)) {
  const verdict = answer.verdict.toUpperCase().replace("-", "_");
  const { covers, level, code, ms } = answer;
  const line = { file: sample.file, verdict, covers, level, code, ms };
  const reasons = answer.seals.map((seal) => seal.reasons);
  console.log(JSON.stringify(areNamed ? { ...line, accept: sample.accept, reasons } : line));
}

async function askPackage(samples: readonly Sample[]): Promise<[Sample, Answer][]> {
  const answers: [Sample, Answer][] = [];
  for (const sample of samples) {
    const bytes = readFileSync(join(folder, sample.file));
    const started = performance.now();
    const options = sample.at === undefined ? {} : { at: Date.parse(sample.at) };
    const result = await verifyPdf(bytes, options);
    answers.push([sample, { ...result, ms: Math.round((performance.now() - started) * 10) / 10 }]);
  }
  return answers;
}

/** One call for each time the index asks for. A call that ends otherwise than by its verdicts is a crash of its files. */
function askCommand(samples: readonly Sample[]): [Sample, Answer][] {
  return [...Map.groupBy(samples, ({ at }) => at)].flatMap(([at, group]) => {
    const time = at === undefined ? [] : ["--at", at];
    const files = group.map(({ file }) => join(folder, file));
    const { status, stdout } = runCommand(["verify", ...files, "--json", ...time], 600_000);
    const lines = stdout.split("\n").filter((line) => line !== "");
    const isCrash = ![0, 1, 3].includes(status ?? -1) || lines.length !== group.length;
    const crash: Answer = { verdict: "crash", covers: null, level: null, code: null, ms: 0, seals: [] };
    return group.map((sample, i): [Sample, Answer] => [sample, isCrash ? crash : JSON.parse(lines[i] ?? "")]);
  });
}
