import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { addPieceInTest, bodyOf, confirmInTest, photographInTest, submitInTest } from "../custody/test-custody.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { carryOutMatter } from "../matters/carry-out-matter.ts";
import { getMatter } from "../matters/store.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { unfreezeSeal } from "../seals/service.ts";
import { askAndApproveInTest } from "../seals/test-seals.ts";
import { giveGrant } from "./grants.ts";
import { addUnit } from "./people-service.ts";
import { previewRepresentativeChange } from "./representative-impact.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
});
after(() => place?.close());

type Ask = Parameters<typeof askMatterInTest>[2];
async function submitted(personId: string, change: Ask): Promise<string> {
  const matterId = await askMatterInTest(env, crew, { asker: crew.people.sealAdministrator, personId, ...change });
  await submitMatter(env, crew.people.sealAdministrator, matterId);
  return matterId;
}
const happens = async (personId: string, change: Ask): Promise<void> => {
  const matterId = await submitted(personId, change);
  assert.equal(await approveMatterInTest(env, matterId, crew.people.signatory), "done");
};
/** Approved, it waits for the entry in the company's register, and is carried out with it. */
async function representedBy(personId: string): Promise<void> {
  const { sealAdministrator, signatory } = crew.people;
  const matterId = await submitted(personId, { kind: "representative-change", data: { lapseOn: "2099-06-30" } });
  assert.equal(await approveMatterInTest(env, matterId, signatory), "approved");
  const carryOut = async () => {
    const { digest } = await getMatter(env.db, matterId);
    return carryOutMatter(env, sealAdministrator, { matterId, digest: digest ?? "", presence: null });
  };
  assert.deepEqual(await codesOf(carryOut()), ["matter.evidence-missing"]);
  await photographInTest(env, sealAdministrator, matterId, "register");
  assert.equal((await carryOut()).state, "done");
}
const statesOf = async (sealId: string): Promise<string[]> =>
  (await env.db.selectFrom("seal_bodies").select("state").where("seal_id", "=", sealId).execute()).map(
    (row) => row.state,
  );
const rolesOf = async (personId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("grants")
      .select("role")
      .where("person_id", "=", personId)
      .where("state", "=", "given")
      .execute()
  ).map((row) => row.role);
const forcedOf = async (sealId: string): Promise<number> =>
  (
    await env.db
      .selectFrom("tasks")
      .select("task_id")
      .where("seal_id", "=", sealId)
      .where("kind", "=", "forced-handover")
      .where("state", "=", "open")
      .execute()
  ).length;

test("C10 a new legal representative: the name seal of the former stops that day, roles he gave lapse on the day set", async () => {
  const { lawyer, head, applicant } = crew.people;
  const entity = { kind: "entity", id: crew.entityId } as const;
  const [name, other] = [
    await crew.registerSeal("legal-representative", "R-1"),
    await crew.registerSeal("personnel", "R-2"),
  ];
  await representedBy(lawyer);
  assert.ok(!(await statesOf(name)).includes("stopped"), "the first one that is entered ends nothing");
  const { grantId } = await transact(env.db, (tx) =>
    giveGrant(tx, env, { actorId: lawyer, personId: applicant, role: "unit-head", scope: entity }),
  );
  assert.deepEqual(await codesOf(submitted(head, { kind: "representative-change", data: { lapseOn: "2020-01-01" } })), [
    "representative.lapse-too-early",
  ]);
  // Who keeps a seal of the company hands it over first.
  assert.deepEqual(
    await codesOf(submitted(crew.people.custodian, { kind: "representative-change", data: { lapseOn: "2099-06-30" } })),
    ["representative.keeps-seals"],
  );
  // What it touches is seen before anything is asked for, by who asks or decides alone.
  const look = (personId: string) =>
    previewRepresentativeChange(env, personId, { entityId: crew.entityId, lapseOn: "2099-06-30" });
  const touched = await look(crew.people.signatory);
  assert.deepEqual(
    touched.seals.map((seal) => [seal.sealId, seal.fate]),
    [[name, "stops"]],
  );
  assert.deepEqual(
    touched.grants.map((one) => one.grantId),
    [grantId],
  );
  assert.deepEqual(await codesOf(look(applicant)), ["permission.missing"]);
  await representedBy(head);
  assert.deepEqual(await statesOf(name), ["stopped"]);
  assert.deepEqual(await statesOf(other), ["in-use"]);
  const grant = await env.db
    .selectFrom("grants")
    .select(["to_on", "state"])
    .where("grant_id", "=", grantId)
    .executeTakeFirstOrThrow();
  assert.deepEqual(grant, { to_on: "2099-06-30", state: "given" });
  const renewal = await env.db
    .selectFrom("tasks")
    .select("kind")
    .where("subject_key", "=", grantId)
    .where("kind", "<>", "confirm-position")
    .executeTakeFirstOrThrow();
  assert.equal(renewal.kind, "grant-renewal");
  assert.deepEqual(await codesOf(submitted(head, { kind: "representative-change", data: { lapseOn: "2099-06-30" } })), [
    "representative.same",
  ]);
});

test("C12 C14 who departs loses every role at once; his seal rests until the managing office hands it over for him", async () => {
  const sealId = await crew.registerSeal("personnel", "P-1");
  const piece = await addPieceInTest(env, sealId);
  const key = await bodyOf(env, sealId, "electronic");
  const { custodian, stranger, keeper, signatory, sealAdministrator, secondCustodian } = crew.people;
  const stopped = await crew.registerSeal("personnel", "P-2");
  await askAndApproveInTest(env, {
    ...{ kind: "stop", asker: sealAdministrator, entityId: crew.entityId, sealId: stopped },
  });
  await happens(custodian, { kind: "person-departure" });
  assert.deepEqual(await statesOf(sealId), ["frozen", "frozen"]);
  assert.deepEqual(await rolesOf(custodian), []);
  assert.equal(await forcedOf(sealId), 1);
  assert.equal(await forcedOf(stopped), 0, "what was stopped is collected, and taken over by nobody");
  const person = await env.db
    .selectFrom("people")
    .select("state")
    .where("person_id", "=", custodian)
    .executeTakeFirstOrThrow();
  assert.equal(person.state, "departed");
  assert.deepEqual(await codesOf(submitted(custodian, { kind: "person-departure" })), ["person.unknown"]);

  const handOver = (transferorId: string, witnessId: string) =>
    submitInTest(env, crew, "handover", sealAdministrator, {
      sealId,
      data: {
        ...{ transferorId, receiverId: stranger, witnessId, cause: "departure", place: "Room 1" },
        ...{ at: null, lockIds: [], deviceRights: "", books: "", requestIds: [] },
        bodies: [piece, key].map((bodyId) => ({ bodyId, condition: "good" })),
      },
    });
  assert.ok((await codesOf(handOver(secondCustodian, custodian))).includes("matter.person-gone"));
  const matterId = await handOver(custodian, keeper);
  await approveMatterInTest(env, matterId, signatory);
  const counted = { count: 1, impressionsMatch: true };
  assert.deepEqual(await codesOf(confirmInTest(env, custodian, matterId, "transferor", counted)), [
    "matter.not-your-part",
  ]);
  assert.deepEqual(await codesOf(confirmInTest(env, sealAdministrator, matterId, "transferor", counted)), [
    "handover.photo-for-absent",
  ]);
  await photographInTest(env, sealAdministrator, matterId, "pieces");
  await photographInTest(env, stranger, matterId, "impression");
  await confirmInTest(env, sealAdministrator, matterId, "transferor", counted);
  await confirmInTest(env, stranger, matterId, "receiver", counted);
  assert.equal(await confirmInTest(env, keeper, matterId, "witness", counted), "done");
  const answers = custodiansOf((await readHeldNow(env.db, [piece]))(piece));
  assert.ok(answers.includes(stranger) && !answers.includes(custodian));
  assert.equal(await forcedOf(sealId), 0);
  await unfreezeSeal(env, { actorId: sealAdministrator, sealId, reason: "handed over", stepUpId: null });
  assert.deepEqual(await statesOf(sealId), ["in-use", "in-use"]);
});

test("C12 leave and the end of a term freeze what nobody took over; a transfer ends the roles of the old post", async () => {
  const { secondCustodian, administrator, keeper, head } = crew.people;
  const other = await env.db.selectFrom("seals").select("seal_id").where("number", "=", "P-1").executeTakeFirst();
  const inDays = (days: number): string => dayInTest(env.clock.now() + days * 86_400_000);
  assert.deepEqual(
    await codesOf(
      submitted(secondCustodian, { kind: "person-leave", effectiveOn: inDays(20), data: { untilOn: inDays(10) } }),
    ),
    ["person.leave-backwards"],
  );
  await happens(secondCustodian, { kind: "person-leave", data: { untilOn: inDays(200) } });
  assert.deepEqual(await statesOf(other?.seal_id ?? ""), ["frozen", "frozen"]);
  assert.ok((await rolesOf(secondCustodian)).includes("custodian"), "he comes back to his roles");
  await happens(secondCustodian, { kind: "term-end" });
  assert.deepEqual(await rolesOf(secondCustodian), []);

  const { unitId } = await addUnit(env, administrator, {
    ...{ entityId: crew.entityId, parentUnitId: crew.unitId, name: { en: "New post", zh: "新岗位" } },
  });
  assert.ok((await rolesOf(head)).includes("unit-head"));
  await happens(head, { kind: "person-transfer", data: { toUnitId: unitId } });
  assert.deepEqual(await rolesOf(head), []);
  assert.deepEqual(await codesOf(submitted(keeper, { kind: "person-transfer", data: { toUnitId: crew.unitId } })), [
    "person.unit-unknown",
  ]);
  assert.deepEqual(await codesOf(submitted(administrator, { kind: "person-departure" })), [
    "person.last-administrator",
  ]);
  assert.equal((await getMatter(env.db, await submitted(keeper, { kind: "person-departure" }))).state, "in-review");
});
