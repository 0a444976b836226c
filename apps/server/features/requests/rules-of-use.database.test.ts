import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { RouteOutput, RuleSet } from "@chancery/domain";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { blankPicture } from "../../platform/test-picture.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { ruleFact } from "../approvals/rule-fact.ts";
import { decideStep } from "../approvals/service.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { paperInTest, photoInTest } from "../forms/test-forms.ts";
import { checkSides } from "../joint/check-sides.ts";
import { changeRulesInTest } from "../rules/test-rules.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readDetail } from "./detail.ts";
import { prepareDocuments } from "./document-reading.ts";
import { saveDraft } from "./draft-service.ts";
import { loadRequest } from "./load-request.ts";
import { readPaperOnce } from "./read-paper.ts";
import { showCheck } from "./show-check.ts";
import { submitRequest } from "./submit-service.ts";

let place: TestEnvironment;
let crew: TestCrew;
let contractSeal: string;
let departmentSeal: string;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  contractSeal = await crew.registerSeal("contract", "LX-01");
  departmentSeal = await crew.registerSeal("department", "LX-02");
});
after(() => place?.close());

const submit = (requestId: string) => submitRequest(place.env, crew.people.applicant, requestId);

/** Decides the step that waits for this person. */
async function decide(requestId: string, personId: string, stepId?: string): Promise<void> {
  const { env } = place;
  const { row, steps } = await loadRequest(env.db, requestId);
  const mine = stepId ?? (await readDetail(env, personId, requestId)).myStepId ?? steps[0]?.stepId ?? "";
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(env, personId, "approve", requestId, digest);
  await decideStep(env, personId, {
    ...{ requestId, stepId: mine, decision: "approve", comment: "", digest },
    presence: { stepUpId, method: "password" },
  });
}
const states = async (requestId: string): Promise<string[]> =>
  (await loadRequest(place.env.db, requestId)).steps.map((step) => `${step.kind} ${step.state}`);

const board = (people: readonly string[], change: Partial<RouteOutput> = {}) => ({
  ...{ rowId: "board", cells: {}, reason: { en: "The board answers for it.", zh: "由董事会把关。" } },
  clause: { en: "", zh: "" },
  output: {
    ...{ stage: 2, decider: "named" as const, title: { en: "Board office", zh: "董事会办公室" }, people },
    ...{ mode: "quorum" as const, quorum: 2, hours: 24, ifNobody: "refuse" as const },
    ...change,
  },
});
const withBoard =
  (people: readonly string[], change: Partial<RouteOutput> = {}) =>
  (rules: RuleSet): RuleSet => ({
    ...rules,
    route: {
      ...rules.route,
      rows: [...rules.route.rows.filter(({ rowId }) => rowId !== "board"), board(people, change)],
    },
  });

test("C06: a department's seal on an external contract is refused, and the right seals are told", async () => {
  const requestId = await applyInTest(place.env, crew, departmentSeal);
  assert.deepEqual(await codesOf(submit(requestId)), ["entry.internal-seal-outside"]);
});

test("C01: steps side by side, two of three people of one step, then the signatory; each agreement is another person's", async () => {
  const { env } = place;
  const { stranger, inspector, administrator, head, lawyer, signatory } = crew.people;
  await changeRulesInTest(env, crew, withBoard([stranger, inspector, administrator]));
  const requestId = await applyInTest(env, crew, contractSeal);
  await submit(requestId);
  assert.deepEqual(await states(requestId), [
    "unit-head current",
    "legal-review waiting",
    "named waiting",
    "named waiting",
    "signatory waiting",
  ]);
  const { steps } = await loadRequest(env.db, requestId);
  assert.deepEqual(
    await codesOf(decide(requestId, stranger, steps.find((step) => step.kind === "named")?.stepId)),
    ["approval.step-not-current"],
    "a stage that waits is not decided before its time",
  );
  await decide(requestId, head);
  assert.deepEqual((await states(requestId)).slice(1), [
    "legal-review current",
    "named current",
    "named current",
    "signatory waiting",
  ]);
  assert.ok((await loadRequest(env.db, requestId)).steps.some((step) => step.kind === "named" && step.dueAt !== null));
  await decide(requestId, stranger);
  const left = (await loadRequest(env.db, requestId)).steps.find(
    (step) => step.kind === "named" && step.state === "current",
  );
  assert.deepEqual(await codesOf(decide(requestId, stranger, left?.stepId)), ["approval.decided-this-step"]);
  assert.equal((await readDetail(env, stranger, requestId)).myStepId, null);
  await decide(requestId, lawyer);
  assert.equal((await loadRequest(env.db, requestId)).row.state, "in-review");
  await decide(requestId, inspector);
  await decide(requestId, signatory);
  const { row } = await loadRequest(env.db, requestId);
  assert.deepEqual(
    [row.state, (row.rules_fired as { route: string[] } | null)?.route],
    ["authorised", ["unit-head", "legal-review", "signatory", "board"]],
  );
});

test("C01: two people of one step decide in the same moment: each gives one agreement, and the stage goes on once", async () => {
  const { env } = place;
  const { stranger, inspector, head, lawyer } = crew.people;
  const requestId = await applyInTest(env, crew, contractSeal);
  await submit(requestId);
  await decide(requestId, head);
  await decide(requestId, lawyer);
  const open = (await loadRequest(env.db, requestId)).steps.filter((step) => step.kind === "named");
  const both = await Promise.all([
    codesOf(decide(requestId, stranger, open[0]?.stepId)),
    codesOf(decide(requestId, inspector, open[0]?.stepId)),
  ]);
  assert.deepEqual(both.flat(), [], "who comes second takes the other place");
  assert.deepEqual(await states(requestId), [
    "unit-head approved",
    "legal-review approved",
    "named approved",
    "named approved",
    "signatory current",
  ]);
});

test("C02: changed rules never change what a running request was promised", async () => {
  const { env } = place;
  const { head, lawyer, stranger } = crew.people;
  const requestId = await applyInTest(env, crew, contractSeal);
  await submit(requestId);
  const promised = await states(requestId);
  const version = (await loadRequest(env.db, requestId)).row.rules_version;
  await changeRulesInTest(env, crew, withBoard([stranger], { mode: "any" }));
  assert.deepEqual(await states(requestId), promised);
  await decide(requestId, head);
  await decide(requestId, lawyer);
  const { row } = await loadRequest(env.db, requestId);
  assert.equal(row.rules_version, version);
  await assert.rejects(
    env.db
      .updateTable("seal_use_requests")
      .set({ rules_version: "group" })
      .where("request_id", "=", requestId)
      .execute(),
    /keeps the rules it was submitted under/,
  );
  await assert.rejects(
    env.db.updateTable("request_steps").set({ stage: 0 }).where("request_id", "=", requestId).execute(),
    /asks for stays|decision that was taken stays/,
  );
});

test("C01: papers that a rule asks for are asked of the applicant, are his own, and go into what is approved", async () => {
  const { env } = place;
  const { applicant, lawyer } = crew.people;
  await changeRulesInTest(env, crew, (rules) => ({
    ...rules,
    route: { ...rules.route, rows: rules.route.rows.filter(({ rowId }) => rowId !== "board") },
    scope: {
      ...rules.scope,
      rows: [
        {
          ...{ rowId: "million", cells: { external: { is: true }, amount: { from: 1_000_000, below: null } } },
          ...{ reason: { en: "Much money.", zh: "金额较大。" }, clause: { en: "", zh: "" } },
          output: { answer: "ask", rightSeals: [], attachments: ["board-resolution"] },
        },
        // What the million asks for, ten million need not ask for again.
        ...rules.scope.rows.filter(({ rowId }) => rowId !== "large"),
      ],
    },
  }));
  const requestId = await applyInTest(env, crew, contractSeal);
  assert.deepEqual(await codesOf(submit(requestId)), ["rules.attachment-missing"]);
  const attach = async (evidenceId: string): Promise<void> => {
    const { row, documents } = await loadRequest(env.db, requestId);
    await saveDraft(env, applicant, requestId, {
      ...{
        title: row.title,
        documentClass: row.document_class,
        external: row.external,
        counterparty: row.counterparty,
      },
      ...{ amount: row.amount, currency: row.currency, purpose: row.purpose, wantedBy: null, validUntil: null },
      ...{ entityId: row.entity_id, handlerId: null, version: row.version, counterpartyKind: "company" },
      documents: documents.map(({ documentId, placements }) => ({
        ...{ documentId, answers: [] },
        placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
      })),
      attachments: [{ kind: "board-resolution", evidenceId }],
    });
  };
  assert.deepEqual(await codesOf(attach(await photoInTest(env, lawyer))), ["input.incomplete"], "another's file");
  const refusedFor = async (evidenceId: string): Promise<string[]> => {
    await attach(evidenceId);
    return codesOf(submit(requestId));
  };
  assert.deepEqual(await refusedFor(await paperInTest(env, applicant, Buffer.from("%PDF-1.7 cut"))), [
    "paper.not-readable",
  ]);
  assert.deepEqual(await refusedFor(await photoInTest(env, applicant, blankPicture())), ["paper.blank"]);
  const photographed = await requireSeesEvidence(env, applicant, await photoInTest(env, applicant));
  assert.equal((await readPaperOnce(env, photographed)).fault, null, "a paper may be photographed");
  assert.deepEqual(await refusedFor(await paperInTest(env, applicant, [""])), ["paper.blank"]);
  const [asked] = (await loadRequest(env.db, requestId)).documents;
  const own = await env.files.read(asked?.digest ?? "");
  assert.ok(own.ok);
  assert.deepEqual(await refusedFor(await paperInTest(env, applicant, own.bytes)), ["paper.same-file"]);
  const savedAnew = Buffer.concat([Buffer.from(own.bytes), Buffer.from("\n% saved anew\n")]);
  assert.deepEqual(await refusedFor(await paperInTest(env, applicant, savedAnew)), ["paper.same-words"]);
  // Any other text is taken, and whoever reads it is told that it does not call itself a resolution.
  await attach(
    await paperInTest(env, applicant, ["Menu of the canteen", "Noodles, rice and soup for the whole week."]),
  );
  const check = async () => {
    await prepareDocuments(env, requestId);
    const sides = await checkSides(env.db, env, await loadRequest(env.db, requestId), applicant);
    return (await showCheck(env, applicant, sides)).papers;
  };
  assert.deepEqual(
    (await check()).map(({ unnamed }) => unnamed.length),
    [1],
  );
  await attach(await paperInTest(env, applicant, ["Resolution of the board", "The board agrees to the purchase."]));
  assert.deepEqual(
    (await check()).map(({ kind, attached, unnamed, reasons }) => [
      kind,
      attached,
      unnamed,
      reasons.map(({ en }) => en),
    ]),
    [["board-resolution", true, [], ["Much money."]]],
  );
  await submit(requestId);
  const { digest } = (await loadRequest(env.db, requestId)).row;
  const view = await readGateFacts(env.db, env, requestId, { checkFiles: true });
  assert.equal(view.facts.digestNow, digest);
  assert.deepEqual(view.facts.owedPapers, []);
  await assert.rejects(
    env.db.deleteFrom("request_attachments").where("request_id", "=", requestId).execute(),
    /papers change while their request is edited alone/,
  );
});

test("C01: a paper that does not say what it is is settled with a reason before anybody approves, and nobody decides unseen", async () => {
  const { env } = place;
  const { applicant, head, stranger, lawyer } = crew.people;
  const requestId = await applyInTest(env, crew, contractSeal);
  const { row, documents } = await loadRequest(env.db, requestId);
  const evidenceId = await paperInTest(env, applicant, [
    "Menu of the canteen",
    "Noodles, rice and soup for the whole week.",
  ]);
  await saveDraft(env, applicant, requestId, {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, counterparty: row.counterparty },
    ...{ amount: row.amount, currency: row.currency, purpose: row.purpose, wantedBy: null, validUntil: null },
    ...{ entityId: row.entity_id, handlerId: null, version: row.version, counterpartyKind: "company" },
    documents: documents.map(({ documentId, placements }) => ({
      ...{ documentId, answers: [] },
      placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
    })),
    attachments: [{ kind: "board-resolution", evidenceId }],
  });
  await submit(requestId);
  const told = async (personId: string) =>
    (await readDetail(env, personId, requestId)).facts.disagreements.map((one) => [one.fact, one.read, one.toSettle]);
  assert.deepEqual(await told(applicant), [["paper", "board-resolution", true]]);
  for (const person of [head, stranger])
    if ((await readDetail(env, person, requestId)).myStepId !== null) await decide(requestId, person);
  assert.equal((await readDetail(env, lawyer, requestId)).maySettleFacts, true);
  assert.deepEqual(await codesOf(decide(requestId, lawyer)), ["facts.to-settle"]);
  const { facts, row: submitted } = await loadRequest(env.db, requestId);
  await ruleFact(env, lawyer, {
    ...{ requestId, key: facts.seen.disagreements[0]?.key ?? "", digest: submitted.digest ?? "", ruling: "declared" },
    reason: "It is the menu of the day on which the board decided, with its decision on the back",
  });
  await decide(requestId, lawyer);
  assert.ok((await states(requestId)).includes("legal-review approved"));
  const event = await env.db
    .selectFrom("events")
    .select("facts")
    .where("request_id", "=", requestId)
    .where("type", "=", "DeclaredFactSettled")
    .executeTakeFirstOrThrow();
  assert.equal((event.facts as { fact: string }).fact, "paper");
});

test("C04: what the rules say is sealed under supervision waits for a second person, though no seal is important", async () => {
  const { env } = place;
  const { head, stranger, lawyer, signatory, custodian } = crew.people;
  await changeRulesInTest(env, crew, (rules) => ({
    ...rules,
    limits: {
      ...rules.limits,
      rows: rules.limits.rows.map((row) => ({ ...row, output: { ...row.output, supervised: true } })),
    },
  }));
  const requestId = await applyInTest(env, crew, departmentSeal, { external: false, documentClass: "internal-notice" });
  await submit(requestId);
  for (const person of [head, stranger, lawyer, signatory])
    if ((await readDetail(env, person, requestId)).myStepId !== null) await decide(requestId, person);
  const { sealing } = await presenceInTest(env, custodian, "release", requestId);
  assert.equal(sealing, false, "released, and not sealed before somebody confirmed it");
});
