import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { applyInTest, approveInTest } from "../../platform/test-walk.ts";
import { readDetail } from "./detail.ts";
import { submitRequest } from "./submit-service.ts";
import { readUsualTimes } from "./usual-times.ts";

let place: TestEnvironment;
let crew: TestCrew;
let sealId: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  sealId = await crew.registerSeal("contract", "LX-02");
});
after(() => place?.close());

const hour = 3_600_000;
const submit = async (): Promise<string> => {
  const requestId = await applyInTest(place.env, crew, sealId);
  await submitRequest(place.env, crew.people.applicant, requestId);
  return requestId;
};

test("how long a step usually takes is the median of its kind, and nothing before there are five", async () => {
  const { env } = place;
  for (const hours of [1, 2, 10, 30, 100]) {
    assert.equal((await readUsualTimes(env.db, crew.entityId, env.clock.now()))("unit-head"), null);
    const requestId = await submit();
    await approveInTest(env, crew, requestId);
    // As if it had been submitted so long ago; the steps after the first were decided at once.
    await env.db
      .updateTable("seal_use_requests")
      .set({ submitted_at: new Date(env.clock.now() - hours * hour) })
      .where("request_id", "=", requestId)
      .execute();
  }
  const usual = await readUsualTimes(env.db, crew.entityId, env.clock.now());
  assert.deepEqual(usual("unit-head"), { unit: "hours", count: 10 });
  assert.deepEqual(usual("signatory"), { unit: "hours", count: 1 });
  assert.equal(usual("named"), null);
  const other = await readUsualTimes(env.db, "ent_other", env.clock.now());
  assert.equal(other("unit-head"), null, "each entity has times of its own");
  const later = await readUsualTimes(env.db, crew.entityId, env.clock.now() + 91 * 24 * hour);
  assert.equal(later("unit-head"), null, "what is older than ninety days tells nothing");
  const { steps } = await readDetail(env, crew.people.applicant, await submit());
  assert.deepEqual(steps[0]?.usual, { unit: "hours", count: 10 });
});
