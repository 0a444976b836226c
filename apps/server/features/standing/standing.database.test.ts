import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { makeSamplePdf } from "../../platform/sample-pdf.ts";
import { createTestApp } from "../../platform/test-app.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf, testContract } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { checkRequest } from "../requests/check-request.ts";
import { readDetail } from "../requests/detail.ts";
import { saveDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { askGateFor } from "../stamping/service.ts";
import { registerTemplateInTest, withdrawTemplateInTest } from "../templates/test-templates.ts";
import { endStanding, listStanding } from "./read-model.ts";

let place: TestEnvironment;
let crew: TestCrew;
let seal: string;
let templateId: string;
const text = testContract({}, "gauges as ordered");
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  seal = await crew.registerSeal("contract", "LX-01");
  templateId = (await registerTemplateInTest(place.env, crew, { bytes: text, documentClass: "contract" })).templateId;
});
after(() => place?.close());

const day = (from: number): string => dayInTest(place.env.clock.now() + from * 86_400_000);
const terms = (change: object = {}) => ({
  ...{ templateId, counterpartyKinds: ["company"], limit: 2_000_000, currency: "CNY", count: 2 },
  ...{ from: day(-1), to: day(30) },
  ...change,
});
async function ask(change: object = {}): Promise<string> {
  const data = terms(change);
  return askMatterInTest(place.env, crew, {
    kind: "standing-authorisation",
    asker: crew.people.head,
    sealId: seal,
    data,
  });
}
/** One that is in force, agreed to by head of unit, lawyer and signatory. */
async function give(change: object = {}): Promise<string> {
  const { head, lawyer, signatory } = crew.people;
  const matterId = await ask(change);
  await submitMatter(place.env, head, matterId);
  assert.equal(await approveMatterInTest(place.env, matterId, lawyer, signatory), "done");
  const { standing_id } = await place.env.db
    .selectFrom("standing_authorisations")
    .select("standing_id")
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  return standing_id;
}
/** A draft under it; the file follows the template unless another is given. */
async function draft(standingId: string, pdf = text, impressions = 1, reason = ""): Promise<string> {
  const requestId = await applyInTest(place.env, crew, seal, { pdf });
  const { row, documents } = await loadRequest(place.env.db, requestId);
  await saveDraft(place.env, crew.people.applicant, requestId, {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, currency: row.currency },
    ...{ counterparty: row.counterparty, counterpartyKind: "company", amount: row.amount, purpose: row.purpose },
    ...{ wantedBy: null, validUntil: null, entityId: row.entity_id, handlerId: null, standingId },
    documents: documents.map(({ documentId, unfinished }) => ({
      documentId,
      answers: reason === "" ? [] : unfinished.map(({ placeId }) => ({ placeId, reason })),
      placements: Array.from({ length: impressions }, (_, at) => ({
        ...{ sealId: seal, page: 0, xMm: 20 + (at % 3) * 60, yMm: 20 + Math.floor(at / 3) * 60 },
      })),
    })),
    version: row.version,
  });
  return requestId;
}
const submit = (requestId: string) => submitRequest(place.env, crew.people.applicant, requestId);
const stateOf = async (requestId: string) => (await loadRequest(place.env.db, requestId)).row.state;

test("C01 C03: agreed to once by the whole route; a use of the template needs no new approval, passes the gate, names it", async () => {
  const { env } = place;
  const { applicant, custodian, supervisor, inspector } = crew.people;
  const standingId = await give();
  const requestId = await draft(standingId);
  await submit(requestId);
  const { row, steps } = await loadRequest(env.db, requestId);
  assert.deepEqual([row.state, steps.length], ["authorised", 0]);
  assert.equal((await presenceInTest(env, custodian, "release", requestId)).sealing, false, "an important seal");
  assert.equal((await presenceInTest(env, supervisor, "confirm", requestId)).sealing, true);
  await runSealJob(env, sealingPorts(place), requestId);
  assert.equal(await stateOf(requestId), "registered");
  assert.deepEqual(
    [
      (await readDetail(env, applicant, requestId)).standing?.nr,
      (await readDetail(env, applicant, requestId)).standing?.count,
    ],
    [1, 2],
  );
  const line = await env.db
    .selectFrom("register_lines")
    .select("facts")
    .where("request_id", "=", requestId)
    .where("register", "=", "use")
    .executeTakeFirstOrThrow();
  assert.equal(typeof line.facts.standing, "string");
  const task = await env.db
    .selectFrom("tasks")
    .select(["kind", "assignee_role"])
    .where("subject_key", "=", requestId)
    .execute();
  assert.deepEqual(task, [{ kind: "review-standing-use", assignee_role: "inspector" }], "the first use is looked at");
  const [shown] = (await listStanding(env, inspector, crew.entityId)).items;
  assert.deepEqual([shown?.used, shown?.inForce, shown?.mayEnd], [1, true, true]);
});

test("C06: a counterparty's kind that only the applicant's word bears out is asked about, until somebody agreed to it", async () => {
  const { env } = place;
  const { applicant } = crew.people;
  const called = (requestId: string, counterparty = "海港") =>
    env.db
      .updateTable("seal_use_requests")
      .set({ counterparty, counterparty_kind: "company" })
      .where("request_id", "=", requestId)
      .execute();
  const asked = async (requestId: string) =>
    (await checkRequest(env.db, env, await loadRequest(env.db, requestId), applicant)).questions.map(
      ({ kind }) => kind,
    );
  const requestId = await draft(await give());
  await called(requestId, "海港光学有限公司");
  assert.equal((await asked(requestId)).includes("kind-unproved"), false, "its name says that it is a company");
  await called(requestId);
  assert.ok((await asked(requestId)).includes("kind-unproved"));
  // What was sealed under the authorisation itself bears nothing out; what people agreed to does.
  const ordinary = await applyInTest(env, crew, seal);
  await called(ordinary);
  await submit(ordinary);
  assert.ok((await asked(requestId)).includes("kind-unproved"), "nobody has agreed to it yet");
  await env.db
    .updateTable("seal_use_requests")
    .set({ authorised_at: new Date(env.clock.now()) })
    .where("request_id", "=", ordinary)
    .execute();
  assert.equal((await asked(requestId)).includes("kind-unproved"), false);
});

test("C06: under a standing authorisation for banks a company is no bank until somebody agreed to it as one", async () => {
  const { env } = place;
  const counterparty = "东和贸易有限公司";
  const called = (requestId: string) =>
    env.db
      .updateTable("seal_use_requests")
      .set({ counterparty, counterparty_kind: "bank" })
      .where("request_id", "=", requestId)
      .execute();
  const requestId = await draft(await give({ counterpartyKinds: ["bank"] }));
  await called(requestId);
  assert.ok((await codesOf(submit(requestId))).includes("standing.asked"));
  const ordinary = await applyInTest(env, crew, seal);
  await called(ordinary);
  await submit(ordinary);
  const asked = (await loadRequest(env.db, ordinary)).questions;
  assert.ok(
    asked.some(({ kind }) => kind === "counterparty-kind"),
    "who decides is told",
  );
  await env.db
    .updateTable("seal_use_requests")
    .set({ authorised_at: new Date(env.clock.now()) })
    .where("request_id", "=", ordinary)
    .execute();
  assert.equal((await codesOf(submit(requestId))).includes("standing.asked"), false);
});

test("C01: two requests want the last use at the same moment: one has it", async () => {
  const standingId = await give({ count: 1 });
  const [one, two] = [await draft(standingId), await draft(standingId)];
  const told = await Promise.all([codesOf(submit(one)), codesOf(submit(two))]);
  assert.deepEqual(told.flat(), ["standing.used-up"]);
});

test("C03: a document that does not follow the template, or a template that is withdrawn, is for the ordinary route", async () => {
  const { env } = place;
  const bytes = testContract({}, "gauges for the works");
  const other = await registerTemplateInTest(env, crew, { bytes, documentClass: "contract" });
  const standingId = await give({ templateId: other.templateId });
  assert.ok((await codesOf(submit(await draft(standingId)))).includes("standing.other-template"));
  const fits = await draft(standingId, bytes);
  await withdrawTemplateInTest(env, crew, other.templateId);
  assert.ok((await codesOf(submit(fits))).includes("standing.other-template"));
});

test("C01: ended at any time: what is not sealed yet is not sealed under it", async () => {
  const { env } = place;
  const { signatory, custodian } = crew.people;
  const standingId = await give();
  const requestId = await draft(standingId);
  await submit(requestId);
  await presenceInTest(env, custodian, "release", requestId);
  const over = async () => (await readDetail(env, crew.people.applicant, requestId)).standing?.over;
  assert.equal(await over(), null);
  await endStanding(env, signatory, standingId, "The supplier changed hands");
  assert.deepEqual(await codesOf(endStanding(env, signatory, standingId, "Again")), ["standing.ended-already"]);
  assert.ok((await over())?.endedAt, "whoever reads the request is told");
  const { answer } = await askGateFor(env, requestId);
  assert.ok(answer.conditions.some((one) => one.code === "gate.approvals-complete.standing-over"));
  assert.deepEqual(await codesOf(submit(await draft(standingId))), ["standing.over"]);
});

test("C01: what was taken back and submitted again is the same use", async () => {
  const { env } = place;
  const standingId = await give({ count: 1 });
  const requestId = await draft(standingId);
  await submit(requestId);
  const counted = async () => {
    const { items } = await listStanding(env, crew.people.inspector, crew.entityId);
    const { used, unsealed } = items.find((one) => one.standingId === standingId) ?? assert.fail();
    return { used, unsealed };
  };
  assert.deepEqual(await counted(), { used: 1, unsealed: 0 });
  await withdrawRequest(env, crew.people.applicant, requestId, "");
  assert.deepEqual(await counted(), { used: 1, unsealed: 1 }, "it stays counted, and the list says so");
  await submit(requestId);
  assert.deepEqual(await counted(), { used: 1, unsealed: 0 });
  assert.equal(await stateOf(requestId), "authorised");
});

test("C03: a document with something drawn on it that its template has not is refused under a standing authorisation, over the API", async () => {
  const { app, signIn } = await createTestApp(place);
  try {
    const { cookie, csrf } = await signIn(crew.people.applicant);
    const headers = { cookie, "x-csrf-token": csrf, host: new URL(place.env.origin).host, origin: place.env.origin };
    const submitted = async (pdf: Buffer) => {
      const requestId = await draft(standingId, pdf);
      const answer = await app.inject({
        ...{ method: "POST", url: `/v1/seal-use-requests/${requestId}/submit` },
        headers: { ...headers, "idempotency-key": randomUUID() },
        payload: {},
      });
      return { status: answer.statusCode, body: answer.body, state: await stateOf(requestId) };
    };
    const standingId = await give();
    const struck = await submitted(testContract({ drawn: "60 741 m 400 741 l S" }, "gauges as ordered"));
    assert.equal(struck.status, 409, struck.body);
    assert.match(struck.body, /standing\.other-template/);
    assert.equal(struck.state, "draft");
    const stamped = await submitted(
      testContract({ drawn: "0 0 0 rg 320 500 60 60 re f 1 1 1 rg 330 510 40 8 re f" }, "gauges as ordered"),
    );
    assert.match(stamped.body, /standing\.other-template/);
    const { used } = (await listStanding(place.env, crew.people.inspector, crew.entityId)).items.find(
      (one) => one.standingId === standingId,
    ) ?? { used: null };
    assert.equal(used, 0, "what was refused is not counted");
    const same = await submitted(text);
    assert.deepEqual([same.status, same.state], [200, "authorised"], same.body);
  } finally {
    await app.close();
  }
});

test("C02 C03: what a reviewer returned is no use of one: the same words are refused and not counted, others are not", async () => {
  const { env } = place;
  const { head } = crew.people;
  const lot = (nr: string): Buffer =>
    makeTestPdf([
      ...["Supply contract", "between Lanxi Instruments Ltd and Beicheng Ltd.", `Lot ${nr}`],
      ...[
        "The seller delivers gauges as ordered by 30 November 2026.",
        "The price is CNY 1,286,000.00.",
        "Signed for the buyer:",
      ],
    ]);
  const [blank, own, another] = ["____________", "12-B", "13-B"].map(lot);
  assert.ok(blank && own && another);
  const form = await registerTemplateInTest(env, crew, { bytes: blank, documentClass: "contract" });
  const returned = await applyInTest(env, crew, seal, { pdf: own });
  await submit(returned);
  const { row, steps } = await loadRequest(env.db, returned);
  const digest = row.digest ?? "";
  await decideStep(env, head, {
    ...{ requestId: returned, stepId: steps.find(({ state }) => state === "current")?.stepId ?? "" },
    ...{ decision: "return", comment: "Not at this price", digest },
    presence: { stepUpId: await presentInTest(env, head, "return", returned, digest), method: "password" },
  });
  const standingId = await give({ templateId: form.templateId });
  const savedAnew = Buffer.concat([own, Buffer.from("\n% saved anew\n")]);
  for (const pdf of [own, savedAnew]) {
    const again = await draft(standingId, pdf);
    assert.deepEqual(await codesOf(submit(again)), ["standing.objected"]);
    assert.equal(await stateOf(again), "draft");
  }
  const other = await draft(standingId, another);
  await submit(other);
  assert.equal(await stateOf(other), "authorised");
});

test("C11: who asks for one does not agree to it, and none is asked for beyond a year or without a template", async () => {
  const { head, lawyer } = crew.people;
  await assert.rejects(
    askMatterInTest(place.env, crew, { kind: "standing-authorisation", asker: lawyer, sealId: seal, data: terms() }),
  );
  for (const [change, code] of [
    [{ to: day(800) }, "standing.days"],
    [{ templateId: "tpl_00000000-0000-7000-8000-000000000000" }, "standing.template"],
    [{ counterpartyKinds: ["unknown"] }, "standing.kinds"],
  ] as const) {
    const matterId = await ask(change);
    assert.deepEqual(await codesOf(submitMatter(place.env, head, matterId)), [code]);
  }
});

test("C01: the tables take no standing authorisation but as it was decided, and no use beyond the count", async () => {
  const { env } = place;
  const standingId = await give({ count: 1 });
  await assert.rejects(
    env.db.updateTable("standing_authorisations").set({ uses: 99 }).where("standing_id", "=", standingId).execute(),
    /permission denied|stays as it was given/,
  );
  const requestId = await draft(standingId);
  const row = { standing_id: standingId, request_id: requestId, drawn: false, at: new Date(env.clock.now()) };
  for (const nr of [2, 3])
    await assert.rejects(
      env.db
        .insertInto("standing_uses")
        .values({ ...row, nr })
        .execute(),
      /no more than were agreed to/,
    );
});

test("C20 C01: more impressions than are usual are no use of one: nobody would read why", async () => {
  const { env } = place;
  const standingId = await give();
  const { applicant } = crew.people;
  assert.deepEqual(await codesOf(submitRequest(env, applicant, await draft(standingId, text, 11))), ["standing.asked"]);
  await submitRequest(env, applicant, await draft(standingId, text, 10));
});

test("C05: a blank that the applicant answers for is read by somebody, and under a standing authorisation by nobody", async () => {
  const lines = [
    ...["Certificate of delivery", "Supplier: ____________________", "Delivered in all: ____________________ gauges."],
    ...["We certify that the goods named above were delivered whole and in time.", "The buyer has seen them himself."],
  ];
  const blank = makeTestPdf(lines);
  const { templateId: form } = await registerTemplateInTest(place.env, crew, {
    bytes: blank,
    documentClass: "contract",
  });
  const standingId = await give({ templateId: form, limit: 0 });
  const open = await codesOf(submit(await draft(standingId, blank, 1, "Filled in by hand later.")));
  assert.ok(open.includes("standing.open-places"), open.join());
});

const certificate = (post: string): Buffer =>
  makeSamplePdf([
    [
      ...["# Supply contract", "between Lanxi Instruments Ltd and Beicheng Ltd."],
      ...["The seller delivers gauges as ordered by 30 November 2026.", "The price is CNY 1,286,000.00."],
      ...[`Its fitter holds the post of ${post} with the seller.`, "Signed for the buyer:"],
    ],
  ]);

test("C03 C20: a field holds a name under one, and no promise and no sum, for nobody reads it; others are approved as usual", async () => {
  const bytes = certificate("____________");
  const form = await registerTemplateInTest(place.env, crew, { bytes, documentClass: "contract" });
  const standingId = await give({ templateId: form.templateId, count: 9 });
  for (const post of [
    "经理，其借款本息由我司无条件代付",
    "我司愿兜底",
    "贵行可径向我司追索",
    "其未还款项我司照付",
    "我单位将配合贵行扣划其工资",
    "全权处理与贵司一切往来",
    "年收入50w",
    "manager whose loans we cover",
  ]) {
    const requestId = await draft(standingId, certificate(post));
    const refused = await codesOf(submit(requestId));
    assert.ok(refused.includes("standing.other-template"), `${post}: ${refused.join()}`);
    assert.equal(await stateOf(requestId), "draft");
  }
  for (const post of ["Senior engineer", "信息部经理"]) {
    const requestId = await draft(standingId, certificate(post));
    await submit(requestId);
    assert.equal(await stateOf(requestId), "authorised", post);
  }
});

test("C03: none is given for a template with a field of several parts, which is read at each use", async () => {
  const marks = [
    {
      name: "Post",
      kind: "words" as const,
      mostCharacters: 200,
      page: 0,
      place: { x: 20, y: 70, width: 40, height: 8 },
    },
  ];
  const bytes = certificate("engineer");
  const form = await registerTemplateInTest(place.env, crew, { bytes, documentClass: "contract", marks });
  const matterId = await ask({ templateId: form.templateId });
  assert.deepEqual(await codesOf(submitMatter(place.env, crew.people.head, matterId)), ["standing.words"]);
});

test("C03: one was given for the text that was read: a newer version of its template needs another one", async () => {
  const { env } = place;
  const [first, second] = ["gauges of the first kind", "gauges of another kind"].map((what) => testContract({}, what));
  assert.ok(first && second);
  const own = await registerTemplateInTest(env, crew, { bytes: first, documentClass: "contract" });
  const standingId = await give({ templateId: own.templateId });
  await registerTemplateInTest(env, crew, { bytes: second, documentClass: "contract", replaces: own.templateId });
  assert.deepEqual(await codesOf(submit(await draft(standingId, second))), ["standing.template-replaced"]);
  assert.deepEqual(await codesOf(submit(await draft(standingId, first))), ["standing.other-template"]);
  const anew = await give({ templateId: own.templateId });
  await submit(await draft(anew, second));
});
