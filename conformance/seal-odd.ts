/**
 * Seals the odd sample PDFs with a key made on the fly and prints what came of it:
 * node conformance/seal-odd.ts [PART OF A NAME]…
 * With names as arguments only the files that contain one, each with its line. Other readers are asked where present.
 */
import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sealPdf } from "@chancery/pdf-seal/seal";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { createLocalSealSigner, issueRootCertificate, type SealSigner } from "@chancery/pki";

type Sample = { readonly file: string; readonly seal_expect: string; readonly readable: string };
type Result = {
  readonly outcome: "produced" | "refused" | "crashed";
  readonly code: string;
  readonly own: boolean;
  readonly pdfsig: boolean | null;
  readonly mutool: boolean | null;
  readonly qpdf: boolean | null;
  readonly ms: number;
};

const samples = process.env.SAMPLES_DIR ?? resolve(import.meta.dirname, "../../shared/samples");
const folder = join(samples, "pdf-odd");
const index: Sample[] = JSON.parse(readFileSync(join(folder, "INDEX.json"), "utf8"));
const wanted = process.argv.slice(2);
const output = mkdtempSync(join(tmpdir(), "seal-odd-"));
const has = (tool: string): boolean => spawnSync(tool, ["--version"]).error === undefined;
const tools = { pdfsig: has("pdfsig"), mutool: has("mutool"), qpdf: has("qpdf") };

const signer = makeSigner();
const results: { sample: Sample; result: Result }[] = [];
for (const sample of index) {
  if (wanted.length > 0 && !wanted.some((part) => sample.file.includes(part))) continue;
  const result = await sealSample(sample.file);
  results.push({ sample, result });
  if (wanted.length > 0) console.log(sample.file, JSON.stringify(result));
}
printTable();
rmSync(output, { recursive: true });

function makeSigner(): SealSigner {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const root = issueRootCertificate({
    subject: { commonName: "Conformance seal" },
    serial: randomBytes(16),
    notBefore: Date.now() - 60_000,
    notAfter: Date.now() + 86_400_000,
    key: privateKey,
  });
  if (!root.ok) throw new Error(root.detail);
  const made = createLocalSealSigner({ key: privateKey, chain: [root.value.raw] });
  if (!made.ok) throw new Error(made.detail);
  return made.value;
}

async function sealSample(file: string): Promise<Result> {
  const path = join(folder, file);
  const base = readFileSync(path);
  const started = performance.now();
  const none = { own: false, pdfsig: null, mutool: null, qpdf: null };
  try {
    const sealed = await sealPdf({ bytes: base, signer, signedAt: Date.now(), id: file });
    const ms = performance.now() - started;
    if (!sealed.ok) return { outcome: "refused", code: sealed.refusal.code, ...none, ms };
    // Only a tail comes back, so the original bytes are a prefix; what is checked is that the seal covers them.
    const whole = Buffer.concat([base, sealed.tail]);
    const verification = await verifyPdf(whole, {});
    const target = join(output, "sealed.pdf");
    writeFileSync(target, whole);
    return {
      outcome: "produced",
      code: verification.verdict,
      own: verification.verdict === "valid" && verification.covers === true,
      pdfsig: tools.pdfsig ? askPdfsig(target) : null,
      mutool: tools.mutool ? run("mutool", "sign", "-v", target).text.includes("unchanged since signing") : null,
      qpdf: tools.qpdf ? run("qpdf", "--check", target).fault <= run("qpdf", "--check", path).fault : null,
      ms,
    };
  } catch (error) {
    return { outcome: "crashed", code: String(error), ...none, ms: performance.now() - started };
  }
}

function askPdfsig(path: string): boolean {
  const last = run("pdfsig", "-nocert", path).text.split("Signature #").at(-1) ?? "";
  return last.includes("Signature is Valid") && last.includes("Total document signed");
}

/** qpdf's exit codes by gravity: 0 none, 3 warnings, 2 errors. */
function run(tool: string, ...parameters: string[]): { text: string; fault: number } {
  const { stdout, stderr, status } = spawnSync(tool, parameters, { timeout: 30_000 });
  return { text: `${stdout}${stderr}`, fault: [0, 3, 2].indexOf(status ?? 2) };
}

function printTable(): void {
  const groups = [...new Set(results.map(({ sample }) => sample.seal_expect))].sort().reverse();
  const rows = groups.map((group) => {
    const own = results.filter(({ sample }) => sample.seal_expect === group).map(({ result }) => result);
    const count = (test: (result: Result) => boolean): number => own.filter(test).length;
    return {
      expected: group,
      files: own.length,
      produced: count(({ outcome }) => outcome === "produced"),
      "own verifier": count((result) => result.own),
      "pdfsig valid, total": count(({ pdfsig }) => pdfsig === true),
      "mutool agrees": count(({ mutool }) => mutool === true),
      "qpdf no worse": count(({ qpdf }) => qpdf === true),
      refused: count(({ outcome }) => outcome === "refused"),
      crashed: count(({ outcome }) => outcome === "crashed"),
      "slowest ms": Math.round(Math.max(0, ...own.map(({ ms }) => ms))),
    };
  });
  console.table(rows);
  for (const { sample, result } of results) {
    const good = result.own && result.pdfsig !== false && result.mutool !== false && result.qpdf !== false;
    const asExpected = sample.seal_expect === "must-seal" ? good : result.outcome === "refused" || good;
    if (!asExpected) console.log(sample.seal_expect, sample.file, JSON.stringify(result));
  }
}
