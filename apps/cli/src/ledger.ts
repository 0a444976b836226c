import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import {
  encodeTilePath,
  hashLeaf,
  openCheckpoint,
  parseCanonicalJson,
  parseTlogProof,
  type TileReader,
  tileWidth,
  verifyTiles,
  verifyTlogProof,
} from "@chancery/ledger";
import { CommandFailure, type CommandOutput, exitCodes } from "./command.ts";
import { readKey, sha256, verifyEd25519 } from "./ledger-ports.ts";
import { readBounded, readParts } from "./read-file.ts";

const sentences = {
  en: {
    usage:
      "Usage: chancery ledger check --url URL [--key VKEY] [--json] | ledger verify PROOF [FILE] --key VKEY [--json] | ledger key --url URL",
    keyFromServer: "The key comes from the same server; with --key, and a key had another way, the check proves more.",
    consistent: "The ledger is consistent",
    inconsistent: "The ledger is not consistent",
    included: "The entry is in the ledger",
    sealed: "it names this file as the sealed one",
    original: "it names this file as the document from before its sealing, not as the sealed one",
    named: "it names this file",
    notProved: "The proof does not hold",
    entries: "entries",
    index: "index",
  },
  zh: {
    usage:
      "用法：chancery ledger check --url URL [--key VKEY] [--json] | ledger verify PROOF [FILE] --key VKEY [--json] | ledger key --url URL",
    keyFromServer: "公钥来自同一服务器；用 --key 给出以其他途径取得的公钥，核对才更有证明力。",
    consistent: "账本一致",
    inconsistent: "账本不一致",
    included: "该条目在账本中",
    sealed: "所指的签章文件就是此文件",
    original: "所指的是此文件为签章之前的文件，不是签章文件",
    named: "所指的是此文件",
    notProved: "证明不成立",
    entries: "条",
    index: "序号",
  },
} as const;

/** `chancery ledger VERB …`: checks a ledger over the network, or a proof without. */
export async function runLedger(args: readonly string[], output: CommandOutput): Promise<number> {
  const [verb, ...rest] = args;
  if (verb === "check") return checkLedger(rest, output);
  if (verb === "verify") return verifyProof(rest, output);
  if (verb === "key") return printKey(rest, output);
  throw new CommandFailure(exitCodes.usage, sentences[output.language].usage);
}

/** Fetches checkpoint and hash tiles and recomputes the whole log: signature, every tile, root. */
async function checkLedger(args: string[], output: CommandOutput): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { url: { type: "string" }, key: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const say = sentences[output.language];
  const base = readBase(values.url, say.usage);
  if (values.key === undefined) output.err(say.keyFromServer);
  const key = readKey(values.key ?? (await fetchText(base, "v1/ledger/key", 1000)));
  const note = await fetchText(base, "v1/ledger/checkpoint", 100_000);
  const opened = await openCheckpoint(note, [key], verifyEd25519);
  if (!opened.ok) return report(output, values.json, false, { code: opened.code, detail: opened.detail });
  const { origin, size, root } = opened.value.checkpoint;
  const findings = await verifyTiles(sha256, createTileReader(base), size, root);
  const facts = { origin, size, root: Buffer.from(root).toString("base64"), findings };
  if (values.json) return report(output, true, findings.length === 0, facts);
  for (const finding of findings) {
    output.out("level" in finding ? `${finding.code} ${finding.level}/${finding.index}` : finding.code);
  }
  const verdict = findings.length === 0 ? say.consistent : say.inconsistent;
  output.out(`${verdict}: ${origin}, ${size} ${say.entries}, ${facts.root}`);
  return findings.length === 0 ? exitCodes.ok : exitCodes.negative;
}

/**
 * Verifies a proof file offline under a key had another way. The entry's body is the proof's extra data or FILE itself;
 * where the proof brings the body, FILE is a file whose SHA-256 the body must name.
 */
async function verifyProof(args: string[], output: CommandOutput): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { key: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const say = sentences[output.language];
  const [proofFile, file, tooMany] = positionals;
  if (proofFile === undefined || tooMany !== undefined || values.key === undefined) {
    throw new CommandFailure(exitCodes.usage, say.usage);
  }
  const key = readKey(values.key);
  const proof = parseTlogProof(await readBounded(proofFile, 4_000_000));
  if (!proof.ok) return report(output, values.json, false, { code: proof.code, detail: proof.detail });
  const { extra, index } = proof.value;
  const body = extra ?? (file === undefined ? undefined : await readBounded(file, 4_000_000));
  if (body === undefined) {
    throw new CommandFailure(exitCodes.usage, "entry.missing: The proof does not bring the entry; name its file too.");
  }
  // An entry is a JSON object. Whoever names the sealed file beside a bare proof learns which proof speaks of it.
  if (extra === undefined && body[0] !== 0x7b) {
    const detail =
      "FILE is no entry, and this proof does not bring one. Save the proof on the page that verifies files: it names the file.";
    throw new CommandFailure(exitCodes.usage, `entry.none: ${detail}`);
  }
  const opened = await verifyTlogProof({ hash: sha256, verify: verifyEd25519 }, proof.value, hashLeaf(sha256, body), [
    key,
  ]);
  if (!opened.ok) return report(output, values.json, false, { index, code: opened.code, detail: opened.detail });
  const { origin, size } = opened.value.checkpoint;
  const named = extra === undefined || file === undefined ? undefined : findDigest(extra, await digestFile(file));
  if (extra !== undefined && file !== undefined && named === undefined) {
    const detail = "The entry is in the ledger, but it does not name this file.";
    return report(output, values.json, false, { index, origin, size, code: "entry.file-differs", detail });
  }
  const facts = { index, origin, size, ...(named === undefined ? {} : { named }) };
  if (values.json) return report(output, true, true, facts);
  const place = named === undefined ? "" : `; ${describeNaming(named, say)}`;
  output.out(`${say.included}: ${say.index} ${index}, ${origin}, ${size} ${say.entries}${place}`);
  return exitCodes.ok;
}

/** In words, where in the entry the file is named: an original proves no seal. */
function describeNaming(named: string, say: (typeof sentences)["en" | "zh"]): string {
  if (named === "facts.sealedDigest") return say.sealed;
  return named === "facts.originalDigest" ? say.original : `${say.named} (${named})`;
}

/** Prints the ledger's public key, to be kept and compared with one had another way. */
async function printKey(args: string[], output: CommandOutput): Promise<number> {
  const { values } = parseArgs({ args, options: { url: { type: "string" } } });
  const text = await fetchText(readBase(values.url, sentences[output.language].usage), "v1/ledger/key", 1000);
  readKey(text);
  output.out(text.trim());
  return exitCodes.ok;
}

function report(output: CommandOutput, json: boolean, ok: boolean, facts: Record<string, unknown>): number {
  if (json) output.out(JSON.stringify({ ok, ...facts }));
  else output.out(`${sentences[output.language].notProved}: ${String(facts.code)}: ${String(facts.detail)}`);
  return ok ? exitCodes.ok : exitCodes.negative;
}

function readBase(url: string | undefined, usage: string): URL {
  if (url === undefined) throw new CommandFailure(exitCodes.usage, usage);
  const base = URL.canParse(url) ? new URL(url.endsWith("/") ? url : `${url}/`) : undefined;
  if (base?.protocol !== "http:" && base?.protocol !== "https:") {
    throw new CommandFailure(exitCodes.usage, "url.invalid: The address begins with http:// or https://.");
  }
  return base;
}

/** Where a partial tile has been replaced by the full one, the full one is read (C2SP tlog-tiles, 'Partial Tiles'). */
function createTileReader(base: URL): TileReader {
  return async (level, index, width) => {
    const limit = tileWidth * 32;
    const tile = await findBytes(base, `v1/ledger/${encodeTilePath({ level, index, width })}`, limit);
    if (tile !== undefined || width === tileWidth) return tile;
    return findBytes(base, `v1/ledger/${encodeTilePath({ level, index, width: tileWidth })}`, limit);
  };
}

async function fetchText(base: URL, path: string, limit: number): Promise<string> {
  const bytes = await findBytes(base, path, limit);
  if (bytes === undefined) throw new CommandFailure(exitCodes.failure, `server.not-found: ${path}`);
  return new TextDecoder().decode(bytes);
}

/** The bytes at a path below the address, undefined where the server has none. A server may answer with anything: bounded. */
async function findBytes(base: URL, path: string, limit: number): Promise<Uint8Array | undefined> {
  const unreachable = (reason: string): CommandFailure =>
    new CommandFailure(exitCodes.unreachable, `server.unreachable: ${new URL(path, base).href} (${reason})`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(15_000) });
    if (response.status === 404) return undefined;
    if (!response.ok || response.body === null) throw unreachable(`HTTP ${response.status}`);
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > limit) throw new CommandFailure(exitCodes.failure, `server.answer-too-large: ${path}`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw unreachable(error instanceof Error ? error.message : "no answer");
  }
  return Buffer.concat(chunks);
}

async function digestFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of readParts(file)) hash.update(part);
  return hash.digest("hex");
}

/** The name under which an entry's body holds a SHA-256 digest, as hexadecimal digits with or without `sha256:`. */
function findDigest(body: Uint8Array, hex: string): string | undefined {
  const parsed = parseCanonicalJson(body);
  const search = (value: unknown, path: string): string | undefined => {
    if (value === hex || value === `sha256:${hex}`) return path;
    if (typeof value !== "object" || value === null) return undefined;
    for (const [name, inner] of Object.entries(value)) {
      const found = search(inner, path === "" ? name : `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return parsed.ok ? search(parsed.value, "") : undefined;
}
