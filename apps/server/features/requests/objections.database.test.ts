import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { applyInTest, presentInTest, type TestApplication } from "../../platform/test-walk.ts";
import { ruleFact } from "../approvals/rule-fact.ts";
import { decideStep } from "../approvals/service.ts";
import { addOtherEntity, type OtherEntity } from "../joint/test-joint.ts";
import { readDetail } from "./detail.ts";
import { beginDraft } from "./draft-service.ts";
import { loadRequest } from "./load-request.ts";
import { submitRequest } from "./submit-service.ts";
import { uploadDocument } from "./upload-document.ts";
import type { Draft } from "./write-draft.ts";

let on: TestEnvironment;
let env: Environment;
let crew: TestCrew;
let works: OtherEntity;
let sealId: string;
/** Of the works, and of nothing else: who does not know what was asked for elsewhere. */
let applicantThere: string;
before(async () => {
  on = await createTestEnvironment();
  env = on.env;
  crew = await createTestCrew(env);
  sealId = await crew.registerSeal("contract", "LX-02");
  works = await addOtherEntity(env, crew);
  applicantThere = newId("per", env.clock.now());
  const { organisation_id } = await env.db
    .selectFrom("entities")
    .select("organisation_id")
    .where("entity_id", "=", works.entityId)
    .executeTakeFirstOrThrow();
  await env.db
    .insertInto("people")
    .values({
      ...{ person_id: applicantThere, organisation_id, entity_id: works.entityId, unit_id: works.unitId },
      ...{ state: "active", name_en: "Works applicant", name_zh: "厂申请人", login: "works.applicant" },
      ...{ created_at: new Date(env.clock.now()), ledger_salt: randomBytes(16) },
    })
    .execute();
  await works.give(applicantThere, "applicant");
});
after(() => on?.close());

const reason = "The ship leaves at noon";
async function decide(
  requestId: string,
  personId: string,
  decision: "approve" | "return" | "reject",
  comment = "",
): Promise<void> {
  const { row, steps } = await loadRequest(env.db, requestId);
  const stepId = steps.find((one) => one.state === "current" && one.candidates.includes(personId))?.stepId ?? "";
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(env, personId, decision, requestId, digest);
  const presence = { stepUpId, method: "password" } as const;
  await decideStep(env, personId, { requestId, stepId, decision, comment, digest, presence });
}
/** Rejected by the legal reviewer of the crew's entity. */
async function rejectHere(pdf: Buffer, change: Omit<TestApplication, "pdf"> = {}): Promise<string> {
  const requestId = await applyInTest(env, crew, sealId, { pdf, ...change });
  await submitRequest(env, crew.people.applicant, requestId);
  await decide(requestId, crew.people.head, "approve");
  await decide(requestId, crew.people.lawyer, "reject", "Unlimited liability");
  return requestId;
}
/** The same paper applied for at the works. */
async function askAtWorks(pdf: Buffer, change: Partial<Draft> = {}): Promise<string> {
  const stream = Readable.from([pdf]);
  const { documentId, unfinished } = await uploadDocument(env, applicantThere, { stream, fileName: "again.pdf" });
  const { requestId } = await beginDraft(env, applicantThere, {
    ...{ title: "Gauges", documentClass: "contract", external: true, counterparty: "Beicheng", amount: "1286000.00" },
    ...{ currency: "CNY", purpose: "Gauges", wantedBy: null, validUntil: null, entityId: works.entityId },
    handlerId: null,
    documents: [
      {
        documentId,
        placements: [{ sealId: works.sealId, page: 0, xMm: 110, yMm: 200 }],
        answers: unfinished.map(({ placeId }) => ({ placeId, reason: "It stays open" })),
      },
    ],
    ...change,
  });
  await submitRequest(env, applicantThere, requestId);
  return requestId;
}
const shown = async (requestId: string, personId: string) => (await readDetail(env, personId, requestId)).objections;

test("C02 C03: what was rejected at one entity is told at another, and no more than the day to who does not read it", async () => {
  const file = testContract({}, "twelve gauges told of elsewhere");
  const rejected = await rejectHere(file);
  const { row } = await loadRequest(env.db, rejected);
  const figure = Buffer.from(file.toString("latin1").replaceAll("30 November 2026", "29 November 2026"), "latin1");
  const savedAnew = Buffer.concat([file, Buffer.from("\n% saved anew\n")]);
  for (const pdf of [file, savedAnew, figure]) {
    const requestId = await askAtWorks(pdf);
    assert.deepEqual(await shown(requestId, applicantThere), [], "who asks reads none of it");
    const told = await shown(requestId, works.people.head);
    assert.equal(told.length, 1);
    const [{ at, ...one }] = told as [(typeof told)[number]];
    assert.deepEqual(one, {
      ...{ decision: "rejected", kind: null, title: null, by: null, sameDocument: true, comment: null },
      other: { number: null, requestId: null, elsewhere: true },
    });
    assert.match(at, /T12:00:00\.000Z$/);
    const answer = JSON.stringify(told);
    for (const secret of [row.number ?? "", row.title, rejected, "Unlimited", crew.people.lawyer, crew.entityId])
      assert.ok(!answer.includes(secret), secret);
    // Who inspects both reads why, and may open it.
    const [whole] = await shown(requestId, crew.people.inspector);
    assert.deepEqual(
      [whole?.by?.personId, whole?.comment, whole?.other],
      [crew.people.lawyer, "Unlimited liability", { number: row.number, requestId: rejected, elsewhere: true }],
    );
  }
  const other = Buffer.from(file.toString("latin1").replaceAll("Beicheng", "Nancheng"), "latin1");
  const elsewhere = await askAtWorks(other, { counterparty: "Nancheng Ltd" });
  assert.deepEqual(await shown(elsewhere, works.people.head), [], "of another counterparty it is another paper");
});

test("C03: the works' own legal review does not answer what was said elsewhere; every later decider is told as well", async () => {
  const file = testContract({}, "twelve gauges asked for twice", "Xicheng Ltd");
  await rejectHere(file);
  const requestId = await askAtWorks(file, { counterparty: "Xicheng" });
  await decide(requestId, works.people.head, "approve");
  const { row, facts } = await loadRequest(env.db, requestId);
  // The paper names the other entity, whose seal it was refused.
  const [sister] = facts.seen.disagreements.filter(({ fact }) => fact === "entity");
  assert.equal(sister?.read, "sister Lanxi Instruments Ltd");
  const ruling = { requestId, key: sister?.key ?? "", ruling: "declared", digest: row.digest ?? "" } as const;
  await ruleFact(env, works.people.lawyer, { ...ruling, reason: "The works deliver for it" });
  await decide(requestId, works.people.lawyer, "approve");
  assert.equal((await shown(requestId, works.people.signatory)).length, 1);
});

test("C02: a confidential request elsewhere is told of by its day alone, and an emergency asks the works' legal review", async () => {
  const file = testContract({}, "twelve gauges in secret", "Dongcheng Ltd");
  const rejected = await rejectHere(file, { confidential: "A purchase nobody knows of" });
  const requestId = await askAtWorks(file, { counterparty: "Dongcheng", emergency: reason });
  const { steps } = await loadRequest(env.db, requestId);
  assert.deepEqual(
    steps.map(({ kind, reason: why, candidates }) => [kind, why, candidates.includes(works.people.lawyer)]),
    [
      ["legal-review", "route.objected", true],
      ["signatory", "route.emergency", false],
    ],
  );
  const { row } = await loadRequest(env.db, rejected);
  for (const personId of [works.people.lawyer, crew.people.inspector]) {
    const [one] = await shown(requestId, personId);
    assert.deepEqual([one?.kind, one?.by, one?.comment, one?.other?.number], [null, null, null, null], personId);
    assert.ok(!JSON.stringify(one).includes(row.number ?? ""));
  }
});

test("C02: what was said here and what was said elsewhere stand beside one another", async () => {
  const file = testContract({}, "twelve gauges among many", "Zhongcheng Ltd");
  await rejectHere(file);
  const asked = await askAtWorks(file, { counterparty: "Zhongcheng" });
  await decide(asked, works.people.head, "return", "The annex is missing");
  const again = await askAtWorks(file, { counterparty: "Zhongcheng" });
  const told = await shown(again, works.people.head);
  assert.deepEqual(told.map(({ decision, other }) => [decision, other?.elsewhere]).toSorted(), [
    ["rejected", true],
    ["returned", false],
  ]);
});
