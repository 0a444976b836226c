import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeCanonicalJson, type JsonValue, parseCanonicalJson } from "./canonical-json.ts";

function encode(value: JsonValue): string {
  const encoded = encodeCanonicalJson(value);
  if (!encoded.ok) assert.fail(encoded.detail);
  return Buffer.from(encoded.value).toString("utf8");
}

function codeOf(outcome: { ok: true } | { ok: false; code: string }): string {
  return outcome.ok ? "accepted" : outcome.code;
}

test("the example of RFC 8785, section 3.2", () => {
  const value = {
    numbers: [Number("333333333.33333329"), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
    literals: [null, true, false],
  };
  const expected =
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}';
  assert.equal(encode(value), expected);
});

test("keys are sorted by UTF-16 code units, as in RFC 8785, section 3.2.3", () => {
  const value = { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, "\u00f6": 7 };
  assert.equal(encode(value), '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
});

test("numbers are written as in RFC 8785, appendix B", () => {
  const doubleOf = (bits: bigint): number => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, bits);
    return view.getFloat64(0);
  };
  const cases: [bigint, string][] = [
    [0x0000000000000000n, "0"],
    [0x8000000000000000n, "0"],
    [0x0000000000000001n, "5e-324"],
    [0x8000000000000001n, "-5e-324"],
    [0x7fefffffffffffffn, "1.7976931348623157e+308"],
    [0x4340000000000000n, "9007199254740992"],
    [0x4430000000000000n, "295147905179352830000"],
    [0x44b52d02c7e14af5n, "9.999999999999997e+22"],
    [0x44b52d02c7e14af6n, "1e+23"],
    [0x444b1ae4d6e2ef50n, "1e+21"],
    [0x3eb0c6f7a0b5ed8dn, "0.000001"],
    [0x41b3de4355555555n, "333333333.3333333"],
    [0xbecbf647612f3696n, "-0.0000033333333333333333"],
  ];
  for (const [bits, text] of cases) assert.equal(encode(doubleOf(bits)), text);
});

test("what has no canonical form is refused with its code", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const cases: [unknown, string][] = [
    [Number.NaN, "canonical-json.number-invalid"],
    [{ a: [Number.POSITIVE_INFINITY] }, "canonical-json.number-invalid"],
    ["\ud800", "canonical-json.text-invalid"],
    [{ "\udc00": 1 }, "canonical-json.text-invalid"],
    [undefined, "canonical-json.value-invalid"],
    [{ a: undefined }, "canonical-json.value-invalid"],
    [Object.assign([], { length: 1 }), "canonical-json.value-invalid"],
    [1n, "canonical-json.value-invalid"],
    [() => 1, "canonical-json.value-invalid"],
    [Symbol("a"), "canonical-json.value-invalid"],
    [{ [Symbol("a")]: 1 }, "canonical-json.value-invalid"],
    [new Date(0), "canonical-json.value-invalid"],
    [new Map(), "canonical-json.value-invalid"],
    [Buffer.from("a"), "canonical-json.value-invalid"],
    [{ toJSON: () => 1 }, "canonical-json.value-invalid"],
    [cycle, "canonical-json.too-deep"],
  ];
  for (const [value, code] of cases) {
    // The type forbids these; callers from outside the type system must still meet a refusal.
    assert.equal(codeOf(encodeCanonicalJson(value as JsonValue)), code);
  }
});

test("a canonical form reads back to its value, whatever order the keys had", () => {
  const json = fc.jsonValue({ stringUnit: "binary", maxDepth: 5 });
  fc.assert(
    fc.property(json, (value) => {
      const text = encode(value as JsonValue);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.equal(encode(reverseKeys(value as JsonValue)), text);
      const parsed = parseCanonicalJson(Buffer.from(text));
      assert.equal(parsed.ok, true);
      if (parsed.ok) assert.equal(encode(parsed.value), text);
    }),
  );
});

test("a key named __proto__ is a key", () => {
  const value: JsonValue = JSON.parse('{"__proto__":{"a":1},"b":2}');
  assert.equal(encode(value), '{"__proto__":{"a":1},"b":2}');
});

test("reading refuses every other spelling of a value", () => {
  const texts = [
    "",
    " 1",
    "1 ",
    "1.0",
    "01",
    "-0",
    "1E3",
    "1e400",
    '{"a":1,"a":1}',
    '{"b":1,"a":2}',
    '{"a": 1}',
    '"\\u0041"',
    '"\\/"',
    '"\\u000A"',
    '"\\ud800"',
    "[1,]",
    "nul",
    "\ufeff1",
    "[".repeat(100_000),
    "[".repeat(70) + "]".repeat(70),
  ];
  for (const text of texts) assert.equal(parseCanonicalJson(Buffer.from(text)).ok, false, text.slice(0, 20));
  assert.equal(codeOf(parseCanonicalJson(Buffer.of(0x22, 0xff, 0x22))), "canonical-json.text-invalid");
});

function reverseKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reverseKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  );
}
