import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Route, routes } from "@chancery/api";
import { listPermissions } from "@chancery/domain";
import {
  hashLeaf,
  openCheckpoint,
  parseEntryBundle,
  parseTlogProof,
  parseVerifierKey,
  verifyConsistency,
  verifyEntries,
  verifyInclusion,
  verifyTiles,
  verifyTlogProof,
} from "@chancery/ledger";
import type { Call, RawAnswer } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import { ProblemError } from "../../platform/problems.ts";
import { verifyEd25519 } from "./keys.ts";
import type { Ledger } from "./ledger.ts";
import { findSealedFileLeaf } from "./read-model.ts";
import { recordEvent, sha256 } from "./record-event.ts";
import { ledgerHandlers } from "./routes.ts";
import { openTestLedger, type TestLedger } from "./test-ledger.ts";

const sealedDigest = `sha256:${"ab".repeat(32)}`;
const requestId = "req_01900000-0000-7000-8000-000000000001";
let on: TestLedger;
let ledger: Ledger;
let handlers: ReturnType<typeof ledgerHandlers>;
before(async () => {
  on = await openTestLedger();
  ledger = await on.open();
  handlers = ledgerHandlers(on.env, ledger);
  await on.record(290, { count: 3 });
  await ledger.drain();
  await transact(on.env.db, (tx) =>
    recordEvent(tx, on.env, { type: "ImpressionSettled", actorId: null, requestId, facts: { sealedDigest } }),
  );
  await on.record(309);
  await ledger.drain();
  // Recorded, but not in the tree: nothing of it is published yet.
  await on.record(1);
});
after(() => on.close());

const caller = (roles: Parameters<typeof listPermissions>[0] | null): Call => {
  const signedIn =
    roles === null
      ? null
      : { personId: on.personId, sessionHash: Buffer.alloc(0), csrfToken: "", permissions: listPermissions(roles) };
  return {
    requestId: "1",
    signedIn,
    person: () => signedIn ?? assert.fail("nobody is signed in"),
    address: "::1",
    fromLoopback: true,
    setSession: () => undefined,
    clearSession: () => undefined,
    raw: () => ({ body: Buffer.alloc(0), header: () => undefined }),
    upload: () => assert.fail("there is no upload"),
  };
};
const nobody = (): Call => caller(null);
const bytesOf = (answer: RawAnswer): Uint8Array =>
  answer.body instanceof Uint8Array ? answer.body : assert.fail("no bytes");
const textOf = (answer: RawAnswer): string => (typeof answer.body === "string" ? answer.body : assert.fail("no text"));
const tile = (path: string, call = nobody()): Promise<RawAnswer> =>
  handlers["GET /v1/ledger/tile/*"]({ params: { "*": path } } as never, call);
const status = (wanted: number) => (error: unknown) => error instanceof ProblemError && error.status === wanted;
const key = async () => {
  const parsed = parseVerifierKey(sha256, textOf(await handlers["GET /v1/ledger/key"]({}, nobody())).trim());
  return parsed.ok ? parsed.value : assert.fail(parsed.code);
};
const checkpoint = async () => {
  const note = textOf(await handlers["GET /v1/ledger/checkpoint"]({}, nobody()));
  const opened = await openCheckpoint(note, [await key()], verifyEd25519);
  return opened.ok ? opened.value.checkpoint : assert.fail(opened.code);
};

describe("the published ledger", () => {
  it("recomputes from its C2SP tiles to the root of the signed checkpoint", async () => {
    const { size, root } = await checkpoint();
    assert.equal(size, 600);
    const read = async (level: number, index: number, width: number) =>
      bytesOf(await tile(`${level}/${String(index).padStart(3, "0")}${width === 256 ? "" : `.p/${width}`}`));
    assert.deepEqual(await verifyTiles(sha256, read, size, root), []);
  });

  it("answers exactly the width asked for, and for ever the same", async () => {
    const full = await tile("0/000");
    assert.equal(full.immutable, true);
    assert.equal(bytesOf(full).length, 256 * 32);
    assert.deepEqual(bytesOf(await tile("0/002.p/5")), bytesOf(await tile("0/002.p/88")).subarray(0, 160));
  });

  it("publishes nothing that no signed checkpoint covers, and knows one spelling of each name", async () => {
    for (const path of ["0/002.p/89", "0/002", "0/003.p/1", "1/000.p/3", "2/000.p/1"])
      await assert.rejects(tile(path), status(404), path);
    for (const path of ["0/0", "0/000.p/256", "00/000", "0/x000/000", "../key", "", "-1/000", "0/000.p/0"])
      await assert.rejects(tile(path), status(404), path);
  });

  it("keeps entry bundles, under both names, for those who may read entries", async () => {
    await assert.rejects(tile("entries/000"), status(401));
    await assert.rejects(tile("entries/000", caller(["custodian"])), status(403));
    const inspector = caller(["inspector"]);
    const answer = await tile("entries/002.p/88", inspector);
    assert.notEqual(answer.immutable, true);
    const own = await handlers["GET /v1/ledger/entry-bundle/*"]({ params: { "*": "002.p/88" } } as never, inspector);
    assert.deepEqual(bytesOf(own), bytesOf(answer));
    const entries = parseEntryBundle(bytesOf(answer), 88);
    assert.ok(entries.ok);
    assert.ok(verifyEntries(sha256, entries.value, bytesOf(await tile("0/002.p/88"))).ok);
  });

  it("proves inclusion and consistency to any size it has signed past", async () => {
    const { root } = await checkpoint();
    const first = await handlers["GET /v1/ledger/inclusion"]({ query: { index: 7, size: 290 } }, nobody());
    const second = await handlers["GET /v1/ledger/inclusion"]({ query: { index: 599, size: 600 } }, nobody());
    const bytes = (texts: string[]): Uint8Array[] => texts.map((text) => new Uint8Array(Buffer.from(text, "hex")));
    const [leafHash] = bytes([second.leafHash]);
    assert.ok(leafHash);
    assert.ok(verifyInclusion(sha256, { index: 599, size: 600, leafHash, proof: bytes(second.hashes), root }).ok);
    const old = await on.env.db
      .selectFrom("ledger_checkpoints")
      .select("root")
      .where("size", "=", "290")
      .executeTakeFirstOrThrow();
    const [early] = bytes([first.leafHash]);
    assert.ok(early);
    assert.ok(
      verifyInclusion(sha256, { index: 7, size: 290, leafHash: early, proof: bytes(first.hashes), root: old.root }).ok,
    );
    const { hashes } = await handlers["GET /v1/ledger/consistency"]({ query: { from: 290, to: 600 } }, nobody());
    assert.ok(
      verifyConsistency(sha256, { size1: 290, root1: old.root, size2: 600, root2: root, proof: bytes(hashes) }).ok,
    );
    await assert.rejects(
      handlers["GET /v1/ledger/inclusion"]({ query: { index: 600, size: 600 } }, nobody()),
      status(404),
    );
    await assert.rejects(
      handlers["GET /v1/ledger/inclusion"]({ query: { index: 1, size: 601 } }, nobody()),
      status(404),
    );
    await assert.rejects(handlers["GET /v1/ledger/consistency"]({ query: { from: 0, to: 5 } }, nobody()), status(400));
    await assert.rejects(handlers["GET /v1/ledger/consistency"]({ query: { from: 9, to: 5 } }, nobody()), status(400));
  });

  it("gives a proof file that verifies offline; the entry in it only to who may read it or holds the sealed file", async () => {
    const leaf = await findSealedFileLeaf(on.env.db, requestId, sealedDigest);
    assert.equal(leaf, 290);
    const proofFor = async (index: number, file: string | undefined, call: Call) => {
      const answer = await handlers["GET /v1/ledger/leaves/:index/proof"]({ params: { index }, query: { file } }, call);
      const parsed = parseTlogProof(textOf(answer));
      return parsed.ok ? parsed.value : assert.fail(parsed.code);
    };
    const proof = await proofFor(290, sealedDigest, nobody());
    assert.ok(proof.extra);
    assert.ok(Buffer.from(proof.extra).includes(sealedDigest));
    const ports = { hash: sha256, verify: verifyEd25519 };
    assert.ok((await verifyTlogProof(ports, proof, hashLeaf(sha256, proof.extra), [await key()])).ok);
    const changed = Uint8Array.from(proof.extra).fill(0x30, 5, 6);
    assert.ok(!(await verifyTlogProof(ports, proof, hashLeaf(sha256, changed), [await key()])).ok);
    for (const [index, file, call] of [
      [290, undefined, nobody()],
      [290, `sha256:${"cd".repeat(32)}`, nobody()],
      [289, sealedDigest, nobody()],
      [290, undefined, caller(["custodian"])],
    ] as const)
      assert.equal((await proofFor(index, file, call)).extra, undefined);
    assert.ok((await proofFor(289, undefined, caller(["inspector"]))).extra);
    await assert.rejects(proofFor(600, undefined, nobody()), status(404));
  });
});

describe("what the public may ask", () => {
  it("is counted by address for every route of the ledger and of verification", () => {
    const open = Object.entries<Route>(routes).filter(
      ([key, route]) => /\/v1\/(ledger|verifications)/.test(key) && route.permission === "public",
    );
    assert.equal(open.length, 8);
    for (const [key, route] of open) assert.ok(route.limitPerMinute, key);
  });
});

describe("the ledger's admin pages", () => {
  it("list entries newest first, by page and by type", async () => {
    const inspector = caller(["inspector"]);
    const first = await handlers["GET /v1/ledger/entries"]({ query: {} }, inspector);
    assert.deepEqual([first.size, first.items.length, first.items[0]?.leaf, first.next], [600, 50, 599, 550]);
    assert.equal(first.items[0]?.actor?.name.en, "Wilhelmina Quartermaine");
    const next = await handlers["GET /v1/ledger/entries"]({ query: { before: first.next ?? 0 } }, inspector);
    assert.equal(next.items[0]?.leaf, 549);
    const settled = await handlers["GET /v1/ledger/entries"]({ query: { type: "ImpressionSettled" } }, inspector);
    assert.deepEqual([settled.items.map((item) => item.leaf), settled.next], [[290], null]);
    assert.deepEqual(settled.items[0]?.facts, { sealedDigest });
  });

  it("show what the self-check said", async () => {
    const state = await handlers["GET /v1/ledger/state"]({}, caller(["inspector"]));
    assert.deepEqual([state.size, state.pending, state.checkpointSize, state.check.state], [600, 1, 600, "never"]);
    assert.deepEqual(await handlers["POST /v1/ledger/check"]({}, caller(["inspector"])), {
      state: "good",
      leaves: 600,
    });
    await on.tamper("update ledger_tiles set data = set_byte(data, 8, 255 - get_byte(data, 8)) where level = 1");
    assert.equal((await handlers["POST /v1/ledger/check"]({}, caller(["inspector"]))).state, "bad");
    const bad = await handlers["GET /v1/ledger/state"]({}, caller(["inspector"]));
    assert.equal(bad.check.state, "bad");
    assert.equal(bad.check.findings[0]?.code, "ledger.tile-differs");
  });
});
