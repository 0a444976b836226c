import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { loadRequest } from "./load-request.ts";
import { submitRequest } from "./submit-service.ts";

let place: TestEnvironment;
let crew: TestCrew;
let officialSeal: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  officialSeal = await crew.registerSeal("official", "LX-01");
});
after(() => place?.close());

const routeOf = async (lines: readonly string[]): Promise<string[]> => {
  const asked = { pdf: makeTestPdf(lines), documentClass: "internal-notice" as const, external: false };
  const requestId = await applyInTest(place.env, crew, officialSeal, asked);
  await submitRequest(place.env, crew.people.applicant, requestId);
  return (await loadRequest(place.env.db, requestId)).steps.map(({ kind }) => kind);
};

test("C03: a loan and an annex under the heading of a notice go to legal review, a notice to the house does not", async () => {
  const head = ["Notice", "To all who work at Lanxi Instruments Ltd", "Please finish counting by 5 December."];
  const end = ["Lanxi Instruments Ltd", "20 November 2026"];
  assert.ok(!(await routeOf([...head, ...end])).includes("legal-review"));
  for (const lines of [
    ["Notice", "We have borrowed CNY 2,500,000 from Mr Wang and pay it back in 2027.", ...end],
    [...head, ...end, "Annex", "Beicheng Precision Ltd has a line ready.", "CNY 250,000 is its price."],
  ])
    assert.ok((await routeOf(lines)).includes("legal-review"), lines.join(" | "));
});
