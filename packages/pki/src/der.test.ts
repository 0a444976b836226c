import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseCertificate } from "./certificate.ts";
import { childrenOf, integerOf, octetStringOf, oidOf, readDer, timeOf } from "./der.ts";
import { derElement, derInteger, derOctetString, derOid, derSequence, derTime, encodeAsDer } from "./der-writer.ts";
import { createTestAuthority, expectValue } from "./test-authority.ts";

function codeOf(hex: string): string {
  const read = readDer(Buffer.from(hex, "hex"));
  return read.ok ? "accepted" : read.code;
}

test("what DER forbids is refused with its code (X.690, 8 and 10)", () => {
  const cases: [string, string][] = [
    ["020101", "accepted"],
    ["02010100", "der.trailing-bytes"],
    ["0202007f", "der.value-invalid"],
    ["0202ff80", "der.value-invalid"],
    ["0200", "der.value-invalid"],
    ["010101", "der.value-invalid"],
    ["0281017f", "der.length-invalid"],
    ["30800000", "der.length-invalid"],
    ["0202", "der.truncated"],
    ["3003020201", "der.truncated"],
    ["1000", "der.tag-invalid"],
    ["2200", "der.tag-invalid"],
    ["1f0100", "der.tag-invalid"],
    ["", "der.truncated"],
  ];
  assert.deepEqual(
    cases.map(([hex]) => [hex, codeOf(hex)]),
    cases,
  );
  assert.equal(codeOf("3080".repeat(100)), "der.length-invalid");
  let deep: Uint8Array = new Uint8Array();
  for (let level = 0; level < 60; level += 1) deep = derSequence(deep);
  const read = readDer(deep);
  assert.equal(read.ok ? "accepted" : read.code, "der.too-complex");
});

test("BER in CMS is taken and written again as DER", () => {
  const ber = Buffer.from("3080" + "24800401610401620000" + "0281017f" + "0000", "hex");
  const node = expectValue(readDer(ber, { rules: "ber" }));
  assert.equal(Buffer.from(octetStringOf(node.children[0])).toString(), "ab");
  assert.equal(Buffer.from(encodeAsDer(node)).toString("hex"), "30070402616202017f");
});

test("what is written is read again", () => {
  const arc = fc.bigInt({ min: 0n, max: 1n << 40n });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), fc.array(arc, { maxLength: 6 }), (bytes, number, arcs) => {
      const dotted = [2n, 5n, ...arcs].join(".");
      const at = (number - 2 ** 30) * 1000 + 2e12;
      const parts = childrenOf(
        expectValue(readDer(derSequence(derOctetString(bytes), derInteger(number), derOid(dotted), derTime(at)))),
      );
      assert.deepEqual(Buffer.from(octetStringOf(parts[0])), Buffer.from(bytes));
      assert.equal(BigInt(`0x${Buffer.from(integerOf(parts[1])).toString("hex")}`), BigInt(number));
      assert.equal(oidOf(parts[2]), dotted);
      assert.equal(timeOf(parts[3]), at);
    }),
  );
  assert.equal(derElement(0x04, new Uint8Array(128)).length, 131);
});

test("bytes that are no certificate, and a certificate with changed bytes, never throw", () => {
  const der = createTestAuthority("ec").seal.raw;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof readDer(bytes, { rules: "ber" }).ok === "boolean"),
  );
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.nat(255), (position, byte) => {
      const mutated = Uint8Array.from(der);
      mutated[position] = byte;
      const parsed = parseCertificate(mutated);
      if (parsed.ok) parsed.value.publicKey();
      return typeof parsed.ok === "boolean";
    }),
    { numRuns: 1000 },
  );
});
