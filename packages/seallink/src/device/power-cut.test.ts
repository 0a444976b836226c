import assert from "node:assert/strict";
import { test } from "node:test";
import { Box } from "../test-box.ts";
import { must, Platform } from "../test-platform.ts";

/** What the books say of one authorisation's strokes. */
function strokesOf(platform: Platform): { begun: number; done: number; unknown: number; aborted: number } {
  const counts = { begun: 0, done: 0, unknown: 0, aborted: 0 };
  for (const { record } of platform.books.journal) {
    if (record.ty === "stamp.begin") counts.begun += 1;
    if (record.ty === "stamp.end") counts[record.out] += 1;
  }
  return counts;
}

/** Starts a box again whose power may go during the start, too, until it stays. */
async function recover(platform: Platform, cutsDuringStart: readonly number[]): Promise<void> {
  for (const cutAfter of cutsDuringStart) {
    platform.box.cutAfter = cutAfter;
    platform.box.up += 1;
    await platform.box.start().catch(() => undefined);
  }
  platform.box.cutAfter = Number.POSITIVE_INFINITY;
  platform.controller = await platform.box.start();
}

for (const tearing of [false, true]) {
  test(`attack 20: power lost at any point of a stroke leaves one beginning and one end${tearing ? ", torn writes too" : ""}`, async () => {
    let moments = 0;
    for (let cutAfter = 0; ; cutAfter += 1) {
      const platform = await Platform.ready();
      const { box } = platform;
      const { jti } = await platform.arm({ use: { max: 2, mode: "batch" }, pic: { after: 2, before: 1 } });
      must(await platform.controller.present("fp:17"));
      box.tearing = tearing;
      box.cutAfter = cutAfter;
      const pressed = await platform.controller.press().catch(() => undefined);
      const lost = pressed === undefined;
      await recover(platform, lost ? [cutAfter % 7, cutAfter % 3] : []);
      await platform.controller.connected();
      await platform.deliver();
      const { begun, done, unknown, aborted } = strokesOf(platform);
      assert.equal(begun, done + unknown + aborted, `cut after ${cutAfter}`);
      // What the paper shows is never more than what counts as used.
      assert.ok(box.strokes <= done + unknown && done <= box.strokes, `cut after ${cutAfter}`);
      assert.ok((box.counters[0] ?? 0) <= done + unknown);
      const left = 2 - (platform.books.facts(jti)?.used ?? 0);
      assert.deepEqual(platform.books.codes, unknown > 0 ? ["OUTCOME_UNKNOWN"] : [], `cut after ${cutAfter}`);
      if (platform.controller.view().state === "LOCKED") must(await platform.controller.choose(jti));
      let more = 0;
      while ((await platform.press()) === "done") more += 1;
      assert.equal(more, left, `cut after ${cutAfter}`);
      await platform.deliver();
      assert.equal(platform.books.chain.quarantined, null);
      if (!lost) break;
      moments += 1;
    }
    // Storage, pictures, drive: more than the six points that the design counts.
    assert.ok(moments > 10, `${moments}`);
  });
}

test("power lost at any point of an enrolment and of mounting a seal: the next start goes on from there", async () => {
  for (let cutAfter = 0; ; cutAfter += 1) {
    const platform = new Platform(new Box());
    platform.box.cutAfter = cutAfter;
    const enrolled = await platform.enrol().then(
      () => true,
      () => false,
    );
    await recover(platform, enrolled ? [] : [cutAfter % 5]);
    if (platform.controller.view().state !== "FACTORY") {
      await platform.controller.connected();
      await platform.deliver();
      assert.deepEqual(platform.books.codes, [], `cut after ${cutAfter}`);
      await platform.mount();
      assert.equal(platform.controller.view().state, "LOCKED", `cut after ${cutAfter}`);
    }
    if (enrolled) break;
  }
});

test("power lost while a token, a revocation or settings arrive: nothing counts twice and nothing is forgotten", async () => {
  for (let cutAfter = 0; cutAfter < 14; cutAfter += 1) {
    const platform = await Platform.ready();
    const first = await platform.token();
    const second = await platform.token();
    platform.box.cutAfter = cutAfter;
    await platform.controller.receive(first.text).catch(() => undefined);
    await platform.revoke({ jti: [second.claims.jti] }).catch(() => undefined);
    await recover(platform, []);
    must(await platform.controller.receive(first.text));
    must(await platform.revoke({ jti: [second.claims.jti] }));
    assert.ok(!(await platform.controller.receive(second.text)).ok);
    must(await platform.controller.choose(first.claims.jti));
    await platform.controller.connected();
    await platform.deliver();
    assert.deepEqual(platform.books.codes, ["TOKEN_REJECTED"], `cut after ${cutAfter}`);
    const accepts = platform.books.journal.filter(({ record }) => record.ty === "auth.accept");
    assert.equal(accepts.length, 1);
  }
});

test("a port that fails stops the controller until it is started anew", async () => {
  const platform = await Platform.ready();
  platform.box.cutAfter = 0;
  await assert.rejects(platform.command("hb"));
  platform.box.cutAfter = Number.POSITIVE_INFINITY;
  await assert.rejects(platform.controller.press(), /started anew/);
  await recover(platform, []);
  must(await platform.command("hb"));
});

test("what is in the journal has happened, also where the power went before the memory could follow", async () => {
  const platform = await Platform.ready();
  platform.box.cutAfter = 1;
  await assert.rejects(platform.controller.sense({ kind: "key-fault" }));
  await recover(platform, []);
  assert.equal(platform.controller.view().tamper, "alarm.key");
  await platform.controller.connected();
  await platform.deliver();
  assert.deepEqual(platform.books.codes, ["alarm.key"]);
});

test("TAMPER outlives the power, and so do a lock and a mounted seal", async () => {
  const platform = await Platform.ready();
  await platform.controller.sense({ kind: "door-open" });
  must(await platform.command("lock"));
  await recover(platform, [2, 4]);
  const view = platform.controller.view();
  assert.deepEqual([view.state, view.tamper, view.lock], ["TAMPER", "alarm.open", "command"]);
  assert.equal(view.slots[0]?.seal, "seal_0012");
});
