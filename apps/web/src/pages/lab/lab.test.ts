import assert from "node:assert/strict";
import { test } from "node:test";
import { makeReady } from "./cheats.ts";
import type { Lab } from "./lab.ts";
import { makeLab } from "./test-lab.ts";

async function ready(): Promise<Lab> {
  const lab = await makeLab();
  await lab.do(() => makeReady(lab));
  return lab;
}

/** A request for two impressions, approved and chosen. */
async function arm(lab: Lab): Promise<string> {
  const jti = await lab.do(async () => lab.approve(lab.apply(0).id));
  assert.ok(jti);
  await lab.do(() => lab.choose(jti));
  return jti;
}

async function press(lab: Lab, held = false): Promise<string | undefined> {
  await lab.do(() => lab.finger("operator"));
  await lab.do(() => lab.finger("supervisor"));
  return lab.do(() => lab.press(held));
}

test("what is approved while the cable is out waits, and what is stamped without it is sent later", async () => {
  const lab = await ready();
  await lab.do(() => lab.setOnline(false));
  await lab.do(async () => lab.approve(lab.apply(0).id));
  assert.equal(lab.snapshot().waitingTokens, 1);
  assert.equal(lab.snapshot().view?.tokens.length, 0);
  await lab.do(() => lab.setOnline(true));
  assert.equal(lab.snapshot().waitingTokens, 0);
  const jti = lab.snapshot().view?.tokens[0]?.claims.jti ?? assert.fail("no token");
  await lab.do(() => lab.setOnline(false));
  await lab.do(() => lab.choose(jti));
  assert.equal(await press(lab), "done");
  assert.ok((lab.snapshot().view?.waiting ?? 0) > 0);
  assert.equal(lab.snapshot().counts?.counts.stamped, 0);
  await lab.do(() => lab.setOnline(true));
  assert.equal(lab.snapshot().view?.waiting, 0);
  assert.equal(lab.snapshot().counts?.counts.stamped, 1);
  assert.equal(lab.snapshot().counts?.counts.photographed, 1);
  assert.deepEqual(lab.found, []);
});

test("power that goes in the stroke: the outcome is unknown and counts as used", async () => {
  const lab = await ready();
  await arm(lab);
  lab.cutInStroke(true);
  await press(lab);
  assert.equal(lab.snapshot().power, false);
  await lab.do(() => lab.finger("operator"));
  await lab.do(() => lab.setPower(true));
  assert.deepEqual(lab.found, ["OUTCOME_UNKNOWN"]);
  assert.equal(lab.snapshot().view?.tokens[0]?.left, 1);
  assert.equal(lab.snapshot().counter, 1);
});

test("a jam gives the impression back, a long press is told", async () => {
  const lab = await ready();
  await arm(lab);
  await lab.do(async () => lab.jam(true));
  assert.equal(await press(lab), "aborted");
  assert.equal(lab.snapshot().view?.tokens[0]?.left, 2);
  await lab.do(async () => lab.jam(false));
  assert.equal(await press(lab, true), "done");
  assert.deepEqual(lab.found, ["alarm.longpress"]);
});

test("away from its dock the box alarms, and stamps nothing outside the place it is allowed at", async () => {
  const lab = await ready();
  await arm(lab);
  await lab.do(() => lab.carryTo("town"));
  assert.equal(await press(lab), "FENCE");
  assert.deepEqual(lab.found, ["alarm.move", "PRESS_REFUSED"]);
  assert.equal(lab.snapshot().counter, 0);
});

test("what is approved for the dock alone is pressed there and nowhere else, however near the box stands", async () => {
  const lab = await ready();
  const jti = (await lab.do(async () => lab.approve(lab.apply(0, { docked: true }).id))) ?? assert.fail("no token");
  await lab.do(() => lab.choose(jti));
  await lab.do(() => lab.carryTo("desk"));
  assert.equal(await press(lab), "NOT_DOCKED");
  assert.deepEqual(lab.found, ["PRESS_REFUSED"]);
  await lab.do(() => lab.carryTo("dock"));
  assert.equal(await lab.do(() => lab.press()), "done");
  // Fingers are asked for again before the next, as for one alone.
  assert.equal(await lab.do(() => lab.press()), "WRONG_OPERATOR");
  assert.equal(lab.snapshot().counter, 1);
  // Another one, not bound to the dock, is pressed on the desk.
  await lab.do(() => lab.carryTo("desk"));
  await arm(lab);
  assert.equal(await press(lab), "done");
});

test("a stranger's finger, a shake, an empty battery: each is told", async () => {
  const lab = await ready();
  const jti = await arm(lab);
  await lab.do(() => lab.finger("stranger"));
  assert.equal(lab.snapshot().refusal, "WRONG_OPERATOR");
  await lab.do(() => lab.shake());
  await lab.do(() => lab.drain());
  await lab.do(() => lab.choose(jti));
  assert.equal(lab.snapshot().refusal, "LOW_BATTERY");
  assert.deepEqual(lab.found, ["PRESS_REFUSED", "alarm.vibration", "alarm.lowbat"]);
});

test("the picture in the record is the one that the camera took, and its digest names it", async () => {
  const lab = await ready();
  await arm(lab);
  await press(lab);
  const { picture, entries } = lab.snapshot();
  const end = entries.findLast(({ record }) => record.ty === "stamp.end")?.record;
  assert.equal(end?.ty === "stamp.end" ? end.pic[0]?.h : undefined, picture?.hash);
  assert.match(new TextDecoder().decode(picture?.bytes), /^app_lab_\d+ 1$/);
  assert.ok(lab.platform.pictures.has(picture?.hash ?? ""));
});

test("nothing of the lab could enter a ledger: its keys are its own, its issuer and names say so", async () => {
  const [one, other] = [await ready(), await ready()];
  await arm(one);
  const text = one.snapshot().token ?? "";
  assert.equal((await other.receive(text)).ok, false);
  assert.match(one.snapshot().view?.dev ?? "", /^dev_lab_/);
  assert.match(atob((text.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/")), /"iss":"urn:seal:lab"/);
});
