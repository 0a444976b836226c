import assert from "node:assert/strict";
import { test } from "node:test";
import { Box } from "./test-box.ts";
import { noon, noonSeconds } from "./test-claims.ts";
import { makeNodeKey } from "./test-node-crypto.ts";
import { codeOf, must, Platform } from "./test-platform.ts";
import { encodeBase64Url, encodeUtf8 } from "./wire/bytes.ts";
import { signJws } from "./wire/jws.ts";

// Scenarios of clause 10 about single authorisations and strokes, by name, with the outcome of its table.

const found = (platform: Platform): string[] => platform.books.codes;

test("token replayed after use", async () => {
  const platform = await Platform.ready();
  const { text, claims } = await platform.token({ use: { max: 1, mode: "single" } });
  must(await platform.controller.receive(text));
  must(await platform.controller.choose(claims.jti));
  assert.equal(await platform.press(), "done");
  assert.equal(codeOf(await platform.controller.receive(text)), "SPENT");
  await platform.deliver();
  assert.deepEqual(found(platform), ["TOKEN_REJECTED"]);
});

test("token stolen, used on another device", async () => {
  const platform = await Platform.ready();
  const other = await Platform.ready(new Box(), "dev_2");
  const { text } = await other.token();
  assert.equal(codeOf(await platform.controller.receive(text)), "WRONG_DEVICE");
  await platform.deliver();
  assert.deepEqual(found(platform), ["TOKEN_REJECTED"]);
});

test("token stolen, right device, wrong finger", async () => {
  const platform = await Platform.ready();
  await platform.arm();
  assert.equal(codeOf(await platform.controller.present("fp:21")), "WRONG_OPERATOR");
  assert.equal(codeOf(await platform.controller.press()), "WRONG_OPERATOR");
  await platform.deliver();
  assert.deepEqual(found(platform), ["PRESS_REFUSED"]);
  assert.equal(platform.box.strokes, 0);
});

test("dual control, supervisor absent", async () => {
  const platform = await Platform.ready();
  await platform.arm({ sup: { n: 1, of: [{ u: "usr_91", cred: ["fp:21"] }], within: 60 } });
  assert.equal(await platform.press(), "NO_SUPERVISOR");
  must(await platform.controller.present("fp:21"));
  const pressed = await platform.controller.press();
  assert.equal(pressed.ok && pressed.value.out, "done");
  await platform.deliver();
  assert.deepEqual(found(platform), ["PRESS_REFUSED"]);
});

test("token made with another key", async () => {
  const platform = await Platform.ready();
  const stranger = makeNodeKey("auz-1");
  const text = await signJws("seal-auz+jwt", platform.claims(), stranger.signer);
  assert.equal(codeOf(await platform.controller.receive(text)), "BAD_SIG");
  await platform.deliver();
  assert.deepEqual(found(platform), ["TOKEN_REJECTED"]);
});

test("token with alg none", async () => {
  const platform = await Platform.ready();
  const part = (value: object): string => encodeBase64Url(encodeUtf8(JSON.stringify(value)));
  const text = `${part({ alg: "none", typ: "seal-auz+jwt", kid: "auz-1" })}.${part(platform.claims())}.`;
  assert.equal(codeOf(await platform.controller.receive(text)), "ALG_TYP");
  await platform.deliver();
  assert.deepEqual(found(platform), ["TOKEN_REJECTED"]);
});

test("expired token, device clock set back a day", async () => {
  const platform = await Platform.ready();
  const { text } = await platform.token();
  platform.box.wait(3 * 3600_000);
  await platform.deliver();
  assert.equal(codeOf(await platform.acknowledge()), "ok");
  platform.box.rtc = noon - 86_400_000;
  assert.equal(codeOf(await platform.controller.receive(text)), "EXPIRED");
  platform.box.rtc = noon + 3 * 3600_000;
  await platform.deliver();
  assert.deepEqual(found(platform), ["TOKEN_REJECTED"]);
});

test("device clock 1 h ahead", async () => {
  const platform = await Platform.ready();
  platform.box.rtc = noon + 3600_000;
  await platform.arm({ exp: noonSeconds + 7200 });
  assert.equal(await platform.press(), "done");
  await platform.books.takeAll(platform.box.records.slice(platform.delivered), noon);
  assert.deepEqual(found(platform), ["CLOCK_SKEW"]);
});

test("motor jam at the press (count given back)", async () => {
  const platform = await Platform.ready();
  await platform.arm({ use: { max: 1, mode: "single" } });
  platform.box.mechanics = "jam";
  assert.equal(await platform.press(), "aborted");
  platform.box.mechanics = "good";
  assert.equal(await platform.press(), "done");
  await platform.deliver();
  assert.deepEqual(found(platform), []);
  assert.deepEqual(platform.books.chain.imp, [1]);
});

test("power lost while the seal is out", async () => {
  const platform = await Platform.ready();
  const { jti } = await platform.arm({ use: { max: 1, mode: "single" } });
  must(await platform.controller.present("fp:17"));
  platform.box.onStroke = () => {
    platform.box.cutAfter = 2;
  };
  await assert.rejects(platform.controller.press());
  platform.box.cutAfter = Number.POSITIVE_INFINITY;
  platform.controller = await platform.box.start();
  assert.equal(codeOf(await platform.controller.choose(jti)), "COUNT_USED_UP");
  await platform.controller.connected();
  await platform.deliver();
  assert.deepEqual(found(platform), ["OUTCOME_UNKNOWN"]);
  assert.equal(platform.books.facts(jti)?.used, 1);
});

test("revoked: floor raised before the token arrives", async () => {
  const platform = await Platform.ready();
  const { text, claims } = await platform.token();
  must(await platform.revoke({ floor: claims.asn }));
  assert.equal(codeOf(await platform.controller.receive(text)), "REVOKED_FLOOR");
  await platform.deliver();
  assert.deepEqual(found(platform), ["TOKEN_REJECTED"]);
});
