import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ackClaims,
  authorisationClaims,
  codeShown,
  commandClaims,
  cosignClaims,
  emergencyLimits,
  firmwareClaims,
  followPresence,
  journalRecord,
  namesOneTwice,
  orderClaims,
  orderKinds,
  parseEnrolmentAnswer,
  parsePresence,
  type Reader,
  readClaims,
  recordTypes,
  revocationClaims,
  tableOfTrust,
  timeClaims,
  trustClaims,
  twinClaims,
} from "../index.ts";
import { authorisationOf, noonSeconds, someHash } from "../test-claims.ts";

const codeOf = (reader: Reader<unknown>, value: unknown): string => {
  const read = readClaims(reader, value);
  return read.ok ? "ok" : read.detail;
};

test("an authorisation reads as it was written, without fields that nobody knows", () => {
  const read = readClaims(authorisationClaims, {
    ...authorisationOf(),
    extra: 1,
    seal: { ...authorisationOf().seal, x: 2 },
  });
  assert.ok(read.ok);
  assert.deepEqual(read.value, authorisationOf());
});

test("an authorisation that no platform could rightly sign is refused", () => {
  const refused = (change: object, detail: RegExp): void =>
    assert.match(codeOf(authorisationClaims, { ...authorisationOf(), ...change }), detail);
  refused({ v: 2 }, /^v /);
  refused({ exp: noonSeconds }, /^exp /);
  refused({ exp: noonSeconds + 8 * 86_400 }, /seven days/);
  refused({ nbf: noonSeconds - 3600 }, /^exp /);
  refused({ use: { max: 0, mode: "single" } }, /^use.max/);
  refused({ use: { max: 1.5, mode: "single" } }, /^use.max/);
  refused({ use: { max: 1, mode: "silent" } }, /^use.mode/);
  refused({ doc: [] }, /^doc /);
  refused({ op: [] }, /^op /);
  refused({ adds: "auz_01K9Z7" }, /^adds /);
  refused({ risk: "high" }, /^cn /);
  refused({ sup: { n: 2, of: [{ u: "usr_91", cred: ["fp:21"] }], within: 60 } }, /^sup.of/);
  refused({ use: { max: 1, mode: "emergency" } }, /^doc /);
  refused({ use: { max: 1, mode: "emergency" }, doc: [] }, /^sup /);
  refused({ doc: [{ h: someHash, t: "contract\u202etcartnoc" }] }, /steers/);
  refused({ jti: "../../etc/passwd" }, /^jti /);
  refused({ loc: { c: [131, 121], r: 200, do: "refuse" } }, /^loc.c/);
  const emergency = {
    use: { max: 1, mode: "emergency" },
    doc: [],
    sup: { n: 1, of: [{ u: "usr_91", cred: ["fp:21"] }], within: 60 },
    pic: { before: 1, after: 1, block: true },
  };
  assert.equal(codeOf(authorisationClaims, { ...authorisationOf(), ...emergency }), "ok");
  const loose = (change: object, detail: RegExp): void => refused({ ...emergency, ...change }, detail);
  loose({ doc: authorisationOf().doc }, /^doc /);
  loose({ sup: { n: 0, of: emergency.sup.of, within: 60 } }, /^sup /);
  loose({ sup: { n: 1, of: [...emergency.sup.of, { u: "usr_95", cred: ["app"] }], within: 60 } }, /^sup.of /);
  for (const pic of [
    undefined,
    { after: 1, block: true },
    { before: 1, after: 0, block: true },
    { before: 1, after: 1 },
  ])
    loose({ pic }, /^pic /);
  loose({ use: { max: emergencyLimits.impressions + 1, mode: "emergency" } }, /^use.max /);
  loose({ exp: noonSeconds + emergencyLimits.life + 1 }, /^exp /);
  loose({ adds: "auz_other" }, /^adds /);
});

test("a screen shows the document's short code, and in an emergency the end of the request's name", () => {
  const { doc, sub } = authorisationOf();
  assert.equal(codeShown({ doc, sub }), "K7-42");
  assert.equal(codeShown({ doc: [], sub: "req_01a22a4d-698f6479257c" }), "79257C");
});

test("attack 5: one person or one finger on both sides is seen", () => {
  const supervised = (u: string, cred: string[]): boolean =>
    namesOneTwice(authorisationOf({ sup: { n: 1, of: [{ u, cred }], within: 60 } }));
  assert.equal(supervised("usr_91", ["fp:21"]), false);
  assert.equal(supervised("usr_88", ["fp:21"]), true);
  assert.equal(supervised("usr_91", ["fp:17"]), true);
});

const two = [
  { u: "usr_1", cred: ["fp:1"] },
  { u: "usr_2", cred: ["fp:2"] },
];
const order = (change: object): object => ({
  v: 1,
  aud: "dev_1",
  ep: 1,
  jti: "ord_1",
  asn: 5,
  iat: noonSeconds,
  nbf: noonSeconds,
  exp: noonSeconds + 600,
  by: two,
  ...change,
});

test("an order names two people; each kind says what it is about", () => {
  const seal = { id: "seal_1", slot: 0, face: 1, tag: "E28011606000" };
  const details: Readonly<Record<string, object>> = {
    mount: { seal },
    unmount: { seal },
    ink: { seal },
    "take-out": { to: "usr_3", until: noonSeconds + 3600, fence: { c: [31.2, 121.4], r: 500 } },
    "reset-epoch": { next: 2 },
    "cred-add": { cred: "fp:9", u: "usr_9", duress: true },
    "cred-del": { cred: "fp:9" },
  };
  for (const kind of orderKinds) {
    assert.equal(codeOf(orderClaims, order({ kind, ...details[kind] })), "ok", kind);
    assert.match(codeOf(orderClaims, order({ kind, ...details[kind], by: two.slice(1) })), /^by /);
  }
  assert.match(codeOf(orderClaims, order({ kind: "unlock", by: [two[0], two[0]] })), /two people/);
  assert.match(codeOf(orderClaims, order({ kind: "unlock", by: [two[0], { u: "usr_2", cred: ["fp:1"] }] })), /shares/);
  assert.match(codeOf(orderClaims, order({ kind: "reset-epoch", next: 5 })), /^next /);
  assert.match(codeOf(orderClaims, order({ kind: "open" })), /^kind /);
});

test("a command lives a minute at most, and none opens or unlocks", () => {
  const command = {
    v: 1,
    aud: "dev_1",
    ep: 1,
    jti: "cmd_1",
    cseq: 1,
    iat: noonSeconds,
    exp: noonSeconds + 60,
    cmd: "lock",
  };
  assert.equal(codeOf(commandClaims, command), "ok");
  assert.match(codeOf(commandClaims, { ...command, exp: noonSeconds + 61 }), /^exp /);
  for (const cmd of ["unlock", "open", "reset"]) assert.match(codeOf(commandClaims, { ...command, cmd }), /^cmd /);
});

test("a revocation names authorisations or a floor, never both and never none", () => {
  const revocation = { v: 1, aud: "dev_1", ep: 1, asn: 9, iat: noonSeconds, why: "withdrawn" };
  assert.equal(codeOf(revocationClaims, { ...revocation, jti: ["auz_1"] }), "ok");
  assert.equal(codeOf(revocationClaims, { ...revocation, floor: 9 }), "ok");
  assert.match(codeOf(revocationClaims, { ...revocation, floor: 10 }), /^floor /);
  assert.match(codeOf(revocationClaims, revocation), /^jti /);
  assert.match(codeOf(revocationClaims, { ...revocation, jti: ["auz_1"], floor: 9 }), /^jti /);
});

test("a trust list has two keys of the authority, and each key signs only its own kinds", () => {
  const key = (kid: string, use: string): object => ({ kid, use, alg: "EdDSA", x: `key${kid}` });
  const keys = [
    key("t1", "trust"),
    key("a1", "authority"),
    key("a2", "authority"),
    key("k1", "ack"),
    key("f1", "firmware"),
  ];
  const trust = { v: 1, iss: "urn:seal:acme", ver: 1, iat: noonSeconds, keys };
  const read = readClaims(trustClaims, trust);
  assert.ok(read.ok);
  const table = tableOfTrust(read.value);
  assert.equal(table("seal-auz+jwt", "a2")?.kid, "a2");
  assert.equal(table("seal-auz+jwt", "k1"), undefined);
  assert.equal(table("seal-ack+jwt", "a1"), undefined);
  assert.equal(table("seal-trust+jwt", "a1"), undefined);
  assert.equal(table("seal-rec+jwt", "a1"), undefined);
  const without = (kid: string): string =>
    codeOf(trustClaims, { ...trust, keys: keys.filter((each) => !("kid" in each) || each.kid !== kid) });
  for (const kid of ["t1", "a1", "k1"]) assert.match(without(kid), /^keys /);
  assert.match(codeOf(trustClaims, { ...trust, keys: [...keys, key("t1", "ack")] }), /share a name/);
});

test("an offline from an earlier session means nothing", () => {
  const online = parsePresence('{"s":"online","sid":"s2","fw":"1.0","ep":1,"seq":4}');
  const late = parsePresence('{"s":"offline","sid":"s1"}');
  const true_ = parsePresence('{"s":"offline","sid":"s2"}');
  assert.ok(online.ok && late.ok && true_.ok);
  assert.equal(followPresence(online.value, late.value), online.value);
  assert.equal(followPresence(online.value, true_.value).s, "offline");
  assert.equal(followPresence(undefined, late.value).s, "offline");
});

const readers: Readonly<Record<string, Reader<unknown>>> = {
  ackClaims,
  authorisationClaims,
  commandClaims,
  cosignClaims,
  firmwareClaims,
  journalRecord,
  orderClaims,
  revocationClaims,
  timeClaims,
  trustClaims,
  twinClaims,
};

for (const [name, reader] of Object.entries(readers)) {
  test(`${name}: whatever is read, the answer is claims or FORMAT`, () => {
    const keys = [
      "v",
      "iss",
      "aud",
      "ep",
      "jti",
      "exp",
      "iat",
      "kind",
      "by",
      "keys",
      "ty",
      "seq",
      "k",
      "sup",
      "doc",
      "use",
    ];
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom(1, "auz_1", noonSeconds, "mount", "press", "boot", [], {}));
    const likely = fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), value);
    const taught = fc.record({ change: likely, drop: fc.subarray(keys) }).map(({ change, drop }) => {
      const whole: Record<string, unknown> = {
        ...authorisationOf(),
        ...order({ kind: "mount" }),
        ty: "boot",
        k: "sup",
        ...change,
      };
      for (const key of drop) delete whole[key];
      return whole;
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), likely, taught), (input) => {
        const read = readClaims(reader, input);
        assert.ok(read.ok || read.code === "FORMAT");
      }),
    );
  });
}

test("plain messages are read without ever throwing", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (message) => {
      assert.equal(parseEnrolmentAnswer(message).ok, false);
      parsePresence(message);
    }),
  );
});

test("every kind of the journal is readable from its own fields, and an unknown one is refused", () => {
  assert.ok(recordTypes.length > 45);
  assert.ok(new Set(recordTypes).size === recordTypes.length);
  const frame = {
    v: 1,
    dev: "dev_1",
    ep: 1,
    seq: 2,
    prev: someHash,
    boot: 1,
    up: 5,
    t: 6,
    tq: "rtc",
    imp: [7],
    rnd: "pQ0c1f7yJ0aB",
    ack: 0,
  };
  assert.equal(codeOf(journalRecord, { ...frame, ty: "hb" }), "ok");
  assert.match(codeOf(journalRecord, { ...frame, ty: "toString" }), /^ty /);
  assert.match(codeOf(journalRecord, { ...frame, ty: "stamp.end" }), /is missing/);
  // Clause 0, number 7: without fresh randomness a restored memory cannot be told from a double.
  assert.match(codeOf(journalRecord, { ...frame, ty: "hb", rnd: "short" }), /^rnd /);
  const { rnd: _, ...without } = frame;
  assert.match(codeOf(journalRecord, { ...without, ty: "hb" }), /^rnd /);
});
