import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuthorisationClaims, CosignClaims } from "../index.ts";
import { signCosign, signToken } from "../index.ts";
import { authorisationOf, noonSeconds, someHash } from "../test-claims.ts";
import { makeNodeKey } from "../test-node-crypto.ts";
import { codeOf, must, Platform, platformKeys } from "../test-platform.ts";
import { remoteWindow } from "./session.ts";

/** Agreed to by usr_91, who is elsewhere; usr_88 presses. */
const remote = (max = 2): Partial<AuthorisationClaims> => ({
  use: { max, mode: "remote", sess: 3600 },
  sup: { n: 0, of: [{ u: "usr_91", cred: ["app"] }], within: 60 },
});

interface Asked {
  readonly platform: Platform;
  readonly jti: string;
  readonly n: number;
  readonly h: string;
}

async function asked(max = 2): Promise<Asked> {
  const platform = await Platform.ready();
  const { jti } = await platform.arm(remote(max));
  must(await platform.controller.present("fp:17"));
  return { platform, jti, ...must(await platform.controller.askRemote()) };
}

const agree = ({ platform, jti, n, h }: Asked, change: Partial<CosignClaims> = {}) =>
  platform.cosign({ k: "press", jti, n, h, ...change } as Partial<CosignClaims>);
const press = async ({ platform }: Asked): Promise<string> => codeOf(await platform.controller.press());
const strokesOf = ({ platform }: Asked): number => platform.box.strokes;

test("attack 17: each press waits for a co-sign message with the picture taken before it", async () => {
  const platform = await Platform.ready();
  const { jti } = await platform.arm(remote());
  assert.equal(
    codeOf(await platform.controller.askRemote()),
    "WRONG_OPERATOR",
    "nobody is asked before somebody is there",
  );
  must(await platform.controller.present("fp:17"));
  assert.equal(codeOf(await platform.controller.press()), "NO_COSIGN");
  const ask = { platform, jti, ...must(await platform.controller.askRemote()) };
  assert.equal(await press(ask), "NO_COSIGN");
  must(await agree(ask));
  assert.equal(await press(ask), "ok");
  await platform.deliver();
  const records = platform.books.journal.map(({ record }) => record);
  const told = records.find(({ ty }) => ty === "remote.ask");
  assert.ok(told?.ty === "remote.ask");
  assert.deepEqual([told.jti, told.n, told.op, told.pic[0]?.h, told.pic[0]?.k], [jti, 1, "fp:17", ask.h, "before"]);
  const begin = records.find(({ ty }) => ty === "stamp.begin");
  assert.ok(begin?.ty === "stamp.begin");
  assert.equal(begin.pic?.[0]?.h, ask.h);
  assert.match(begin.cos ?? "", /^sha256:/);
});

test("attack 17: agreed for another picture, another press or another authorisation: nothing moves", async () => {
  const ask = await asked();
  assert.equal(codeOf(await agree(ask, { h: someHash })), "NO_COSIGN");
  assert.equal(codeOf(await agree(ask, { n: ask.n + 1 })), "NO_COSIGN");
  assert.equal(codeOf(await agree(ask, { jti: "auz_other" })), "NO_AUTH");
  assert.equal(codeOf(await agree(ask, { aud: "dev_2" })), "WRONG_DEVICE");
  assert.equal(codeOf(await agree(ask, { ep: 2 })), "WRONG_EPOCH");
  assert.equal(await press(ask), "NO_COSIGN");
  assert.equal(strokesOf(ask), 0);
});

test("attack 17: agreed by who presses, or by anybody who was not named for it: nothing moves", async () => {
  const ask = await asked();
  assert.equal(codeOf(await agree(ask, { u: "usr_88" })), "SAME_PERSON");
  assert.equal(codeOf(await agree(ask, { u: "usr_95" })), "NO_SUPERVISOR");
  // Who has a finger on the box and is named nowhere does not agree from elsewhere either.
  assert.equal(codeOf(await agree(ask, { u: "usr_1" })), "NO_SUPERVISOR");
  assert.equal(await press(ask), "NO_COSIGN");
  assert.equal(strokesOf(ask), 0);
});

test("attack 17: what was agreed to serves one press and is dead after it, after a jam too, and for a new picture", async () => {
  const ask = await asked(3);
  const { platform, jti, n, h } = ask;
  must(await agree(ask));
  // Again before the press: nothing new.
  must(await agree(ask));
  assert.equal(await press(ask), "ok");
  must(await platform.controller.present("fp:17"));
  assert.equal(codeOf(await agree(ask)), "NO_COSIGN", "replayed before anybody was asked again");
  const second = { ...ask, ...must(await platform.controller.askRemote()) };
  assert.notEqual(second.h, h);
  assert.deepEqual([n, second.n], [1, 2]);
  assert.equal(codeOf(await agree(ask)), "NO_COSIGN", "replayed for the next press");
  platform.box.mechanics = "jam";
  must(await agree(second));
  assert.equal(await press(ask), "ok");
  assert.equal(strokesOf(ask), 1, "a jam never left the box");
  platform.box.mechanics = "good";
  must(await platform.controller.present("fp:17"));
  assert.equal(codeOf(await platform.cosign({ k: "press", jti, n: second.n, h: second.h })), "NO_COSIGN");
  // A picture that is taken anew leaves what was agreed about the earlier one behind.
  const third = { ...ask, ...must(await platform.controller.askRemote()) };
  must(await agree(third));
  const fourth = { ...ask, ...must(await platform.controller.askRemote()) };
  assert.equal(fourth.n, third.n);
  assert.equal(await press(ask), "NO_COSIGN");
  assert.equal(strokesOf(ask), 1);
});

test("attack 17: too late: the message has ended, the picture is too old, or both are and the press comes then", async () => {
  const ask = await asked();
  const { platform } = ask;
  const old = platform.seconds;
  platform.box.wait(61_000);
  assert.equal(codeOf(await agree(ask, { iat: old, exp: old + 60 })), "EXPIRED");
  must(await agree(ask));
  platform.box.wait(61_000);
  assert.equal(await press(ask), "NO_COSIGN", "agreed in time, and pressed too late");
  platform.box.wait(remoteWindow);
  assert.equal(codeOf(await agree(ask)), "EXPIRED", "nobody knows what lies there by now");
  // A message that lives long makes the picture no younger.
  const fresh = { ...ask, ...must(await platform.controller.askRemote()) };
  must(await agree(fresh, { exp: platform.seconds + 600 }));
  platform.box.wait(remoteWindow + 1);
  assert.equal(await press(ask), "NO_COSIGN");
  assert.equal(strokesOf(ask), 0);
});

test("attack 17: a refusal is told to the box: nothing moves for its picture, also not by an agreement before or after it; a new one is asked", async () => {
  const ask = await asked();
  const { platform, jti, n, h } = ask;
  const refuse = (change: Partial<CosignClaims> = {}) =>
    platform.cosign({ k: "refuse", jti, n, h, ...change } as Partial<CosignClaims>);
  assert.equal(codeOf(await refuse({ u: "usr_88" })), "SAME_PERSON");
  assert.equal(codeOf(await refuse({ u: "usr_95" })), "NO_SUPERVISOR");
  assert.equal(codeOf(await refuse({ h: someHash } as Partial<CosignClaims>)), "NO_COSIGN");
  must(await agree(ask));
  must(await refuse());
  assert.deepEqual(platform.controller.view().session?.remote, { n, agreed: false, refused: true });
  assert.equal(await press(ask), "COSIGN_REFUSED");
  assert.equal(codeOf(await agree(ask)), "COSIGN_REFUSED");
  assert.equal(await press(ask), "COSIGN_REFUSED");
  assert.equal(strokesOf(ask), 0);
  const again = { ...ask, ...must(await platform.controller.askRemote()) };
  assert.equal(again.n, n, "the impression is still to be made");
  assert.equal(codeOf(await refuse()), "NO_COSIGN", "a late double is about the earlier picture");
  must(await agree(again));
  assert.equal(await press(ask), "ok");
});

test("attack 17: a message that the authority did not sign, and an authorisation that names nobody elsewhere, are refused", async () => {
  const ask = await asked();
  const iat = noonSeconds;
  const claims = { v: 1, aud: "dev_1", ep: 1, iat, exp: iat + 60, u: "usr_91", k: "press", ...ask } as const;
  const { platform: _, ...pure } = claims as typeof claims & { platform?: unknown };
  for (const key of [makeNodeKey("auz-1"), platformKeys.ack, platformKeys.firmware]) {
    const forged = must(await signCosign(pure as CosignClaims, key.signer));
    assert.notEqual(codeOf(await ask.platform.controller.receive(forged)), "ok");
  }
  assert.equal(await press(ask), "NO_COSIGN");
  const nobody = authorisationOf({ use: { max: 1, mode: "remote" } });
  assert.equal((await signToken(nobody, platformKeys.authority.signer)).ok, false);
  const here = authorisationOf({
    use: { max: 1, mode: "remote" },
    sup: { n: 0, of: [{ u: "usr_91", cred: ["fp:21"] }], within: 60 },
  });
  assert.equal((await signToken(here, platformKeys.authority.signer)).ok, false);
});

for (const [what, det, interrupt] of [
  ["moved", "moved", (one: Asked) => one.platform.controller.sense({ kind: "move", ms: 200 })],
  ["shaken", "shaken", (one: Asked) => one.platform.controller.sense({ kind: "vibration", ms: 200 })],
  [
    "pulled out of its station",
    "undocked",
    async (one: Asked) => {
      one.platform.box.docked = false;
      await one.platform.controller.tick();
    },
  ],
  [
    "left without power",
    "power",
    async (one: Asked) => {
      one.platform.controller = await one.platform.box.start();
    },
  ],
] as const)
  test(`a box that is ${what} while somebody elsewhere looks ends the session and tells it; nothing is pressed`, async () => {
    const ask = await asked();
    const { platform } = ask;
    must(await agree(ask));
    await interrupt(ask);
    assert.equal(platform.controller.view().session, undefined);
    assert.notEqual(await press(ask), "ok");
    assert.notEqual(codeOf(await agree(ask)), "ok");
    assert.equal(strokesOf(ask), 0);
    await platform.deliver();
    const alarms = platform.books.journal.flatMap(({ record }) => (record.ty === "alarm.remote" ? [record] : []));
    assert.deepEqual(
      alarms.map((one) => [one.det, one.jti]),
      [[det, ask.jti]],
    );
    // It is no tampering: the custodian looks, and begins again.
    platform.box.docked = true;
    // Without a signed word since its start a box presses nothing.
    must(await platform.acknowledge());
    must(await platform.controller.choose(ask.jti));
    must(await platform.controller.present("fp:17"));
    const again = { ...ask, ...must(await platform.controller.askRemote()) };
    must(await agree(again));
    assert.equal(await press(ask), "ok");
  });

test("a box that is unplugged between the look and the press does not press either", async () => {
  const ask = await asked();
  must(await agree(ask));
  ask.platform.box.docked = false;
  assert.equal(await press(ask), "SESSION_OVER");
  assert.equal(strokesOf(ask), 0);
});

test("who leaves, or presses, interrupts nothing by switching the box off afterwards", async () => {
  for (const end of ["leave", "press"] as const) {
    const ask = await asked();
    must(await agree(ask));
    must(await ask.platform.controller[end]());
    ask.platform.controller = await ask.platform.box.start();
    await ask.platform.deliver();
    assert.ok(!ask.platform.books.journal.some(({ record }) => record.ty === "alarm.remote"));
  }
});

test("nobody is asked about a picture that shows nothing, nor when no impression is left", async () => {
  const platform = await Platform.ready();
  const { jti } = await platform.arm(remote(1));
  must(await platform.controller.present("fp:17"));
  platform.box.camera = "dark";
  assert.equal(codeOf(await platform.controller.askRemote()), "PIC_DEBT");
  platform.box.camera = "gone";
  assert.equal(codeOf(await platform.controller.askRemote()), "PIC_DEBT");
  platform.box.camera = "good";
  platform.box.picturesFull = 0.96;
  assert.equal(codeOf(await platform.controller.askRemote()), "SPACE");
  platform.box.picturesFull = 0;
  const ask = { platform, jti, ...must(await platform.controller.askRemote()) };
  must(await agree(ask));
  assert.equal(await press(ask), "ok");
  assert.equal(codeOf(await platform.controller.askRemote()), "NO_AUTH");
});
