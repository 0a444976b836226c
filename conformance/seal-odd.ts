/**
 * Seals the odd sample PDFs with a key made on the fly and prints what came of it, as a table and a line for each file
 * that is not as its index wants it:
 *   node conformance/seal-odd.ts [--cli] [PART OF A NAME]…
 * With --cli through the command as users have it, else through the package. With names only the files that contain one,
 * each with its line. pdfsig, mutool and qpdf are asked where they are installed.
 */
import { spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sealPdf } from "@chancery/pdf-seal/seal";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { createLocalSealSigner, encodePem, issueRootCertificate, type SealSigner } from "@chancery/pki";
import { readIndex, readPlan, runCommand } from "./samples.ts";

type Sample = { readonly file: string; readonly seal_expect: string; readonly readable: string };
type Outcome = { readonly outcome: "produced" | "refused" | "crashed"; readonly code: string };
type Checks = Readonly<Record<"prefix" | "own" | "pdfsig" | "mutool" | "qpdf", boolean | null>>;
type Result = Outcome & Checks & { readonly ms: number };

const HANG_MS = 30_000;
const unchecked: Checks = { prefix: null, own: null, pdfsig: null, mutool: null, qpdf: null };

const { viaCommand, isWanted, areNamed } = readPlan();
const { folder, index } = readIndex<Sample>("pdf-odd");
const work = mkdtempSync(join(tmpdir(), "seal-odd-"));
const target = join(work, "sealed.pdf");
const has = (tool: string): boolean => spawnSync(tool, ["--version"]).error === undefined;
const tools = { pdfsig: has("pdfsig"), mutool: has("mutool"), qpdf: has("qpdf") };
const signer = makeSigner();

const results: { sample: Sample; result: Result }[] = [];
for (const sample of index.filter(({ file }) => isWanted(file))) {
  const path = join(folder, sample.file);
  rmSync(target, { force: true });
  const started = performance.now();
  const outcome = viaCommand ? sealByCommand(path) : await sealByPackage(path);
  const ms = Math.round((performance.now() - started) * 10) / 10;
  const result = { ...outcome, ...(existsSync(target) ? await check(path) : unchecked), ms };
  results.push({ sample, result });
  if (areNamed) console.log(sample.file, JSON.stringify(result));
}
printTable();
rmSync(work, { recursive: true });

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
  writeFileSync(join(work, "key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  writeFileSync(join(work, "cert.pem"), encodePem("CERTIFICATE", root.value.raw));
  const made = createLocalSealSigner({ key: privateKey, chain: [root.value.raw] });
  if (!made.ok) throw new Error(made.detail);
  return made.value;
}

async function sealByPackage(path: string): Promise<Outcome> {
  try {
    const bytes = readFileSync(path);
    const sealed = await sealPdf({ bytes, signer, signedAt: Date.now(), id: path });
    if (!sealed.ok) return { outcome: "refused", code: sealed.refusal.code };
    writeFileSync(target, Buffer.concat([bytes, sealed.tail]));
    return { outcome: "produced", code: "" };
  } catch (error) {
    return { outcome: "crashed", code: String(error) };
  }
}

/** A refusal is exit code 1 with an object that says why; anything else, a time-out too, is a crash. */
function sealByCommand(path: string): Outcome {
  const key = ["--key", join(work, "key.pem"), "--cert", join(work, "cert.pem")];
  const { status, stdout, stderr, signal } = runCommand(["seal", path, "--out", target, ...key, "--json"], HANG_MS);
  if (status === 0 && existsSync(target)) return { outcome: "produced", code: "" };
  const code = /^\{.*"code":"([a-z.-]+)"/.exec(stdout)?.[1];
  return status === 1 && code !== undefined
    ? { outcome: "refused", code }
    : { outcome: "crashed", code: signal ?? stderr.slice(0, 200) };
}

async function check(path: string): Promise<Checks> {
  const base = readFileSync(path);
  const sealed = readFileSync(target);
  const { verdict, covers } = await verifyPdf(sealed);
  return {
    prefix: sealed.subarray(0, base.length).equals(base),
    own: (verdict === "valid" || verdict === "valid-allowed") && covers === true,
    pdfsig: tools.pdfsig ? askPdfsig(target) : null,
    mutool: tools.mutool ? askMutool(path) : null,
    qpdf: tools.qpdf ? run("qpdf", "--check", target).fault <= run("qpdf", "--check", path).fault : null,
  };
}

function askPdfsig(path: string): boolean {
  const last = run("pdfsig", "-nocert", path).text.split("Signature #").at(-1) ?? "";
  return last.includes("Signature is Valid") && last.includes("Total document signed");
}

/** Null where mutool dies of the document before it is sealed: then it cannot be asked. */
function askMutool(path: string): boolean | null {
  if (run("mutool", "sign", "-v", target).text.includes("unchanged since signing")) return true;
  return run("mutool", "sign", "-v", path).isDead ? null : false;
}

/** qpdf's exit codes by gravity: 0 none, 3 warnings, 2 errors. */
function run(tool: string, ...parameters: string[]): { text: string; fault: number; isDead: boolean } {
  const { stdout, stderr, status, signal } = spawnSync(tool, parameters, { timeout: HANG_MS });
  return { text: `${stdout}${stderr}`, fault: [0, 3, 2].indexOf(status ?? 2), isDead: signal !== null };
}

function printTable(): void {
  const groups = [...new Set(results.map(({ sample }) => sample.seal_expect))].sort().reverse();
  const rows = [...groups, "all"].map((group) => {
    const own = results
      .filter(({ sample }) => group === "all" || sample.seal_expect === group)
      .map(({ result }) => result);
    const count = (test: (result: Result) => boolean): number => own.filter(test).length;
    return {
      expected: group,
      files: own.length,
      produced: count(({ outcome }) => outcome === "produced"),
      "prefix kept": count(({ prefix }) => prefix === true),
      "own verifier": count((result) => result.own === true),
      "pdfsig valid, total": count(({ pdfsig }) => pdfsig === true),
      "mutool agrees": count(({ mutool }) => mutool === true),
      "qpdf no worse": count(({ qpdf }) => qpdf === true),
      "refused with code": count(({ outcome }) => outcome === "refused"),
      crashed: count(({ outcome }) => outcome === "crashed"),
      "slowest ms": Math.round(Math.max(0, ...own.map(({ ms }) => ms))),
    };
  });
  console.table(rows);
  const refusals = Map.groupBy(
    results.filter(({ result }) => result.outcome === "refused"),
    ({ result }) => result.code,
  );
  console.log([...refusals].map(([code, list]) => `${code} ${list.length}`).join(", "));
  for (const { sample, result } of results) {
    const isGood = result.outcome === "produced" && Object.keys(unchecked).every((name) => isFine(result, name));
    const asExpected = sample.seal_expect === "must-seal" ? isGood : result.outcome === "refused" || isGood;
    if (!asExpected || (result.outcome === "produced" && tools.mutool && result.mutool === null)) {
      console.log(sample.seal_expect, sample.file, JSON.stringify(result));
    }
  }
}

function isFine(result: Result, name: string): boolean {
  return Object.entries(result).find(([key]) => key === name)?.[1] !== false;
}
