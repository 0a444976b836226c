import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import type { AttachmentKind } from "@chancery/domain";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest, releaseInTest } from "../../platform/test-walk.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { photoInTest } from "../forms/test-forms.ts";
import { readDetail } from "../requests/detail.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { changeRulesInTest } from "../rules/test-rules.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { givePaper } from "./papers.ts";
import { reviewEmergency } from "./review.ts";

let place: TestEnvironment;
let crew: TestCrew;
let seal: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  seal = await crew.registerSeal("department", "LX-01");
});
after(() => place?.close());

const ask = (): Promise<string> =>
  applyInTest(place.env, crew, seal, {
    ...{ documentClass: "internal-notice", external: false, emergency: "The tender closes at noon today" },
  });
const submit = (requestId: string) => submitRequest(place.env, crew.people.applicant, requestId);
const stateOf = async (requestId: string): Promise<string> => (await loadRequest(place.env.db, requestId)).row.state;
const review = (personId: string, requestId: string, papers: readonly string[] = []) =>
  reviewEmergency(
    place.env,
    personId,
    { requestId },
    { verdict: "justified", note: "The deadline is on file", papers },
  );
const paperOf = async (personId: string, pdf: Uint8Array): Promise<string> =>
  (await uploadEvidence(place.env, personId, { stream: Readable.from([pdf]), fileName: "resolution.pdf" })).evidenceId;
const resolution = (word: string): Promise<string> =>
  paperOf(
    crew.people.applicant,
    makeTestPdf(["Resolution of the board", `The board agrees to the tender of gauges, as ${word}.`, "Signed:"]),
  );

test("C01: papers that the rules ask for may follow an emergency; owed, they keep its review open and block the applicant's next", async () => {
  const { env } = place;
  const { applicant, signatory, inspector, stranger } = crew.people;
  await changeRulesInTest(env, crew, ({ scope, ...rules }) => ({
    ...rules,
    scope: {
      ...scope,
      rows: [
        {
          ...{ rowId: "notice", cells: { documentClass: { in: ["internal-notice"] } } },
          ...{ reason: { en: "Notices follow a resolution.", zh: "通知须有决议。" }, clause: { en: "", zh: "" } },
          output: { answer: "ask", rightSeals: [], attachments: ["board-resolution"] },
        },
        ...scope.rows,
      ],
    },
  }));
  const first = await ask();
  const give = (personId: string, evidenceId: string, kind: AttachmentKind = "board-resolution") =>
    codesOf(givePaper(env, personId, first, { kind, title: "Resolution 7", evidenceId }));
  await submit(first);
  const paper = await resolution("proposed");
  assert.deepEqual(await give(applicant, paper), ["emergency.paper-not-owed"], "not before the signatory agreed");
  const owedTo = (await readDetail(env, signatory, first)).emergencyPapers;
  assert.deepEqual([owedTo?.owed.map(({ kind }) => kind), owedTo?.mayGive], [["board-resolution"], false]);
  await approveInTest(env, crew, first);
  await releaseInTest(env, crew, first);
  await runSealJob(env, sealingPorts(place), first);
  assert.equal(await stateOf(first), "registered");

  assert.deepEqual(await codesOf(submit(await ask())), ["emergency.papers-owed"]);
  assert.deepEqual(await codesOf(review(inspector, first)), ["emergency.papers-missing"]);
  const tasks = () =>
    env.db
      .selectFrom("tasks")
      .select(["assignee_id", "state"])
      .where("kind", "=", "emergency-papers")
      .where("subject_key", "=", first)
      .execute();
  assert.deepEqual(await tasks(), [{ assignee_id: applicant, state: "open" }]);

  assert.deepEqual(await give(signatory, await photoInTest(env, signatory)), ["emergency.paper-not-yours"]);
  assert.deepEqual(await give(stranger, await photoInTest(env, stranger)), ["subject.not-found"]);
  assert.deepEqual(await give(applicant, await photoInTest(env, signatory)), ["subject.not-found"], "another's file");
  assert.deepEqual(await give(applicant, paper, "tender-result"), ["emergency.paper-not-owed"]);
  assert.deepEqual(await give(applicant, await photoInTest(env, applicant)), ["paper.not-readable"]);
  assert.deepEqual(await give(applicant, await paperOf(applicant, makeTestPdf([""]))), ["paper.blank"]);
  const { documents } = await loadRequest(env.db, first);
  const asked = await env.files.read(documents[0]?.digest ?? "");
  assert.ok(asked.ok);
  assert.deepEqual(await give(applicant, await paperOf(applicant, asked.bytes)), ["paper.same-file"]);
  const untitled = { kind: "board-resolution" as const, title: " ", evidenceId: paper };
  assert.deepEqual(await codesOf(givePaper(env, applicant, first, untitled)), ["emergency.paper-untitled"]);
  assert.deepEqual(await give(applicant, paper), []);
  assert.deepEqual(await give(applicant, paper), ["paper.same-file"]);
  assert.deepEqual(await tasks(), [{ assignee_id: applicant, state: "done" }]);
  await requireSeesEvidence(env, inspector, paper);
  await assert.rejects(
    env.db.deleteFrom("emergency_papers").where("request_id", "=", first).execute(),
    /permission denied|a paper that followed stays/,
  );
  await submit(await ask());
  // Whoever reviews it says of each paper that it is what is owed; one that is not is replaced before.
  assert.deepEqual(await codesOf(review(inspector, first)), ["emergency.papers-unconfirmed"]);
  const better = await resolution("amended");
  assert.deepEqual(await give(applicant, better), []);
  assert.deepEqual(await codesOf(review(inspector, first, [paper])), ["emergency.papers-unconfirmed"]);
  const shown = async () =>
    (await readDetail(env, inspector, first)).emergencyPapers?.followed.map((one) => [
      ...[one.evidenceId, one.title, one.by?.personId, one.confirmed],
    ]);
  assert.deepEqual(await shown(), [[better, "Resolution 7", applicant, null]]);
  await review(inspector, first, [better]);
  assert.deepEqual(await shown(), [[better, "Resolution 7", applicant, true]]);
  assert.deepEqual(await give(applicant, await resolution("late")), ["emergency.paper-not-owed"]);
});
