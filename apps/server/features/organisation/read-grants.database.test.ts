import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { readPermissions } from "../identity/permissions.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { listSummaries } from "../requests/summaries.ts";
import { readViewer } from "../seals/visible-seals.ts";
import { readGrants, readGrantsInForce } from "./read-grants.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

test("a grant begins and ends with the day of its entity, not with the day elsewhere", async () => {
  const { env } = place;
  const { stranger, sealAdministrator } = crew.people;
  const given = (role: string, from: string, to: string | null, personId: string) =>
    env.db
      .insertInto("grants")
      .values({
        ...{ grant_id: `grant_${role}`, person_id: personId, role, scope_kind: "entity", scope_id: crew.entityId },
        ...{ from_on: from, to_on: to, state: "given", granted_by: sealAdministrator, granted_at: new Date() },
      })
      .execute();
  await given("inspector", "2026-11-28", null, stranger);
  await given("supervisor", "2026-11-01", "2026-11-27", stranger);
  assert.deepEqual(await readGrants(env.db, { personId: stranger }), [], "not confirmed, so nothing");
  assert.equal((await readGrants(env.db, { personId: stranger, named: true })).length, 2, "and named all the same");
  await confirmPositionsInTest(env, stranger);
  // It is the 28th in Shanghai and still the 27th in Greenwich.
  const now = Date.parse("2026-11-27T18:00:00Z");
  const roles = (await readGrantsInForce(env.db, now, { personId: stranger })).map((grant) => grant.role);
  assert.deepEqual(roles, ["inspector"]);
  assert.equal((await readPermissions(env.db, stranger, now)).has("audit.read"), true);
  assert.deepEqual(
    (await readViewer(env.db, stranger, now)).grants.map((grant) => grant.role),
    ["inspector"],
  );
  const before = Date.parse("2026-11-27T15:00:00Z");
  assert.equal((await readPermissions(env.db, stranger, before)).has("audit.read"), false);
  await listSummaries({ ...env, clock: { now: () => now } }, stranger, { view: "all" });
});
