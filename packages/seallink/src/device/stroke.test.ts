import assert from "node:assert/strict";
import { test } from "node:test";
import { Box } from "../test-box.ts";
import { noonSeconds } from "../test-claims.ts";
import { codeOf, must, Platform } from "../test-platform.ts";
import { judgeStroke } from "./stroke.ts";

const supervised = { n: 1, of: [{ u: "usr_91", cred: ["fp:21"] }], within: 60 };

test("what a stroke came to follows from the sensors and the drive's counter together", () => {
  const good = { left: true, returned: true, contacts: 1, ms: 1400, heldMs: 300 };
  assert.equal(judgeStroke(good, 1), "done");
  assert.equal(judgeStroke(good, 0), "unknown");
  assert.equal(judgeStroke(good, 2), "unknown");
  assert.equal(judgeStroke({ ...good, contacts: 2 }, 2), "done");
  assert.equal(judgeStroke({ ...good, contacts: 0 }, 0), "unknown");
  assert.equal(judgeStroke({ ...good, left: false, contacts: 0 }, 0), "aborted");
  assert.equal(judgeStroke({ ...good, left: false, contacts: 0 }, 1), "unknown");
  assert.equal(judgeStroke({ ...good, returned: false }, 1), "unknown");
  assert.equal(judgeStroke({ ...good, ms: 20_001 }, 1), "unknown");
  assert.equal(judgeStroke(undefined, 0), "unknown");
});

test("the motor moves only after its beginning is stored, and only in the state STROKE", async () => {
  const platform = await Platform.ready();
  await platform.arm();
  const seen: string[] = [];
  platform.box.onStroke = () => {
    seen.push(platform.controller.view().state);
    const { seq, ep } = platform.controller.view();
    assert.ok(platform.box.flash.has(`journal/${ep}/${seq}`));
  };
  assert.equal(await platform.press(), "done");
  assert.deepEqual(seen, ["STROKE"]);
});

test("attack 19: a long press and a double contact are told, and each touch counts", async () => {
  const platform = await Platform.ready();
  const { jti } = await platform.arm({ use: { max: 3, mode: "batch" } });
  platform.box.mechanics = "long";
  assert.equal(await platform.press(), "done");
  platform.box.mechanics = "double";
  assert.equal(await platform.press(), "done");
  assert.equal(await platform.press(), "COUNT_USED_UP");
  await platform.deliver();
  assert.deepEqual(platform.books.codes, ["PRESS_REFUSED", "UNRECORDED_STAMP", "alarm.hits", "alarm.longpress"]);
  assert.equal(platform.books.facts(jti)?.used, 2);
});

test("a drive that sticks, misses or does not answer leaves an unknown outcome that counts as used", async () => {
  for (const mechanics of ["stuck", "missed", "fails"] as const) {
    const platform = await Platform.ready();
    await platform.arm({ use: { max: 1, mode: "single" } });
    platform.box.mechanics = mechanics;
    assert.equal(await platform.press(), "unknown");
    assert.equal(await platform.press(), "COUNT_USED_UP");
    await platform.deliver();
    const alarms = mechanics === "missed" ? [] : ["alarm.motor"];
    assert.deepEqual(platform.books.codes, ["OUTCOME_UNKNOWN", "PRESS_REFUSED", ...alarms]);
  }
});

test("single asks for presence before each press, batch once for a session that ends", async () => {
  const platform = await Platform.ready();
  await platform.arm();
  must(await platform.controller.present("fp:17"));
  must(await platform.controller.press());
  assert.equal(codeOf(await platform.controller.press()), "WRONG_OPERATOR");
  must(await platform.controller.present("fp:17"));
  must(await platform.controller.press());
  const batch = await Platform.ready();
  await batch.arm({ use: { max: 9, mode: "batch", sess: 100 } });
  must(await batch.controller.present("fp:17"));
  must(await batch.controller.press());
  must(await batch.controller.press());
  batch.box.wait(100_001);
  assert.equal(codeOf(await batch.controller.press()), "SESSION_OVER");
  assert.equal(codeOf(await batch.controller.press()), "SESSION_OVER");
  assert.equal(batch.controller.view().state, "LOCKED");
});

test("attack 5: no supervisor, the same person twice, and one who comes too late", async () => {
  const platform = await Platform.ready();
  await platform.arm({ sup: supervised });
  must(await platform.controller.present("fp:17"));
  assert.equal(platform.controller.view().state, "READY");
  assert.equal(codeOf(await platform.controller.press()), "NO_SUPERVISOR");
  assert.equal(codeOf(await platform.controller.present("fp:17")), "SAME_PERSON");
  assert.equal(codeOf(await platform.controller.present("fp:1")), "NO_SUPERVISOR");
  platform.box.wait(61_000);
  assert.equal(codeOf(await platform.controller.present("fp:21")), "NO_SUPERVISOR");
  assert.equal(platform.controller.view().state, "ARMED");
  must(await platform.controller.present("fp:17"));
  must(await platform.controller.present("fp:21"));
  assert.equal(platform.controller.view().state, "CLEARED");
  must(await platform.controller.press());
  assert.equal(platform.box.strokes, 1);
});

test("a supervisor may confirm from elsewhere where the authorisation says so", async () => {
  const platform = await Platform.ready();
  const { jti } = await platform.arm({ sup: { n: 1, of: [{ u: "usr_95", cred: ["app"] }], within: 60 } });
  must(await platform.controller.present("fp:17"));
  assert.equal(codeOf(await platform.cosign({ k: "sup", jti, u: "usr_91" })), "NO_SUPERVISOR");
  assert.equal(codeOf(await platform.cosign({ k: "sup", jti: "auz_other", u: "usr_95" })), "NO_AUTH");
  must(await platform.cosign({ k: "sup", jti, u: "usr_95" }));
  assert.equal(platform.controller.view().state, "CLEARED");
});

test("console only in the station, emergency with a second person and an alarm", async () => {
  const platform = await Platform.ready();
  await platform.arm({ use: { max: 2, mode: "console" } });
  platform.box.docked = false;
  assert.equal(await platform.press(), "NOT_DOCKED");
  platform.box.docked = true;
  assert.equal(await platform.press(), "done");
  platform.box.docked = false;
  assert.equal(await platform.press(), "NOT_DOCKED", "the dock is asked for at each press");
  await platform.deliver();
  const refused = platform.books.journal.flatMap(({ record }) => (record.ty === "stamp.refuse" ? [record.reason] : []));
  assert.deepEqual(refused, ["NOT_DOCKED", "NOT_DOCKED"]);
  assert.equal(platform.box.strokes, 1);
  const urgent = await Platform.ready();
  const pic = { before: 1, after: 1, block: true };
  await urgent.arm({ use: { max: 1, mode: "emergency" }, doc: [], sup: supervised, pic });
  assert.equal(await urgent.press(), "NO_SUPERVISOR");
  must(await urgent.controller.present("fp:21"));
  must(await urgent.controller.press());
  await urgent.deliver();
  assert.deepEqual(urgent.books.codes, ["PRESS_REFUSED", "alarm.emergency"]);
  const [begin] = urgent.books.journal.filter(({ record }) => record.ty === "stamp.begin");
  assert.deepEqual(begin?.record.ty === "stamp.begin" && begin.record.pic?.map(({ k }) => k), ["before"]);
});

test("attack 21: without its picture the next press is refused, until one is taken on which something can be seen", async () => {
  for (const camera of ["gone", "dark"] as const) {
    const platform = await Platform.ready();
    await platform.arm({ pic: { after: 1, block: true } });
    platform.box.camera = camera;
    assert.equal(await platform.press(), "done");
    assert.equal(await platform.press(), "PIC_DEBT");
    assert.equal(codeOf(await platform.controller.retake()), "PIC_DEBT");
    platform.box.camera = "good";
    must(await platform.controller.retake());
    assert.equal(await platform.press(), "done");
    await platform.deliver();
    const dark = camera === "dark" ? ["PIC_DARK"] : [];
    assert.deepEqual(platform.books.codes, [...dark, "PRESS_REFUSED"]);
  }
});

test("attack 39: the finger that says I am forced is refused in ordinary words, and alarms silently", async () => {
  const platform = await Platform.ready();
  must(await platform.order({ kind: "cred-add", cred: "fp:18", u: "usr_88", duress: true }));
  await platform.arm();
  must(await platform.controller.present("fp:18"));
  const pressed = await platform.controller.press();
  assert.equal(codeOf(pressed), "FAULT");
  assert.ok(!pressed.ok && !/duress|forced|alarm/i.test(pressed.detail));
  assert.equal(codeOf(await platform.controller.press()), "FAULT");
  assert.deepEqual(platform.box.signals, []);
  await platform.deliver();
  assert.deepEqual(platform.books.codes, ["PRESS_REFUSED", "alarm.duress"]);
  assert.equal(platform.box.strokes, 0);
});

test("attack 33: a full memory refuses to stamp and overwrites nothing; alarms still find room", async () => {
  const box = new Box();
  box.capacity = 60;
  const platform = await Platform.ready(box);
  await platform.arm({ use: { max: 100, mode: "batch" } });
  const outcomes: string[] = [];
  for (let turn = 0; turn < 40; turn += 1) outcomes.push(await platform.press());
  assert.equal(outcomes.at(-1), "SPACE");
  await platform.controller.sense({ kind: "move", ms: 5000 });
  await platform.deliver();
  assert.deepEqual(platform.books.codes, ["PRESS_REFUSED", "alarm.move", "alarm.space"]);
  assert.equal(platform.books.journal.length, platform.controller.view().seq);
  must(await platform.acknowledge());
  assert.equal(await platform.press(), "done");
  platform.box.picturesFull = 0.96;
  assert.equal(await platform.press(), "SPACE");
});

test("attack 33: refusals beyond sixty an hour are counted and not written one by one", async () => {
  const platform = await Platform.ready();
  for (let turn = 0; turn < 200; turn += 1) assert.equal(codeOf(await platform.controller.press()), "NO_AUTH");
  const written = platform.controller.view().seq;
  platform.box.wait(3_600_001);
  await platform.controller.press();
  assert.equal(platform.controller.view().seq, written + 1);
  await platform.deliver();
  const refusals = platform.books.journal.filter(({ record }) => record.ty === "stamp.refuse");
  assert.equal(refusals.length, 61);
  const last = refusals.at(-1)?.record;
  assert.ok(last?.ty === "stamp.refuse" && last.more === 140);
});

test("attack 24: outside the place in the request a press is refused, or told where it asks only for that", async () => {
  const loc = { c: [31.2304, 121.4737] as const, r: 200 };
  const platform = await Platform.ready();
  await platform.arm({ loc: { ...loc, do: "refuse" } });
  assert.equal(await platform.press(), "FENCE");
  platform.box.fix = [31.25, 121.4737, 10];
  assert.equal(await platform.press(), "FENCE");
  platform.box.fix = [31.2303, 121.4736, 5000];
  assert.equal(await platform.press(), "FENCE");
  platform.box.fix = [31.2303, 121.4736, 12];
  assert.equal(await platform.press(), "done");
  const told = await Platform.ready();
  await told.arm({ loc: { ...loc, do: "alarm" } });
  assert.equal(await told.press(), "done");
  await told.deliver();
  assert.deepEqual(told.books.codes, ["alarm.fence"]);
});

test("a low battery starts no session at 10 per cent and locks at 5", async () => {
  const platform = await Platform.ready();
  const { jti } = await platform.arm();
  must(await platform.controller.leave());
  platform.box.battery = 10;
  assert.equal(codeOf(await platform.controller.choose(jti)), "LOW_BATTERY");
  await platform.controller.tick();
  platform.box.battery = 4;
  await platform.controller.tick();
  await platform.controller.tick();
  assert.equal(platform.controller.view().lock, "battery");
  assert.equal(codeOf(await platform.controller.press()), "LOCKED");
  await platform.deliver();
  assert.equal(platform.books.told.filter((code) => code === "alarm.lowbat").length, 2);
});

test("attack 15: a seal that does not answer with its tag stops the press and locks its slot until an inspection", async () => {
  const platform = await Platform.ready();
  await platform.arm();
  must(await platform.controller.present("fp:17"));
  platform.box.tags = [undefined];
  assert.equal(codeOf(await platform.controller.press()), "WRONG_TAG");
  platform.box.tags = ["E28011606000"];
  assert.equal(codeOf(await platform.controller.press()), "WRONG_TAG");
  must(await platform.controller.leave());
  must(await platform.order({ kind: "inspect" }));
  must(await platform.controller.choose(platform.controller.view().tokens[0]?.claims.jti ?? ""));
  assert.equal(await platform.press(), "done");
  await platform.deliver();
  assert.deepEqual(platform.books.told, ["alarm.tag", "PRESS_REFUSED", "PRESS_REFUSED"]);
});

test("attack 23: an authorisation dies with its age offline, at the press too", async () => {
  const platform = await Platform.ready();
  await platform.arm({ exp: noonSeconds + 80_000, off: { ok: true, age: 3600 }, use: { max: 3, mode: "single" } });
  platform.box.wait(3500_000);
  assert.equal(await platform.press(), "done");
  platform.box.wait(200_000);
  assert.equal(await platform.press(), "OFFLINE_TOO_OLD");
  await platform.deliver();
  must(await platform.acknowledge());
  assert.equal(await platform.press(), "done");
});

test("an authorisation ends during a session: the press is refused and the authorisation closed", async () => {
  const platform = await Platform.ready();
  await platform.arm({ exp: noonSeconds + 100 });
  must(await platform.controller.present("fp:17"));
  platform.box.wait(100_000);
  assert.equal(codeOf(await platform.controller.press()), "EXPIRED");
  assert.equal(platform.controller.view().tokens.length, 0);
  const idle = await Platform.ready();
  const { text } = await idle.token({ exp: noonSeconds + 100 });
  must(await idle.controller.receive(text));
  idle.box.wait(100_000);
  await idle.controller.tick();
  await idle.deliver();
  const close = idle.books.journal.findLast(({ record }) => record.ty === "auth.close")?.record;
  assert.ok(close?.ty === "auth.close" && close.why === "expired");
});
