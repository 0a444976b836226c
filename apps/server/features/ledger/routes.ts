import {
  encodeTlogProof,
  getTileWidth,
  listConsistencyTiles,
  parseTilePath,
  proveConsistency,
  tileWidth,
} from "@chancery/ledger";
import type { Call, Handlers, RawAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { isShownTo } from "./is-shown-to.ts";
import type { Ledger } from "./ledger.ts";
import { nothingThere, readInclusion } from "./prove-leaf.ts";
import { findEntry, listEntries, namesSealedFile, readCheckState, readEntryBundle, readSize } from "./read-model.ts";
import { findNewestCheckpoint, readTiles } from "./read-tiles.ts";
import { sha256 } from "./record-event.ts";

type Mine = Extract<keyof Handlers, `${string} /v1/ledger/${string}`>;
const readEntries = "ledger.read-entries";

const hex = (hash: Uint8Array): string => Buffer.from(hash).toString("hex");

/** What the `*` of a route matched; whatever the caller wrote there. */
function restOfPath(input: unknown): string {
  const params = typeof input === "object" && input !== null && "params" in input ? input.params : null;
  const rest = typeof params === "object" && params !== null && "*" in params ? params["*"] : null;
  return typeof rest === "string" ? rest : "";
}

/** Everything under /v1/ledger. The public part is what C2SP tlog-tiles publishes; it lies under a signed checkpoint. */
export function ledgerHandlers(env: Environment, ledger: Ledger): Pick<Handlers, Mine> {
  const newest = async () => {
    const checkpoint = await findNewestCheckpoint(env.db);
    if (!checkpoint) throw nothingThere();
    return checkpoint;
  };

  const answerTile = async (path: string, call: Call): Promise<RawAnswer> => {
    const parsed = parseTilePath(path);
    if (!parsed.ok) throw problems.notFound();
    const tile = parsed.value;
    const { size } = await newest();
    const level = tile.kind === "entries" ? 0 : tile.level;
    if (tile.kind === "entries") requireEntries(call);
    if (getTileWidth(size, level, tile.index) < tile.width) throw nothingThere();
    const contentType = "application/octet-stream";
    if (tile.kind === "entries") {
      const bundle = await readEntryBundle(env.db, tile.index * tileWidth, tile.width);
      if (!bundle) throw nothingThere();
      // Not for shared caches: it is given to those who may read entries.
      return { contentType, body: bundle };
    }
    const data = await (await readTiles(env.db, [tile]))(tile.level, tile.index, tile.width);
    if (!data || data.length < tile.width * 32) throw nothingThere();
    return { contentType, body: data.subarray(0, tile.width * 32), immutable: true };
  };

  const proveLeaf = (index: number, size: number) => readInclusion(env.db, index, size);

  return {
    "GET /v1/ledger/key": async () => ({ contentType: "text/plain; charset=utf-8", body: `${ledger.vkey}\n` }),
    "GET /v1/ledger/checkpoint": async () => ({
      contentType: "text/plain; charset=utf-8",
      body: (await newest()).note,
    }),
    "GET /v1/ledger/tile/*": (input, call) => answerTile(`tile/${restOfPath(input)}`, call),
    "GET /v1/ledger/entry-bundle/*": (input, call) => answerTile(`tile/entries/${restOfPath(input)}`, call),
    "GET /v1/ledger/leaves/:index/proof": async ({ params: { index }, query: { file } }, call) => {
      const checkpoint = await newest();
      const hashes = await proveLeaf(index, checkpoint.size);
      const entry = await findEntry(env.db, index);
      if (!entry) throw nothingThere();
      // The entry itself goes to those who may read entries, to those whose pages show the same event, and to who names
      // the sealed file it tells of: whoever holds that file can then prove offline that it is in the ledger. The digest
      // cannot be guessed, so going through all leaves tells a stranger nothing.
      const may =
        call.signedIn?.permissions.has(readEntries) ||
        (file !== undefined && namesSealedFile(entry.body, file)) ||
        (call.signedIn !== null && (await isShownTo(env, call.signedIn, entry.leafHash)));
      const extra = may ? { extra: new Uint8Array(entry.body) } : {};
      return {
        contentType: "text/plain; charset=utf-8",
        body: encodeTlogProof({ index, hashes, checkpoint: checkpoint.note, ...extra }),
        fileName: `leaf-${index}.tlog-proof`,
      };
    },
    "GET /v1/ledger/inclusion": async ({ query: { index, size } }) => {
      if (size > (await newest()).size) throw nothingThere();
      const hashes = await proveLeaf(index, size);
      const entry = await findEntry(env.db, index);
      if (!entry) throw nothingThere();
      return { index, size, leafHash: hex(entry.leafHash), hashes: hashes.map(hex) };
    },
    "GET /v1/ledger/consistency": async ({ query: { from, to } }) => {
      if (to > (await newest()).size) throw nothingThere();
      const tiles = await readTiles(env.db, listConsistencyTiles(from, to));
      const proof = await proveConsistency(sha256, tiles, from, to);
      if (proof.ok) return { from, to, hashes: proof.value.map(hex) };
      if (proof.code !== "consistency.size-invalid") throw new Error(`the ledger's tiles are damaged: ${proof.detail}`);
      throw new ProblemError(400, "ledger.sizes-unfit", {
        en: "A consistency proof goes from a size of at least 1 to one that is not smaller.",
        zh: "一致性证明须从不小于 1 的规模到一个不更小的规模。",
      });
    },
    "GET /v1/ledger/entries": ({ query }) => listEntries(env.db, query),
    "GET /v1/ledger/state": async () => {
      const [size, checkpoint, check] = await Promise.all([
        readSize(env.db),
        findNewestCheckpoint(env.db),
        readCheckState(env.db),
      ]);
      const running = ledger.checking();
      const findings = check.last?.findings ?? [];
      const said = check.last === null ? "never" : findings.length > 0 ? "bad" : "good";
      return {
        size,
        pending: check.pending,
        checkpointSize: checkpoint?.size ?? 0,
        checkpointAt: checkpoint?.at.toISOString() ?? null,
        key: ledger.vkey,
        check: {
          state: running ? "running" : said,
          at: check.last?.at.toISOString() ?? null,
          leaves: running ? running.done : (check.last?.leaves ?? 0),
          findings,
        },
      };
    },
    "POST /v1/ledger/check": async () => {
      const { leaves, findings } = await ledger.check();
      return { state: findings.length > 0 ? "bad" : "good", leaves };
    },
  };
}

/** The route itself is public; the bundles under C2SP's own name for them are not. */
function requireEntries(call: Call): void {
  if (!call.signedIn) throw problems.signInNeeded();
  if (!call.signedIn.permissions.has(readEntries)) throw problems.notPermitted(readEntries);
}
