import assert from "node:assert/strict";
import { test } from "node:test";
import { startChain } from "../index.ts";
import { Books } from "../test-books.ts";
import { noonSeconds } from "../test-claims.ts";
import { nodeCrypto } from "../test-node-crypto.ts";
import { codeOf, must, Platform } from "../test-platform.ts";
import { digest } from "../wire/crypto.ts";

const seal = { id: "seal_0012", slot: 0, face: 2, tag: "E28011606000" };

async function openAndClose(platform: Platform, tag: string | undefined): Promise<string> {
  platform.box.doorOpen = true;
  must(await platform.controller.sense({ kind: "door-open" }));
  platform.box.tags = [tag];
  platform.box.doorOpen = false;
  return codeOf(await platform.controller.sense({ kind: "door-closed" }));
}

const typesOf = (platform: Platform): string[] =>
  platform.books.journal.map(({ record }) => record.ty).filter((ty) => ty !== "op.verify");

test("an order needs both its people within a minute, and is carried out once", async () => {
  const platform = await Platform.ready();
  must(await platform.command("lock"));
  const text = await platform.signOrder({ kind: "unlock" });
  must(await platform.controller.receive(text));
  must(await platform.controller.present("fp:1"));
  must(await platform.controller.present("fp:1"));
  assert.equal(platform.controller.view().state, "REMOTE_LOCKED");
  assert.equal(codeOf(await platform.controller.present("fp:17")), "NEEDS_TWO");
  platform.box.wait(61_000);
  must(await platform.controller.present("fp:2"));
  assert.equal(platform.controller.view().state, "REMOTE_LOCKED");
  must(await platform.controller.present("fp:1"));
  assert.equal(platform.controller.view().state, "LOCKED");
  must(await platform.command("lock"));
  assert.equal(codeOf(await platform.controller.receive(text)), "DONE_BEFORE");
});

test("an order that ended while it waited for the second person is not carried out", async () => {
  const platform = await Platform.ready();
  must(await platform.command("lock"));
  const exp = platform.seconds + 30;
  must(await platform.controller.receive(await platform.signOrder({ kind: "unlock", exp })));
  must(await platform.controller.present("fp:1"));
  platform.box.wait(31_000);
  assert.equal(codeOf(await platform.controller.present("fp:2")), "EXPIRED");
  assert.equal(platform.controller.view().state, "REMOTE_LOCKED");
});

test("a lock is left by an order of two people and by nothing else", async () => {
  const platform = await Platform.ready();
  const { text } = await platform.token();
  must(await platform.command("lock"));
  assert.equal(codeOf(await platform.controller.press()), "LOCKED");
  assert.equal(codeOf(await platform.controller.receive(text)), "LOCKED");
  must(await platform.order({ kind: "unlock" }));
  must(await platform.controller.receive(text));
  await platform.deliver();
  assert.deepEqual(platform.books.codes, ["PRESS_REFUSED", "TOKEN_REJECTED"]);
});

test("changing a seal: order, both fingers, door, tag, picture of the face, door", async () => {
  const platform = await Platform.ready();
  must(await platform.order({ kind: "mount", seal: { ...seal, id: "seal_0013", tag: "E2801160AAAA" } }));
  assert.equal(platform.controller.view().state, "SERVICE");
  assert.equal(codeOf(await platform.controller.press()), "NOT_NOW");
  assert.equal(await openAndClose(platform, "E2801160BBBB"), "WRONG_TAG");
  assert.equal(platform.controller.view().state, "SERVICE");
  assert.equal(await openAndClose(platform, "E2801160AAAA"), "ok");
  assert.equal(platform.controller.view().slots[0]?.seal, "seal_0013");
  await platform.deliver();
  assert.deepEqual(typesOf(platform).slice(-6), [
    "door.open",
    "door.close",
    "door.open",
    "seal.unmount",
    "seal.mount",
    "door.close",
  ]);
  const mount = platform.books.journal.findLast(({ record }) => record.ty === "seal.mount")?.record;
  assert.ok(mount?.ty === "seal.mount" && mount.pic[0]?.k === "face");
  assert.deepEqual(platform.books.codes, ["PRESS_REFUSED"]);
});

test("the door left open beyond its window, or opened without an order, is tampering until two people inspected it", async () => {
  const platform = await Platform.ready();
  must(await platform.order({ kind: "door" }));
  must(await platform.controller.sense({ kind: "door-open" }));
  platform.box.wait(120_001);
  await platform.controller.tick();
  assert.equal(platform.controller.view().state, "TAMPER");
  const { text } = await platform.token();
  assert.equal(codeOf(await platform.controller.receive(text)), "TAMPER");
  assert.equal(codeOf(await platform.order({ kind: "unlock" })), "TAMPER");
  platform.box.doorOpen = true;
  assert.equal(codeOf(await platform.order({ kind: "inspect" })), "TAMPER");
  platform.box.doorOpen = false;
  platform.box.tags = ["E2801160AAAA"];
  assert.equal(codeOf(await platform.order({ kind: "inspect" })), "WRONG_TAG");
  platform.box.tags = [seal.tag];
  must(await platform.order({ kind: "inspect" }));
  assert.equal(platform.controller.view().state, "LOCKED");
  await platform.deliver(false);
  assert.deepEqual(platform.books.codes, ["TOKEN_REJECTED", "alarm.open"]);
});

test("re-inking opens the box by order; unmounting leaves it without a seal", async () => {
  const platform = await Platform.ready();
  assert.equal(codeOf(await platform.order({ kind: "ink", seal: { id: "seal_other", slot: 0 } })), "WRONG_SEAL");
  must(await platform.order({ kind: "ink", seal }));
  assert.equal(await openAndClose(platform, seal.tag), "ok");
  must(await platform.order({ kind: "unmount", seal }));
  assert.equal(await openAndClose(platform, seal.tag), "WRONG_TAG");
  assert.equal(await openAndClose(platform, undefined), "ok");
  assert.equal(platform.controller.view().state, "ENROLLED");
  const { text } = await platform.token();
  assert.equal(codeOf(await platform.controller.receive(text)), "NO_SEAL");
  await platform.deliver();
  assert.ok(["ink.begin", "ink.end", "seal.unmount"].every((ty) => typesOf(platform).includes(ty)));
});

test("taken out: stamps where it may, alarms outside its fence and locks when it is overdue", async () => {
  const platform = await Platform.ready();
  const fence = { c: [31.23, 121.47], r: 1000 };
  must(await platform.order({ kind: "take-out", to: "usr_88", until: platform.seconds + 7200, fence }));
  assert.equal(platform.controller.view().state, "OUT");
  platform.box.docked = false;
  await platform.controller.sense({ kind: "vibration", ms: 9000 });
  platform.box.fix = [31.23, 121.47, 10];
  await platform.controller.tick();
  await platform.arm();
  assert.equal(await platform.press(), "done");
  must(await platform.controller.leave());
  platform.box.fix = [31.33, 121.47, 10];
  await platform.controller.tick();
  await platform.deliver();
  assert.deepEqual(platform.books.codes, []);
  await platform.controller.tick();
  await platform.controller.tick();
  platform.box.wait(7200_001);
  await platform.controller.tick();
  assert.equal(platform.controller.view().state, "REMOTE_LOCKED");
  must(await platform.order({ kind: "return" }));
  must(await platform.order({ kind: "unlock" }));
  assert.equal(platform.controller.view().state, "LOCKED");
  await platform.deliver(false);
  assert.deepEqual(platform.books.told, ["alarm.fence", "alarm.overdue"]);
});

test("taken out without a fix for five minutes is told, and a return with another tag is refused", async () => {
  const platform = await Platform.ready();
  must(
    await platform.order({
      kind: "take-out",
      to: "usr_88",
      until: platform.seconds + 7200,
      fence: { c: [31.23, 121.47], r: 1000 },
    }),
  );
  await platform.controller.tick();
  platform.box.wait(301_000);
  await platform.controller.tick();
  platform.box.tags = ["E2801160BBBB"];
  assert.equal(codeOf(await platform.order({ kind: "return" })), "WRONG_TAG");
  platform.box.tags = [seal.tag];
  must(await platform.order({ kind: "return" }));
  await platform.deliver(false);
  assert.deepEqual(platform.books.codes, ["alarm.fence", "alarm.tag"]);
});

test("a new epoch after an incident: old authorisations are dead, the counter goes on, the chain begins from the order", async () => {
  const platform = await Platform.ready();
  const { text } = await platform.token();
  await platform.arm();
  assert.equal(await platform.press(), "done");
  must(await platform.controller.leave());
  assert.equal(codeOf(await platform.order({ kind: "reset-epoch", next: 2 })), "NOT_DELIVERED");
  await platform.deliver();
  const order = await platform.signOrder({ kind: "reset-epoch", next: 2, force: true });
  must(await platform.controller.receive(order));
  must(await platform.controller.present("fp:1"));
  must(await platform.controller.present("fp:2"));
  await platform.deliver();
  const before = platform.books;
  const from = await digest(nodeCrypto, order);
  assert.deepEqual(before.codes, ["EPOCH_UNKNOWN"]);
  platform.books = new Books(startChain({ dev: "dev_1", ep: 2, from, imp: before.chain.imp }), [
    platform.box.key.publicKey,
  ]);
  await platform.controller.connected();
  await platform.deliver();
  const first = platform.books.journal[0]?.record;
  assert.ok(first?.ty === "genesis" && first.was?.seq === before.chain.last && first.imp[0] === 1);
  assert.equal(codeOf(await platform.controller.receive(text)), "WRONG_EPOCH");
  await platform.arm({ ep: 2 });
  assert.equal(await platform.press(), "done");
  platform.controller = await platform.box.start();
  assert.equal(platform.controller.view().ep, 2);
  await platform.controller.connected();
  await platform.deliver();
  assert.deepEqual(platform.books.codes, ["TOKEN_REJECTED"]);
  assert.deepEqual(platform.books.chain.imp, [2]);
  const journal = await platform.controller.printJournal();
  assert.equal(journal.split("\n").length - 1, before.chain.last + platform.books.chain.last);
});

test("attack 35: a finger whose place was given to somebody else opens nothing", async () => {
  const platform = await Platform.ready();
  await platform.arm();
  must(await platform.controller.leave());
  must(await platform.order({ kind: "cred-del", cred: "fp:17" }));
  must(await platform.order({ kind: "cred-add", cred: "fp:17", u: "usr_99" }));
  const { jti } = platform.controller.view().tokens[0]?.claims ?? { jti: "" };
  must(await platform.controller.choose(jti));
  assert.equal(codeOf(await platform.controller.present("fp:17")), "WRONG_OPERATOR");
});

test("a finger deleted by order does not come back with a start", async () => {
  const platform = await Platform.ready();
  must(await platform.order({ kind: "cred-del", cred: "fp:17" }));
  platform.controller = await platform.box.start();
  platform.box.wait(40 * 86_400_000);
  platform.controller = await platform.box.start();
  await platform.deliver(false);
  assert.equal(platform.books.journal.filter(({ record }) => record.ty === "cred.add").length, 4);
});

test("an order for another device, another epoch, of a revoked number or out of its time is refused", async () => {
  const platform = await Platform.ready();
  const code = async (change: object): Promise<string> =>
    codeOf(await platform.controller.receive(await platform.signOrder({ kind: "door", ...change })));
  assert.equal(await code({ aud: "dev_2" }), "WRONG_DEVICE");
  assert.equal(await code({ ep: 2 }), "WRONG_EPOCH");
  assert.equal(await code({ iat: noonSeconds - 900, nbf: noonSeconds - 900, exp: noonSeconds - 300 }), "EXPIRED");
  assert.equal(await code({ nbf: noonSeconds + 900, exp: noonSeconds + 1300 }), "NOT_YET");
  must(await platform.revoke({ floor: platform.asn + 1 }));
  assert.equal(await code({ asn: platform.asn - 1 }), "REVOKED_FLOOR");
  assert.equal(await code({}), "ok");
});
