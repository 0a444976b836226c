import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decideFace } from "./face-spec.ts";
import { createGlyphSource } from "./font.ts";

const circle = { shape: "circle", widthMm: 42, heightMm: 42, arcText: "澜汐仪器有限公司", centre: "star" };

function codeOf(input: unknown): string {
  const decided = decideFace(input, createGlyphSource());
  return decided.ok ? "ok" : decided.code;
}

test("state emblems and the supervision mark of invoices are refused, however they are spelled", () => {
  const emblems = ["国徽", "中华人民共和国国徽", "国 徽", "徽国", "國徽", "国·徽", "National Emblem"];
  for (const arcText of emblems) assert.equal(codeOf({ ...circle, arcText }), "face.state-emblem", arcText);
  for (const centre of ["国徽", "state-emblem", "national-flag", "党徽"]) {
    assert.equal(codeOf({ ...circle, centre }), "face.state-emblem", centre);
  }
  for (const arcText of ["发票监制章", "全国统一发票监制章", "章制监票发", "發票監製章", "发票 监-制"]) {
    assert.equal(codeOf({ ...circle, arcText }), "face.invoice-supervision", arcText);
  }
  assert.equal(codeOf({ ...circle, arcText: "全国统一发票", lowerText: "监制章" }), "face.invoice-supervision");
  assert.equal(codeOf({ ...circle, arcText: "安徽澜汐有限公司", lowerText: "发票专用章" }), "ok");
});

test("each other refusal has its code", () => {
  const { arcText: _, ...empty } = circle;
  const cases: [string, unknown][] = [
    ["face.form-invalid", null],
    ["face.form-invalid", { ...circle, shape: "triangle" }],
    ["face.form-invalid", { ...circle, picture: "x" }],
    ["face.form-invalid", { ...circle, arcText: 7 }],
    ["face.size-out-of-range", { ...circle, widthMm: 4, heightMm: 4 }],
    ["face.size-out-of-range", { ...circle, widthMm: Number.NaN }],
    ["face.size-out-of-range", { ...circle, shape: "oval", widthMm: 30, heightMm: 40 }],
    ["face.size-unequal", { ...circle, heightMm: 41 }],
    ["face.border-out-of-range", { ...circle, borderMm: 9 }],
    ["face.empty", { ...empty, arcText: "  " }],
    ["face.text-too-long", { ...circle, arcText: "澜".repeat(33) }],
    ["face.text-too-long", { ...circle, lowerText: "x".repeat(100_000) }],
    ["face.character-invalid", { ...circle, arcText: "澜\u202e汐" }],
    ["face.character-invalid", { ...circle, arcText: "\ud800" }],
    ["face.character-missing", { ...circle, arcText: "澜😀" }],
    ["face.centre-unknown", { ...circle, centre: "heart" }],
    ["face.centre-taken", { ...circle, centreText: "章" }],
    ["face.round-only", { ...circle, shape: "square" }],
    ["face.code-invalid", { ...circle, code: "123" }],
    ["ok", { ...circle, code: "9900000042025", arcText: " 澜汐 " }],
  ];
  for (const [code, input] of cases) assert.equal(codeOf(input), code, JSON.stringify(input));
});

test("any input gets an answer, and an accepted face is accepted again unchanged", () => {
  const field = fc.oneof(fc.string(), fc.double(), fc.constantFrom("circle", "oval", "star", "公司", 30, 40));
  const keys = ["shape", "widthMm", "heightMm", "arcText", "centre", "centreText", "lowerText", "code", "borderMm"];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), field), fc.boolean(), (fields, based) => {
      const decided = decideFace(based ? { ...circle, ...fields } : fields);
      if (decided.ok) assert.deepEqual(decideFace(decided.value), decided);
      else assert.match(decided.code, /^face\.[a-z-]+$/);
    }),
    { numRuns: 300 },
  );
});
