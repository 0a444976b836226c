import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  appendLeafHashes,
  createVerifierKey,
  emptyFrontier,
  encodeCanonicalJson,
  encodeTilePath,
  encodeTlogProof,
  encodeVerifierKey,
  getRoot,
  getTileWidth,
  hashLeaf,
  proveInclusion,
  signCheckpoint,
} from "@chancery/ledger";
import { runCommand } from "./command.ts";
import { runLedger } from "./ledger.ts";

const sha256 = (data: Uint8Array): Uint8Array => createHash("sha256").update(data).digest();
const file = Buffer.from("the sealed file");
const originalFile = Buffer.from("the file before its sealing");
const origin = "ledger.example/test";
const size = 300;

async function makeLedger(): Promise<{
  vkey: string;
  paths: Map<string, Uint8Array>;
  proof: (extra: boolean) => string;
}> {
  const pair = generateKeyPairSync("ed25519");
  const raw = pair.publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  const key = createVerifierKey(sha256, origin, raw);
  assert.ok(key.ok);
  const digestOf = (bytes: Uint8Array): string => `sha256:${Buffer.from(sha256(bytes)).toString("hex")}`;
  const facts = { originalDigest: digestOf(originalFile), sealedDigest: digestOf(file) };
  const bodies = Array.from({ length: size }, (_, at) => {
    const encoded = encodeCanonicalJson({ at, facts });
    assert.ok(encoded.ok);
    return Buffer.from(encoded.value);
  });
  const { frontier, slices } = appendLeafHashes(
    sha256,
    emptyFrontier,
    bodies.map((body) => hashLeaf(sha256, body)),
  );
  const tiles = new Map<string, Buffer>();
  for (const { level, index, data } of slices) {
    const name = `${level} ${index}`;
    tiles.set(name, Buffer.concat([tiles.get(name) ?? Buffer.alloc(0), data]));
  }
  const checkpoint = await signCheckpoint({ origin, size, root: getRoot(sha256, frontier), extensions: [] }, [
    { key: key.value, sign: (message) => sign(null, message, pair.privateKey) },
  ]);
  const vkey = encodeVerifierKey(key.value);
  const paths = new Map<string, Uint8Array>([
    ["/v1/ledger/key", Buffer.from(vkey)],
    ["/v1/ledger/checkpoint", Buffer.from(checkpoint)],
  ]);
  for (const [name, data] of tiles) {
    const [level = 0, index = 0] = name.split(" ").map(Number);
    paths.set(`/v1/ledger/${encodeTilePath({ level, index, width: getTileWidth(size, level, index) })}`, data);
  }
  const hashes = await proveInclusion(sha256, (level, index) => tiles.get(`${level} ${index}`), 271, size);
  assert.ok(hashes.ok);
  const proved = { index: 271, hashes: hashes.value, checkpoint };
  const body = bodies[271] ?? Buffer.alloc(0);
  return { vkey, paths, proof: (extra) => encodeTlogProof(extra ? { ...proved, extra: body } : proved) };
}

async function serve(context: TestContext, paths: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const server = createServer((request, response) => {
    const found = paths.get(request.url ?? "");
    response.writeHead(found === undefined ? 404 : 200).end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return `http://127.0.0.1:${address.port}`;
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommand(runLedger, args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    language: "en",
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

async function makeFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chancery-cli-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

test("ledger check recomputes the log, and finds a changed and a missing tile", async (context) => {
  const { vkey, paths } = await makeLedger();
  const url = await serve(context, paths);
  const sound = await run("check", "--url", url, "--key", vkey, "--json");
  assert.equal(sound.code, 0, sound.err);
  assert.partialDeepStrictEqual(JSON.parse(sound.out), { ok: true, origin, size, findings: [] });
  assert.equal((await run("key", "--url", url)).out, vkey);
  assert.match((await run("check", "--url", url)).err, /same server/);

  const first = `/v1/ledger/${encodeTilePath({ level: 0, index: 0, width: 256 })}`;
  const changed = Uint8Array.from(paths.get(first) ?? []);
  changed[5] = (changed[5] ?? 0) ^ 1;
  paths.set(first, changed);
  assert.equal((await run("check", "--url", url, "--key", vkey)).code, 3);
  paths.delete(first);
  const missing = await run("check", "--url", url, "--key", vkey);
  assert.equal(missing.code, 3);
  assert.match(missing.out, /tile\.missing 0\/0/);
});

test("ledger check refuses a checkpoint by another key, and says when nobody answers", async (context) => {
  const { paths } = await makeLedger();
  const url = await serve(context, paths);
  assert.equal((await run("check", "--url", url, "--key", (await makeLedger()).vkey)).code, 3);
  assert.equal((await run("key", "--url", "http://127.0.0.1:1")).code, 69);
  assert.equal((await run("key", "--url", "file:///etc/passwd")).code, 2);
});

test("ledger verify holds offline for the entry and the file it names, and for nothing else", async (context) => {
  const { vkey, proof } = await makeLedger();
  const folder = await makeFolder(context);
  const path = (name: string): string => join(folder, name);
  await writeFile(path("a.tlog-proof"), proof(true));
  await writeFile(path("bare.tlog-proof"), proof(false));
  await writeFile(path("sealed.pdf"), file);
  await writeFile(path("other.pdf"), "another file");
  await writeFile(path("changed.tlog-proof"), proof(true).replace("index 271", "index 270"));
  await writeFile(path("broken.tlog-proof"), "not a proof");

  const held = await run("verify", path("a.tlog-proof"), path("sealed.pdf"), "--key", vkey, "--json");
  assert.equal(held.code, 0, held.err);
  assert.deepEqual(JSON.parse(held.out), { ok: true, index: 271, origin, size, named: "facts.sealedDigest" });
  assert.equal((await run("verify", path("a.tlog-proof"), "--key", vkey)).code, 0);
  const other = await run("verify", path("a.tlog-proof"), path("other.pdf"), "--key", vkey);
  assert.equal(other.code, 3);
  assert.match(other.out, /entry\.file-differs/);
  assert.equal((await run("verify", path("changed.tlog-proof"), "--key", vkey)).code, 3);
  assert.equal((await run("verify", path("broken.tlog-proof"), "--key", vkey)).code, 3);
  await writeFile(path("other-entry.json"), "{}");
  assert.equal((await run("verify", path("bare.tlog-proof"), path("other-entry.json"), "--key", vkey)).code, 3);
  const none = await run("verify", path("bare.tlog-proof"), path("sealed.pdf"), "--key", vkey);
  assert.deepEqual([none.code, none.err.slice(0, 11)], [2, "entry.none:"]);
  assert.equal((await run("verify", path("a.tlog-proof"), "--key", (await makeLedger()).vkey)).code, 3);
  assert.equal((await run("verify", path("nowhere"), "--key", vkey)).code, 1);
});

test("ledger verify tells the sealed file from its original, in words", async (context) => {
  const { vkey, proof } = await makeLedger();
  const folder = await makeFolder(context);
  const path = (name: string): string => join(folder, name);
  await writeFile(path("a.tlog-proof"), proof(true));
  await writeFile(path("sealed.pdf"), file);
  await writeFile(path("original.pdf"), originalFile);
  const sealed = await run("verify", path("a.tlog-proof"), path("sealed.pdf"), "--key", vkey);
  assert.match(sealed.out, /names this file as the sealed one$/);
  const original = await run("verify", path("a.tlog-proof"), path("original.pdf"), "--key", vkey);
  assert.match(original.out, /from before its sealing, not as the sealed one$/);
});

test("wrong arguments end with the usage code and one line", async () => {
  for (const args of [[], ["sell"], ["check"], ["verify", "x"], ["check", "--nope"]]) {
    const { code, out, err } = await run(...args);
    assert.equal(code, 2);
    assert.equal(out, "");
    assert.equal(err.split("\n").length, 1);
  }
});
