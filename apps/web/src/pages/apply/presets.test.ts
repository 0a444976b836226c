import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, overlap } from "../requests/placement.ts";
import {
  type FoundWords,
  findFirstWords,
  listSealWords,
  placeBeside,
  placeCentre,
  placeOnEveryPage,
  placeOnLastPage,
} from "./presets.ts";

const A4 = { widthMm: 210, heightMm: 297 };
const SEAL = { widthMm: 42, heightMm: 42 };
const at = (text: string, page: number, x: number, y: number): FoundWords => ({
  text,
  page,
  box: { x, y, width: 30, height: 4 },
});
const partyA = at("甲方（盖章）", 1, 24, 200);
const partyB = at("乙方（盖章）", 1, 120, 200);

test("of two signature blocks the one with the own name comes first", () => {
  const texts = (own: FoundWords): string[] => listSealWords([partyA, partyB], [own]).map((one) => one.text);
  assert.deepEqual(texts(at("澜汐", 1, 120, 208)), ["乙方（盖章）", "甲方（盖章）", "澜汐"]);
  assert.deepEqual(texts(at("澜汐", 1, 24, 208)), ["甲方（盖章）", "乙方（盖章）", "澜汐"]);
  assert.deepEqual(
    listSealWords([partyA, partyB], [at("澜汐", 0, 24, 30)]).map((one) => one.text),
    ["甲方（盖章）", "乙方（盖章）"],
  );
});

test("the last page goes first, and a place is offered once", () => {
  const words = [at("（盖章）", 0, 24, 200), partyA, partyA, at("（盖章）", 3, 24, 100)];
  assert.deepEqual(
    listSealWords(words, []).map((one) => one.page),
    [3, 1, 0],
  );
  assert.equal(
    listSealWords(
      Array.from({ length: 9 }, (_, row) => at("（盖章）", 0, 24, row * 20)),
      [],
    ).length,
    4,
  );
  assert.deepEqual(listSealWords([], []), []);
  assert.deepEqual(
    listSealWords([], [at("澜汐", 0, 1, 1), at("澜汐", 1, 2, 2)]).map((one) => one.page),
    [1],
  );
});

test("a seal is put at the words first, and without any at the lower right of the last page", () => {
  assert.equal(findFirstWords([A4, A4], [partyA, partyB]), partyA);
  assert.equal(findFirstWords([A4], [partyA]), undefined, "the page is not there");
  assert.deepEqual(placeOnLastPage(SEAL, [A4, A4]), { page: 1, xMm: 143, yMm: 225 });
});

test("every page gets its seal once, and never more places than a document may have", () => {
  const first = placeOnEveryPage(SEAL, [A4, A4, A4], []);
  assert.equal(first?.length, 3);
  assert.deepEqual(placeOnEveryPage(SEAL, [A4, A4, A4], first ?? []), []);
  assert.equal(placeOnEveryPage(SEAL, new Array(51).fill(A4), []), undefined);
  assert.equal(placeOnEveryPage(SEAL, new Array(50).fill(A4), [])?.length, 50);
});

test("a further impression on the page does not lie on the ones there are", () => {
  assert.deepEqual(placeCentre(SEAL, A4), { xMm: 84, yMm: 127.5 });
  const taken = [placeCentre(SEAL, A4)];
  for (let count = 0; count < 4; count++) {
    const next = placeBeside(placeCentre(SEAL, A4), SEAL, A4, taken);
    for (const one of taken) assert.equal(overlap(boxOf(next, SEAL), boxOf(one, SEAL)), false, JSON.stringify(taken));
    taken.push(next);
  }
});
