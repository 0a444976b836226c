import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { decodeBase32, encodeBase32 } from "./base32.ts";
import { mostCopies, mostPages, type PageCode, readPageCode, writePageCode } from "./page-code.ts";

const macOf = (key: string) => (message: Uint8Array) => createHmac("sha256", key).update(message).digest();
const mac = macOf("one key");
const codes: fc.Arbitrary<PageCode> = fc.record(
  {
    requestId: fc.uuid(),
    page: fc.integer({ min: 1, max: mostPages }),
    copy: fc.integer({ min: 1, max: mostCopies }),
    digest: fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  },
  { noNullPrototype: true },
);
const one: PageCode = {
  ...{ requestId: "0197a3c2-5b11-7d40-8e21-0123456789ab", page: 2, copy: 3, digest: "00ff10203040a0b0" },
};

test("what a code says is read again, with and without an address before it", () => {
  fc.assert(
    fc.property(codes, fc.constantFrom("", "HTTPS://SEALS.EXAMPLE/C/"), (code, address) => {
      const text = writePageCode(code, mac, address);
      assert.equal(text.length, address.length + 61);
      assert.deepEqual(readPageCode(text, mac), { ok: true, code });
    }),
  );
});

test("C17: a code with any letter changed, or made with another key, is not authentic", () => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  fc.assert(
    fc.property(codes, fc.nat(60), fc.integer({ min: 1, max: 31 }), (code, at, by) => {
      const text = writePageCode(code, mac);
      const other = letters[(letters.indexOf(text[at] ?? "") + by) % 32];
      assert.equal(readPageCode(text.slice(0, at) + other + text.slice(at + 1), mac).ok, false);
    }),
  );
  assert.deepEqual(readPageCode(writePageCode(one, macOf("another")), mac), { ok: false, why: "not-authentic" });
});

test("what is no code of ours is told from a forged one", () => {
  const text = writePageCode(one, mac);
  for (const foreign of ["", "https://example.com/", text.toLowerCase(), `${text}A`, text.slice(1), `${text}/`, "😀/"])
    assert.deepEqual(readPageCode(foreign, mac), { ok: false, why: "other-code" });
  assert.deepEqual(readPageCode(`E${text.slice(1)}`, mac), { ok: false, why: "other-version" });
  fc.assert(fc.property(fc.string(), (any) => readPageCode(any, mac).ok === false));
});

test("a code is never written for what it cannot hold", () => {
  for (const wrong of [{ page: 0 }, { page: 4096 }, { page: 1.5 }, { copy: 0 }, { copy: 65_536 }, { digest: "00" }])
    assert.throws(() => writePageCode({ ...one, ...wrong }, mac));
  assert.throws(() => writePageCode({ ...one, requestId: "no" }, mac));
  for (const address of ["https://seals.example/", "HTTPS://SEALS.EXAMPLE"])
    assert.throws(() => writePageCode(one, mac, address));
});

test("base 32: one value has one spelling", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      assert.deepEqual(decodeBase32(encodeBase32(bytes)), bytes);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z2-7]{0,30}$/), (text) => {
      const bytes = decodeBase32(text);
      if (bytes !== null) assert.equal(encodeBase32(bytes), text);
    }),
  );
  assert.equal(encodeBase32(Buffer.from("foobar")), "MZXW6YTBOI");
});
