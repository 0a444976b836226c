import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { MATTER_KINDS, matterDefinition } from "@chancery/domain";
import { sql, type Updateable } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { uploadEvidence } from "../evidence/service.ts";
import {
  addMatterEvidence,
  beginMatter,
  cancelMatter,
  checkMatter,
  saveMatter,
  submitMatter,
  takeOutMatterEvidence,
  withdrawMatter,
} from "./ask-matter.ts";
import { carryOutDueMatters } from "./carry-out-matter.ts";
import { decideMatterStepOf } from "./decide-matter.ts";
import { readMatterDetail } from "./read-model.ts";
import { getMatter, readSteps } from "./store.ts";
import { approveMatterInTest, askMatterInTest, presentForMatterInTest } from "./test-matters.ts";

let place: TestEnvironment;
let crew: TestCrew;
let sealId: string;
let count = 0;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  sealId = await crew.registerSeal("official", "LX-01");
});
after(() => place?.close());

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};
const ask = (change: Parameters<typeof askMatterInTest>[2] = {}): Promise<string> =>
  askMatterInTest(place.env, crew, { kind: "stop", sealId, ...change });
const stateOf = async (matterId: string): Promise<string> => (await getMatter(place.env.db, matterId)).state;
const sealState = async (): Promise<string> =>
  (await place.env.db.selectFrom("seals").select("state").where("seal_id", "=", sealId).executeTakeFirstOrThrow())
    .state;

test("a draft is its asker's alone, wants a reason, and only those who may ask begin one", async () => {
  const { env } = place;
  assert.equal(await codeOf(ask({ asker: crew.people.applicant })), "permission.missing");
  const matterId = await ask({ reason: "" });
  assert.equal(await codeOf(readMatterDetail(env, crew.people.inspector, matterId)), "subject.not-found");
  assert.equal(await codeOf(submitMatter(env, crew.people.sealAdministrator, matterId)), "matter.reason-missing");
  assert.equal(await codeOf(submitMatter(env, crew.people.signatory, matterId)), "subject.not-found");
  await cancelMatter(env, crew.people.sealAdministrator, matterId, "a test");
  assert.equal(await stateOf(matterId), "cancelled");
});

test("a second matter on the same seal waits for the first; returned, rejected and withdrawn ones set it free again", async () => {
  const { env } = place;
  const { sealAdministrator, signatory } = crew.people;
  const first = await ask();
  await submitMatter(env, sealAdministrator, first);
  const second = await ask();
  assert.equal(await codeOf(submitMatter(env, sealAdministrator, second)), "matter.reserved");
  await withdrawMatter(env, sealAdministrator, first, "");
  await submitMatter(env, sealAdministrator, second);
  const [step] = await readSteps(env.db, await getMatter(env.db, second));
  const { digest } = await getMatter(env.db, second);
  const decide = (decision: "return" | "reject", comment: string) =>
    decideMatterStepOf(env, signatory, {
      matterId: second,
      stepId: step?.step_id ?? "",
      decision,
      comment,
      digest: digest ?? "",
      presence: null,
    });
  assert.equal(await codeOf(decide("return", "")), "approval.reason-missing");
  await decide("return", "Name the decision.");
  assert.equal(await stateOf(second), "returned");
  await submitMatter(env, sealAdministrator, first);
  assert.equal(await stateOf(first), "in-review");
  await withdrawMatter(env, sealAdministrator, first, "");
  await cancelMatter(env, sealAdministrator, first, "a test");
  await cancelMatter(env, sealAdministrator, second, "a test");
  assert.equal(await sealState(), "in-use");
});

test("C24 a file is taken out of a draft again, and never out of what was submitted with it", async () => {
  const { env } = place;
  const { sealAdministrator, signatory } = crew.people;
  const matterId = await ask();
  const stream = Readable.from([redPicture()]);
  const { evidenceId } = await uploadEvidence(env, sealAdministrator, { stream, fileName: "wrong.png" });
  const file = { matterId, slot: "decision", evidenceId };
  const shown = async () => {
    const slots = (await readMatterDetail(env, sealAdministrator, matterId)).evidence;
    return slots.flatMap((slot) => [slot.files.length, slot.removable.length]);
  };
  await addMatterEvidence(env, sealAdministrator, file);
  assert.deepEqual(await shown(), [1, 1]);
  assert.equal(await codeOf(takeOutMatterEvidence(env, signatory, file)), "subject.not-found");
  await takeOutMatterEvidence(env, sealAdministrator, file);
  assert.deepEqual(await shown(), [0, 0]);
  assert.equal(await codeOf(takeOutMatterEvidence(env, sealAdministrator, file)), "subject.not-found");
  await addMatterEvidence(env, sealAdministrator, file);
  await submitMatter(env, sealAdministrator, matterId);
  await withdrawMatter(env, sealAdministrator, matterId, "");
  assert.deepEqual(await shown(), [1, 0]);
  assert.equal(await codeOf(takeOutMatterEvidence(env, sealAdministrator, file)), "matter.evidence-submitted");
  await assert.rejects(env.db.deleteFrom("matter_evidence").where("matter_id", "=", matterId).execute(), /stays/);
  await cancelMatter(env, sealAdministrator, matterId, "a test");
});

test("a matter that changed after it was read is not decided; numbers have no gap", async () => {
  const { env } = place;
  const { sealAdministrator, signatory } = crew.people;
  const matterId = await ask();
  const { number } = await submitMatter(env, sealAdministrator, matterId);
  const seen = (await getMatter(env.db, matterId)).digest ?? "";
  await withdrawMatter(env, sealAdministrator, matterId, "");
  const row = await getMatter(env.db, matterId);
  await saveMatter(env, sealAdministrator, matterId, {
    ...{ entityId: row.entity_id, unitId: null, sealId, bodyId: null, personId: null, title: "Other", reason: "Other" },
    data: {},
    effectiveOn: null,
  });
  const moved = saveMatter(env, sealAdministrator, matterId, {
    ...{ entityId: "ent_other", unitId: null, sealId, bodyId: null, personId: null, title: "Other", reason: "Other" },
    ...{ data: {}, effectiveOn: null },
  });
  assert.equal(await codeOf(moved), "matter.entity-fixed", "a number belongs to its entity");
  assert.equal((await submitMatter(env, sealAdministrator, matterId)).number, number);
  const [step] = await readSteps(env.db, await getMatter(env.db, matterId));
  const presence = await presentForMatterInTest(env, signatory, "matter-approve", matterId, seen);
  const input = {
    matterId,
    stepId: step?.step_id ?? "",
    decision: "approve",
    comment: "",
    digest: seen,
    presence,
  } as const;
  assert.equal(await codeOf(decideMatterStepOf(env, signatory, input)), "matter.changed");
  const withoutPresence = { ...input, digest: (await getMatter(env.db, matterId)).digest ?? "", presence: null };
  assert.equal(await codeOf(decideMatterStepOf(env, signatory, withoutPresence)), "matter.presence-missing");
  await withdrawMatter(env, sealAdministrator, matterId, "");
  await cancelMatter(env, sealAdministrator, matterId, "a test");
});

test("of many submissions on one seal at the same moment one goes through", async () => {
  const { env } = place;
  const { sealAdministrator } = crew.people;
  const ids = await Promise.all(Array.from({ length: 6 }, () => ask()));
  const codes = await Promise.all(ids.map((id) => codeOf(submitMatter(env, sealAdministrator, id))));
  assert.deepEqual(codes.filter((code) => code === "done").length, 1);
  assert.deepEqual(new Set(codes), new Set(["done", "matter.reserved"]));
  for (const [at, id] of ids.entries()) {
    if (codes[at] === "done") await withdrawMatter(env, sealAdministrator, id, "");
    await cancelMatter(env, sealAdministrator, id, "a test");
  }
});

test("C10 a seal is not stopped as of a day that is over: what the matter says is what happened", async () => {
  const { env } = place;
  const { sealAdministrator } = crew.people;
  const matterId = await ask({ effectiveOn: dayInTest(env.clock.now() - 5 * 86_400_000) });
  const { refusals } = await checkMatter(env, sealAdministrator, matterId);
  assert.deepEqual(
    refusals.map((one) => one.code),
    ["matter.day-past"],
  );
  assert.equal(await codeOf(submitMatter(env, sealAdministrator, matterId)), "matter.day-past");
  assert.equal(await stateOf(matterId), "draft");
  await cancelMatter(env, sealAdministrator, matterId, "a test");
});

test("what takes effect on a later day is carried out by the clockwork on that day, once, and registered", async () => {
  const { env } = place;
  const { sealAdministrator, signatory } = crew.people;
  const day = 86_400_000;
  const later = dayInTest(env.clock.now() + 2 * day);
  const matterId = await ask({ effectiveOn: later });
  await submitMatter(env, sealAdministrator, matterId);
  assert.equal(await approveMatterInTest(env, matterId, signatory), "approved");
  await carryOutDueMatters(env);
  assert.equal(await sealState(), "in-use");
  const then = { ...env, clock: { now: () => Date.now() + 3 * day } };
  await Promise.all([carryOutDueMatters(then), carryOutDueMatters(then)]);
  assert.equal(await stateOf(matterId), "done");
  assert.equal(await sealState(), "stopped");
  const lines = await env.db.selectFrom("register_lines").selectAll().where("matter_id", "=", matterId).execute();
  assert.deepEqual(
    lines.map((line) => [line.register, line.kind]),
    [["life", "stopped"]],
  );
  assert.ok(lines[0]?.grams.includes("测试"));
  const events = await env.db.selectFrom("events").select("type").where("matter_id", "=", matterId).execute();
  for (const type of [
    "MatterSubmitted",
    "MatterStepApproved",
    "MatterApproved",
    "MatterCarriedOut",
    "SealStateChanged",
  ])
    assert.equal(events.filter((event) => event.type === type).length, 1, type);
  count += 1;
});

test("a matter whose facts changed since it was submitted is refused at its last step", async () => {
  const { env } = place;
  assert.equal(count, 1, "the seal is stopped by the test before");
  const matterId = await ask();
  assert.equal(await codeOf(submitMatter(env, crew.people.sealAdministrator, matterId)), "seal.command-not-possible");
  const again = await beginMatter(env, crew.people.sealAdministrator, "stop", {
    ...{ entityId: crew.entityId, unitId: null, sealId: null, bodyId: null, personId: null, title: "x", reason: "y" },
    data: {},
    effectiveOn: null,
  });
  assert.equal(await codeOf(submitMatter(env, crew.people.sealAdministrator, again.matterId)), "matter.seal-missing");
});

test("C02 the database approves a matter when all its steps are, and keeps meanwhile what was asked for", async () => {
  const { env } = place;
  const { sealAdministrator, signatory } = crew.people;
  const seal = await crew.registerSeal("contract", "LX-09");
  const matterId = await ask({ sealId: seal });
  const set = (change: Updateable<Tables["matters"]>) =>
    env.db.updateTable("matters").set(change).where("matter_id", "=", matterId).execute();
  await assert.rejects(set({ state: "approved" }), /when all its steps are/);
  await assert.rejects(set({ state: "done" }), /when it was approved/);
  await submitMatter(env, sealAdministrator, matterId);
  await assert.rejects(set({ state: "approved" }), /when all its steps are/);
  await assert.rejects(set({ state: "approved", round: 2 }), /while it is edited alone/);
  await assert.rejects(set({ data: '{"other":1}' }), /while it is edited alone/);
  await assert.rejects(set({ kind: "short-return" }), /stays with its kind/);
  const { kind, entity_id, title, reason, asked_by, created_at, updated_at } = await getMatter(env.db, matterId);
  const made = { kind, entity_id, title, reason, asked_by, created_at, updated_at, data: "{}" };
  await assert.rejects(
    env.db
      .insertInto("matters")
      .values({ ...made, matter_id: "mat_x", state: "approved" })
      .execute(),
    /begins as a draft/,
  );
  assert.equal(await approveMatterInTest(env, matterId, signatory), "done");
  await assert.rejects(set({ state: "approved" }), /that is over/);
});

test("a kind that nobody decides is approved without a step by the tables too, and no other kind", async () => {
  const { rows } = await sql<{
    body: string;
  }>`select prosrc as body from pg_proc where proname = 'matter_is_decided'`.execute(place.env.db);
  const named = /new\.kind not in \(([^)]*)\)/.exec(rows[0]?.body ?? "")?.[1] ?? "";
  assert.deepEqual(
    named
      .split(",")
      .map((kind) => kind.trim().replaceAll("'", ""))
      .toSorted(),
    MATTER_KINDS.filter((kind) => matterDefinition(kind).steps.length === 0).toSorted(),
  );
});
