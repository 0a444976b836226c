import assert from "node:assert/strict";
import { test } from "node:test";
import { countLacking, type NamedPicture, type PictureSight, sightOfPicture } from "./press-pictures.ts";

const named: NamedPicture = { arrived: false, shown: false, unfit: false, given: false, dark: false };

test("C02 C17: a picture of a press is shown, awaited or said to be lacking, and never passed over", () => {
  const cases: readonly (readonly [Partial<NamedPicture>, PictureSight])[] = [
    [{}, "on-its-way"],
    [{ arrived: true }, "on-its-way"],
    [{ arrived: true, given: true }, "on-its-way"],
    [{ given: true }, "missing"],
    [{ arrived: true, unfit: true }, "unfit"],
    [{ arrived: true, shown: true }, "shown"],
    [{ arrived: true, shown: true, given: true }, "shown"],
    [{ arrived: true, shown: true, dark: true }, "dark"],
  ];
  for (const [change, sight] of cases) assert.equal(sightOfPicture({ ...named, ...change }), sight);
});

test("C02: what may still come is not counted as lacking; what was never taken is", () => {
  assert.equal(countLacking(["shown", "on-its-way"]), 0);
  assert.equal(countLacking(["missing", "unfit", "dark", "not-taken", "shown"]), 4);
});
