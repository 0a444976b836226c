import assert from "node:assert/strict";
import { test } from "node:test";
import { boxBetween, changeKind, makeMark, takeOver } from "./fields.ts";

const page = { widthMm: 210, heightMm: 297 };

test("a box is the same whichever way it is drawn, stays on its page, and is none where it is a slip of the hand", () => {
  const box = { x: 20, y: 30, width: 40.1, height: 10 };
  assert.deepEqual(boxBetween({ x: 20, y: 30 }, { x: 60.06, y: 40 }, page), box);
  assert.deepEqual(boxBetween({ x: 60.06, y: 40 }, { x: 20, y: 30 }, page), box);
  assert.deepEqual(boxBetween({ x: 200, y: 290 }, { x: 400, y: 400 }, page), { x: 200, y: 290, width: 10, height: 7 });
  assert.equal(boxBetween({ x: 20, y: 30 }, { x: 21, y: 60 }, page), null);
});

test("a field of the text that is taken over covers it and keeps what it takes; another kind brings its length", () => {
  const box = { x: 20, y: 30, width: 40, height: 4 };
  const mark = takeOver({ name: "Buyer", kind: "party", mostCharacters: 120, page: 1, box, mark: null });
  assert.deepEqual(mark, {
    ...{ name: "Buyer", kind: "party", mostCharacters: 120, page: 1 },
    place: { x: 19.5, y: 29.5, width: 41, height: 5 },
  });
  assert.equal(changeKind(makeMark("Day", 0, box), "date").mostCharacters, 40);
});
