import assert from "node:assert/strict";
import { after, test } from "node:test";
import { ProblemError } from "../../platform/problems.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { sealHandlers } from "./routes.ts";
import { freezeSeal, unfreezeSeal } from "./service.ts";
import { createTestOrganisation } from "./test-organisation.ts";
import { askAndApproveInTest, makeSealInTest } from "./test-seals.ts";

const organisation = await createTestOrganisation();
after(() => organisation.close());
const { env, people, callAs, contractSeal, presenceOf, clock } = organisation;
const handlers = sealHandlers(env);

const refusesWith =
  (code: string) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof ProblemError, String(error));
    assert.equal(error.code, code);
    return true;
  };
const plainSeal = (change: Parameters<typeof contractSeal>[0] = {}): ReturnType<typeof contractSeal> =>
  contractSeal({
    ...{ type: "personnel", name: { en: "Personnel seal", zh: "人事专用章" } },
    ...{ custodians: [people.thirdCustodian, people.secondCustodian], supervisor: people.supervisor },
    ...change,
  });
const act = (actorId: string, sealId: string) => ({ actorId, sealId, reason: "because", stepUpId: null });
const stateOf = async (sealId: string): Promise<string> =>
  (await env.db.selectFrom("seals").select("state").where("seal_id", "=", sealId).executeTakeFirstOrThrow()).state;

const contract = await makeSealInTest(env, contractSeal());

test("a seal whose people are all named is applied for, made, filed and in use, each step with a leaf", async () => {
  assert.deepEqual([contract.state, contract.missing], ["in-use", []]);
  const page = await handlers["GET /v1/seals/:sealId"]({ params: { sealId: contract.sealId } }, callAs("applicant"));
  const [body] = page.bodies;
  assert.deepEqual(
    body?.life.filter((step) => step.at !== null).map((step) => step.state),
    ["made", "filed", "in-use"],
  );
  assert.equal(body?.life.find((step) => step.current)?.state, "in-use");
  assert.equal(page.certificateState, "valid");
  assert.deepEqual(
    page.custodians.map((person) => person.personId).sort(),
    [people.custodian, people.secondCustodian].sort(),
  );
  const leaves = await env.db
    .selectFrom("events as e")
    .leftJoin("ledger_pending as p", "p.leaf_hash", "e.leaf_hash")
    .select(["e.type", "p.id"])
    .where("e.seal_id", "=", contract.sealId)
    .execute();
  const types = leaves.map((leaf) => leaf.type).sort();
  assert.deepEqual(
    types.filter((type) => !type.startsWith("Matter")),
    [
      ...[
        "CustodyMoved",
        "GrantGiven",
        "GrantGiven",
        "GrantGiven",
        "GrantGiven",
        ...["PositionConfirmed", "PositionConfirmed", "PositionConfirmed", "PositionConfirmed"],
        "SealCertificateIssued",
        "SealRegistered",
      ],
      ...["SealStateChanged", "SealStateChanged", "SealStateChanged"],
    ],
  );
  assert.ok(leaves.every((leaf) => leaf.id !== null));
});

test("a seal without its people stays filed, says who is missing, and is put in use once they are named", async () => {
  const bare = await makeSealInTest(env, plainSeal({ custodians: [], supervisor: null, certificateKeeper: null }));
  assert.equal(bare.state, "filed");
  assert.deepEqual(bare.missing, [
    "seal.custodians-missing",
    "seal.supervisor-missing",
    "seal.certificate-keeper-missing",
  ]);
  const body = await env.db
    .selectFrom("seal_bodies")
    .select("body_id")
    .where("seal_id", "=", bare.sealId)
    .executeTakeFirstOrThrow();
  const issue = () =>
    askAndApproveInTest(env, {
      ...{ kind: "issue", asker: people.administrator, entityId: organisation.entityId, sealId: bare.sealId },
      data: { bodyIds: [body.body_id], scope: "Personnel papers", recipients: [people.applicant] },
    });
  await assert.rejects(issue(), refusesWith("seal.custodians-missing"));
  const name = (personId: string, role: string) =>
    env.db
      .insertInto("grants")
      .values({
        ...{ grant_id: `grant_${bare.sealId}_${personId}`, person_id: personId, role, scope_kind: "seal" },
        ...{ scope_id: bare.sealId, from_on: "2026-08-01", state: "given", granted_by: null },
        ...{ granted_at: new Date(clock.now()), end_reason: null },
      })
      .execute();
  await name(people.thirdCustodian, "custodian");
  await name(people.keeper, "certificate-keeper");
  await name(people.supervisor, "supervisor");
  await assert.rejects(issue(), refusesWith("seal.deputy-missing"));
  await name(people.secondCustodian, "custodian");
  // C11 named is not enough: a position takes force once its holder has confirmed it, and the refusal says who has not.
  await assert.rejects(issue(), refusesWith("seal.position-unconfirmed"));
  await confirmPositionsInTest(env);
  assert.equal(await stateOf(bare.sealId), "filed", "what waited for people to be named is issued by its own matter");
  await issue();
  assert.equal(await stateOf(bare.sealId), "in-use");
});

test("C11 C22 the people of a seal are checked before it is registered, and nothing is written", async () => {
  const check = (change: object) =>
    handlers["POST /v1/seals/check"](
      {
        body: {
          ...{ type: "contract" as const, entityId: organisation.entityId },
          ...{ custodians: [people.thirdCustodian, people.applicant], supervisor: null, certificateKeeper: null },
          ...change,
        },
      },
      callAs("administrator"),
    );
  const before = await env.db.selectFrom("events").select("event_id").execute();
  const open = await check({});
  assert.deepEqual(open.refusals, []);
  assert.deepEqual(
    open.crew.map(({ role, needed, people: held }) => [role, needed, held.length]),
    [
      ["custodian", 2, 2],
      ["supervisor", 1, 0],
      ["certificate-keeper", 1, 0],
      ["signatory", 1, 1],
      ["inspector", 1, 1],
    ],
  );
  assert.deepEqual(
    open.missing.map((refusal) => refusal.code),
    ["seal.supervisor-missing", "seal.certificate-keeper-missing"],
  );
  const refused = await check({
    custodians: [people.administrator, people.signatory],
    supervisor: people.supervisor,
    certificateKeeper: people.signatory,
  });
  assert.deepEqual(
    refused.refusals.map(({ personId, role, refusal }) => [personId, role, refusal.code]),
    [
      [people.administrator, "custodian", "grant.to-oneself"],
      [people.administrator, "custodian", "separation.duties-meet"],
      [people.signatory, "custodian", "separation.duties-meet"],
      [people.signatory, "certificate-keeper", "separation.duties-meet"],
    ],
  );
  const keepsAll = await check({ custodians: [people.custodian] });
  assert.deepEqual(
    keepsAll.refusals.map(({ refusal }) => refusal.code),
    ["custody.all-important-seals"],
  );
  const whole = await check({ supervisor: people.supervisor, certificateKeeper: people.keeper });
  assert.deepEqual([whole.refusals, whole.missing], [[], []]);
  assert.equal((await env.db.selectFrom("events").select("event_id").execute()).length, before.length);
  await assert.rejects(check({ entityId: organisation.foreignEntityId }), refusesWith("subject.not-found"));
});

test("the timeline of a seal is in the ledger's order within one moment, and names the people concerned", async () => {
  const { timeline } = await handlers["GET /v1/seals/:sealId"](
    { params: { sealId: contract.sealId } },
    callAs("applicant"),
  );
  assert.deepEqual(
    timeline.map((entry) => (entry.type === "SealStateChanged" ? entry.facts.to : entry.type)).reverse(),
    [
      ...["SealRegistered", "GrantGiven", "GrantGiven", "GrantGiven", "GrantGiven", "SealCertificateIssued"],
      ...["made", "filed"],
      ...["PositionConfirmed", "PositionConfirmed", "PositionConfirmed", "PositionConfirmed"],
      ...["CustodyMoved", "in-use"],
    ],
  );
  assert.equal(timeline.find((entry) => entry.facts.role === "supervisor")?.person?.personId, people.supervisor);
});

test("C11 who froze a seal does not unfreeze it, and an important seal wants a proof of presence", async () => {
  await freezeSeal(env, act(people.administrator, contract.sealId));
  const frozen = await handlers["GET /v1/seals/:sealId"]({ params: { sealId: contract.sealId } }, callAs("applicant"));
  assert.deepEqual([frozen.state, frozen.frozenReason], ["frozen", "because"]);
  await assert.rejects(
    unfreezeSeal(env, act(people.administrator, contract.sealId)),
    refusesWith("seal.unfreeze-by-freezer"),
  );
  await assert.rejects(
    unfreezeSeal(env, act(people.secondAdministrator, contract.sealId)),
    refusesWith("presence.needed"),
  );
  const forFreeze = await presenceOf("secondAdministrator", "seal-freeze", contract.sealId);
  await assert.rejects(
    handlers["POST /v1/seals/:sealId/unfreeze"](
      { params: { sealId: contract.sealId }, body: { reason: "cleared", presence: forFreeze } },
      callAs("secondAdministrator"),
    ),
    refusesWith("presence.expired"),
  );
  const presence = await presenceOf("secondAdministrator", "seal-unfreeze", contract.sealId);
  await handlers["POST /v1/seals/:sealId/unfreeze"](
    { params: { sealId: contract.sealId }, body: { reason: "cleared", presence } },
    callAs("secondAdministrator"),
  );
  assert.equal(await stateOf(contract.sealId), "in-use");
});

test("custodian, supervisor, seal administrator and inspector may freeze; others may not", async () => {
  for (const person of ["custodian", "supervisor", "inspector", "secondAdministrator"] as const) {
    const { sealId } = await makeSealInTest(env, plainSeal({ custodians: [people.custodian, people.secondCustodian] }));
    await freezeSeal(env, act(people[person], sealId));
    assert.equal(await stateOf(sealId), "frozen");
  }
  for (const person of ["applicant", "signatory", "keeper", "thirdCustodian"] as const)
    await assert.rejects(freezeSeal(env, act(people[person], contract.sealId)), refusesWith("permission.missing"));
  assert.equal(await stateOf(contract.sealId), "in-use");
});

test("of two freezes at the same moment one is carried out and one is refused", async () => {
  const { sealId } = await makeSealInTest(env, plainSeal());
  const outcomes = await Promise.allSettled([
    freezeSeal(env, act(people.administrator, sealId)),
    freezeSeal(env, act(people.inspector, sealId)),
  ]);
  assert.deepEqual(outcomes.map((outcome) => outcome.status).sort(), ["fulfilled", "rejected"]);
  const refused = outcomes.find((outcome) => outcome.status === "rejected");
  refusesWith("seal.command-not-possible")(refused?.reason);
  const events = await env.db
    .selectFrom("events")
    .select("event_id")
    .where("seal_id", "=", sealId)
    .where("type", "=", "SealStateChanged")
    .execute();
  assert.equal(events.length, 4);
});

test("a proof of presence given before the seal changed is worth nothing", async () => {
  const { sealId } = await makeSealInTest(env, plainSeal());
  await freezeSeal(env, act(people.inspector, sealId));
  const presence = await presenceOf("administrator", "seal-unfreeze", sealId);
  await unfreezeAsSecond(sealId);
  await freezeSeal(env, act(people.inspector, sealId));
  await assert.rejects(
    handlers["POST /v1/seals/:sealId/unfreeze"](
      { params: { sealId }, body: { reason: "cleared", presence } },
      callAs("administrator"),
    ),
    refusesWith("presence.other-digest"),
  );
  assert.equal(await stateOf(sealId), "frozen");
});

async function unfreezeAsSecond(sealId: string): Promise<void> {
  const presence = await presenceOf("secondAdministrator", "seal-unfreeze", sealId);
  await handlers["POST /v1/seals/:sealId/unfreeze"](
    { params: { sealId }, body: { reason: "cleared", presence } },
    callAs("secondAdministrator"),
  );
}
