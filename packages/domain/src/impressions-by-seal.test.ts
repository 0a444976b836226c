import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countBySeal, findOverused, type PlacedImpression, tallySeals } from "./impressions-by-seal.ts";

const at = (sealId: string, documentId: string): PlacedImpression => ({ sealId, documentId });
const two = [at("contract", "a"), at("contract", "a"), at("contract", "b"), at("finance", "a")];

test("C07 C09: one seal is not used in another's place, nor one copy twice, though the sum is right", () => {
  assert.equal(findOverused(countBySeal(two, [], two)), null);
  const inPlace = [at("contract", "a"), at("contract", "a"), at("contract", "b"), at("contract", "a")];
  assert.deepEqual(findOverused(countBySeal(two, [], inPlace)), {
    ...{ sealId: "contract", documentId: "a", authorised: 2, used: 0, wanted: 3 },
  });
  assert.equal(findOverused(countBySeal(two, [at("contract", "b")], [at("contract", "b")]))?.documentId, "b");
  assert.equal(findOverused(countBySeal(two, [], [at("official", "a")]))?.authorised, 0, "a seal nobody approved");
});

test("C07 C09: one paper copy is not stamped twice in the place of another", () => {
  const copies = [1, 2].map((copy) => ({ ...at("contract", "a"), copy }));
  assert.equal(findOverused(countBySeal(copies, [], copies)), null);
  const twice = [1, 1].map((copy) => ({ ...at("contract", "a"), copy }));
  assert.deepEqual(findOverused(countBySeal(copies, [], twice)), {
    ...{ sealId: "contract", documentId: "a", copy: 1, authorised: 1, used: 0, wanted: 2 },
  });
});

test("C09: over any places and impressions what is let through never passes what was approved, seal by seal and copy by copy", () => {
  const place = fc.record({ sealId: fc.constantFrom("s", "t"), documentId: fc.constantFrom("a", "b", "c") });
  const places = fc.array(place, { maxLength: 8 });
  fc.assert(
    fc.property(places, places, places, (authorised, used, wanted) => {
      const counts = countBySeal(authorised, used, wanted);
      const sum = (key: "authorised" | "used" | "wanted"): number => counts.reduce((all, one) => all + one[key], 0);
      assert.deepEqual(
        [sum("authorised"), sum("used"), sum("wanted")],
        [authorised.length, used.length, wanted.length],
      );
      if (findOverused(counts) !== null) return;
      for (const { sealId, documentId } of wanted) {
        const of = (some: readonly PlacedImpression[]): number =>
          some.filter((one) => one.sealId === sealId && one.documentId === documentId).length;
        assert.ok(of(used) + of(wanted) <= of(authorised));
      }
    }),
  );
});

test("what is asked of each seal is told by copy, and a cross-page seal apart", () => {
  const settled = [{ ...at("contract", "a"), state: "settled" as const }];
  assert.deepEqual(
    tallySeals([...two, at("riding", "a")], settled, (id) => (id === "riding" ? "cross-page" : "contract")),
    [
      {
        ...{ sealId: "contract", crossPage: false, authorised: 3, settled: 1, released: 0 },
        copies: [
          { each: 2, count: 1 },
          { each: 1, count: 1 },
        ],
      },
      { sealId: "finance", crossPage: false, authorised: 1, settled: 0, released: 0, copies: [{ each: 1, count: 1 }] },
      { sealId: "riding", crossPage: true, authorised: 1, settled: 0, released: 0, copies: [{ each: 1, count: 1 }] },
    ],
  );
});
