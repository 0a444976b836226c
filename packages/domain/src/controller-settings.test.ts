import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BOX_SETTINGS,
  type BoxSettings,
  decideBoxSettings,
  listSettingDifferences,
  listSettingsDecisionRefusals,
} from "./controller-settings.ts";

const before: BoxSettings = {
  ...{ heartbeat: 21_600, maxOffline: 259_200, longPressMs: 3000, vibLevel: 5, picQuality: 80, volume: 5, sleep: 300 },
  fence: [],
};
const decide = (change: Partial<BoxSettings>, waits = false) => {
  const decided = decideBoxSettings({ before, wanted: { ...before, ...change }, waits });
  return decided.ok ? decided.events[0]?.guarded : decided.refusals.map(({ code }) => code);
};

test("C18: what limits, detects or proves anything needs a second person, comfort does not", () => {
  assert.equal(decide({ maxOffline: 3600 }), true);
  assert.equal(decide({ fence: [{ c: [31.2, 121.4], r: 200 }] }), true);
  assert.equal(decide({ longPressMs: 5000 }), true);
  assert.equal(decide({ vibLevel: 9, volume: 1 }), true);
  assert.equal(decide({ volume: 1, sleep: 0 }), false);
});

test("C18: no change, one beyond the bounds or beside another that waits is refused", () => {
  assert.deepEqual(decide({}), ["box-settings.unchanged"]);
  assert.deepEqual(decide({ maxOffline: 72 * 3600 + 1 }), ["box-settings.out-of-bounds"]);
  assert.deepEqual(decide({ volume: 1.5 }), ["box-settings.out-of-bounds"]);
  assert.deepEqual(decide({ volume: 1 }, true), ["box-settings.waits"]);
});

test("C18: who asked for a change does not agree to it, and may take it back", () => {
  const refused = (personId: string, agree: boolean) =>
    listSettingsDecisionRefusals({ personId, askedBy: "a", agree }).map(({ code }) => code);
  assert.deepEqual(refused("a", true), ["box-settings.second-person"]);
  assert.deepEqual([refused("b", true), refused("a", false)], [[], []]);
});

test("what differs is named, a fence by its places", () => {
  const fence = [{ c: [31.2, 121.4] as const, r: 200 }];
  assert.deepEqual(listSettingDifferences({ ...before, fence }, { ...before, fence: [...fence] }), []);
  assert.deepEqual(listSettingDifferences({ ...before, fence }, { ...before, sleep: 9 }), ["fence", "sleep"]);
  assert.equal(new Set(BOX_SETTINGS).size, Object.keys(before).length);
});
