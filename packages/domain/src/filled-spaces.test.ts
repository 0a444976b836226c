import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutFilledSpaces } from "./filled-spaces.ts";
import type { UnfinishedPlace } from "./unfinished-places.ts";

const at = (x: number, y: number, width: number) => ({ x, y, width, height: 4 });
const place = (kind: UnfinishedPlace["kind"], box: UnfinishedPlace["box"], page = 0): UnfinishedPlace => ({
  ...{ placeId: "p", page, kind, text: "", box, answerable: true },
});

test("C05: a space that a value leaves beside it in its blank is filled in; one beside the template's words is open", () => {
  const filled = [{ page: 0, box: at(60, 100, 20) }];
  const spaces = [at(80, 100, 25), at(40, 100.5, 20), at(81, 100, 0)];
  for (const box of spaces) assert.deepEqual(withoutFilledSpaces([place("wide-space", box)], filled), []);
  for (const kept of [
    place("wide-space", at(120, 100, 25)),
    place("wide-space", at(80, 110, 25)),
    place("wide-space", at(80, 100, 25), 1),
    place("wide-space", null),
    place("underscores", at(80, 100, 25)),
  ])
    assert.deepEqual(withoutFilledSpaces([kept], filled), [kept]);
  assert.equal(
    withoutFilledSpaces(
      spaces.map((box) => place("wide-space", box)),
      [],
    ).length,
    3,
  );
});
