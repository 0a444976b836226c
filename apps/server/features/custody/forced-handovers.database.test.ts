import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { getMatter, type MatterRow } from "../matters/store.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { unfreezeSeal } from "../seals/service.ts";
import { listTasks } from "../tasks/read-model.ts";
import { openForcedHandovers } from "./forced-handovers.ts";
import { bodyOf, confirmInTest, photographInTest } from "./test-custody.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
});
after(() => place?.close());

const day = (days: number): string => dayInTest(env.clock.now() + days * 86_400_000);
const asks = async (kind: "person-leave" | "leave-end", data: object, asker: string): Promise<string> => {
  const matterId = await askMatterInTest(env, crew, {
    ...{ kind, personId: crew.people.custodian, data: { ...data }, asker },
  });
  await submitMatter(env, asker, matterId);
  return matterId;
};
const leaves = async (): Promise<void> => {
  const { sealAdministrator, signatory } = crew.people;
  const matterId = await asks("person-leave", { untilOn: day(20) }, sealAdministrator);
  await approveMatterInTest(env, matterId, signatory);
};
const openTasks = async (sealId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("tasks")
      .select("kind")
      .where("seal_id", "=", sealId)
      .where("state", "=", "open")
      .where("kind", "<>", "custodian-change-report")
      .orderBy("kind")
      .execute()
  ).map((row) => row.kind);
const handovers = async (sealId: string): Promise<MatterRow[]> => {
  const rows = await env.db
    .selectFrom("matters")
    .select("matter_id")
    .where("kind", "=", "handover")
    .where("seal_id", "=", sealId)
    .orderBy("created_at")
    .execute();
  return Promise.all(rows.map((row) => getMatter(env.db, row.matter_id)));
};

test("C12 C14: the seal of who has gone is handed over by itself, once, to somebody fit; then it is to be unfrozen", async () => {
  const sealId = await crew.registerSeal("personnel", "F-1");
  const { custodian, signatory, sealAdministrator, inspector } = crew.people;
  await leaves();
  assert.deepEqual(await openTasks(sealId), ["forced-handover"]);
  await openForcedHandovers(env);
  await openForcedHandovers(env);
  const [matter, ...more] = await handovers(sealId);
  assert.ok(matter && more.length === 0);
  assert.equal(matter.state, "in-review");
  assert.deepEqual(await openTasks(sealId), []);
  const data = matter.data as { transferorId: string; receiverId: string; witnessId: string; cause: string };
  assert.deepEqual([data.transferorId, data.witnessId, data.cause], [custodian, inspector, "leave"]);
  const events = await env.db
    .selectFrom("events")
    .select("actor_id")
    .where("matter_id", "=", matter.matter_id)
    .execute();
  assert.deepEqual(
    events.map((event) => event.actor_id),
    [null, null],
    "nobody did it",
  );

  assert.equal(await approveMatterInTest(env, matter.matter_id, signatory), "approved");
  const counted = { count: 0, impressionsMatch: true };
  // He is not there to sign: the managing office does for him, and shows what there is.
  const forHim = () => confirmInTest(env, sealAdministrator, matter.matter_id, "transferor", counted);
  assert.deepEqual(await codesOf(forHim()), ["handover.photo-for-absent"]);
  await photographInTest(env, sealAdministrator, matter.matter_id, "pieces");
  await forHim();
  await confirmInTest(env, data.receiverId, matter.matter_id, "receiver", counted);
  assert.equal(await confirmInTest(env, inspector, matter.matter_id, "witness", counted), "done");
  assert.deepEqual(
    (await openTasks(sealId)).filter((kind) => kind !== "confirm-position"),
    ["unfreeze-seal"],
  );
  await unfreezeSeal(env, { actorId: sealAdministrator, sealId, reason: "seen", stepUpId: null });
  assert.deepEqual(
    (await openTasks(sealId)).filter((kind) => kind !== "confirm-position"),
    [],
  );
  assert.ok(await bodyOf(env, sealId, "electronic"));
});

test("C12: where nobody is fit the task says so, and the handover opens once somebody is", async () => {
  const sealId = await crew.registerSeal("business", "F-2");
  await leaves();
  const others = Object.values(crew.people).filter((one) => one !== crew.people.custodian);
  await env.db.updateTable("people").set({ guest: true }).where("person_id", "in", others).execute();
  await openForcedHandovers(env);
  await openForcedHandovers(env);
  assert.deepEqual(await openTasks(sealId), ["forced-handover-nobody-fit"]);
  assert.deepEqual(await handovers(sealId), []);
  await env.db.updateTable("people").set({ guest: false }).where("person_id", "in", others).execute();
  await openForcedHandovers(env);
  assert.deepEqual(await openTasks(sealId), []);
  assert.equal((await handovers(sealId)).length, 1);

  // Back before its end: nothing is handed over for him any more, and the seal is looked at.
  await asks("leave-end", {}, crew.people.custodian);
  assert.equal((await handovers(sealId))[0]?.state, "withdrawn");
  assert.deepEqual(await openTasks(sealId), ["unfreeze-seal"]);
});

test("C14: the task of a handover leads to the one that somebody has asked for already, and to none before", async () => {
  const sealId = await crew.registerSeal("department", "F-3");
  await leaves();
  const { custodian, applicant, inspector, sealAdministrator } = crew.people;
  const asked = async () =>
    (await listTasks(env, sealAdministrator, { view: "mine", sealId })).items.find(
      (task) => task.kind === "forced-handover",
    )?.handover;
  assert.deepEqual(await asked(), { matterId: null, cause: null });
  const matterId = await askMatterInTest(env, crew, {
    ...{ kind: "handover", sealId },
    data: {
      ...{
        transferorId: custodian,
        receiverId: applicant,
        witnessId: inspector,
        cause: "leave",
        place: "Room 1",
      },
      ...{ at: null, bodies: [{ bodyId: await bodyOf(env, sealId, "electronic"), condition: "good" }] },
      ...{ lockIds: [], deviceRights: "", books: "", requestIds: [] },
    },
  });
  assert.deepEqual(await asked(), { matterId: null, cause: null }, "a draft holds nothing");
  await submitMatter(env, sealAdministrator, matterId);
  assert.deepEqual(await asked(), { matterId, cause: null });
});
