import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { addDays } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import { sql } from "kysely";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest, walkToReserved } from "../../platform/test-walk.ts";
import { lockAway } from "../custody/move-piece.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import {
  addPieceInTest,
  addSafeInTest,
  bodyOf,
  confirmInTest,
  photographInTest,
  submitInTest,
} from "../custody/test-custody.ts";
import { endDelegation, giveDelegation } from "../delegations/service.ts";
import { eventsInOrder } from "../ledger/timeline.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { carryOutDueMatters } from "../matters/carry-out-matter.ts";
import { readMatterDetail } from "../matters/read-model.ts";
import { getMatter } from "../matters/store.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { readOutcome, sealingPorts } from "../sealing/test-sealing.ts";
import { makeSealInTest } from "../seals/test-seals.ts";
import { giveGrant } from "./grants.ts";
import { addUnit } from "./people-service.ts";
import { previewUnitChange } from "./preview-unit-change.ts";
import { readUnitsToChange } from "./unit-impact.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let number = 0;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
});
after(() => place?.close());

/** A unit under the crew's own, with a seal that has a key and a piece, and somebody who belongs to it. */
async function newUnit() {
  number += 1;
  const name = `Unit ${number}`;
  const { unitId } = await addUnit(env, crew.people.administrator, {
    ...{ entityId: crew.entityId, parentUnitId: crew.unitId, name: { en: name, zh: `部门${name}` } },
  });
  const at = env.clock.now();
  const memberId = newId("per", at);
  await env.db
    .insertInto("people")
    .values({
      ...{ person_id: memberId, organisation_id: "org", entity_id: crew.entityId, unit_id: unitId },
      ...{ name_en: memberId, name_zh: memberId, login: memberId, state: "active" },
      ...{ ledger_salt: randomBytes(16), created_at: new Date(at) },
    })
    .execute();
  return { unitId, memberId, ...(await newSeal(unitId)) };
}
async function newSeal(unitId: string) {
  number += 1;
  const { people, entityId } = crew;
  const { sealId } = await makeSealInTest(env, {
    ...{ actorId: people.sealAdministrator, type: "personnel", entityId, unitId, number: `U-${number}` },
    ...{ name: { en: "Unit seal", zh: "部门章" }, external: true, keyAlgorithm: "ecdsa-p256" as const },
    face: { kind: "generated", spec: defaultFace("personnel", "澜汐仪器有限公司") },
    ...{ custodians: [people.custodian, people.secondCustodian], supervisor: people.supervisor },
    certificateKeeper: people.keeper,
  });
  return { sealId, piece: await addPieceInTest(env, sealId), key: await bodyOf(env, sealId, "electronic") };
}

type Ask = Parameters<typeof askMatterInTest>[2];
const ask = (unitId: string, change: Ask = {}): Promise<string> =>
  askMatterInTest(env, crew, {
    ...{ kind: "close-unit", asker: crew.people.administrator, unitId, data: { peopleTo: null } },
    ...change,
  });
async function submitted(unitId: string, change: Ask = {}): Promise<string> {
  const matterId = await ask(unitId, change);
  await submitMatter(env, change.asker ?? crew.people.administrator, matterId);
  return matterId;
}
const approve = (matterId: string) => approveMatterInTest(env, matterId, crew.people.signatory);
const close = async (unitId: string): Promise<string> => {
  const matterId = await submitted(unitId);
  assert.equal(await approve(matterId), "done");
  return matterId;
};
const statesOf = async (sealId: string): Promise<string[]> =>
  (await env.db.selectFrom("seal_bodies").select("state").where("seal_id", "=", sealId).orderBy("kind").execute()).map(
    (row) => row.state,
  );
const unitOf = async (unitId: string) =>
  env.db.selectFrom("units").selectAll().where("unit_id", "=", unitId).executeTakeFirstOrThrow();
const tasksOf = async (sealId: string) =>
  env.db
    .selectFrom("tasks")
    .select(["kind", "assignee_id", "due_at", "state"])
    .where("seal_id", "=", sealId)
    .where("state", "=", "open")
    .orderBy("kind")
    .execute();
const eventsOf = async (matterId: string): Promise<string[]> =>
  (await eventsInOrder(env.db).select("e.type").where("e.matter_id", "=", matterId).execute()).map((row) => row.type);
const personnel = { documentClass: "employment-certificate" } as const;

test("C10 closing a unit stops its seals, ends its roles, voids what was authorised and has the pieces collected, at once", async () => {
  const one = await newUnit();
  const { people } = crew;
  const { grantId } = await transact(env.db, (tx) =>
    giveGrant(tx, env, {
      ...{ actorId: people.stranger, personId: one.memberId, role: "unit-head" },
      scope: { kind: "unit", id: one.unitId },
    }),
  );
  const below = await addUnit(env, people.administrator, {
    ...{ entityId: crew.entityId, parentUnitId: one.unitId, name: { en: "Below", zh: "下级" } },
  });
  const authorised = await applyInTest(env, crew, one.sealId, personnel);
  await submitRequest(env, people.applicant, authorised);
  await approveInTest(env, crew, authorised);
  const inReview = await applyInTest(env, crew, one.sealId, personnel);
  await submitRequest(env, people.applicant, inReview);

  const matterId = await close(one.unitId);

  assert.deepEqual(await statesOf(one.sealId), ["stopped", "stopped"]);
  const grant = await env.db
    .selectFrom("grants")
    .select("state")
    .where("grant_id", "=", grantId)
    .executeTakeFirstOrThrow();
  assert.equal(grant.state, "ended");
  for (const requestId of [authorised, inReview]) {
    const { request } = await readOutcome(place, requestId);
    assert.equal(request.state, "withdrawn");
  }
  const member = await env.db
    .selectFrom("people")
    .select("unit_id")
    .where("person_id", "=", one.memberId)
    .executeTakeFirstOrThrow();
  assert.equal(member.unit_id, crew.unitId, "its people belong to the unit above");
  assert.equal((await unitOf(below.unitId)).parent_unit_id, crew.unitId);
  assert.notEqual((await unitOf(one.unitId)).closed_at, null);
  const [task, ...others] = await tasksOf(one.sealId);
  assert.deepEqual([task?.kind, task?.assignee_id, others.length], ["surrender", people.custodian, 0]);
  assert.ok((task?.due_at?.getTime() ?? 0) > Date.now());
  const revoked = await env.db
    .selectFrom("certificates")
    .select("revoked_at")
    .where("seal_id", "=", one.sealId)
    .executeTakeFirstOrThrow();
  assert.notEqual(revoked.revoked_at, null);
  const lines = await env.db
    .selectFrom("register_lines")
    .select(["register", "kind"])
    .where("matter_id", "=", matterId)
    .orderBy("register")
    .execute();
  assert.deepEqual(
    lines.map((line) => `${line.register} ${line.kind}`),
    ["authority ended", "life stopped", "life stopped"],
  );
  const events = await eventsOf(matterId);
  for (const type of [
    "SealStateChanged",
    "SealCertificateRevoked",
    "TaskOpened",
    "GrantEnded",
    "PersonMoved",
    "UnitMoved",
  ])
    assert.ok(events.includes(type), type);
  assert.equal(events.filter((type) => type === "UnitClosed").length, 1);
});

test("C10 the preview of a closing names whose delegation ends with the role it comes from", async () => {
  const { administrator, head, stranger } = crew.people;
  const preview = () =>
    previewUnitChange(env, administrator, { kind: "close-unit", unitId: crew.unitId, peopleTo: null });
  assert.deepEqual((await preview()).delegations, []);
  const { grant_id: grantId } = await env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", head)
    .where("role", "=", "unit-head")
    .executeTakeFirstOrThrow();
  const today = dayInTest(env.clock.now());
  const given = await giveDelegation(env, head, {
    ...{ grantId, scope: { kind: "unit" as const, id: crew.unitId }, delegateId: stranger },
    ...{ from: today, to: addDays(today, 3), reason: "On leave" },
  });
  assert.deepEqual(
    (await preview()).delegations.map((one) => [one.delegator.personId, one.delegate.personId, one.to]),
    [[head, stranger, addDays(today, 3)]],
  );
  const renamed = await previewUnitChange(env, administrator, {
    ...{ kind: "rename-unit", unitId: crew.unitId, name: { en: "New", zh: "新" }, keptSealIds: [] },
  });
  assert.deepEqual(renamed.delegations, [], "under another name its roles go on");
  await endDelegation(env, head, given.delegationId, "Back");
  assert.deepEqual((await preview()).delegations, []);
});

test("C10 what is in the middle of a handover or taken out is stopped too, and whoever holds it brings it back", async () => {
  const one = await newUnit();
  const out = await newSeal(one.unitId);
  const { custodian, stranger, signatory, secondCustodian } = crew.people;
  const handover = await askHandover(one);
  assert.equal(await approveMatterInTest(env, handover, signatory), "approved");
  assert.deepEqual(await statesOf(one.sealId), ["in-handover", "in-handover"]);
  const takeOut = await submitInTest(env, crew, "take-out", crew.people.applicant, {
    sealId: out.sealId,
    data: {
      ...{ bodyId: out.piece, escort: [custodian, stranger], place: "The bank", mostImpressions: 2 },
      documents: [{ title: "Card", impressions: 1 }],
      dueAt: new Date(Date.now() + 5 * 60 * 60_000).toISOString(),
    },
  });
  await approveMatterInTest(env, takeOut, signatory);
  await photographInTest(env, custodian, takeOut, "issue");
  await confirmInTest(env, custodian, takeOut, "keeper", { condition: "good" });
  await confirmInTest(env, stranger, takeOut, "companion", { condition: "good" });
  assert.ok((await statesOf(out.sealId)).includes("taken-out"));

  await close(one.unitId);

  for (const { sealId } of [one, out]) assert.deepEqual(await statesOf(sealId), ["stopped", "stopped"]);
  assert.equal((await getMatter(env.db, handover)).state, "cancelled");
  assert.deepEqual(
    (await tasksOf(one.sealId)).map((task) => [task.kind, task.assignee_id]),
    [["surrender", custodian]],
    "whoever hands it in anyway is asked once",
  );
  assert.ok(
    (await tasksOf(out.sealId)).some((task) => task.kind === "forced-return" && task.assignee_id === custodian),
  );
  const back = await submitInTest(env, crew, "take-out-return", custodian, {
    sealId: out.sealId,
    data: {
      ...{ takeOutId: takeOut, checkerId: secondCustodian, containerId: null, usedImpressions: 1, condition: "good" },
    },
  });
  await photographInTest(env, custodian, back, "return");
  await confirmInTest(env, custodian, back, "keeper", { condition: "good" });
  assert.equal(await confirmInTest(env, secondCustodian, back, "checker", { condition: "good" }), "done");
  assert.deepEqual(await statesOf(out.sealId), ["stopped", "stopped"], "what comes back stopped stays stopped");
  assert.ok(!(await tasksOf(out.sealId)).some((task) => task.kind === "forced-return"));
});

const askHandover = (one: { sealId: string; piece: string; key: string }): Promise<string> =>
  submitInTest(env, crew, "handover", crew.people.custodian, {
    sealId: one.sealId,
    data: {
      ...{ transferorId: crew.people.custodian, receiverId: crew.people.stranger, witnessId: crew.people.keeper },
      ...{ cause: "post-change", place: "Room 1", at: null, lockIds: [], deviceRights: "", books: "", requestIds: [] },
      bodies: [one.piece, one.key].map((bodyId) => ({ bodyId, condition: "good" })),
    },
  });

test("C11 C10 who may ask, and what may not be closed, is said at the submission", async () => {
  const one = await newUnit();
  const { stranger, head, administrator } = crew.people;
  assert.deepEqual(await codesOf(submitted(crew.unitId)), ["unit.last-root", "unit.people-nowhere"]);
  const byHead = await submitted(one.unitId, { asker: head });
  assert.equal((await getMatter(env.db, byHead)).state, "in-review");
  await transact(env.db, (tx) =>
    giveGrant(tx, env, {
      ...{ actorId: administrator, personId: one.memberId, role: "unit-head" },
      scope: { kind: "unit", id: one.unitId },
    }),
  );
  const other = await newUnit();
  assert.deepEqual(await codesOf(submitted(other.unitId, { asker: one.memberId })), ["unit.not-superior"]);
  assert.deepEqual(await codesOf(submitted(other.unitId, { asker: stranger })), ["permission.missing"]);
  assert.deepEqual(
    await codesOf(submitted(one.unitId)),
    ["matter.reserved"],
    "two changes of a unit wait for each other",
  );
});

test("C10 a merger takes the kept seals along, a renaming keeps what does not show the old name; the rest stops", async () => {
  const [one, heir] = [await newUnit(), await newUnit()];
  const kept = await newSeal(one.unitId);
  const merger = await submitted(one.unitId, {
    ...{ kind: "merge-unit", data: { intoUnitId: heir.unitId, keptSealIds: [kept.sealId] } },
  });
  assert.equal(await approve(merger), "done");
  assert.deepEqual(await statesOf(one.sealId), ["stopped", "stopped"]);
  assert.deepEqual(await statesOf(kept.sealId), ["in-use", "in-use"]);
  const seal = await env.db
    .selectFrom("seals")
    .select("unit_id")
    .where("seal_id", "=", kept.sealId)
    .executeTakeFirstOrThrow();
  assert.equal(seal.unit_id, heir.unitId);
  assert.equal((await unitOf(one.unitId)).merged_into, heir.unitId);
  assert.ok((await eventsOf(merger)).includes("SealMoved"));
  // What it did stays on its page: before, it was seen there what it would do.
  const { touched } = await readMatterDetail(env, crew.people.signatory, merger);
  assert.deepEqual(
    [touched?.stopped.map((seal) => seal.sealId), touched?.moved.map((seal) => seal.sealId)],
    [[one.sealId], [kept.sealId]],
  );

  const renaming = await submitted(heir.unitId, {
    ...{ kind: "rename-unit", data: { name: { en: "Research", zh: "研发部" }, keptSealIds: [heir.sealId] } },
  });
  assert.equal(await approve(renaming), "done");
  assert.deepEqual(await statesOf(heir.sealId), ["in-use", "in-use"]);
  assert.deepEqual(await statesOf(kept.sealId), ["stopped", "stopped"]);
  const renamed = await unitOf(heir.unitId);
  assert.deepEqual([renamed.name_en, renamed.name_zh, renamed.closed_at], ["Research", "研发部", null]);
});

test("C10 a closing of a later day changes nothing before, and is carried out by itself on the day", async () => {
  const one = await newUnit();
  const day = 24 * 60 * 60_000;
  const effectiveOn = dayInTest(Date.now() + 3 * day);
  const matterId = await submitted(one.unitId, { effectiveOn });
  assert.equal(await approve(matterId), "approved");
  assert.deepEqual(await statesOf(one.sealId), ["in-use", "in-use"]);
  await carryOutDueMatters({ ...env, clock: { now: () => Date.now() + day } });
  assert.equal((await getMatter(env.db, matterId)).state, "approved");
  await carryOutDueMatters({ ...env, clock: { now: () => Date.now() + 4 * day } });
  assert.equal((await getMatter(env.db, matterId)).state, "done");
  assert.deepEqual(await statesOf(one.sealId), ["stopped", "stopped"]);
});

test("the table itself refuses a ring in the tree, and anybody or anything new in a unit that has ended", async () => {
  const [one, other] = [await newUnit(), await newUnit()];
  const ring = env.db
    .updateTable("units")
    .set({ parent_unit_id: one.unitId })
    .where("unit_id", "=", crew.unitId)
    .execute();
  await assert.rejects(ring, /under itself/);
  await close(one.unitId);
  const join = env.db
    .updateTable("people")
    .set({ unit_id: one.unitId })
    .where("person_id", "=", other.memberId)
    .execute();
  await assert.rejects(join, /unit has ended/);
  const reopened = env.db.updateTable("units").set({ closed_at: null }).where("unit_id", "=", one.unitId).execute();
  await assert.rejects(reopened, /stays as it is/);
  const grant = transact(env.db, (tx) =>
    giveGrant(tx, env, {
      ...{ actorId: crew.people.administrator, personId: other.memberId, role: "unit-head" },
      scope: { kind: "unit", id: one.unitId },
    }),
  );
  assert.deepEqual(await codesOf(grant), ["subject.not-found"]);
});

/** Waits until as many wait for a lock; each look is a round trip. */
async function untilBlocked(waiting = 1): Promise<void> {
  for (let looked = 0; ; looked += 1) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`.execute(env.db);
    if ((rows[0]?.n ?? 0) >= waiting) return;
    assert.ok(looked < 100_000, "not so many ever waited");
  }
}

for (const first of ["confirmed", "closed"] as const)
  test(`C10 C14 a unit is closed while the last of three confirms a handover of its seal (${first} first): one outcome`, async () => {
    const one = await newUnit();
    const { custodian, stranger, keeper, signatory } = crew.people;
    const { containerId } = await addSafeInTest(env, crew, [custodian, crew.people.secondCustodian]);
    await lockAway(env, custodian, { bodyId: one.piece, containerId });
    const handover = await askHandover(one);
    await approveMatterInTest(env, handover, signatory);
    const counted = { count: 1, impressionsMatch: true };
    await photographInTest(env, stranger, handover, "impression");
    await confirmInTest(env, custodian, handover, "transferor", counted);
    await confirmInTest(env, stranger, handover, "receiver", counted);
    const closing = await submitted(one.unitId);
    const confirm = () => confirmInTest(env, keeper, handover, "witness", counted);
    // The handover's row is held, so that both wait for it in the order they came.
    let both: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
    await transact(env.db, async (tx) => {
      await getMatter(tx, handover, true);
      const acts = first === "confirmed" ? [confirm, () => approve(closing)] : [() => approve(closing), confirm];
      const [before, after] = acts;
      const begun = before?.();
      await untilBlocked();
      both = Promise.allSettled([begun, after?.()]);
      // Who comes to a row that has just become free takes it before who waited has woken up.
      await untilBlocked(2);
    });
    const results = await both;
    for (const result of results)
      if (result.status === "rejected") assert.ok(result.reason instanceof ProblemError, String(result.reason));
    assert.equal((await getMatter(env.db, closing)).state, "done");
    assert.deepEqual(await statesOf(one.sealId), ["stopped", "stopped"]);
    const { state } = await getMatter(env.db, handover);
    const [task] = (await tasksOf(one.sealId)).filter((one) => one.kind === "surrender");
    assert.equal(state, first === "confirmed" ? "done" : "cancelled");
    // One of those who answer for the piece now has to hand it in.
    const answers = custodiansOf((await readHeldNow(env.db, [one.piece]))(one.piece));
    assert.equal(answers.includes(stranger), state === "done");
    assert.ok(answers.includes(task?.assignee_id ?? ""));
  });

for (const step of ["gate-asked", "signature-stored", "file-stored", "settling"] as const)
  test(`C10 a unit is closed while a request of its seal is sealed (${step}): out and settled, or nothing out and all void`, async () => {
    const one = await newUnit();
    const requestId = await walkToReserved(env, crew, one.sealId, personnel);
    const closing = await submitted(one.unitId);
    let closed: Promise<unknown> | undefined;
    const run = () =>
      runSealJob(
        env,
        sealingPorts(place, async (at) => {
          if (at !== step || closed !== undefined) return;
          closed = approve(closing);
          if (step === "settling") await untilBlocked();
        }),
        requestId,
      );
    // A job that found its impression released under its hands is tried again, and finds nothing left to do.
    await run().catch(() => undefined);
    assert.equal(await closed, "done");
    await run();
    const { states, documents, request } = await readOutcome(place, requestId);
    const out = documents[0]?.sealed_digest !== null;
    assert.deepEqual([states, request.state], out ? [["settled"], "registered"] : [["released"], "withdrawn"]);
    if (step === "settling") assert.ok(out, "what is settled already is out");
    assert.deepEqual(await statesOf(one.sealId), ["stopped", "stopped"]);
  });

test("C10 two units are merged into each other at the same moment: one change is made, the tree has no ring", async () => {
  const [one, other] = [await newUnit(), await newUnit()];
  const merge = (from: string, into: string) =>
    submitted(from, { kind: "merge-unit", data: { intoUnitId: into, keptSealIds: [] } });
  const results = await Promise.allSettled([merge(one.unitId, other.unitId), merge(other.unitId, one.unitId)]);
  const asked = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  assert.equal(asked.length, 1);
  await approve(asked[0] ?? "");
  const units = (await readUnitsToChange(env.db)).filter((unit) => [one.unitId, other.unitId].includes(unit.unitId));
  assert.deepEqual(units.filter((unit) => unit.closed).length, 1);
});
