import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { listPhotosToOpen, mostLookedAtWhole } from "./photos-to-open.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const photos = (count: number, differs: readonly number[] = []) =>
  Array.from({ length: count }, (_, at) => ({
    ...{ impressionId: `imp_${at}`, digest: `sha256:${at}` },
    same: !differs.includes(at),
  }));

test("C09 C17: few photos are all looked at; of many, each that differs and a drawn share are opened", () => {
  assert.deepEqual(listPhotosToOpen("seed", photos(mostLookedAtWhole), digest), []);
  assert.deepEqual(listPhotosToOpen(null, photos(300), digest), []);
  const differs = [3, 40, 299];
  const open = listPhotosToOpen("seed", photos(300, differs), digest);
  assert.equal(open.length, 3 + 18, "the root of 297, and what differs");
  for (const at of differs) assert.ok(open.includes(`imp_${at}`));
  assert.deepEqual(listPhotosToOpen("seed", photos(300, differs), digest), open, "the same for whoever draws again");
  assert.notDeepEqual(listPhotosToOpen("other", photos(300, differs), digest), open);
});

test("C09 C17: whatever differs is opened, however many there are and whatever the seed", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.array(fc.boolean(), { minLength: mostLookedAtWhole + 1, maxLength: 120 }),
      (seed, sames) => {
        const all = sames.map((same, at) => ({ impressionId: `imp_${at}`, digest: `d${at}`, same }));
        const open = listPhotosToOpen(seed, all, digest);
        assert.ok(all.every(({ same, impressionId }) => same || open.includes(impressionId)));
        assert.ok(open.length >= Math.min(all.length, 3));
      },
    ),
  );
});
