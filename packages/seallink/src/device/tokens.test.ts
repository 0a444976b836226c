import assert from "node:assert/strict";
import { test } from "node:test";
import { signToken } from "../index.ts";
import { noonSeconds } from "../test-claims.ts";
import { codeOf, must, Platform, platformKeys } from "../test-platform.ts";
import { signJws } from "../wire/jws.ts";

/** An authorisation that fails every check of clause 3.5, and what heals the first of them, one after the other. */
test("the checks are made in the order of clause 3.5", async () => {
  const platform = await Platform.ready();
  const floor = await platform.token();
  must(await platform.revoke({ floor: floor.claims.asn }));
  const revoked = await platform.token();
  must(await platform.revoke({ jti: [revoked.claims.jti] }));
  platform.box.wait(3600_000);
  const bad = {
    aud: "dev_2",
    ep: 2,
    asn: floor.claims.asn,
    jti: revoked.claims.jti,
    iat: noonSeconds + 7000,
    nbf: noonSeconds + 7000,
    exp: noonSeconds + 9000,
    cn: "never-asked-for",
    seal: { id: "seal_0099", slot: 0, tag: "E2801160AAAA", face: 2 },
    imp: { min: 5 },
    sup: { n: 1, of: [{ u: "usr_88", cred: ["fp:17"] }], within: 60 },
  };
  const code = async (change: object): Promise<string> => {
    // Signed by hand: the authority itself would refuse to sign some of these.
    const text = await signJws("seal-auz+jwt", { ...platform.claims(), ...change }, platformKeys.authority.signer);
    return codeOf(await platform.controller.receive(text));
  };
  const heal: readonly [string, object][] = [
    ["WRONG_DEVICE", { aud: "dev_1" }],
    ["WRONG_EPOCH", { ep: 1 }],
    ["REVOKED_FLOOR", { asn: 900 }],
    ["REVOKED", { jti: "auz_fresh" }],
    ["NOT_YET", { iat: noonSeconds, nbf: noonSeconds }],
    ["NONCE", { cn: null }],
    ["WRONG_SEAL", { seal: { id: "seal_0012", slot: 0, tag: "E2801160AAAA", face: 2 } }],
    ["WRONG_TAG", { seal: { id: "seal_0012", slot: 0, face: 2 } }],
    ["COUNTER_BEHIND", { imp: { min: 0 } }],
    ["SAME_PERSON", { sup: { n: 0, of: [], within: 60 } }],
  ];
  let claims: object = bad;
  for (const [expected, change] of heal) {
    assert.equal(await code(claims), expected);
    claims = { ...claims, ...change };
  }
  assert.equal(await code(claims), "ok");
  assert.equal(await code({ ...claims, doc: [] }), "FORMAT");
});

test("attack 3: one name counts once: another token of the same name, a used one and a closed one are SPENT", async () => {
  const platform = await Platform.ready();
  const first = await platform.token();
  must(await platform.controller.receive(first.text));
  // Delivered twice is no replay.
  const { seq } = platform.controller.view();
  must(await platform.controller.receive(first.text));
  assert.equal(platform.controller.view().seq, seq);
  const second = must(
    await signToken({ ...first.claims, use: { max: 99, mode: "single" } }, platformKeys.authority.signer),
  );
  assert.equal(codeOf(await platform.controller.receive(second)), "SPENT");
});

test("attack 3: a used token stays used over starts and for thirty days after its end", async () => {
  const platform = await Platform.ready();
  const { text, claims } = await platform.token({ use: { max: 1, mode: "single" } });
  must(await platform.controller.receive(text));
  must(await platform.controller.choose(claims.jti));
  assert.equal(await platform.press(), "done");
  platform.controller = await platform.box.start();
  assert.equal(codeOf(await platform.controller.receive(text)), "SPENT");
  assert.equal(codeOf(await platform.controller.choose(claims.jti)), "COUNT_USED_UP");
});

test("an addition is an authorisation of its own", async () => {
  const platform = await Platform.ready();
  const first = await platform.arm({ use: { max: 1, mode: "single" } });
  assert.equal(await platform.press(), "done");
  await platform.arm({ use: { max: 1, mode: "single" }, adds: first.jti });
  assert.equal(await platform.press(), "done");
  await platform.deliver();
  assert.deepEqual(platform.books.codes, []);
});

test("the person chooses among the pending ones; none is chosen by itself", async () => {
  const platform = await Platform.ready();
  const [one, other] = [await platform.token(), await platform.token()];
  must(await platform.controller.receive(one.text));
  must(await platform.controller.receive(other.text));
  assert.equal(platform.controller.view().state, "LOCKED");
  assert.equal(await platform.press(), "NO_AUTH");
  must(await platform.controller.choose(other.claims.jti));
  must(await platform.controller.choose(one.claims.jti));
  assert.equal(await platform.press(), "done");
  assert.deepEqual(
    platform.controller.view().tokens.map(({ left }) => left),
    [2, 3],
  );
  assert.equal(codeOf(await platform.controller.choose("auz_unknown")), "NO_AUTH");
});

test("a revocation ends a session, reaches tokens that come later, and says so with a record each", async () => {
  const platform = await Platform.ready();
  const { jti } = await platform.arm();
  must(await platform.controller.present("fp:17"));
  must(await platform.revoke({ jti: [jti, "auz_not_yet_here"] }));
  assert.equal(codeOf(await platform.controller.press()), "REVOKED");
  const later = await platform.token({ jti: "auz_not_yet_here" });
  assert.equal(codeOf(await platform.controller.receive(later.text)), "REVOKED");
  await platform.deliver();
  const closed = platform.books.journal.flatMap(({ record }) => (record.ty === "auth.close" ? [record.jti] : []));
  assert.deepEqual(closed, [jti, "auz_not_yet_here"]);
  const { seq } = platform.controller.view();
  must(await platform.revoke({ jti: [jti] }));
  assert.equal(platform.controller.view().seq, seq);
});

test("a floor ends everything up to a number, and nothing above it", async () => {
  const platform = await Platform.ready();
  const old = await platform.arm();
  const { text, claims } = await platform.token();
  must(await platform.revoke({ floor: old.asn }));
  assert.equal(codeOf(await platform.controller.press()), "REVOKED");
  must(await platform.controller.receive(text));
  must(await platform.controller.choose(claims.jti));
  assert.equal(await platform.press(), "done");
});

test("high risk answers a question of the box, and a carrier that left something out brings none", async () => {
  const platform = await Platform.ready();
  const cn = await platform.controller.askNonce();
  const withheld = platform.asn + 1;
  platform.asn += 1;
  const { text } = await platform.token({ risk: "high", cn });
  assert.equal(codeOf(await platform.controller.receive(text, true)), "CARRIER_GAP");
  must(await platform.revoke({ asn: withheld, jti: ["auz_other"] }));
  platform.asn -= 1;
  must(await platform.controller.receive(text, true));
  const stale = await platform.token({ risk: "high", cn });
  assert.equal(codeOf(await platform.controller.receive(stale.text)), "NONCE");
});

test("sixty-four live ones at most", async () => {
  const platform = await Platform.ready();
  for (let turn = 0; turn < 64; turn += 1) must(await platform.controller.receive((await platform.token()).text));
  assert.equal(codeOf(await platform.controller.receive((await platform.token()).text)), "TOO_MANY");
  must(await platform.revoke({ floor: 5 }));
  must(await platform.controller.receive((await platform.token()).text));
});

test("an authorisation that may not be used offline needs the platform's word of the last ten minutes", async () => {
  const platform = await Platform.ready();
  const { text, claims } = await platform.token({ off: { ok: false, age: 0 } });
  must(await platform.controller.receive(text));
  must(await platform.controller.choose(claims.jti));
  assert.equal(await platform.press(), "done");
  platform.box.wait(601_000);
  assert.equal(await platform.press(), "OFFLINE_TOO_OLD");
  const old = await platform.token({ off: { ok: false, age: 0 }, iat: noonSeconds, nbf: noonSeconds });
  assert.equal(codeOf(await platform.controller.receive(old.text)), "OFFLINE_TOO_OLD");
});

test("dead tokens again and again raise an alarm once, and fill no journal", async () => {
  const platform = await Platform.ready();
  const { text } = await platform.token({ aud: "dev_2" });
  for (let turn = 0; turn < 50; turn += 1) await platform.controller.receive(text);
  await platform.deliver();
  const rejects = platform.books.journal.filter(({ record }) => record.ty === "auth.reject");
  assert.equal(rejects.length, 20);
  assert.equal(platform.books.told.filter((code) => code === "alarm.replay").length, 1);
});

test("what is no signed text at all is rejected with a record", async () => {
  const platform = await Platform.ready();
  assert.equal(codeOf(await platform.controller.receive("hello")), "FORMAT");
  const wrong = await signJws("seal-rec+jwt", { jti: "x" }, platformKeys.authority.signer);
  assert.equal(codeOf(await platform.controller.receive(wrong)), "ALG_TYP");
  await platform.deliver();
  assert.deepEqual(platform.books.told, ["TOKEN_REJECTED", "TOKEN_REJECTED"]);
});
