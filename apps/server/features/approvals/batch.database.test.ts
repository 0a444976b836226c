import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { applyInTest, type TestApplication } from "../../platform/test-walk.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { listSummaries } from "../requests/summaries.ts";
import { approveSeveral } from "./batch.ts";

let place: TestEnvironment;
let crew: TestCrew;
let ordinary: string;
let important: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  ordinary = await crew.registerSeal("department", "LX-03");
  important = await crew.registerSeal("contract", "LX-02");
});
after(() => place?.close());

/** A notice of its own each time: the same file twice would be asked about, and looked at for itself. */
const notice = (number: number): TestApplication => ({
  ...{ documentClass: "internal-notice", external: false },
  pdf: makeTestPdf(["Notice to all staff", `Number ${number}: the canteen is closed on Monday.`]),
});
async function submit(sealId: string, change: TestApplication): Promise<string> {
  const requestId = await applyInTest(place.env, crew, sealId, change);
  await submitRequest(place.env, crew.people.applicant, requestId);
  return requestId;
}
const itemOf = async (requestId: string) => {
  const { row, steps } = await loadRequest(place.env.db, requestId);
  return { requestId, stepId: steps.find((one) => one.state === "current")?.stepId ?? "", digest: row.digest ?? "" };
};

test("C01: several low-risk requests are approved, each for itself; what is not, or is gone, is told on its line", async () => {
  const { env } = place;
  const { head, applicant, stranger } = crew.people;
  const requestIds = [];
  for (let at = 0; at < 3; at += 1) requestIds.push(await submit(ordinary, notice(at)));
  const contract = await submit(important, {});
  const waits = (await listSummaries(env, head, { view: "waiting" })).items;
  const items = await Promise.all([...requestIds, contract].map(itemOf));
  for (const { requestId, ...quick } of items)
    assert.deepEqual(
      waits.find((one) => one.requestId === requestId)?.quick,
      requestId === contract ? null : quick,
      "what the list offers is what would be taken",
    );
  await withdrawRequest(env, applicant, requestIds[1] ?? "", "");
  const other = items.map((item, at) => (at === 2 ? { ...item, digest: `sha256:${"0".repeat(64)}` } : item));
  const told = await approveSeveral(env, head, other);
  assert.deepEqual(
    told.map((one) => one.approved),
    [true, false, false, false],
  );
  assert.match(told[1]?.problem?.en ?? "", /nothing here that you may see/);
  assert.match(told[2]?.problem?.en ?? "", /C17/);
  assert.match(told[3]?.problem?.en ?? "", /looked at for itself/);
  const { steps } = await loadRequest(env.db, requestIds[0] ?? "");
  assert.deepEqual([steps[0]?.decidedBy, steps[0]?.method], [head, "session"]);
  assert.equal((await loadRequest(env.db, contract)).steps[0]?.decidedBy, null);
  const left = items.slice(2, 3);
  assert.deepEqual(
    (await approveSeveral(env, stranger, left)).map((one) => one.approved),
    [false],
    "nobody approves what he does not see",
  );
  assert.deepEqual(
    (await Promise.all([approveSeveral(env, head, left), approveSeveral(env, head, left)]))
      .flat()
      .filter((one) => one.approved).length,
    1,
    "two clicks approve once",
  );
});
