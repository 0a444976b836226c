import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkPicture,
  findLeavers,
  findMissingPictures,
  findSilence,
  findUnapproved,
  listCredentials,
  speedOfRefusals,
} from "../index.ts";
import { noon, someHash } from "../test-claims.ts";
import { must, Platform } from "../test-platform.ts";

const hour = 3_600_000;

test("attack 21: a picture is missing after a day, and stops new requests after three", () => {
  const named = [{ hash: someHash, namedAt: noon }];
  assert.deepEqual(findMissingPictures(named, new Set(), noon + 24 * hour - 1), []);
  const missing = (hours: number): boolean[] =>
    findMissingPictures(named, new Set(), noon + hours * hour).map(({ stopsRequests }) => stopsRequests);
  assert.deepEqual(missing(24), [false]);
  assert.deepEqual(missing(72), [true]);
  assert.deepEqual(findMissingPictures(named, new Set([someHash]), noon + 99 * hour), []);
});

test("attack 22: a picture replaced later is not the one that was signed for", async () => {
  const platform = await Platform.ready();
  await platform.arm();
  assert.equal(await platform.press(), "done");
  const hash = platform.controller.view().pictures.at(-1) ?? "";
  const bytes = platform.box.pictures.get(hash) ?? new Uint8Array();
  assert.ok((await checkPicture(hash, bytes)).ok);
  const changed = await checkPicture(hash, new Uint8Array([...bytes, 0]));
  assert.ok(!changed.ok && changed.code === "PIC_HASH_MISMATCH");
});

test("attack 23: silence is told when it is longer than allowed; attack 4: three refusals in ten minutes at once", () => {
  assert.equal(findSilence(noon, 72 * hour, noon + 72 * hour), undefined);
  assert.equal(findSilence(noon, 72 * hour, noon + 72 * hour + 1), "OFFLINE_TOO_LONG");
  assert.equal(speedOfRefusals([noon, noon + 1, noon + 600_000]), "at-once");
  assert.equal(speedOfRefusals([noon, noon + 1, noon + 700_000]), "same-day");
});

test("attack 30: an authorisation that nobody approved is found by comparing signatures with requests", () => {
  const signed = [
    { jti: "auz_1", sub: "req_1" },
    { jti: "auz_2", sub: "req_2" },
  ];
  assert.deepEqual(findUnapproved(signed, new Set(["req_1"])), [
    { code: "AUTHORISATION_WITHOUT_REQUEST", jti: "auz_2" },
  ]);
});

test("attack 35: whoever left and is still known to a device is found in its journal", async () => {
  const platform = await Platform.ready();
  must(await platform.order({ kind: "cred-del", cred: "fp:17" }));
  await platform.deliver();
  const known = listCredentials(platform.books.journal.map(({ record }) => record));
  assert.deepEqual(findLeavers(known, new Set(["usr_88", "usr_91"])), [
    { code: "CREDENTIAL_OF_LEAVER", cred: "fp:21", u: "usr_91" },
  ]);
});
