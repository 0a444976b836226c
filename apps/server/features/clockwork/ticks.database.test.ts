import assert from "node:assert/strict";
import { test } from "node:test";
import { placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { runRound } from "./ticks.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

test("C13: the clockwork alarms of a piece that is out too long, and of none while the sample is made with a clock of its own", async () => {
  const { env, crew } = place;
  await place.takeInHand(place.departmentPiece);
  const later = { ...env, clock: { now: () => env.clock.now() + 30 * 86_400_000 } };
  const count = async (): Promise<number> =>
    (
      await env.db
        .selectFrom("tasks")
        .select("task_id")
        .where("kind", "=", "lock-away")
        .where("assignee_id", "=", crew.people.custodian)
        .execute()
    ).length;
  const { state } = await env.db.selectFrom("installation").select("state").executeTakeFirstOrThrow();
  await env.db.updateTable("installation").set({ state: "preparing-sample" }).execute();
  await runRound(later);
  assert.equal(await count(), 0);
  await env.db.updateTable("installation").set({ state }).execute();
  await runRound(later);
  assert.equal(await count(), 1);
});
