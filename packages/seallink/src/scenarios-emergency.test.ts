import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AuthorisationClaims, emergencyLimits, signToken } from "./index.ts";
import { Box } from "./test-box.ts";
import { noon, noonSeconds } from "./test-claims.ts";
import { codeOf, must, Platform, platformKeys } from "./test-platform.ts";
import { signJws } from "./wire/jws.ts";

// An emergency authorisation (clause 3.5): no document, a second person at the box, a picture before each press, always an alarm.

const urgent = (change: Partial<AuthorisationClaims> = {}): Partial<AuthorisationClaims> => ({
  ...{ use: { max: 2, mode: "emergency", sess: 300 }, doc: [], exp: noonSeconds + 3600 },
  sup: { n: 1, of: [{ u: "usr_91", cred: ["fp:21"] }], within: 60 },
  ...{ pic: { before: 1, after: 1, block: true }, off: { ok: false, age: 0 } },
  ...change,
});
const found = (platform: Platform): string[] => platform.books.codes;
/** Both fingers, and a press. */
async function pressBy(platform: Platform, cred: string): Promise<string> {
  await platform.controller.present("fp:17");
  const present = await platform.controller.present(cred);
  const pressed = await platform.controller.press();
  return pressed.ok ? pressed.value.out : present.ok ? pressed.code : present.code;
}

test("an emergency: both persons at each press, each paper pictured before it is pressed, an alarm at once and none besides", async () => {
  const platform = await Platform.ready();
  await platform.arm(urgent());
  await platform.deliver();
  assert.deepEqual(found(platform), ["alarm.emergency"], "before anything was pressed");
  assert.equal(await pressBy(platform, "fp:21"), "done");
  assert.equal(codeOf(await platform.controller.press()), "WRONG_OPERATOR", "and both once more for the next");
  assert.equal(await pressBy(platform, "fp:21"), "done");
  await platform.deliver();
  assert.deepEqual(found(platform), ["PRESS_REFUSED", "alarm.emergency"]);
  assert.equal(platform.box.strokes, 2);
});

test("attack 5: an emergency authorisation without the second person, or with one person twice, presses nothing", async () => {
  for (const [cred, code] of [
    ["fp:17", "SAME_PERSON"],
    ["fp:1", "NO_SUPERVISOR"],
  ] as const) {
    const platform = await Platform.ready();
    await platform.arm(urgent());
    assert.equal(await pressBy(platform, cred), code);
    await platform.controller.press();
    assert.equal(platform.box.strokes, 0);
    await platform.deliver();
    assert.ok(found(platform).includes("PRESS_REFUSED"));
  }
  // The two-person rule is the box's own, whoever signed: nobody stands on both sides of it.
  const platform = await Platform.ready();
  const alone = platform.claims(urgent({ sup: { n: 1, of: [{ u: "usr_88", cred: ["fp:17"] }], within: 60 } }));
  const text = await signJws("seal-auz+jwt", alone, platformKeys.authority.signer);
  assert.equal(codeOf(await platform.controller.receive(text)), "SAME_PERSON");
});

test("attack 5: whoever is elsewhere sees no emergency: his word from there is no second person", async () => {
  const platform = await Platform.ready();
  const { jti } = await platform.arm(urgent());
  must(await platform.controller.present("fp:17"));
  assert.equal(codeOf(await platform.cosign({ k: "sup", jti, u: "usr_91" })), "NO_SUPERVISOR");
  assert.notEqual(codeOf(await platform.controller.press()), "ok");
  assert.equal(platform.box.strokes, 0);
});

test("attack 3: an emergency authorisation that was used up is spent, and told where somebody tries it again", async () => {
  const platform = await Platform.ready();
  const { text, claims } = await platform.token(urgent({ use: { max: 1, mode: "emergency", sess: 300 } }));
  must(await platform.controller.receive(text));
  must(await platform.controller.choose(claims.jti));
  assert.equal(await pressBy(platform, "fp:21"), "done");
  assert.equal(codeOf(await platform.controller.receive(text)), "SPENT");
  await platform.deliver();
  assert.deepEqual(found(platform), ["TOKEN_REJECTED", "alarm.emergency"]);
  assert.equal(platform.box.strokes, 1);
});

test("attack 7: after its time an emergency authorisation is taken by no box, and one that was taken presses nothing, with the clock set back", async () => {
  const platform = await Platform.ready();
  const { text } = await platform.token(urgent());
  const { jti } = await platform.arm(urgent());
  platform.box.wait(3601_000);
  assert.equal(codeOf(await platform.acknowledge()), "ok");
  platform.box.rtc = noon;
  assert.equal(codeOf(await platform.controller.receive(text)), "EXPIRED");
  assert.notEqual(await pressBy(platform, "fp:21"), "done");
  assert.equal(platform.box.strokes, 0);
  assert.equal(platform.books.facts(jti)?.used ?? 0, 0);
});

test("attack 2: an emergency authorisation for another box is refused, and its alarm is not raised here", async () => {
  const platform = await Platform.ready();
  const other = await Platform.ready(new Box(), "dev_2");
  const { text } = await other.token(urgent());
  assert.equal(codeOf(await platform.controller.receive(text)), "WRONG_DEVICE");
  await platform.deliver();
  assert.deepEqual(found(platform), ["TOKEN_REJECTED"]);
});

test("attack 21: with the camera covered an emergency presses nothing, for what lies there is the document", async () => {
  for (const camera of ["gone", "dark"] as const) {
    const platform = await Platform.ready();
    await platform.arm(urgent());
    platform.box.camera = camera;
    assert.equal(await pressBy(platform, "fp:21"), "PIC_DEBT");
    assert.equal(platform.box.strokes, 0);
    platform.box.camera = "good";
    assert.equal(await pressBy(platform, "fp:21"), "done");
  }
});

test("attack 20: the power cut while an emergency is taken leaves none that can be used and was never told", async () => {
  for (let cutAfter = 1; cutAfter < 12; cutAfter += 1) {
    const platform = await Platform.ready();
    const { text, claims } = await platform.token(urgent());
    platform.box.cutAfter = cutAfter;
    await platform.controller.receive(text).catch(() => undefined);
    platform.box.cutAfter = Number.POSITIVE_INFINITY;
    platform.controller = await platform.box.start();
    await platform.controller.connected();
    const usable = (await platform.controller.choose(claims.jti)).ok;
    await platform.deliver();
    assert.ok(!usable || found(platform).includes("alarm.emergency"), `cut after ${cutAfter}`);
  }
});

test("whatever is left out of an emergency authorisation, nobody signs it and no box takes it", async () => {
  const platform = await Platform.ready();
  const loosened = fc.constantFrom<Partial<AuthorisationClaims>>(
    { doc: [{ h: `sha256:${"5a".repeat(32)}`, t: "Contract" }] },
    { sup: { n: 0, of: [{ u: "usr_91", cred: ["fp:21"] }], within: 60 } },
    { sup: { n: 1, of: [{ u: "usr_91", cred: ["fp:21", "app"] }], within: 60 } },
    { pic: { after: 1, block: true } },
    { pic: { before: 1, after: 1 } },
    { use: { max: emergencyLimits.impressions + 1, mode: "emergency" } },
    { exp: noonSeconds + emergencyLimits.life + 1 },
    { adds: "auz_other" },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(loosened, { minLength: 1, maxLength: 3 }), async (changes) => {
      const claims = platform.claims(urgent(Object.assign({}, ...changes)));
      assert.equal((await signToken(claims, platformKeys.authority.signer)).ok, false);
      const forced = await signJws("seal-auz+jwt", claims, platformKeys.authority.signer);
      assert.equal(codeOf(await platform.controller.receive(forced)), "FORMAT");
    }),
    { numRuns: 100 },
  );
});
