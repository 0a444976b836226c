import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { readMatterDetail } from "../matters/read-model.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { completeTask } from "../tasks/complete-task.ts";
import { commitInTest } from "../training/test-fitness.ts";
import { proposeRotation, readRotation } from "./rotation.ts";
import { openRotationHandovers } from "./rotation-handovers.ts";
import { tellDueRotations } from "./rotation-ticks.ts";
import { addPieceInTest, confirmInTest, photographInTest } from "./test-custody.ts";

const month = 30 * 24 * 60 * 60_000;
let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let sealId: string;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  sealId = await crew.registerSeal("personnel", "LX-R-1");
  await addPieceInTest(env, sealId);
});
after(() => place?.close());

/** The same environment so many months later. */
const later = (months: number): Environment => ({ ...env, clock: { now: () => Date.now() + months * month } });

test("C15 a rotation that falls due is a task, an overdue one a finding, each once for each custodian", async () => {
  const { custodian, secondCustodian } = crew.people;
  const told = async () => [
    (await env.db.selectFrom("tasks").select("person_id").where("kind", "=", "plan-rotation").execute()).length,
    (await env.db.selectFrom("findings").select("person_id").where("control", "=", "C15").execute()).length,
  ];
  await tellDueRotations(later(33));
  assert.deepEqual(await told(), [0, 0]);
  for (const months of [35, 36]) await tellDueRotations(later(months));
  assert.deepEqual(await told(), [2, 0]);
  for (const months of [38, 39]) await tellDueRotations(later(months));
  assert.deepEqual(await told(), [2, 2]);
  // The task ends by the relief, or where nothing is due after all, and by nobody's word.
  const open = async () =>
    env.db
      .selectFrom("tasks")
      .select("task_id")
      .where("kind", "=", "plan-rotation")
      .where("state", "=", "open")
      .execute();
  const [task] = await open();
  assert.deepEqual(
    await codesOf(
      completeTask(env, crew.people.sealAdministrator, { taskId: task?.task_id ?? "", note: "x", evidenceId: null }),
    ),
    ["task.of-an-act"],
  );
  await tellDueRotations(later(1));
  assert.deepEqual(await open(), []);
  const stands = await readRotation(env.db, later(38), crew.entityId);
  assert.deepEqual(
    stands.map((one) => [one.personId, one.state]).toSorted(),
    [
      [custodian, "overdue"],
      [secondCustodian, "overdue"],
    ].toSorted(),
  );
});

test("C15 C12 the plan names only who is fit; accepted, it opens handovers that keep every rule, and time begins anew", async () => {
  const { sealAdministrator, signatory } = crew.people;
  const overdue = later(38);
  // Nobody has signed the letter: nobody could come.
  assert.deepEqual((await proposeRotation(env.db, overdue, crew.entityId)).moves, []);
  for (const person of Object.values(crew.people)) await commitInTest(env, person);
  const { moves, left } = await proposeRotation(env.db, overdue, crew.entityId);
  assert.equal(moves.length, 1);
  assert.equal(left.length, 1, "of one seal one custodian moves at a time");
  const [move] = moves;
  assert.ok(move);
  const [opened] = await openRotationHandovers(overdue, sealAdministrator, crew.entityId, moves);
  assert.deepEqual([opened?.refusals, typeof opened?.number], [[], "string"]);
  const matterId = opened?.matterId ?? "";
  const [again] = await openRotationHandovers(overdue, sealAdministrator, crew.entityId, moves);
  assert.deepEqual(
    [again?.number, again?.refusals.map((one) => one.code)],
    [null, ["matter.reserved"]],
    "the same move twice stays a draft",
  );

  const meanwhile = await proposeRotation(env.db, overdue, crew.entityId);
  assert.deepEqual(
    [meanwhile.moves, meanwhile.left],
    [[], []],
    "while it changes hands nothing is planned for the seal",
  );

  await approveMatterInTest(overdue, matterId, signatory);
  await photographInTest(overdue, move.comingId, matterId, "impression");
  await confirmInTest(overdue, move.leavingId, matterId, "transferor", { count: 1 });
  await confirmInTest(overdue, move.comingId, matterId, "receiver", { count: 1, impressionsMatch: true });
  await confirmInTest(overdue, move.witnessId, matterId, "witness", { count: 1 });
  const detail = await readMatterDetail(overdue, sealAdministrator, matterId);
  assert.equal(detail.state, "done");
  const stands = await readRotation(env.db, overdue, crew.entityId);
  assert.deepEqual(
    stands.map((one) => [one.personId, one.state]),
    [
      [left[0]?.personId, "overdue"],
      [move.comingId, "fine"],
    ],
  );
});
