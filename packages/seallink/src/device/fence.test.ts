import assert from "node:assert/strict";
import { test } from "node:test";
import { signTwin } from "../index.ts";
import { must, Platform, platformKeys } from "../test-platform.ts";
import type { Circle, Fix } from "../wire/fields.ts";
import { findStanding } from "./place.ts";

const house: Circle = { c: [31.23, 121.47], r: 200 };
const branch: Circle = { c: [39.9, 116.4], r: 300 };
const atHouse: Fix = [31.2301, 121.4701, 12];
const atBranch: Fix = [39.9001, 116.4001, 12];
const inTown: Fix = [31.26, 121.51, 12];

let versions = 0;
async function setTo(platform: Platform, desired: Parameters<typeof signTwin>[0]["desired"]): Promise<void> {
  versions += 1;
  must(
    await platform.controller.receive(
      must(await signTwin({ v: 1, aud: "dev_1", ver: versions, desired }, platformKeys.authority.signer)),
    ),
  );
}
const lookTwice = async (platform: Platform): Promise<void> => {
  for (const _ of [1, 2]) await platform.controller.tick();
};
const alarms = async (platform: Platform): Promise<readonly string[]> => {
  await platform.deliver();
  return platform.books.journal.flatMap(({ record: { ty } }) => (ty === "alarm.fence" ? [ty] : []));
};

test("attack 24: a box that its settings bind to places presses in any of them and in no other, and outlives its power so", async () => {
  const platform = await Platform.ready();
  await setTo(platform, { fence: [house, branch] });
  await platform.arm();
  for (const fix of [atHouse, atBranch]) {
    platform.box.fix = fix;
    assert.equal(await platform.press(), "done");
  }
  platform.box.fix = inTown;
  assert.equal(await platform.press(), "FENCE");
  platform.controller = await platform.box.start();
  await platform.controller.connected();
  await platform.arm();
  assert.equal(await platform.press(), "FENCE", "the fence outlives the power");
  await setTo(platform, { fence: [] });
  assert.equal(await platform.press(), "done", "without a fence anywhere");
});

test("attack 24: outside the fence of its settings two looks alarm once, coming back and a new fence make it alarm anew", async () => {
  const platform = await Platform.ready();
  await setTo(platform, { fence: [house] });
  platform.box.fix = atHouse;
  await lookTwice(platform);
  platform.box.fix = inTown;
  await platform.controller.tick();
  assert.deepEqual(await alarms(platform), [], "one look may be wrong");
  await platform.controller.tick();
  await lookTwice(platform);
  assert.equal((await alarms(platform)).length, 1);
  platform.box.fix = atHouse;
  await platform.controller.tick();
  platform.box.fix = inTown;
  await lookTwice(platform);
  assert.equal((await alarms(platform)).length, 2);
  await setTo(platform, { fence: [branch] });
  await lookTwice(platform);
  assert.equal((await alarms(platform)).length, 3);
});

test("attack 24: in its station a box with a fence needs no fix; off it five minutes without one alarm, and it presses nothing", async () => {
  const platform = await Platform.ready();
  await setTo(platform, { fence: [house] });
  await platform.arm();
  assert.equal(await platform.press(), "done");
  platform.box.docked = false;
  assert.equal(await platform.press(), "FENCE");
  await platform.controller.tick();
  platform.box.wait(299_000);
  await platform.controller.tick();
  assert.deepEqual(await alarms(platform), []);
  platform.box.wait(2000);
  await platform.controller.tick();
  assert.equal((await alarms(platform)).length, 1);
});

test("attack 24: an authorisation that asks only to be told is pressed outside the fence; one that refuses, or says nothing, is not", async () => {
  const pressOutside = async (change: Parameters<Platform["arm"]>[0]): Promise<[string, number]> => {
    const platform = await Platform.ready();
    await setTo(platform, { fence: [house] });
    platform.box.fix = inTown;
    await platform.arm(change);
    return [await platform.press(), (await alarms(platform)).length];
  };
  const around = { c: [31.26, 121.51] as const, r: 500 };
  assert.deepEqual(await pressOutside({}), ["FENCE", 0]);
  assert.deepEqual(await pressOutside({ loc: { ...around, do: "refuse" } }), ["FENCE", 0]);
  assert.deepEqual(await pressOutside({ loc: { ...around, do: "alarm" } }), ["done", 1]);
});

test("taken out, the place in the order counts and not the one in the settings", async () => {
  const platform = await Platform.ready();
  await setTo(platform, { fence: [house] });
  must(await platform.order({ kind: "take-out", to: "usr_88", until: platform.seconds + 7200, fence: branch }));
  await platform.arm();
  platform.box.fix = atBranch;
  assert.equal(await platform.press(), "done");
  platform.box.fix = atHouse;
  assert.equal(await platform.press(), "FENCE");
  const away = { docked: false, fix: inTown };
  const custody = { to: "usr_88", until: 0 };
  assert.equal(findStanding(custody, [house], away), "inside", "an order that names none lets it go anywhere");
  assert.equal(
    findStanding({ ...custody, fence: branch }, [], { docked: true }),
    "unknown",
    "a dock elsewhere is no proof",
  );
});

test("attack 23: a box that is connected asks for the time before its longest time offline is over, and never locks itself", async () => {
  const platform = await Platform.ready();
  await setTo(platform, { maxOffline: 120 });
  for (let minute = 0; minute < 10; minute += 1) {
    platform.box.wait(61_000);
    await platform.controller.tick();
    must(await platform.answerTime((platform.box.rtc ?? 0) + 1));
  }
  assert.equal(platform.controller.view().lock, null);
  platform.box.wait(121_000);
  await platform.controller.tick();
  assert.equal(platform.controller.view().lock, "offline");
  assert.equal(await platform.press(), "LOCKED");
  must(await platform.order({ kind: "unlock" }));
  assert.equal(platform.controller.view().lock, null, "two people unlock it");
});
