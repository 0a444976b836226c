import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Controller, Signer } from "@chancery/seallink";
import { SimulatedBox } from "@chancery/seallink/simulator";
import fc from "fast-check";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { takePresence } from "../gateway/presence.ts";
import { tellMissingRecords } from "./controller-ticks.ts";
import { ingestRecords } from "./ingest.ts";
import { showJournal } from "./journal-view.ts";
import { nodeCrypto } from "./node-crypto.ts";
import { showController } from "./read-model.ts";
import { revokeController } from "./service.ts";
import { enrolInTest } from "./test-controllers.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  await crew.registerSeal("department", "LX-01");
});
after(() => place?.close());

let boxes = 0;
interface Enrolled {
  readonly controllerId: string;
  readonly box: SimulatedBox;
  readonly controller: Controller;
  readonly signer: Signer;
}

/** An enrolled box with its first records written. */
async function enrol(): Promise<Enrolled> {
  boxes += 1;
  return enrolInTest(env, {
    ...{ entityId: crew.entityId, first: crew.people.sealAdministrator, second: crew.people.custodian },
    serial: `J-${boxes}`,
  });
}

/** What a box has written so far, each record once. */
async function write(one: Enrolled, events: number): Promise<string[]> {
  for (let at = 0; at < events; at += 1)
    await one.controller.sense({ kind: at % 2 === 0 ? "door-open" : "door-closed" });
  return (await one.controller.printJournal()).split("\n").filter((line) => line !== "");
}

const take = (one: { controllerId: string }, texts: readonly string[], at = env) =>
  ingestRecords(at, {
    controllerId: one.controllerId,
    payload: Buffer.from(texts.join("\n")),
    receivedAt: at.clock.now(),
    liveAfter: 0,
  });
const stored = async (controllerId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("controller_records")
      .select("record")
      .where("controller_id", "=", controllerId)
      .orderBy("seq")
      .execute()
  ).map(({ record }) => record);
const chainOf = (controllerId: string) =>
  env.db
    .selectFrom("controller_chains")
    .selectAll()
    .where("controller_id", "=", controllerId)
    .executeTakeFirstOrThrow();
const foundOf = async (controllerId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("controller_findings")
      .select("code")
      .where("controller_id", "=", controllerId)
      .orderBy("code")
      .execute()
  ).map(({ code }) => code);
const waiting = async (controllerId: string): Promise<number> =>
  (
    await env.db
      .selectFrom("controller_records_pending")
      .select("seq")
      .where("controller_id", "=", controllerId)
      .execute()
  ).length;

test("C18: whatever order records come in, doubled or cut into messages, the journal is the same and acknowledged to its end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 4 }), async (random, size) => {
      const one = await enrol();
      const journal = await write(one, 6);
      const shuffled = [...journal, ...journal]
        .map((text) => ({ text, key: random.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ text }) => text);
      for (let at = 0; at < shuffled.length; at += size) await take(one, shuffled.slice(at, at + size));
      assert.deepEqual(await stored(one.controllerId), journal);
      const { ack } = await take(one, journal.slice(-1));
      assert.deepEqual([ack?.upto, ack?.want, await waiting(one.controllerId)], [journal.length, undefined, 0]);
    }),
    { numRuns: 8 },
  );
});

test("C18: the same message at once by two ways is stored once, and both are acknowledged alike", async () => {
  const one = await enrol();
  const journal = await write(one, 8);
  const both = await Promise.all([take(one, journal), take(one, journal), take(one, journal.toReversed())]);
  assert.deepEqual(await stored(one.controllerId), journal);
  assert.equal(
    both.reduce((sum, { accepted }) => sum + accepted, 0),
    journal.length,
  );
  assert.deepEqual(
    both.map(({ ack }) => ack?.upto),
    Array(3).fill(journal.length),
  );
});

test("C18: an acknowledgement tells of nothing that was not stored: a commit that fails leaves everything to be sent again", async () => {
  const one = await enrol();
  const journal = await write(one, 2);
  const failing = {
    ...env,
    clock: {
      ...env.clock,
      now: (): number => {
        throw new Error("the clock is gone");
      },
    },
  };
  await assert.rejects(
    ingestRecords(failing, {
      controllerId: one.controllerId,
      payload: Buffer.from(journal.join("\n")),
      receivedAt: Date.now(),
      liveAfter: 0,
    }),
  );
  assert.deepEqual(await stored(one.controllerId), []);
  assert.equal((await take(one, journal)).ack?.upto, journal.length);
});

test("C18: a box that opened its door is told as an alarm and a finding, and the ledger knows the head of its journal", async () => {
  const one = await enrol();
  const journal = await write(one, 1);
  await take(one, journal);
  assert.ok((await foundOf(one.controllerId)).includes("alarm.open"));
  const finding = await env.db
    .selectFrom("findings")
    .select(["source", "control", "facts"])
    .where("subject_key", "=", `${one.controllerId} alarm.open`)
    .executeTakeFirstOrThrow();
  assert.deepEqual([finding.source, finding.control], ["controller.alarm", "C18"]);
  const noted = await env.db.selectFrom("events").select("facts").where("type", "=", "ControllerHeadNoted").execute();
  const { head } = await chainOf(one.controllerId);
  assert.ok(noted.some(({ facts }) => facts.head === head));
});

test("C18: attack 12: a copied box is a FORK: quarantined, told once, and its records kept aside", async () => {
  const one = await enrol();
  const twin = new SimulatedBox({ signer: one.signer, crypto: nodeCrypto, rtc: env.clock.now() });
  twin.flash = new Map(one.box.flash);
  twin.randomSource = (size) => crypto.getRandomValues(new Uint8Array(size));
  await take(one, await write(one, 1));
  const controller = await twin.start();
  const forked = await write({ ...one, box: twin, controller }, 2);
  await take(one, forked);
  await take(one, forked);
  assert.ok((await foundOf(one.controllerId)).includes("FORK"));
  assert.equal((await chainOf(one.controllerId)).quarantined, "FORK");
  const findings = await env.db
    .selectFrom("findings")
    .select("finding_id")
    .where("subject_key", "=", `${one.controllerId} FORK`)
    .execute();
  assert.equal(findings.length, 1);
  const refused = await env.db
    .selectFrom("controller_refused")
    .select("code")
    .where("controller_id", "=", one.controllerId)
    .execute();
  assert.ok(refused.some(({ code }) => code === "FORK"));
});

test("attacks 9 and 34: changed, foreign, huge and hostile messages are refused, kept within bounds and change no journal", async () => {
  const [one, other] = [await enrol(), await enrol()];
  const [first = "", ...rest] = await write(one, 2);
  // Within the signature: its last letter has bits to spare, which another letter may set against the encoding.
  const within = first.length - 20;
  const changed = `${first.slice(0, within)}${first[within] === "A" ? "B" : "A"}${first.slice(within + 1)}`;
  assert.deepEqual((await take(one, [changed])).refused, ["BAD_SIGNATURE"]);
  assert.deepEqual((await take(one, [(await write(other, 0))[0] ?? ""])).refused, ["BAD_SIGNATURE"]);
  const deep = Buffer.from(`${'{"a":'.repeat(200)}1${"}".repeat(200)}`).toString("base64url");
  const header = first.split(".")[0] ?? "";
  const hostile = [
    "",
    "{}",
    "a\n\nb",
    "\u0000",
    "[]".repeat(40_000),
    Array(21).fill("a.b.c").join("\n"),
    `${header}.${deep}.AAAA`,
    "<script>",
    "__proto__",
  ];
  for (const text of hostile) {
    const { accepted, refused } = await ingestRecords(env, {
      ...{ controllerId: one.controllerId, receivedAt: env.clock.now(), liveAfter: 0 },
      payload: Buffer.from(text),
    });
    assert.deepEqual([accepted, refused.length], [0, 1], text.slice(0, 20));
  }
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (payload) => {
      const answer = await ingestRecords(env, {
        controllerId: one.controllerId,
        payload,
        receivedAt: env.clock.now(),
        liveAfter: 0,
      });
      assert.equal(answer.accepted, 0);
    }),
    { numRuns: 30 },
  );
  const kept = await env.db.selectFrom("controller_refused").select("record").execute();
  assert.ok(kept.every(({ record }) => record.length <= 4096));
  assert.equal((await take(one, [first, ...rest])).ack?.upto, 1 + rest.length);
  assert.equal((await chainOf(one.controllerId)).quarantined, null);
});

test("C18: attack 8: a record that never comes is told once, after ten minutes in which the box was there", async () => {
  const one = await enrol();
  const journal = await write(one, 3);
  await take(
    one,
    journal.filter((_, at) => at !== 1),
  );
  const gaps = async () => (await foundOf(one.controllerId)).filter((code) => code === "GAP").length;
  const later = { ...env, clock: { ...env.clock, now: () => env.clock.now() + 11 * 60_000 } };
  await tellMissingRecords(later);
  assert.equal(await gaps(), 0, "it is away, and may still bring it");
  await takePresence(env, one.controllerId, Buffer.from(JSON.stringify({ s: "online", sid: "s1", ep: 1, seq: 3 })));
  await tellMissingRecords(env);
  assert.equal(await gaps(), 0);
  await tellMissingRecords(later);
  await tellMissingRecords(later);
  assert.equal(await gaps(), 1);
  await take(one, journal);
  assert.deepEqual([(await stored(one.controllerId)).length, await waiting(one.controllerId)], [journal.length, 0]);
});

test("C18: nothing of a revoked controller is taken or acknowledged any more", async () => {
  const one = await enrol();
  const journal = await write(one, 2);
  await take(one, journal.slice(0, 1));
  await take(one, journal.slice(2));
  await revokeController(env, crew.people.inspector, one.controllerId, "Lost");
  assert.deepEqual(await take(one, journal), { ack: null, accepted: 0, refused: [] });
  assert.deepEqual([(await stored(one.controllerId)).length, await waiting(one.controllerId)], [1, 0]);
});

test("C18: a controller's page tells how the box is, what it sent and why it cannot stamp, to who may read it", async () => {
  const one = await enrol();
  const journal = await write(one, 1);
  await takePresence(
    env,
    one.controllerId,
    Buffer.from(JSON.stringify({ s: "online", sid: "s1", fw: "1.0.0", bat: 7, ep: 1, seq: journal.length + 4 })),
  );
  await take(one, journal);
  const shown = await showController(env, crew.people.supervisor, one.controllerId, {
    state: "running",
    address: null,
    signs: false,
  });
  assert.deepEqual(
    [shown.journal?.online, shown.journal?.battery, shown.journal?.last, shown.journal?.backlog],
    [true, 7, journal.length, 4],
  );
  assert.deepEqual(
    shown.hindrances.map(({ code }) => code.replace("controller.hindrance-", "")),
    ["tampered", "battery", "no-seal", "nothing-signs"],
  );
  const { records, findings } = await showJournal(env, crew.people.inspector, one.controllerId);
  assert.deepEqual([records.length, records.at(-1)?.type], [journal.length, "genesis"]);
  assert.ok(findings.some(({ code, says }) => code === "alarm.open" && says.zh !== ""));
  await assert.rejects(showJournal(env, crew.people.stranger, one.controllerId), /nothing here/);
});

test("attack 31: the application's role can neither change nor remove a stored record, nor set a chain back", async () => {
  const one = await enrol();
  await take(one, await write(one, 2));
  const { controllerId } = one;
  const may = (work: Promise<unknown>) => assert.rejects(work, /permission denied/);
  await may(
    env.db.updateTable("controller_records").set({ hash: "x" }).where("controller_id", "=", controllerId).execute(),
  );
  await may(env.db.deleteFrom("controller_records").where("controller_id", "=", controllerId).execute());
  await may(env.db.deleteFrom("controller_findings").where("controller_id", "=", controllerId).execute());
  await assert.rejects(
    env.db.updateTable("controller_chains").set({ last_seq: 1 }).where("controller_id", "=", controllerId).execute(),
    /only grows/,
  );
});
