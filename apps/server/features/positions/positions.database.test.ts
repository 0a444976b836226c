import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { defaultFace } from "@chancery/seal-image";
import { transact } from "../../platform/db.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest, presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { readPermissions } from "../identity/permissions.ts";
import { endGrants } from "../organisation/end-grants.ts";
import { giveGrant } from "../organisation/grants.ts";
import { readGrants } from "../organisation/read-grants.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { getSeal } from "../seals/read-model.ts";
import { readSealWall } from "../seals/seal-wall.ts";
import { askAndApproveInTest } from "../seals/test-seals.ts";
import { askSettingChange, decideSetting } from "../settings/service.ts";
import { listTasks } from "../tasks/read-model.ts";
import { confirmPositions, positionDigest, readUnconfirmed } from "./confirm.ts";
import { listBySeal } from "./list-by-seal.ts";
import { readMyPositions } from "./read-model.ts";
import { confirmPositionsInTest } from "./test-positions.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const entity = () => ({ kind: "entity", id: crew.entityId }) as const;
const give = async (
  personId: string,
  role: "inspector" | "supervisor" | "custodian",
  scope: { kind: "entity" | "seal"; id: string },
) =>
  (
    await transact(place.env.db, (tx) =>
      giveGrant(tx, place.env, { actorId: crew.people.administrator, personId, role, scope }),
    )
  ).grantId;
const openTasksOf = async (personId: string): Promise<number> =>
  (
    await place.env.db
      .selectFrom("tasks")
      .select("task_id")
      .where("kind", "=", "confirm-position")
      .where("assignee_id", "=", personId)
      .where("state", "=", "open")
      .execute()
  ).length;
const confirm = async (personId: string, grantIds: string[], digest: string, as = personId) => {
  const stepUpId = await presentInTest(place.env, as, "position", as, digest);
  await confirmPositions(place.env, personId, { grantIds, digest, presence: { stepUpId, method: "password" } });
};

test("C11 a position gives nothing until its holder has confirmed it, and counts for the matrix all the same", async () => {
  const { env } = place;
  const { stranger } = crew.people;
  const grantId = await give(stranger, "inspector", entity());
  assert.equal((await readPermissions(env.db, stranger, env.clock.now())).has("audit.read"), false);
  assert.deepEqual(await readGrants(env.db, { personId: stranger }), []);
  assert.deepEqual(await codesOf(give(stranger, "custodian", entity())), ["separation.duties-meet"]);
  assert.equal(await openTasksOf(stranger), 1);
  const mine = await readMyPositions(env, stranger);
  assert.deepEqual([mine.items[0]?.confirmedAt, mine.waiting?.grantIds], [null, [grantId]]);

  const tasks = await listTasks(env, stranger, { view: "mine" });
  assert.deepEqual(
    tasks.items.map((one) => [one.kind, one.mayDo, one.endsByWord]),
    [["confirm-position", true, false]],
    "done by confirming alone",
  );

  const digest = mine.waiting?.digest ?? "";
  const { inspector } = crew.people;
  assert.deepEqual(await codesOf(confirm(inspector, [grantId], digest)), ["position.not-waiting"], "another's");
  assert.deepEqual(await codesOf(confirm(stranger, [grantId], `sha256:${"0".repeat(64)}`)), [
    "subject.changed-meanwhile",
  ]);
  assert.deepEqual(await codesOf(confirm(stranger, [grantId], digest, inspector)), ["presence.expired"]);
  await confirm(stranger, [grantId], digest);
  assert.equal((await readPermissions(env.db, stranger, env.clock.now())).has("audit.read"), true);
  assert.deepEqual(await codesOf(confirm(stranger, [grantId], digest)), ["position.not-waiting"], "once");
  assert.equal(await openTasksOf(stranger), 0);
  const line = await env.db
    .selectFrom("register_lines as l")
    .innerJoin("events as e", "e.event_id", "l.event_id")
    .select(["l.kind", "e.type", "l.person_ids"])
    .where("l.register", "=", "authority")
    .orderBy("l.running", "desc")
    .executeTakeFirst();
  assert.deepEqual(line, { kind: "confirmed", type: "PositionConfirmed", person_ids: [stranger] });
});

test("a position that ends unconfirmed waits for nobody any more", async () => {
  const { env } = place;
  const { keeper, administrator } = crew.people;
  const grantId = await give(keeper, "inspector", entity());
  assert.equal(await openTasksOf(keeper), 1);
  await transact(env.db, (tx) => endGrants(tx, env, [grantId], { actorId: administrator, reason: "a mistake" }));
  assert.equal(await openTasksOf(keeper), 0);
  assert.deepEqual(await readUnconfirmed(env.db, keeper), []);
  assert.deepEqual(await codesOf(confirm(keeper, [grantId], positionDigest(keeper, []))), ["position.not-waiting"]);
});

test("C08 C12 whoever is named custodian and has not confirmed releases nothing", async () => {
  const { env } = place;
  const { custodian, secondCustodian, supervisor, keeper, sealAdministrator, stranger } = crew.people;
  await crew.registerSeal("contract", "P-1");
  const { matterId } = await askAndApproveInTest(env, {
    ...{ kind: "engrave", asker: sealAdministrator, entityId: crew.entityId },
    data: {
      ...{ type: "personnel", name: { en: "Personnel seal", zh: "人事专用章" }, number: "P-2", external: true },
      ...{ custodians: [custodian, secondCustodian], supervisor, certificateKeeper: keeper },
      face: { kind: "generated", spec: defaultFace("personnel", "澜汐仪器有限公司") },
      ...{ physical: null, electronic: { keyAlgorithm: "ecdsa-p256", filing: false } },
    },
  });
  const seal = await env.db
    .selectFrom("seals")
    .select(["seal_id", "state"])
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  assert.equal(seal.state, "filed", "its people are named, and none of them counts yet");
  const unconfirmed = async () => {
    const page = await getSeal(env, sealAdministrator, seal.seal_id);
    return page.unconfirmed.map((one) => `${one.role} ${one.personId}`);
  };
  const custodians = [`custodian ${custodian}`, `custodian ${secondCustodian}`];
  const others = [`supervisor ${supervisor}`, `certificate-keeper ${keeper}`];
  assert.deepEqual(await unconfirmed(), [...custodians, ...others], "the page of the seal tells whose position waits");
  const duty = async () => (await getSeal(env, sealAdministrator, seal.seal_id)).nextDuty.duty;
  const soon = async () => (await readSealWall(env, sealAdministrator, {})).entities.map((one) => one.soon);
  assert.equal(await duty(), "positions", "it waits for nothing but their confirmations");
  const state = async () => (await getSeal(env, sealAdministrator, seal.seal_id)).state;
  const [before = 0] = await soon();
  const { bodies, next } = await getSeal(env, sealAdministrator, seal.seal_id);
  assert.deepEqual(
    [bodies.map((body) => body.goesInUse), next.some((one) => one.kind === "issue")],
    [[true], false],
    "nobody has to ask for its issue",
  );
  const body = bodies[0]?.bodyId ?? "";
  const issue = () =>
    codesOf(
      askAndApproveInTest(env, {
        ...{ kind: "issue", asker: sealAdministrator, entityId: crew.entityId, sealId: seal.seal_id },
        data: { bodyIds: [body], scope: "Personnel papers", recipients: [] },
      }),
    );
  assert.deepEqual(await issue(), Array(4).fill("seal.position-unconfirmed"));
  await confirmPositionsInTest(env, supervisor, keeper, custodian);
  assert.deepEqual(await issue(), ["seal.position-unconfirmed"], "its deputy has not");
  assert.deepEqual(await unconfirmed(), [custodians[1]]);
  assert.equal(await state(), "filed");
  await confirmPositionsInTest(env, secondCustodian);
  assert.equal(await state(), "in-use", "with the last of them, by the approval of its making");
  assert.equal(await duty(), "until");
  assert.deepEqual(await soon(), [before - 1], "the wall counts it as the page tells it");
  // Named afterwards, one more releases nothing before he has confirmed.
  const earlier = (await readGrants(env.db, { personId: stranger, named: true })).map((one) => one.grantId);
  await transact(env.db, (tx) => endGrants(tx, env, earlier, { actorId: sealAdministrator, reason: "another post" }));
  const third = await give(stranger, "custodian", { kind: "seal", id: seal.seal_id });
  const requestId = await applyInTest(env, crew, seal.seal_id, { documentClass: "labour-contract" });
  await submitRequest(env, crew.people.applicant, requestId);
  await approveInTest(env, crew, requestId);
  const release = (personId: string) => codesOf(presenceInTest(env, personId, "release", requestId));
  assert.deepEqual(await release(stranger), ["release.not-custodian"]);
  assert.deepEqual(await release(custodian), []);
  await transact(env.db, (tx) => endGrants(tx, env, [third], { actorId: sealAdministrator, reason: "back to it" }));
  await give(stranger, "inspector", entity());
});

test("the list names everybody of each seal with dates, tells who has not confirmed and for what nobody is named", async () => {
  const { env } = place;
  const { inspector, applicant, supervisor, secondCustodian } = crew.people;
  const list = await listBySeal(env, inspector, {});
  const [item] = list.items;
  assert.equal(item?.seal.number, "P-1");
  const duties = item?.people.map((one) => one.duty) ?? [];
  assert.deepEqual([...new Set(duties)], ["custodian", "signatory", "supervisor", "certificate-keeper", "inspector"]);
  assert.deepEqual(item?.missing, []);
  assert.deepEqual((await listBySeal(env, applicant, {})).items, [], "for those who watch");
  const only = await listBySeal(env, inspector, { duty: "custodian", personId: secondCustodian });
  assert.deepEqual(
    only.items.map((one) => one.people.map(({ person }) => person.personId)),
    [[secondCustodian]],
  );
  assert.deepEqual((await listBySeal(env, inspector, { search: "no such words" })).items, []);
  assert.equal((await listBySeal(env, inspector, { search: "p-1" })).items.length, 1);
  const grants = await readGrants(env.db, { personId: supervisor, named: true });
  const ids = grants.map((one) => one.grantId);
  await transact(env.db, (tx) => endGrants(tx, env, ids, { actorId: inspector, reason: "a test" }));
  await give(supervisor, "supervisor", entity());
  const after = (await listBySeal(env, inspector, { duty: "supervisor" })).items[0];
  assert.deepEqual(
    after?.people.map((one) => [one.person.personId, one.confirmed]),
    [[supervisor, false]],
  );
});

test("C24 the database takes a confirmation from the holder alone, of a position given, and keeps it", async () => {
  const { env } = place;
  const { supervisor, inspector } = crew.people;
  const [waiting] = await readUnconfirmed(env.db, supervisor);
  const event = await env.db.selectFrom("events").select("event_id").executeTakeFirstOrThrow();
  const row = (person: string, method: "set-up" | "before-positions") => ({
    ...{ grant_id: waiting?.grantId ?? "", person_id: person, at: new Date(), method },
    ...(method === "set-up" ? { event_id: event.event_id, digest: "d", description_version: 1 } : {}),
  });
  const insert = (values: ReturnType<typeof row>) =>
    env.db.insertInto("position_confirmations").values(values).execute();
  await assert.rejects(insert(row(inspector, "set-up")), /by its holder/);
  await assert.rejects(insert(row(supervisor, "set-up")), /with a proof of presence/);
  await assert.rejects(insert(row(supervisor, "before-positions")), /by its holder/);
  const digest = `sha256:${"0".repeat(64)}`;
  const stepUpOf = (person: string, act: "position" | "release") => presentInTest(env, person, act, person, digest);
  for (const stepUpId of [
    await stepUpOf(inspector, "position"),
    await stepUpOf(supervisor, "release"),
    await stepUpOf(supervisor, "position"),
  ]) {
    const proven = { ...row(supervisor, "set-up"), digest, method: "password" as const, step_up_id: stepUpId };
    await assert.rejects(
      env.db.insertInto("position_confirmations").values(proven).execute(),
      /proof of presence of one's own/,
      "another's, of another act, and one that was not used",
    );
  }
  await assert.rejects(env.db.deleteFrom("position_confirmations").execute(), /permission denied/);
  await assert.rejects(
    env.db.updateTable("position_confirmations").set({ at: new Date() }).execute(),
    /permission denied/,
  );
});

test("C11 the database keeps a grant with its person, role and scope", async () => {
  const { db } = place.env;
  const given = await db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", crew.people.custodian)
    .executeTakeFirstOrThrow();
  for (const change of [
    { role: "signatory" },
    { person_id: crew.people.stranger },
    { scope_id: "unit_x" },
    { from_on: "2020-01-01" },
  ])
    await assert.rejects(
      db.updateTable("grants").set(change).where("grant_id", "=", given.grant_id).execute(),
      /stays with its person, role and scope/,
    );
});

test("C11 the same position, given again, is not asked about anew; another one is", async () => {
  const { env } = place;
  const { counsel, administrator } = { counsel: crew.people.stranger, administrator: crew.people.administrator };
  const first = (await readGrants(env.db, { personId: counsel })).find((one) => one.role === "inspector");
  assert.ok(first, "confirmed in the first test");
  await transact(env.db, (tx) => endGrants(tx, env, [first.grantId], { actorId: administrator, reason: "renewed" }));
  const again = await give(counsel, "inspector", entity());
  assert.equal(await openTasksOf(counsel), 0);
  const held = await readGrants(env.db, { personId: counsel });
  assert.deepEqual(
    held.map((one) => one.grantId),
    [again],
  );
  const kept = await env.db
    .selectFrom("position_confirmations as c")
    .innerJoin("events as e", "e.event_id", "c.event_id")
    .select(["c.method", "e.actor_id"])
    .where("c.grant_id", "=", again)
    .executeTakeFirstOrThrow();
  assert.deepEqual(kept, { method: "as-before", actor_id: null });
});

test("C11 positions take force without a confirmation while two have switched it off, those that waited too", async () => {
  const { env } = place;
  const { keeper, administrator, signatory } = crew.people;
  const waits = await give(keeper, "inspector", entity());
  const isWaiting = async () => (await readUnconfirmed(env.db, keeper)).some((one) => one.grantId === waits);
  assert.ok(await isWaiting());
  const endsOn = dayInTest(env.clock.now() + 30 * 86_400_000);
  const { settingChangeId } = await askSettingChange(env, administrator, {
    ...{ key: "positionConfirmation", value: 0, endsOn, reason: "Paper letters of appointment" },
  });
  assert.ok(await isWaiting(), "one alone switches nothing off");
  await decideSetting(env, signatory, settingChangeId, true);
  assert.deepEqual(await readUnconfirmed(env.db, keeper), []);
  assert.equal(await openTasksOf(keeper), 0);
  assert.ok((await readGrants(env.db, { personId: keeper })).some((one) => one.grantId === waits));

  const shown = (await readMyPositions(env, keeper)).items;
  const here = shown.find((one) => one.grantId === waits);
  assert.equal(here?.inForceBy, "setting", "nobody reads that he confirmed it");
  assert.deepEqual(
    [here?.setting?.askedBy?.personId, here?.setting?.confirmedBy?.personId],
    [administrator, signatory],
  );
  assert.ok((here?.setting?.at ?? "9") <= (here?.confirmedAt ?? ""));
  const byHimself = shown.find((one) => one.inForceBy === "holder");
  assert.ok(byHimself, "what he confirmed himself stays his confirmation");
  assert.equal(byHimself.setting, null);
});
