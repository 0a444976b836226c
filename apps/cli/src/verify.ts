import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type PdfVerification, type SealFinding, verifyPdf } from "@chancery/pdf-seal/verify";
import { CommandFailure, type CommandOutput, exitCodes } from "./command.ts";
import { plainText } from "./plain-text.ts";
import { readTrustFiles } from "./trust-files.ts";

const sentences = {
  en: {
    usage: "Usage: chancery verify FILE… [--trust FILE|DIR] [--at TIME] [--integrity-only] [--json]",
    verdict: {
      valid: "unchanged since it was sealed",
      "valid-allowed": "sealed content unchanged; later additions are all of a permitted kind",
      modified: "changed after sealing",
      indeterminate: "cannot be decided",
      invalid: "not what was sealed",
      "no-signature": "not sealed",
      error: "cannot be read",
    },
    trust: {
      trusted: "certificate trusted",
      unknown: "sealed by a certificate we do not know",
      expired: "certificate expired",
      revoked: "certificate revoked",
      "not-trusted": "certificate not to be trusted",
    },
    by: "by",
    at: "at",
    timestamp: "time-stamp",
    because: "because",
    page: "page",
    field: "field",
  },
  zh: {
    usage: "用法：chancery verify 文件… [--trust 文件|目录] [--at 时间] [--integrity-only] [--json]",
    verdict: {
      valid: "盖章后未改动",
      "valid-allowed": "盖章内容未改动；其后的增补均属允许",
      modified: "盖章后被改动",
      indeterminate: "无法判定",
      invalid: "与盖章内容不符",
      "no-signature": "未盖章",
      error: "无法读取",
    },
    trust: {
      trusted: "证书可信",
      unknown: "盖章证书不在已知之列",
      expired: "证书已过期",
      revoked: "证书已吊销",
      "not-trusted": "证书不可信",
    },
    by: "盖章者",
    at: "时间",
    timestamp: "时间戳",
    because: "原因",
    page: "页码",
    field: "签名域",
  },
} as const;

type Result = PdfVerification & { readonly file: string; readonly ms: number };

/** `chancery verify FILE…`: one verdict for each file; works without server and network. */
export async function runVerify(args: readonly string[], output: CommandOutput): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      trust: { type: "string", multiple: true, default: [] },
      at: { type: "string" },
      "integrity-only": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  if (positionals.length === 0) throw new CommandFailure(exitCodes.usage, sentences[output.language].usage);
  const at = values.at === undefined ? undefined : readTime(values.at);
  const { roots, crls } = await readTrustFiles(values.trust);
  let failed = false;
  let negative = false;
  for (const file of positionals) {
    const started = performance.now();
    const verification = await verifyFile(file, { roots, crls, ...(at === undefined ? {} : { at }) });
    const result = { ...verification, file, ms: Math.round((performance.now() - started) * 10) / 10 };
    if (result.verdict === "error") failed = true;
    else if (!isGood(result, values["integrity-only"])) negative = true;
    if (values.json) output.out(JSON.stringify(describeJson(result)));
    else if (result.verdict === "error") {
      output.err(`${file}: ${sentences[output.language].verdict.error} (${result.code ?? ""})`);
    } else describeText(result, output);
  }
  return negative ? exitCodes.negative : failed ? exitCodes.failure : exitCodes.ok;
}

/** A day or a moment of ISO 8601; without a zone it is UTC. */
function readTime(text: string): number {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const isMoment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?$/.test(text);
  const hasZone = /(Z|[+-]\d\d:\d\d)$/.test(text.slice(10));
  const at = Date.parse(isMoment && !hasZone ? `${text}Z` : text);
  if ((!isDay && !isMoment) || Number.isNaN(at)) throw new CommandFailure(exitCodes.usage, `time.invalid: ${text}`);
  return at;
}

async function verifyFile(file: string, options: Parameters<typeof verifyPdf>[1]): Promise<PdfVerification> {
  const failure = { verdict: "error", trust: null, covers: null, level: null, seals: [] } as const;
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return { ...failure, code: isMissing ? "file.not-found" : "file.unreadable" };
  }
  return verifyPdf(bytes, options);
}

function isGood(result: Result, integrityOnly: boolean): boolean {
  const intact = result.verdict === "valid" || result.verdict === "valid-allowed";
  return intact && (integrityOnly || result.trust === "trusted");
}

/** The fields a program may rely on; what cannot be known of a path is unknown. */
function describeJson({ file, verdict, trust, covers, level, seals, code, ms }: Result): Record<string, unknown> {
  const described = seals.map(({ signer, verdict: own, trust: path, reasons, signedAt }) => ({
    signer,
    verdict: own,
    trust: path ?? "unknown",
    reasons,
    signedAt,
  }));
  return { file, verdict, trust: trust ?? "unknown", covers, level, seals: described, code, ms };
}

function describeText(result: Result, output: CommandOutput): void {
  const say = sentences[output.language];
  const trust = result.trust === null ? "" : `; ${say.trust[result.trust]}`;
  output.out(`${oneLine(result.file)}: ${say.verdict[result.verdict]}${trust}`);
  for (const seal of result.seals) {
    output.out(`  ${describeSeal(seal, output.language)}`);
    for (const { code, detail, page } of seal.reasons.filter((reason) => !reason.code.startsWith("change."))) {
      const at = page === undefined ? "" : ` (${say.page} ${page})`;
      output.out(`    ${say.because} ${code}${detail === "" ? "" : `: ${oneLine(detail)}`}${at}`);
    }
  }
  if (result.seals.length === 0 && result.code !== null) output.out(`  ${say.because} ${result.code}`);
}

function describeSeal(seal: SealFinding, language: "en" | "zh"): string {
  const say = sentences[language];
  const name = seal.signer?.organisation ?? seal.signer?.commonName ?? "?";
  const who = seal.isTimestamp ? `${say.timestamp} ${oneLine(name)}` : `${say.by} ${oneLine(name)}`;
  const when = seal.signedAt === null ? "" : `, ${say.at} ${seal.signedAt}`;
  return `${say.field} ${oneLine(seal.fieldName)}: ${who}${when}: ${say.verdict[seal.verdict]}`;
}

function oneLine(text: string): string {
  return plainText(text).replaceAll("\n", " ");
}
