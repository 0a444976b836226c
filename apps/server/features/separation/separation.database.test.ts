import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { grantRole } from "../organisation/account-changes.ts";
import { checkSeparation, checkSeparationNightly, findHoles } from "./prove.ts";
import { separationHandlers } from "./routes.ts";

let place: TestEnvironment;
let crew: TestCrew;
let sealId: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  sealId = await crew.registerSeal("department", "D-1");
});
after(() => place?.close());

const holes = () => findHoles(place.env.db, place.env.clock.now());
const refusalsOf = async (work: Promise<unknown>) => {
  try {
    await work;
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.refusals ?? [];
    throw error;
  }
};
/** Past the rules, as an import or a change of the organisation might leave it. */
async function forceGrant(personId: string, role: string, from: string, to: string | null): Promise<string> {
  const grantId = `grant_00000000-0000-4000-8000-${String(Math.floor(Math.random() * 1e12)).padStart(12, "0")}`;
  await place.env.db
    .insertInto("grants")
    .values({
      ...{ grant_id: grantId, person_id: personId, role, scope_kind: "entity", scope_id: crew.entityId },
      ...{ from_on: from, to_on: to, state: "given", granted_by: null, granted_at: new Date() },
    })
    .execute();
  return grantId;
}

test("C11: in an organisation whose roles came through the matrix nobody could act alone", async () => {
  assert.deepEqual(await holes(), []);
});

test("C11: a grant that would make a hole is refused with the chain, and nothing is written", async () => {
  const { custodian, sealAdministrator } = crew.people;
  const grants = () => place.env.db.selectFrom("grants").select("grant_id").execute();
  const before = await grants();
  const scope = { kind: "entity", id: crew.entityId } as const;
  const refusals = await refusalsOf(
    grantRole(place.env, { actorId: sealAdministrator, personId: custodian, role: "signatory", scope }),
  );
  assert.deepEqual(
    refusals.map((refusal) => refusal.code),
    ["separation.duties-meet", "proof.lone-chain"],
  );
  assert.match(refusals[1]?.sentence.en ?? "", /D-1 .* signatory by a grant, custodian by a grant/);
  assert.deepEqual(refusals[1]?.facts.chain, "signatory:grant custodian:grant");
  assert.equal((await grants()).length, before.length);
});

test("C11: a hole on a day to come is found, kept and shown with its chain, and opens one finding however often it is asked", async () => {
  const { env } = place;
  const { custodian, inspector } = crew.people;
  const grantId = await forceGrant(custodian, "signatory", "2099-01-01", "2099-03-31");
  const { holes: found } = await checkSeparation(env, inspector);
  assert.deepEqual(
    found.map(({ personId, sealId: seal, from, to }) => [personId, seal, from, to]),
    [[custodian, sealId, "2099-01-01", "2099-03-31"]],
  );
  assert.equal(found[0]?.chain[0]?.id, grantId);
  await checkSeparation(env, null);
  const findings = await env.db.selectFrom("findings").selectAll().execute();
  assert.deepEqual(
    findings.map(({ control, source, person_id, seal_id }) => [control, source, person_id, seal_id]),
    [["C11", "separation.lone-chain", custodian, sealId]],
  );
  const call = { person: () => ({ personId: inspector }) } as never;
  const shown = await separationHandlers(env)["GET /v1/separation"]({}, call);
  assert.equal(shown.proof.holds, false);
  assert.equal(shown.proof.holes[0]?.seal.number, "D-1");
  assert.equal(shown.lastCheck?.holes, 1);
  assert.equal(shown.conflicts[0]?.code, "separation.duties-meet");
  assert.ok(
    shown.pairs.every((pair) => pair.state === "apart"),
    "nothing is loosened in the strict profile",
  );
  const events = await env.db.selectFrom("events").select("facts").where("type", "=", "SeparationChecked").execute();
  assert.deepEqual(events.map(({ facts }) => facts.holes).sort(), [1, 1]);
});

test("C11: a hole that is there does not keep others from roles that make none", async () => {
  const { sealAdministrator, stranger } = crew.people;
  const scope = { kind: "entity", id: crew.entityId } as const;
  assert.deepEqual(
    await refusalsOf(
      grantRole(place.env, { actorId: sealAdministrator, personId: stranger, role: "supervisor", scope }),
    ),
    [],
  );
});

test("C11: custody that is agreed to pass on is looked at before it does", async () => {
  const { env } = place;
  const { signatory, custodian } = crew.people;
  const body = await env.db
    .selectFrom("seal_bodies")
    .select("body_id")
    .where("seal_id", "=", sealId)
    .executeTakeFirstOrThrow();
  const before = (await holes()).length;
  const matterId = "mat_00000000-0000-4000-8000-000000000001";
  await env.db
    .insertInto("matters")
    .values({
      ...{ matter_id: matterId, kind: "handover", state: "draft" },
      ...{ entity_id: crew.entityId, title: "Handover", reason: "Transfer", effective_on: "2099-06-01" },
      data: JSON.stringify({
        ...{ transferorId: custodian, receiverId: signatory, bodies: [{ bodyId: body.body_id, condition: "good" }] },
      }),
      ...{ asked_by: custodian, created_at: new Date(), updated_at: new Date() },
    })
    .execute();
  // No matter of the product gets so far with a receiver who may not hold the seal; it is approved as the tables allow.
  const step = { step_id: "step_x", matter_id: matterId, round: 0, position: 0, role: "signatory", presence: true };
  await env.db
    .insertInto("matter_steps")
    .values({ ...step, candidates: [signatory], state: "current" })
    .execute();
  const move = (state: "in-review" | "approved") =>
    env.db.updateTable("matters").set({ state }).where("matter_id", "=", matterId).execute();
  await move("in-review");
  await env.db
    .updateTable("matter_steps")
    .set({ state: "approved", decided_by: signatory, decided_at: new Date() })
    .where("step_id", "=", "step_x")
    .execute();
  await move("approved");
  const found = (await holes()).filter((hole) => hole.personId === signatory);
  assert.equal((await holes()).length, before + 1);
  assert.deepEqual(
    found.map(({ from, to, chain, of }) => [from, to, chain[1]?.by, of[1]]),
    [["2099-06-01", null, "deputy", custodian]],
  );
});

test("C11: the clock asks once a day, and never of an installation that is empty", async () => {
  const { env } = place;
  const count = async (): Promise<number> =>
    (await env.db.selectFrom("separation_checks").select("check_id").where("asked_by", "is", null).execute()).length;
  const asked = await count();
  await checkSeparationNightly(env);
  assert.equal(await count(), asked, "asked today already");
  const tomorrow = { ...env, clock: { now: () => env.clock.now() + 86_400_000 } };
  await checkSeparationNightly(tomorrow);
  await checkSeparationNightly(tomorrow);
  assert.equal(await count(), asked + 1);
  await env.db.updateTable("installation").set({ state: "empty" }).execute();
  await checkSeparationNightly({ ...env, clock: { now: () => env.clock.now() + 2 * 86_400_000 } });
  assert.equal(await count(), asked + 1);
});
