import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxOf,
  centreOn,
  fitWidth,
  keepOnPage,
  listCovered,
  measureEdges,
  overlap,
  placeLowerRight,
  placeOnText,
  readMm,
  stepOf,
  TRUE_SIZE,
  zoomBy,
} from "./placement.ts";

const A4 = { widthMm: 210, heightMm: 297 };
const SEAL = { widthMm: 42, heightMm: 42 };
const POINTS = [-500, -0.04, 0, 0.05, 20.25, 83.33, 167.98, 168, 209.9, 254.97, 255, 1e6];

test("wherever it is put, the whole seal stands on the page, at a tenth of a millimetre", () => {
  const pages = [A4, { widthMm: 215.9, heightMm: 279.4 }, { widthMm: 105.83, heightMm: 148.17 }];
  for (const page of pages)
    for (const xMm of POINTS)
      for (const yMm of POINTS) {
        const at = keepOnPage({ xMm, yMm }, SEAL, page);
        assert.ok(at.xMm >= 0 && at.xMm + SEAL.widthMm <= page.widthMm + 1e-6, `${xMm} ${at.xMm}`);
        assert.ok(at.yMm >= 0 && at.yMm + SEAL.heightMm <= page.heightMm + 1e-6, `${yMm} ${at.yMm}`);
        assert.equal(Math.round(at.xMm * 10) / 10, at.xMm);
        assert.deepEqual(keepOnPage(at, SEAL, page), at);
      }
});

test("a page smaller than the seal holds it at its corner, and no number puts it nowhere", () => {
  assert.deepEqual(keepOnPage({ xMm: 5, yMm: 5 }, SEAL, { widthMm: 30, heightMm: 20 }), { xMm: 0, yMm: 0 });
  assert.deepEqual(keepOnPage({ xMm: Number.NaN, yMm: Number.POSITIVE_INFINITY }, SEAL, A4), { xMm: 0, yMm: 0 });
});

test("a point and a text become the centre of the seal", () => {
  assert.deepEqual(centreOn({ x: 100, y: 200 }, SEAL, A4), { xMm: 79, yMm: 179 });
  assert.deepEqual(placeOnText({ x: 40, y: 210, width: 30, height: 4 }, SEAL, A4), { xMm: 34, yMm: 191 });
  assert.deepEqual(centreOn({ x: 1, y: 1 }, SEAL, A4), { xMm: 0, yMm: 0 });
  assert.deepEqual(placeLowerRight(SEAL, A4), { xMm: 143, yMm: 225 });
});

test("arrow keys move by one millimetre, with Shift by a tenth, and no other key moves", () => {
  assert.deepEqual(stepOf("ArrowLeft", false), { dx: -1, dy: 0 });
  assert.deepEqual(stepOf("ArrowDown", true), { dx: 0, dy: 0.1 });
  assert.equal(stepOf("Enter", false), undefined);
  let at = { xMm: 10, yMm: 10 };
  for (let press = 0; press < 30; press++) {
    const step = stepOf("ArrowRight", true);
    assert.ok(step);
    at = keepOnPage({ xMm: at.xMm + step.dx, yMm: at.yMm + step.dy }, SEAL, A4);
  }
  assert.deepEqual(at, { xMm: 13, yMm: 10 });
});

test("the nearer edge in each direction is measured", () => {
  assert.deepEqual(measureEdges({ xMm: 43, yMm: 190 }, SEAL, A4), {
    across: { side: "left", mm: 43 },
    down: { side: "bottom", mm: 65 },
  });
  assert.deepEqual(measureEdges({ xMm: 150, yMm: 12.3 }, SEAL, A4), {
    across: { side: "right", mm: 18 },
    down: { side: "top", mm: 12.3 },
  });
});

test("the lines under a seal are found, those beside it are not", () => {
  const runs = [
    { text: "Party A (seal): ", x: 40, y: 200, width: 30, height: 4 },
    { text: "Party B", x: 120, y: 200, width: 30, height: 4 },
    { text: "above", x: 40, y: 186, width: 30, height: 4 },
  ];
  assert.deepEqual(listCovered({ xMm: 43, yMm: 190 }, SEAL, runs), ["Party A (seal):"]);
  assert.equal(overlap(boxOf({ xMm: 0, yMm: 0 }, SEAL), boxOf({ xMm: 42, yMm: 0 }, SEAL)), false);
});

test("typed millimetres are read with point or comma", () => {
  assert.equal(readMm(" 43,5 "), 43.5);
  assert.equal(readMm("190."), 190);
  for (const typed of ["", "-3", "4e3", "abc", "1.2.3"]) assert.equal(readMm(typed), undefined, typed);
});

test("zooming goes through true size and stays at the ends", () => {
  assert.equal(zoomBy(TRUE_SIZE * 0.9, 1), TRUE_SIZE);
  assert.equal(zoomBy(TRUE_SIZE, -1), TRUE_SIZE * 0.9);
  assert.equal(zoomBy(TRUE_SIZE * 4, 1), TRUE_SIZE * 4);
  assert.equal(zoomBy(TRUE_SIZE * 0.2, -1), TRUE_SIZE * 0.2);
  assert.equal(fitWidth(210, 420), 2);
});
