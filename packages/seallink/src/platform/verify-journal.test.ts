import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordBody } from "../claims/record.ts";
import { digest, signToken, verifyJournal } from "../index.ts";
import { authorisationOf, noon, noonSeconds, someHash } from "../test-claims.ts";
import { makeNodeKey, nodeCrypto } from "../test-node-crypto.ts";
import { RecordWriter } from "../test-thief.ts";

const key = makeNodeKey("dev_1-1");
const authority = makeNodeKey("auz-1");
const stroke = { jti: "auz_01K9Z7", slot: 0, op: "fp:17", sup: [] } as const;

async function printJournal(strokes = 2): Promise<{ lines: string[]; token: string }> {
  const signed = await signToken(authorisationOf({ aud: "dev_1" }), authority.signer);
  assert.ok(signed.ok);
  const writer = new RecordWriter(key.signer, "dev_1", someHash, { now: noon });
  const tok = await digest(nodeCrypto, signed.value);
  const lines = [
    await writer.write({ ty: "genesis", why: "enrol" }),
    await writer.write({ ty: "auth.accept", jti: stroke.jti, asn: 418, tok, exp: noonSeconds + 7200, max: 3 }),
  ];
  for (let n = 1; n <= strokes; n += 1) {
    lines.push(await writer.write({ ty: "stamp.begin", n, ...stroke } satisfies RecordBody));
    writer.imp = [n];
    lines.push(await writer.write({ ty: "stamp.end", n, ...stroke, out: "done", ms: 900, pic: [] }));
  }
  return { lines, token: signed.value };
}

const codes = async (lines: readonly string[], evidence = {}): Promise<string[]> =>
  (await verifyJournal(lines.join("\n"), { keys: [key.publicKey], ...evidence })).findings.map(({ code }) => code);

test("a printed journal is sound by itself, and in any order", async () => {
  const { lines, token } = await printJournal();
  const report = await verifyJournal(`# printed 2026-12-01\n\n${lines.toReversed().join("\r\n")}\n`, {
    keys: [key.publicKey],
    from: someHash,
    tokens: [token],
    authorityKeys: [authority.publicKey],
  });
  assert.deepEqual(report.findings, []);
  assert.equal(report.sound, true);
  assert.deepEqual(report.epochs, [
    {
      dev: "dev_1",
      ep: 1,
      first: 1,
      last: 6,
      head: await digest(nodeCrypto, lines[5] ?? ""),
      impFirst: [0],
      impLast: [2],
      done: 2,
      aborted: 0,
      unknown: 0,
    },
  ]);
});

test("attack 31: a line left out, changed, doubled with another content or put before the first is found", async () => {
  const { lines } = await printJournal();
  assert.deepEqual(await codes([...lines.slice(0, 2), ...lines.slice(3)]), ["GAP"]);
  const changed = lines.map((line, at) => (at === 2 ? `${line.slice(0, -3)}AAA` : line));
  assert.deepEqual((await codes(changed))[0]?.startsWith("BAD_"), true);
  const other = new RecordWriter(key.signer, "dev_1", someHash, { now: noon + 1 });
  assert.ok((await codes([...lines, await other.write({ ty: "genesis", why: "enrol" })])).includes("FORK"));
  assert.ok((await codes(lines, { from: `sha256:${"00".repeat(32)}` })).includes("CHAIN_BREAK"));
  assert.deepEqual(await codes(["nonsense"]), ["BAD_RECORD"]);
});

test("attack 32: an accepted authorisation that was never issued is found by who has the issued ones", async () => {
  const { lines } = await printJournal();
  const found = await codes(lines, { tokens: [], authorityKeys: [authority.publicKey] });
  assert.deepEqual([...new Set(found)], ["UNKNOWN_TOKEN", "STAMP_WITHOUT_AUTHORISATION"]);
});

test("a part of a journal is judged from its first line on", async () => {
  const { lines } = await printJournal();
  for (let from = 1; from < lines.length; from += 1) assert.deepEqual(await codes(lines.slice(from)), [], `${from}`);
  assert.deepEqual(await codes((await printJournal(4)).lines), ["OVER_COUNT"]);
});
