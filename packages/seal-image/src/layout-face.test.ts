import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultFace, sealTypes } from "./default-face.ts";
import { faceToPdfOperators, faceToSvg } from "./face-output.ts";
import { decideFace, type FaceSpec } from "./face-spec.ts";
import { createGlyphSource } from "./font.ts";
import { type FaceOutline, layoutFace } from "./layout-face.ts";
import type { Point } from "./path.ts";
import { rasterise } from "./rasterise.ts";
import { boxesOverlap } from "./text-fit.ts";

const glyphs = createGlyphSource();
const han = fc.constantFrom(..."澜汐仪器有限公司江苏省精密制造股份园区一丁口鑫龘国药集团上海市");
const latin = fc.constantFrom(..."LanxiInstrumentsWMjg.,&");

function layout(spec: FaceSpec): FaceOutline {
  const decided = decideFace(spec, glyphs);
  assert.ok(decided.ok, JSON.stringify(decided));
  return layoutFace(decided.value, glyphs);
}

function listBoxes(outline: FaceOutline): (readonly Point[])[] {
  return outline.paths.flatMap(({ box }) => (box === undefined ? [] : [box]));
}

function assertSound(spec: FaceSpec, outline: FaceOutline): void {
  const boxes = listBoxes(outline);
  const a = spec.widthMm / 2;
  const b = spec.heightMm / 2;
  const border = Math.min(a, b) * 0.054;
  for (const [at, box] of boxes.entries()) {
    for (const [x, y] of box) {
      if (spec.shape === "circle" || spec.shape === "oval") {
        assert.ok(Math.hypot((x - a) / (a - border), (y - b) / (b - border)) <= 1, `corner ${x}, ${y} on the border`);
      } else {
        assert.ok(x >= border && y >= border && x <= 2 * a - border && y <= 2 * b - border);
      }
    }
    for (const other of boxes.slice(at + 1)) assert.ok(!boxesOverlap(box, other), "two characters overlap");
  }
}

const arcName = fc.oneof(
  fc.string({ unit: han, minLength: 2, maxLength: 32 }),
  fc.string({ unit: latin, minLength: 2, maxLength: 64 }),
);

test("no character leaves the border and no two overlap, for names of any length on every type", () => {
  fc.assert(
    fc.property(arcName, fc.constantFrom(...sealTypes), fc.boolean(), (name, type, coded) => {
      const nameSeal = type === "legal-representative" || type === "personal-name";
      const spec = defaultFace(type, nameSeal ? "澜汐" : name, { personName: nameSeal ? name.slice(0, 4) : undefined });
      const round = spec.shape === "circle" || spec.shape === "oval";
      const face = coded && round ? { ...spec, code: "9900000042025" } : spec;
      assertSound(face, layout(face));
    }),
    { numRuns: 150 },
  );
});

test("a name of equal characters stands symmetrically about the vertical axis", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.constantFrom("official", "invoice"), (count, type) => {
      const spec = defaultFace(type, "口".repeat(count));
      const { lowerText: _, ...face } = spec;
      const boxes = listBoxes(layout(face));
      assert.equal(boxes.length, count);
      boxes.forEach((box, at) => {
        const middle = (points: readonly Point[] | undefined): Point => {
          const list = points ?? [];
          return [
            list.reduce((sum, [x]) => sum + x, 0) / list.length,
            list.reduce((sum, [, y]) => sum + y, 0) / list.length,
          ];
        };
        const [x, y] = middle(box);
        const [otherX, otherY] = middle(boxes[count - 1 - at]);
        assert.ok(Math.abs(x + otherX - face.widthMm) < face.widthMm * 0.02);
        assert.ok(Math.abs(y - otherY) < face.widthMm * 0.02);
      });
    }),
    { numRuns: 40 },
  );
});

test("most characters of a 30 character name are wider than 1 mm on a 42 mm seal", () => {
  const outline = layout(defaultFace("official", "内蒙古自治区呼和浩特市澜汐精密仪器设备制造安装技术服务公司澜"));
  const widths = listBoxes(outline).map(([one = [0, 0], two = [0, 0]]) => Math.hypot(two[0] - one[0], two[1] - one[1]));
  assert.equal(widths.length, 30);
  assert.ok((widths.toSorted((one, two) => one - two)[15] ?? 0) > 1);
});

test("SVG, PDF operators and outline have the same shapes", () => {
  for (const type of sealTypes) {
    const outline = layout(defaultFace(type, "澜汐仪器有限公司", { personName: "沈怀宁" }));
    const svg = faceToSvg(outline, { colour: "#c2331a", title: 'a<b & "c"' });
    const pdf = faceToPdfOperators(outline);
    assert.equal(svg.match(/<path /g)?.length, outline.paths.length);
    assert.equal(pdf.match(/^f$/gm)?.length, outline.paths.length);
    assert.equal(svg.match(/M/g)?.length, pdf.match(/ m$/gm)?.length);
    assert.ok(svg.includes("<title>a&lt;b &amp; &quot;c&quot;</title>"));
    assert.ok(!/NaN|Infinity|e-/.test(svg.replace(/<title>.*<\/title>/, "").replace("aria-hidden", "")));
    assert.ok(!/NaN|Infinity/.test(pdf));
  }
});

test("the picture covers as much as the ring's area says, and its middle is the star", () => {
  const outline = layout(defaultFace("official", "澜汐"));
  const ring = { ...outline, paths: outline.paths.filter(({ part }) => part === "border") };
  const { width, height, rgba } = rasterise(ring, 10);
  let covered = 0;
  for (let at = 3; at < rgba.length; at += 4) covered += (rgba[at] ?? 0) / 255;
  const border = 42 * 0.027;
  const area = Math.PI * (21 ** 2 - (21 - border) ** 2) * 100;
  assert.ok(Math.abs(covered / area - 1) < 0.005, `${covered} of ${area}`);
  assert.deepEqual([width, height], [420, 420]);
  const whole = rasterise(outline, 10);
  assert.deepEqual([...whole.rgba.subarray((210 * 420 + 210) * 4, (210 * 420 + 210) * 4 + 4)], [0xc2, 0x33, 0x1a, 255]);
  assert.equal(whole.rgba[3], 0);
  assert.throws(() => rasterise(outline, 1000), RangeError);
});

test("the star has the proportions of a pentagram", () => {
  const star = layout(defaultFace("official", "澜汐")).paths.find(({ part }) => part === "star");
  const reaches = (star?.commands ?? []).flatMap((command) =>
    command[0] === "M" || command[0] === "L" ? [Math.hypot(command[1] - 21, command[2] - 21)] : [],
  );
  const [outer = 0, inner = 0] = reaches;
  assert.equal(reaches.length, 10);
  assert.ok(Math.abs(inner / outer - 0.381966) < 1e-6);
});

test("a name seal reads in columns from right to left", () => {
  const outline = layout(defaultFace("legal-representative", "澜汐", { personName: "沈怀宁" }));
  const middles = listBoxes(outline).map((box) =>
    [box.some(([x]) => x > 15) ? "right" : "left", box.some(([, y]) => y > 15) ? "lower" : "upper"].join(" "),
  );
  assert.deepEqual(middles, ["right upper", "right lower", "left upper", "left lower"]);
});

test("the star stands clear of every character", () => {
  fc.assert(
    fc.property(arcName, fc.constantFrom("official", "contract", "finance"), (name, type) => {
      const outline = layout(defaultFace(type, name, { code: "9900000042025" }));
      const star = outline.paths.find(({ part }) => part === "star");
      const tips = (star?.commands ?? []).flatMap(([, x, y]): Point[] =>
        x !== undefined && y !== undefined ? [[x, y]] : [],
      );
      assert.equal(tips.length, 10);
      const hull = [0, 1].flatMap((axis): number[] => {
        const values = tips.map((tip) => tip[axis] ?? 0);
        return [Math.min(...values), Math.max(...values)];
      });
      const [left = 0, right = 0, top = 0, bottom = 0] = hull;
      const box: Point[] = [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ];
      for (const other of listBoxes(outline)) assert.ok(!boxesOverlap(box, other));
    }),
    { numRuns: 40 },
  );
});
