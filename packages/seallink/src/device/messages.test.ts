import assert from "node:assert/strict";
import { test } from "node:test";
import { signAck, signFirmware, signTrust, signTwin } from "../index.ts";
import { Box } from "../test-box.ts";
import { noon, noonSeconds, someHash } from "../test-claims.ts";
import { makeNodeKey, nodeCrypto } from "../test-node-crypto.ts";
import { codeOf, must, Platform, platformKeys, trustOf } from "../test-platform.ts";
import { digest } from "../wire/crypto.ts";

const signedAck = async (platform: Platform, change: object): Promise<string> =>
  must(await signAck({ ...platform.books.ack(platform.box.rtc ?? noon), ...change }, platformKeys.ack.signer));

test("only a signed acknowledgement of our own record frees one, and the last thousand are kept even then", async () => {
  const platform = await Platform.ready();
  for (let turn = 0; turn < 1010; turn += 1) await platform.command("hb");
  await platform.deliver();
  assert.equal(platform.controller.view().acked, 0);
  const stranger = await signAck(platform.books.ack(noon), platformKeys.authority.signer);
  assert.equal(codeOf(await platform.controller.receive(must(stranger))), "UNKNOWN_KID");
  must(await platform.acknowledge());
  const { seq, acked, waiting } = platform.controller.view();
  assert.deepEqual([acked, waiting], [seq, 0]);
  const kept = [...platform.box.flash.keys()].filter((name) => name.startsWith("journal/"));
  assert.equal(kept.length, 1000);
  const sent = platform.box.records.length;
  must(await platform.controller.receive(await signedAck(platform, { want: 1 })));
  assert.equal(platform.box.records.length - sent, 1000);
  const batches = platform.box.sent.filter((message) => message.kind === "records").slice(-50);
  assert.ok(batches.every((message) => message.kind === "records" && message.texts.length <= 20));
});

test("attack 11: an acknowledgement of what the device never wrote shows that its memory was set back", async () => {
  const platform = await Platform.ready();
  const copy = new Map(platform.box.flash);
  await platform.controller.sense({ kind: "move", ms: 5000 });
  await platform.deliver();
  const ack = await signedAck(platform, {});
  platform.box.flash = copy;
  platform.controller = await platform.box.start();
  assert.equal(codeOf(await platform.controller.receive(ack)), "COUNTER_BEHIND");
  assert.equal(platform.controller.view().tamper, "alarm.rollback");
  const other = await Platform.ready();
  assert.equal(codeOf(await other.controller.receive(await signedAck(other, { upto: 999 }))), "COUNTER_BEHIND");
  assert.equal(other.controller.view().state, "TAMPER");
});

test("a picture stays until the platform names it", async () => {
  const platform = await Platform.ready();
  await platform.arm();
  assert.equal(await platform.press(), "done");
  await platform.deliver();
  must(await platform.acknowledge());
  const [face, after] = platform.controller.view().pictures;
  assert.ok(face !== undefined && after !== undefined);
  assert.equal(platform.box.pictures.size, 2);
  must(await platform.controller.receive(await signedAck(platform, { pic: [after] })));
  assert.deepEqual(platform.controller.view().pictures, [face]);
  assert.deepEqual([...platform.box.pictures.keys()], [face]);
});

test("attack 7: the platform's time corrects the clock, forwards and backwards, and never below what it signed", async () => {
  const platform = await Platform.ready();
  platform.box.rtc = noon + 3600_000;
  await platform.controller.connected();
  must(await platform.answerTime(noon + 30_000));
  const { t, tq } = platform.controller.view().time;
  assert.deepEqual([t, tq], [noon + 30_100, "srv"]);
  // An acknowledgement signed just afterwards overtook the answer: it counts, and sets nothing back.
  await platform.controller.connected();
  must(await platform.answerTime(noon + 29_900));
  assert.ok(platform.controller.view().time.t >= t);
  await platform.controller.connected();
  assert.equal(codeOf(await platform.answerTime(noon + 29_700)), "STALE");
  await platform.controller.connected();
  assert.equal(codeOf(await platform.answerTime(noon - 7200_000)), "STALE");
  await platform.controller.connected();
  assert.equal(codeOf(await platform.answerTime(noon + 60_000, 2500)), "STALE");
  assert.equal(codeOf(await platform.answerTime(noon + 60_000)), "NONCE");
  platform.box.wait(1000);
  platform.controller = await platform.box.start();
  const later = platform.controller.view().time;
  assert.deepEqual([later.t - t > 0 && later.t - t < 10_000, later.tq], [true, "rtc"]);
  await platform.controller.connected();
  await platform.books.takeAll(platform.box.records.slice(platform.delivered), platform.controller.view().time.t);
  assert.deepEqual(platform.books.codes, []);
  const set = platform.books.journal.find(({ record }) => record.ty === "clock.set")?.record;
  assert.ok(set?.ty === "clock.set" && set.from - set.to > 3500_000);
});

test("a box without a clock takes only what answers its question, until the platform told it the time", async () => {
  const box = new Box();
  box.rtc = undefined;
  const platform = await Platform.ready(box);
  const { text } = await platform.token();
  assert.equal(codeOf(await platform.controller.receive(text)), "NONCE");
  const cn = await platform.controller.askNonce();
  const asked = await platform.token({ cn });
  must(await platform.controller.receive(asked.text));
  const again = await platform.token({ cn });
  assert.equal(codeOf(await platform.controller.receive(again.text)), "NONCE");
  await platform.controller.connected();
  must(await platform.answerTime(noon + 1000));
  must(await platform.controller.receive(text));
});

test("settings: a higher version counts, a lower or equal one does not, and they outlive the power", async () => {
  const platform = await Platform.ready();
  const twin = async (ver: number, maxOffline: number): Promise<string> =>
    codeOf(
      await platform.controller.receive(
        must(await signTwin({ v: 1, aud: "dev_1", ver, desired: { maxOffline } }, platformKeys.authority.signer)),
      ),
    );
  assert.equal(await twin(5, 3600), "ok");
  assert.equal(await twin(5, 99), "STALE");
  assert.equal(await twin(4, 99), "STALE");
  platform.box.wait(1);
  platform.controller = await platform.box.start();
  platform.box.wait(3_700_000);
  await platform.controller.tick();
  assert.equal(platform.controller.view().lock, "offline");
});

test("attack 23: a box that hears nothing for its longest time offline locks itself; 0 means that each press needs the platform", async () => {
  const platform = await Platform.ready();
  platform.box.wait(71 * 3600_000);
  await platform.controller.tick();
  assert.equal(platform.controller.view().lock, null);
  platform.box.wait(2 * 3600_000);
  await platform.controller.tick();
  assert.equal(platform.controller.view().lock, "offline");
  const strict = await Platform.ready();
  const twin = { v: 1, aud: "dev_1", ver: 1, desired: { maxOffline: 0 } } as const;
  must(await strict.controller.receive(must(await signTwin(twin, platformKeys.authority.signer))));
  await strict.arm();
  assert.equal(await strict.press(), "done");
  strict.box.wait(601_000);
  assert.equal(await strict.press(), "OFFLINE_TOO_OLD");
  await strict.controller.tick();
  assert.equal(strict.controller.view().lock, null);
});

test("attack 32: a trust list rolls the authority's keys; lower versions and lists of the authority itself are refused", async () => {
  const platform = await Platform.ready();
  const fresh = makeNodeKey("auz-3");
  const kept = trustOf().keys.filter(({ kid }) => kid !== "auz-1");
  const next = trustOf({ ver: 3, keys: [...kept, { ...fresh.publicKey, use: "authority" }] });
  const give = async (list: typeof next, signer = platformKeys.trust.signer): Promise<string> =>
    codeOf(await platform.controller.receive(must(await signTrust(list, signer))));
  assert.equal(await give(next, platformKeys.authority.signer), "UNKNOWN_KID");
  assert.equal(await give({ ...next, iss: "urn:seal:other" }), "FORMAT");
  assert.equal(await give(next), "ok");
  assert.equal(await give(next), "STALE");
  assert.equal(await give(trustOf({ ver: 2 })), "STALE");
  const { text } = await platform.token();
  assert.equal(codeOf(await platform.controller.receive(text)), "UNKNOWN_KID");
  platform.controller = await platform.box.start();
  assert.equal(codeOf(await platform.controller.receive(text)), "UNKNOWN_KID");
  assert.equal(await give(trustOf({ ver: 2 })), "STALE");
});

test("commands: once, within their minute, in their order; locking is sticky and heartbeats carry the question", async () => {
  const platform = await Platform.ready();
  must(await platform.command("hb", { nonce: "question1234" }));
  assert.equal(codeOf(await platform.command("hb", { cseq: 1 })), "STALE");
  const late = { iat: platform.seconds - 300, exp: platform.seconds - 240 };
  assert.equal(codeOf(await platform.command("lock", late)), "EXPIRED");
  assert.equal(codeOf(await platform.command("lock", { aud: "dev_2" })), "WRONG_DEVICE");
  assert.equal(codeOf(await platform.command("lock", { ep: 2 })), "WRONG_EPOCH");
  must(await platform.command("beep"));
  assert.deepEqual(platform.box.signals, ["beep"]);
  await platform.arm();
  must(await platform.command("cancel"));
  assert.equal(platform.controller.view().state, "LOCKED");
  must(await platform.command("lock"));
  platform.controller = await platform.box.start();
  assert.equal(platform.controller.view().state, "REMOTE_LOCKED");
  await platform.deliver();
  const hb = platform.books.journal.find(({ record }) => record.ty === "hb")?.record;
  assert.ok(hb?.ty === "hb" && hb.nonce === "question1234");
});

test("a heartbeat every six hours, and a question about the time when the last is old", async () => {
  const platform = await Platform.ready();
  await platform.controller.tick();
  const count = (): number => platform.box.sent.filter((message) => message.kind === "records").length;
  const before = count();
  await platform.controller.tick();
  assert.equal(count(), before);
  platform.box.wait(6 * 3600_000);
  await platform.controller.tick();
  assert.equal(count(), before + 1);
});

test("attack 36: firmware: manifest, image, rollback index, battery, dock, and what runs after the start", async () => {
  const platform = await Platform.ready();
  const image = new TextEncoder().encode("firmware two");
  const manifest = {
    v: 1,
    model: "S1",
    ver: "2.0.0",
    rollbackIndex: 4,
    sha256: await digest(nodeCrypto, image),
    size: image.length,
    url: "https://example.org/2.0.0.bin",
  } as const;
  const give = async (change: object = {}, signer = platformKeys.firmware.signer): Promise<string> =>
    codeOf(await platform.controller.receive(must(await signFirmware({ ...manifest, ...change }, signer))));
  assert.equal(await give({}, platformKeys.authority.signer), "UNKNOWN_KID");
  assert.equal(await give({ model: "S2" }), "FW_MODEL");
  assert.equal(await give({ rollbackIndex: 2 }), "FW_ROLLBACK");
  assert.equal(await give(), "ok");
  assert.equal(platform.controller.view().firmware, "downloading");
  assert.equal(codeOf(await platform.controller.install()), "NOT_NOW");
  assert.equal(codeOf(await platform.controller.takeImage(new TextEncoder().encode("firmware evil"))), "FW_HASH");
  assert.equal(await give(), "ok");
  must(await platform.controller.takeImage(image));
  platform.box.battery = 39;
  assert.equal(codeOf(await platform.controller.install()), "LOW_BATTERY");
  platform.box.battery = 80;
  platform.box.docked = false;
  assert.equal(codeOf(await platform.controller.install()), "NOT_DOCKED");
  platform.box.docked = true;
  must(await platform.controller.install());
  assert.deepEqual([platform.controller.view().state, platform.controller.view().firmware], ["UPDATE", "updating"]);
  assert.equal(codeOf(await platform.controller.press()), "NOT_NOW");
  platform.box.firmware = { ...platform.box.firmware, ver: "2.0.0", hash: manifest.sha256 };
  platform.controller = await platform.box.start();
  assert.equal(platform.controller.view().state, "LOCKED");
  assert.equal(await give({ rollbackIndex: 3 }), "FW_ROLLBACK");
  await platform.deliver();
  assert.deepEqual(platform.books.codes, ["PRESS_REFUSED", "alarm.fw"]);
  const end = platform.books.journal.findLast(({ record }) => record.ty === "fw.end")?.record;
  assert.ok(end?.ty === "fw.end" && end.res === "ok");
});

test("after an update the previous slot may come up again, or something nobody knows", async () => {
  for (const [ver, res, alarm] of [
    ["1.0.0", "previous", []],
    ["2.0.0", "failed", ["alarm.fw"]],
  ] as const) {
    const platform = await Platform.ready();
    const image = new TextEncoder().encode("firmware two");
    const manifest = {
      v: 1,
      model: "S1",
      ver: "2.0.0",
      rollbackIndex: 4,
      sha256: await digest(nodeCrypto, image),
      size: image.length,
      url: "https://example.org/",
    } as const;
    must(await platform.controller.receive(must(await signFirmware(manifest, platformKeys.firmware.signer))));
    must(await platform.controller.takeImage(image));
    must(await platform.controller.install());
    platform.box.firmware = { ...platform.box.firmware, ver, hash: someHash };
    platform.controller = await platform.box.start();
    await platform.deliver();
    assert.deepEqual(platform.books.codes, [...alarm]);
    const end = platform.books.journal.findLast(({ record }) => record.ty === "fw.end")?.record;
    assert.ok(end?.ty === "fw.end" && end.res === res);
    assert.equal(platform.controller.view().state, "LOCKED");
  }
});

test("a new box takes nothing but an enrolment whose trust list vouches for itself", async () => {
  const box = new Box();
  const controller = await box.start();
  assert.equal(codeOf(await controller.press()), "NOT_ENROLLED");
  assert.equal(codeOf(await controller.receive("a.b.c")), "NOT_ENROLLED");
  await controller.tick();
  await controller.connected();
  assert.equal(codeOf(await controller.enrol("{}")), "FORMAT");
  const trust = must(await signTrust(trustOf(), platformKeys.authority.signer));
  const answer = JSON.stringify({ v: 1, dev: "dev_1", iss: "urn:seal:acme", ep: 1, asn: 0, trust });
  assert.equal(codeOf(await controller.enrol(answer)), "UNKNOWN_KID");
  assert.equal(controller.view().state, "FACTORY");
  const platform = await Platform.ready();
  assert.equal(codeOf(await platform.controller.enrol(answer)), "NOT_NOW");
  assert.equal(noonSeconds * 1000, noon);
});
