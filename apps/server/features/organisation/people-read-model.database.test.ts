import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { askMatterInTest } from "../matters/test-matters.ts";
import { listGrants, listPeople } from "./people-read-model.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  await env.db.updateTable("people").set({ guest: true }).where("person_id", "=", crew.people.stranger).execute();
});
after(() => place?.close());

const readBy = async (personId: string): Promise<string[]> =>
  (await listPeople(env.db, personId, env.clock.now())).map((one) => one.name.en.replace("En ", "")).toSorted();
const rolesReadBy = async (personId: string): Promise<string[]> =>
  (await listGrants(env.db, personId, {}, env.clock.now())).map((one) => one.role).toSorted();

test("C11: a guest reads himself until a matter names him, and then who stands in it, without their other roles", async () => {
  const { stranger, sealAdministrator } = crew.people;
  assert.deepEqual(await readBy(stranger), ["stranger"]);
  assert.deepEqual(await rolesReadBy(stranger), []);
  const matterId = await askMatterInTest(env, crew, {
    ...{ kind: "person-leave", personId: stranger, data: { untilOn: "2099-01-05" }, effectiveOn: "2099-01-01" },
  });
  assert.deepEqual(await readBy(stranger), ["stranger"], "a draft is its asker's alone");
  await submitMatter(env, sealAdministrator, matterId);
  assert.deepEqual(await readBy(stranger), ["sealAdministrator", "signatory", "stranger"]);
  const people = await listPeople(env.db, stranger, env.clock.now());
  assert.deepEqual(
    people.flatMap((one) => one.roles),
    [],
  );
  assert.deepEqual(await rolesReadBy(stranger), []);
});

test("C11: staff of the entity reads its people and roles; without a role, who holds one", async () => {
  const { head, applicant } = crew.people;
  assert.equal((await readBy(head)).length, 12);
  assert.deepEqual(await readBy(applicant), [
    ...["administrator", "applicant", "head", "inspector", "lawyer", "sealAdministrator", "signatory"],
  ]);
  assert.deepEqual(await rolesReadBy(applicant), [
    ...["inspector", "legal-reviewer", "seal-administrator", "signatory", "system-administrator", "unit-head"],
  ]);
});
