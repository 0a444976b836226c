import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addDays } from "@chancery/domain";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { sql } from "kysely";
import { transact } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { readStepPeople } from "../approvals/change-step.ts";
import { giveDelegation } from "../delegations/service.ts";
import { listSealed } from "../document-series/read-model.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { readDetail } from "../requests/detail.ts";
import { discardDraft, saveDraft } from "../requests/draft-service.ts";
import { digestOfRequest, loadRequest } from "../requests/load-request.ts";
import { seesRequest } from "../requests/may-see.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { listSummaries } from "../requests/summaries.ts";
import type { Draft } from "../requests/write-draft.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { assertSettledOnce, readOutcome, sealingPorts } from "../sealing/test-sealing.ts";
import { voidRequests } from "../sealing/void-requests.ts";
import { getTrust } from "../seals/authority.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { givePresence } from "../stamping/service.ts";
import { verifyFile } from "../verification/service.ts";
import { checkSides } from "./check-sides.ts";
import { isOtherFileFit } from "./other-file.ts";
import { findPaperOfBoth } from "./read-model.ts";
import {
  addOtherEntity,
  approveSideInTest,
  askJointlyInTest,
  decideInTest,
  type OtherEntity,
  otherSideOf,
  releaseSideInTest,
} from "./test-joint.ts";

let on: TestEnvironment;
let crew: TestCrew;
let works: OtherEntity;
let seal: string;
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  seal = await crew.registerSeal("contract", "LX-02");
  works = await addOtherEntity(on.env, crew);
});
after(() => on?.close());

const codesOf = async (work: Promise<unknown>): Promise<string[]> => {
  try {
    await work;
    return [];
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    const { refusals } = error;
    return refusals.length > 0 ? refusals.map(({ code }) => code) : [error.code];
  }
};
const ask = (change: Partial<Draft> = {}): Promise<string> => askJointlyInTest(on.env, crew, seal, works, change);
const submit = (requestId: string) => submitRequest(on.env, crew.people.applicant, requestId);
const state = async (requestId: string): Promise<string> => (await loadRequest(on.env.db, requestId)).row.state;
async function submitted(): Promise<{ own: string; other: string }> {
  const own = await ask();
  await submit(own);
  return { own, other: await otherSideOf(on.env, own) };
}
async function authorised(): Promise<{ own: string; other: string }> {
  const both = await submitted();
  await approveSideInTest(on.env, both.own);
  await approveSideInTest(on.env, both.other);
  return both;
}
const run = (requestId: string, reached?: Parameters<typeof sealingPorts>[1]) =>
  runSealJob(on.env, sealingPorts(on, reached), requestId);

/** What a saved draft says, to be saved again with a change. */
async function edit(requestId: string, change: Partial<Draft> = {}, moved = 0): Promise<void> {
  const first = await loadRequest(on.env.db, requestId);
  const second = first.joint ? await loadRequest(on.env.db, first.joint.other.requestId) : null;
  const { row } = first;
  await saveDraft(on.env, crew.people.applicant, requestId, {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, currency: row.currency },
    ...{ counterparty: row.counterparty, amount: row.amount, purpose: row.purpose, wantedBy: row.wanted_by },
    ...{ validUntil: row.valid_until, entityId: row.entity_id, handlerId: row.handler_id },
    joint: second ? { entityId: second.row.entity_id ?? "", unitId: second.row.unit_id } : null,
    documents: first.documents.map(({ documentId, placements, answers }, at) => ({
      ...{ documentId, answers },
      placements: [...placements, ...(second?.documents[at]?.placements ?? [])].map(({ sealId, page, xMm, yMm }) => ({
        ...{ sealId, page, xMm: xMm + (sealId === seal ? moved : 0), yMm },
      })),
    })),
    ...change,
    version: row.version,
  });
}

test("C17: one draft becomes two requests on the same papers, each with a number, route and digest of its own", async () => {
  const { own, other } = await submitted();
  const [a, b] = [await loadRequest(on.env.db, own), await loadRequest(on.env.db, other)];
  assert.match(a.row.number ?? "", /^LX-/);
  assert.match(b.row.number ?? "", /^LP-/);
  assert.deepEqual([a.sealIds, b.sealIds], [[seal], [works.sealId]]);
  assert.deepEqual(
    a.documents.map(({ documentId, digest }) => [documentId, digest]),
    b.documents.map(({ documentId, digest }) => [documentId, digest]),
  );
  assert.deepEqual(
    a.steps.map((step) => step.candidates),
    [[crew.people.head], [crew.people.lawyer], [crew.people.signatory]],
  );
  assert.deepEqual(
    b.steps.map((step) => step.candidates),
    [[works.people.head], [works.people.lawyer], [works.people.signatory]],
  );
  assert.notEqual(a.row.digest, b.row.digest);
  assert.equal(a.row.digest, digestOfRequest(a));
  assert.ok(a.joint && b.joint);
  const moved = { ...a.joint, jointId: "jnt_00000000-0000-0000-0000-000000000000" };
  assert.notEqual(a.row.digest, digestOfRequest({ ...a, joint: moved }), "an approval is of this joint request");
  const elsewhere = { ...a.joint, other: { ...a.joint.other, entityId: crew.entityId } };
  assert.notEqual(a.row.digest, digestOfRequest({ ...a, joint: elsewhere }), "and of this other entity");
  assert.notEqual(a.row.digest, digestOfRequest({ ...a, joint: null }));
});

test("a joint draft is one in the lists, is changed on its first side alone, and goes as it came", async () => {
  const own = await ask();
  const other = await otherSideOf(on.env, own);
  const mine = await listSummaries(on.env, crew.people.applicant, { view: "mine" });
  assert.ok(mine.items.some((one) => one.requestId === own && one.joint?.entity.code === "LP"));
  assert.ok(!mine.items.some((one) => one.requestId === other));
  const { row } = await loadRequest(on.env.db, other);
  assert.deepEqual(
    await codesOf(saveDraft(on.env, crew.people.applicant, other, { ...emptyDraft, version: row.version })),
    ["joint.change-first-side"],
  );
  await edit(own, { joint: null });
  assert.equal((await loadRequest(on.env.db, own)).joint, null);
  await assert.rejects(loadRequest(on.env.db, other));
  await edit(own, { joint: { entityId: works.entityId, unitId: works.unitId } });
  const again = await otherSideOf(on.env, own);
  await discardDraft(on.env, crew.people.applicant, own);
  await assert.rejects(loadRequest(on.env.db, again));
});
const emptyDraft: Draft = {
  ...{ title: "", documentClass: null, external: true, counterparty: "", amount: null, currency: "CNY" },
  ...{ purpose: "", wantedBy: null, validUntil: null, entityId: null, handlerId: null, documents: [] },
};

test("in a draft the two entities change places in one save, and each seal goes with its own", async () => {
  const own = await ask();
  await edit(own, { entityId: works.entityId, joint: { entityId: crew.entityId, unitId: crew.unitId } });
  const first = await loadRequest(on.env.db, own);
  assert.deepEqual([first.row.entity_id, first.sealIds], [works.entityId, [works.sealId]]);
  const second = await loadRequest(on.env.db, first.joint?.other.requestId ?? "");
  assert.deepEqual([second.row.entity_id, second.row.unit_id, second.sealIds], [crew.entityId, crew.unitId, [seal]]);
  await discardDraft(on.env, crew.people.applicant, own);
});

test("both sides are submitted or neither: what one lacks keeps both, and no number is taken", async () => {
  const before = await on.env.db.selectFrom("number_counters").selectAll().orderBy("entity_id").execute();
  const own = await ask();
  const { documents } = await loadRequest(on.env.db, own);
  await edit(own, {
    documents: documents.map(({ documentId }) => ({
      ...{ documentId, answers: [], placements: [{ sealId: seal, page: 0, xMm: 20, yMm: 200 }] },
    })),
  });
  assert.deepEqual(await codesOf(submit(own)), ["joint.side-refused"]);
  const sides = await checkSides(on.env.db, on.env, await loadRequest(on.env.db, own));
  assert.deepEqual(sides.other?.check.missing, ["placements"]);
  assert.equal(await state(own), "draft");
  assert.deepEqual(await on.env.db.selectFrom("number_counters").selectAll().orderBy("entity_id").execute(), before);
});

test("an emergency and one entity twice are refused with their reasons", async () => {
  assert.ok(
    (await codesOf(submit(await ask({ emergency: "The tender closes at noon today" })))).includes(
      "joint.not-emergency",
    ),
  );
  const twice = await ask({ joint: { entityId: crew.entityId, unitId: null } });
  assert.ok((await codesOf(submit(twice))).includes("joint.same-entity"));
  assert.equal(await state(twice), "draft");
});

test("C11: people who could decide on both sides are asked on one; where nobody is left it is refused at once", async () => {
  await works.give(crew.people.lawyer, "legal-reviewer");
  const { own, other } = await submitted();
  const [a, b] = [await loadRequest(on.env.db, own), await loadRequest(on.env.db, other)];
  assert.deepEqual(a.steps[1]?.candidates, [crew.people.lawyer]);
  assert.deepEqual(b.steps[1]?.candidates, [works.people.lawyer], "not asked on both sides");
  await on.env.db
    .updateTable("grants")
    .set({ state: "ended", ended_at: new Date(on.env.clock.now()), end_reason: "test" })
    .where("person_id", "=", works.people.lawyer)
    .execute();
  assert.deepEqual(await codesOf(submit(await ask())), ["joint.nobody-apart"]);
  await on.env.db
    .updateTable("grants")
    .set({ state: "given", ended_at: null, end_reason: null })
    .where("person_id", "=", works.people.lawyer)
    .execute();
});

test("C11: who decided on one side is refused on the other, though he is a candidate there", async () => {
  const { own, other } = await submitted();
  await decideInTest(on.env, own, "approve");
  await decideInTest(on.env, own, "approve");
  await decideInTest(on.env, other, "approve");
  // Put among the candidates as an escalation would.
  await on.env.db
    .updateTable("request_steps")
    .set({ candidates: [works.people.lawyer, crew.people.lawyer] })
    .where("request_id", "=", other)
    .where("kind", "=", "legal-review")
    .execute();
  assert.deepEqual(await codesOf(decideInTest(on.env, other, "approve", crew.people.lawyer)), ["joint.both-sides"]);
  await decideInTest(on.env, other, "approve", works.people.lawyer);
});

test("C11: who is engaged on one side is not asked on the other by who passes a step on or adds a reviewer", async () => {
  // He may review for the works too, as the test before gave it to him.
  const { own, other } = await submitted();
  await decideInTest(on.env, other, "approve");
  const step = (await loadRequest(on.env.db, other)).steps.find((one) => one.state === "current");
  const offered = async () => {
    const at = { requestId: other, stepId: step?.stepId ?? "" };
    const { receivers } = await readStepPeople(on.env, works.people.lawyer, at);
    return receivers.map((one) => one.personId);
  };
  assert.ok((await offered()).includes(crew.people.lawyer), "he has done nothing yet");
  await decideInTest(on.env, own, "approve");
  await decideInTest(on.env, own, "approve");
  assert.ok(!(await offered()).includes(crew.people.lawyer));
});

test("C02: nobody releases before both sides are authorised, and nobody is asked to", async () => {
  const { own, other } = await submitted();
  await approveSideInTest(on.env, own);
  assert.equal(await state(own), "authorised");
  assert.deepEqual(await codesOf(presenceInTest(on.env, crew.people.custodian, "release", own)), [
    "gate.other-side-agreed.not",
  ]);
  const waits = async () =>
    (await listSummaries(on.env, crew.people.custodian, { view: "waiting" })).items.some(
      (one) => one.requestId === own,
    );
  const acts = async () => (await readDetail(on.env, crew.people.custodian, own)).waiting.map(({ act }) => act);
  assert.equal(await waits(), false);
  assert.deepEqual(await acts(), ["other-side"], "and its page says what it waits for");
  await approveSideInTest(on.env, other);
  assert.equal(await waits(), true);
  assert.deepEqual(await acts(), ["release"]);
});

test("C11: a custodian of both sides' seals releases neither, nor does the supervisor watch both", async () => {
  const { own, other } = await authorised();
  await works.give(crew.people.supervisor, "supervisor");
  await releaseSideInTest(on.env, own, crew.people);
  await presenceInTest(on.env, works.people.custodian, "release", other);
  assert.deepEqual(await codesOf(presenceInTest(on.env, crew.people.supervisor, "confirm", other)), [
    "joint.both-sides",
  ]);
  assert.deepEqual(await codesOf(presenceInTest(on.env, crew.people.custodian, "confirm", other)), [
    "joint.both-sides",
  ]);
});

test("C11: nor by a delegate: who stands in for the supervisor of one side confirms nothing on the other", async () => {
  const { supervisor, stranger } = crew.people;
  const { own, other } = await authorised();
  const { grant_id: grantId } = await on.env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", supervisor)
    .where("scope_id", "=", works.entityId)
    .executeTakeFirstOrThrow();
  const today = dayIn("Asia/Shanghai", on.env.clock.now());
  await giveDelegation(on.env, supervisor, {
    ...{ grantId, scope: { kind: "entity", id: works.entityId }, delegateId: stranger },
    ...{ from: today, to: addDays(today, 3), reason: "Leave" },
  });
  const watches = async () => (await readGateFacts(on.env.db, on.env, other)).watchers.includes(stranger);
  assert.equal(await watches(), true, "he might, while his delegator has done nothing");
  await releaseSideInTest(on.env, own, crew.people);
  await presenceInTest(on.env, works.people.custodian, "release", other);
  assert.equal(await watches(), false);
  assert.deepEqual(await codesOf(presenceInTest(on.env, stranger, "confirm", other)), ["joint.delegator-both-sides"]);
});

test("C17: the second side seals what the first has sealed: one file with both seals, both valid, a line for each", async () => {
  const { own, other } = await authorised();
  await releaseSideInTest(on.env, own, crew.people);
  await run(own);
  const half = await readDetail(on.env, crew.people.applicant, own);
  assert.equal(half.state, "registered");
  assert.equal(half.documentList[0]?.sealed, null, "half a paper is given to nobody");
  assert.ok(!half.actions.includes("download"));
  assert.deepEqual([half.otherSide?.state, half.otherSide?.bothSealed], ["authorised", false]);
  assert.deepEqual(await codesOf(listSealed(on.env, crew.people.applicant, own)), ["joint.not-done"], "in no archive");
  await releaseSideInTest(on.env, other, works.people);
  await run(other);
  await assertSettledOnce(on, own, 1);
  await assertSettledOnce(on, other, 1);
  const whole = await readDetail(on.env, crew.people.applicant, own);
  assert.ok(whole.actions.includes("download"));
  const paper = whole.documentList[0]?.sealed?.digest ?? "";
  for (const side of [own, other])
    assert.equal((await listSealed(on.env, crew.people.applicant, side)).sealed[0]?.sealedDigest, paper);
  assert.equal((await readDetail(on.env, crew.people.applicant, other)).documentList[0]?.sealed?.digest, paper);
  const file = await on.env.files.read(paper);
  assert.ok(file.ok);
  const trust = await getTrust(on.env.db);
  assert.ok(trust);
  const found = await verifyPdf(file.bytes, { roots: [trust.root], intermediates: [trust.issuing] });
  assert.deepEqual(
    found.seals.map((one) => [one.verdict, one.trust]),
    [
      ["valid-allowed", "trusted"],
      ["valid", "trusted"],
    ],
  );
  const answer = await verifyFile(on.env, on.ledger, { name: "", bytes: file.bytes });
  const numberOf = async (id: string) => (await loadRequest(on.env.db, id)).row.number;
  assert.deepEqual(
    [answer.answer, answer.known?.requestNumber, answer.known?.otherSide?.requestNumber],
    ["as-sealed", await numberOf(other), await numberOf(own)],
  );
  assert.equal(answer.known?.seals.length, 2, "both seals are told to who verifies it");
  assert.match(answer.findings[2]?.reason.en ?? "", /^Requests LX-.* and LP-.* were approved in 6 of 6 steps/);
  const lines = await on.env.db
    .selectFrom("register_lines")
    .select(["request_id", "facts"])
    .where("request_id", "in", [own, other])
    .where("kind", "=", "sealed")
    .execute();
  assert.equal(lines.length, 2);
  for (const line of lines)
    assert.equal((line.facts as { joint?: string }).joint, await numberOf(line.request_id === own ? other : own));
});

test("both sides are opened at once: they seal in turn, whichever job comes first, and the file carries both", async () => {
  const { own, other } = await authorised();
  await releaseSideInTest(on.env, other, works.people);
  await releaseSideInTest(on.env, own, crew.people);
  await run(own);
  assert.equal(await state(own), "opened", "it waits for the side that was opened first");
  await Promise.all([run(other), run(own)]);
  await run(own);
  await assertSettledOnce(on, own, 1);
  await assertSettledOnce(on, other, 1);
  const { documents, joint } = await loadRequest(on.env.db, own);
  const paper = documents[0] ? await findPaperOfBoth(on.env.db, joint, documents[0]) : null;
  assert.equal(paper?.own, true, "the side that waited made the paper of both");
});

test("the second side fails: the first stays sealed, waits for it, and the paper is done when it is tried again", async () => {
  const { own, other } = await authorised();
  await releaseSideInTest(on.env, own, crew.people);
  await run(own);
  await releaseSideInTest(on.env, other, works.people);
  const { documents } = await loadRequest(on.env.db, own);
  const sealed = documents[0]?.sealedDigest ?? "";
  // The key is not to be had this once.
  await runSealJob(
    on.env,
    {
      ...sealingPorts(on),
      openSigner: () => {
        throw new ProblemError(409, "seal.key-missing", { en: "No key", zh: "无密钥" });
      },
    },
    other,
  );
  assert.deepEqual([await state(own), await state(other)], ["registered", "authorised"]);
  assert.equal((await loadRequest(on.env.db, own)).documents[0]?.sealedDigest, sealed);
  await releaseSideInTest(on.env, other, works.people);
  await run(other);
  await assertSettledOnce(on, own, 1);
  assert.equal(await state(other), "registered");
});

test("C17: a file in the first side's place that is not the approved document with its seal is sealed by nobody", async () => {
  const { own, other } = await authorised();
  await releaseSideInTest(on.env, own, crew.people);
  await run(own);
  const stranger = await authorised();
  await releaseSideInTest(on.env, stranger.own, crew.people);
  await run(stranger.own);
  const foreign = (await loadRequest(on.env.db, stranger.own)).documents[0];
  await assert.rejects(
    sql`update request_documents set sealed_digest = ${foreign?.sealedDigest} where request_id = ${own}`.execute(
      on.env.db,
    ),
    /a sealed document stays/,
  );
  const loaded = await loadRequest(on.env.db, other);
  assert.equal(await isOtherFileFit(on.env.db, on.env, loaded), true);
  // The gate asks about another paper than the file is of.
  const documents = loaded.documents.map((one) => ({
    ...one,
    digest: foreign?.digest ?? "",
    sizeBytes: foreign?.sizeBytes ?? 0,
  }));
  assert.equal(await isOtherFileFit(on.env.db, on.env, { ...loaded, documents }), false);
});

test("C17: the first side's file is damaged in the store: the gate of the second says so, and nothing is sealed on it", async () => {
  const { own, other } = await authorised();
  await releaseSideInTest(on.env, own, crew.people);
  await run(own);
  const digest = (await loadRequest(on.env.db, own)).documents[0]?.sealedDigest ?? "";
  await presenceInTest(on.env, works.people.custodian, "release", other);
  const damaged = { ...on.env, files: { ...on.env.files, read: readAllBut(digest) } };
  const { row } = await loadRequest(on.env.db, other);
  const stepUpId = await presentInTest(on.env, works.people.supervisor, "confirm", other, row.digest ?? "");
  const { sealing, answer } = await givePresence(
    ...([damaged, works.people.supervisor, "confirm", other, row.digest ?? "", stepUpId] as const),
  );
  assert.equal(sealing, false);
  assert.deepEqual(
    answer.conditions.filter((one) => !one.met).map((one) => one.code),
    ["gate.document-unchanged.other-side"],
  );
  assert.equal(await state(other), "authorised");
});
/** The store, with one file gone. */
const readAllBut =
  (gone: string): TestEnvironment["env"]["files"]["read"] =>
  async (digest) =>
    digest === gone ? { ok: false, code: "file.missing" } : on.env.files.read(digest);

test("the first side is rejected: the other comes back, and a new draft takes the place of the first", async () => {
  const { own, other } = await submitted();
  await approveSideInTest(on.env, other);
  await decideInTest(on.env, own, "reject");
  assert.deepEqual([await state(own), await state(other)], ["rejected", "returned"]);
  const first = await otherSideOf(on.env, other);
  assert.notEqual(first, own);
  assert.equal((await readDetail(on.env, crew.people.applicant, other)).otherSide?.changedOn, first);
  assert.deepEqual(await codesOf(discardDraft(on.env, crew.people.applicant, first)), ["joint.fixed"]);
  const elsewhere = newId("ent", on.env.clock.now());
  assert.deepEqual(await codesOf(edit(first, { entityId: elsewhere })), ["request.entity-fixed"]);
  await edit(first, { purpose: "Gauges for the new line" });
  await submit(first);
  assert.deepEqual([await state(first), await state(other)], ["in-review", "in-review"]);
  assert.equal((await loadRequest(on.env.db, other)).row.purpose, "Gauges for the new line", "a change is of both");
  await approveSideInTest(on.env, first);
  await approveSideInTest(on.env, other);
  await releaseSideInTest(on.env, first, crew.people);
  await run(first);
  assert.equal(await state(first), "registered");
});

for (const decision of ["return", "reject"] as const)
  test(`one side ${decision}s: the other comes back with the reason, its agreements stand, and both go on`, async () => {
    const { own, other } = await submitted();
    await approveSideInTest(on.env, own);
    await decideInTest(on.env, other, "approve");
    await decideInTest(on.env, other, decision);
    assert.deepEqual([await state(own), await state(other)], ["returned", `${decision}ed`]);
    const shown = await readDetail(on.env, crew.people.applicant, own);
    assert.equal(shown.cameBack?.comment, "because");
    assert.ok(shown.actions.includes("edit"));
    const now = await otherSideOf(on.env, own);
    assert.equal(now === other, decision === "return", "a rejected side is over: another draft takes its place");
    await edit(own, {}, 5);
    await submit(own);
    const again = await loadRequest(on.env.db, own);
    assert.deepEqual(
      again.steps.map((step) => [step.kind, step.state]),
      [
        ["unit-head", "approved"],
        ["legal-review", "approved"],
        ["signatory", "current"],
      ],
    );
    assert.deepEqual([await state(own), await state(now)], ["in-review", "in-review"]);
    const { number } = (await loadRequest(on.env.db, now)).row;
    assert.equal(number === (await loadRequest(on.env.db, other)).row.number, decision === "return");
  });

test("the applicant withdraws one side: the other comes back; after a seal is on the paper both end", async () => {
  const { own, other } = await authorised();
  await withdrawRequest(on.env, crew.people.applicant, other, "not yet");
  assert.deepEqual([await state(own), await state(other)], ["returned", "withdrawn"]);
  await submit(other);
  await approveSideInTest(on.env, own);
  await approveSideInTest(on.env, other);
  await releaseSideInTest(on.env, own, crew.people);
  assert.deepEqual(await codesOf(withdrawRequest(on.env, crew.people.applicant, other, "")), ["joint.being-sealed"]);
  await run(own);
  const { sealedDigest } = (await loadRequest(on.env.db, own)).documents[0] ?? {};
  const file = await on.env.files.read(sealedDigest ?? "");
  assert.ok(file.ok);
  const verify = () => verifyFile(on.env, on.ledger, { name: "", bytes: file.bytes });
  const waiting = await verify();
  assert.equal(waiting.answer, "half-sealed");
  assert.match(waiting.explanation.en, /Lanxi Works is to seal it too and has not yet \(request LP-/);
  await withdrawRequest(on.env, crew.people.applicant, other, "the other party fell out");
  assert.deepEqual([await state(own), await state(other)], ["registered", "registered"]);
  const ended = await verify();
  assert.equal(ended.answer, "half-sealed");
  assert.match(ended.explanation.en, /never did: request LP-.* ended before\. The paper is void\. Do not rely on it/);
  assert.match(ended.explanation.zh, /已终止，未予用印。该文件作废。请勿依赖此文件/);
  const told = ended.findings.find(({ id }) => id === "authorised");
  assert.deepEqual([told?.answer, told?.reason.en.includes("The paper is void")], ["attention", true]);
  const outcome = await readOutcome(on, own);
  assert.deepEqual([outcome.leavesOf("JointPaperAbandoned"), outcome.states], [1, ["settled"]]);
  assert.equal((await readOutcome(on, other)).leavesOf("JointPaperAbandoned"), 0, "nothing stands on the other side");
  const lines = await on.env.db
    .selectFrom("register_lines")
    .select(["request_id", "kind", "facts"])
    .where("request_id", "in", [own, other])
    .where("kind", "in", ["sealed", "half-sealed"])
    .orderBy("kind")
    .execute();
  assert.deepEqual(
    lines.map(({ request_id: id, kind, facts }) => [id, kind, (facts as { digest?: string }).digest]),
    [
      [own, "half-sealed", sealedDigest],
      [own, "sealed", (await loadRequest(on.env.db, own)).documents[0]?.digest],
    ],
  );
  const shown = await readDetail(on.env, crew.people.applicant, own);
  assert.equal(shown.documentList[0]?.sealed, null);
  assert.deepEqual(await codesOf(listSealed(on.env, crew.people.applicant, own)), ["joint.not-done"]);
});

test("C09: once submitted, the other side stays whose it was, and its draft is not thrown away", async () => {
  const { own } = await submitted();
  await withdrawRequest(on.env, crew.people.applicant, own, "");
  assert.deepEqual(await codesOf(edit(own, { joint: null })), ["joint.fixed"]);
});

test("at once: both last steps are decided: both sides are authorised, each once", async () => {
  const { own, other } = await submitted();
  for (const id of [own, other]) for (let step = 0; step < 2; step += 1) await decideInTest(on.env, id, "approve");
  await Promise.all([decideInTest(on.env, own, "approve"), decideInTest(on.env, other, "approve")]);
  for (const id of [own, other]) {
    const { request, leavesOf } = await readOutcome(on, id);
    assert.deepEqual([request.state, leavesOf("SealUseRequestAuthorised")], ["authorised", 1]);
  }
});

test("C11: at once: one person decides on both sides by two clicks: one decision stands, whichever came first", async () => {
  const { lawyer } = crew.people;
  for (let round = 0; round < 5; round += 1) {
    const { own, other } = await submitted();
    for (const id of [own, other]) {
      await decideInTest(on.env, id, "approve");
      await on.env.db
        .updateTable("request_steps")
        .set({ candidates: [works.people.lawyer, lawyer] })
        .where("request_id", "=", id)
        .where("kind", "=", "legal-review")
        .execute();
    }
    const results = await Promise.all([
      codesOf(decideInTest(on.env, own, "approve", lawyer)),
      codesOf(decideInTest(on.env, other, "approve", lawyer)),
    ]);
    assert.deepEqual(results.toSorted(), [[], ["joint.both-sides"]]);
  }
});

test("at once: one side is rejected while the other is authorised: whatever came first, nothing can be sealed", async () => {
  for (let round = 0; round < 3; round += 1) {
    const { own, other } = await submitted();
    for (const id of [own, other]) for (let step = 0; step < 2; step += 1) await decideInTest(on.env, id, "approve");
    const results = await Promise.allSettled([
      decideInTest(on.env, own, "approve"),
      decideInTest(on.env, other, "reject"),
    ]);
    assert.equal(results[1]?.status, "fulfilled");
    assert.deepEqual([await state(own), await state(other)], ["returned", "rejected"]);
    assert.equal((await readOutcome(on, own)).leavesOf("SealUseWithOtherSideReturned"), 1);
  }
});

test("at once: withdrawal while the other side is sealed: it is sealed and both end, or nothing is sealed", async () => {
  for (const step of ["gate-asked", "signature-stored", "file-stored", "settled"] as const) {
    const { own, other } = await authorised();
    await releaseSideInTest(on.env, own, crew.people);
    let withdrawn: Promise<string[]> | undefined;
    await run(own, (at) => {
      if (at === step) withdrawn = codesOf(withdrawRequest(on.env, crew.people.applicant, other, "now"));
    });
    const refused = await withdrawn;
    const outcome = await readOutcome(on, own);
    assert.deepEqual(outcome.states, ["settled"], "nothing is taken back under a seal");
    const left = await state(other);
    assert.ok(
      (refused?.join() === "joint.being-sealed" && left === "authorised") ||
        (refused?.length === 0 && left === "registered"),
      `${step}: ${refused} ${left}`,
    );
  }
});

test("at once: two joint requests of the same two entities, one from each side, are submitted: no gap, no deadlock", async () => {
  const asked = await Promise.all([ask(), ask(), ask()]);
  await Promise.all(asked.map((requestId) => submit(requestId)));
  const rows = await on.env.db
    .selectFrom("seal_use_requests")
    .select(["number", "entity_id"])
    .where("number", "is not", null)
    .execute();
  for (const entityId of [crew.entityId, works.entityId]) {
    const running = rows
      .filter((row) => row.entity_id === entityId)
      .map((row) => Number(/(\d+)$/.exec(row.number ?? "")?.[1]))
      .toSorted((a, b) => a - b);
    assert.deepEqual(
      running,
      running.map((_, at) => at + 1),
    );
  }
});

test("the tables hold it too: no side goes on alone, and none is moved to another joint request", async () => {
  const { own, other } = await submitted();
  await assert.rejects(
    sql`update seal_use_requests set state = 'withdrawn' where request_id = ${other}; `
      .execute(on.env.db)
      .then(() => sql`update seal_use_requests set state = 'authorised' where request_id = ${own}`.execute(on.env.db)),
    /no side of a joint request goes on alone/,
  );
  await assert.rejects(
    sql`update seal_use_requests set joint_id = 'jnt_other' where request_id = ${own}`.execute(on.env.db),
    /stays as it was submitted/,
  );
});

test("who reads one side does not open the other: he is told whose it is and how far", async () => {
  const { own, other } = await submitted();
  assert.equal((await readDetail(on.env, crew.people.applicant, own)).otherSide?.requestId, other);
  for (const [person, mine, theirs] of [
    [crew.people.head, own, other],
    [works.people.head, other, own],
  ] as const) {
    const shown = await readDetail(on.env, person, mine);
    assert.equal(shown.otherSide?.requestId, null);
    assert.deepEqual([shown.otherSide?.changedOn, shown.otherSide?.placements], [null, []]);
    // Where its seals will stand is on the paper he decides on; which seals they are is the other side's.
    const [document] = (await loadRequest(on.env.db, theirs)).documents;
    const [placed] = document?.placements ?? [];
    assert.deepEqual(
      shown.otherSide?.marks.map(({ documentId, page, xMm, yMm }) => [documentId, page, xMm, yMm]),
      [[document?.documentId, placed?.page, placed?.xMm, placed?.yMm]],
    );
    assert.ok(!JSON.stringify(shown.otherSide).includes(placed?.sealId ?? "-"));
    assert.equal(shown.otherSide?.number, (await loadRequest(on.env.db, theirs)).row.number);
    assert.equal(await seesRequest(on.env.db, person, theirs, on.env.clock.now()), false);
  }
});

test("C11: both sides are confidential together; each has the readers of its own entity, and outsiders open neither", async () => {
  const confidential = { reason: "Not announced yet", readers: [crew.people.stranger, works.people.keeper] };
  const own = await ask({ confidential });
  await submit(own);
  const other = await otherSideOf(on.env, own);
  const opens = async (personId: string): Promise<boolean[]> => [
    await seesRequest(on.env.db, personId, own, on.env.clock.now()),
    await seesRequest(on.env.db, personId, other, on.env.clock.now()),
  ];
  assert.deepEqual(await opens(crew.people.stranger), [true, false]);
  assert.deepEqual(await opens(works.people.keeper), [false, true]);
  assert.deepEqual(await opens(crew.people.inspector), [false, false], "who watches takes an access first");
  for (const id of [own, other])
    assert.equal((await loadRequest(on.env.db, id)).row.confidential_reason, "Not announced yet");
  const { items } = await listSummaries(on.env, crew.people.inspector, { view: "all" });
  for (const item of items.filter((one) => [own, other].includes(one.requestId)))
    assert.deepEqual([item.confidential, item.title], ["masked", ""]);
});

test("C10: a unit that ends takes both sides back, also one that is being sealed: nothing of it gets out", async () => {
  const { own, other } = await authorised();
  await releaseSideInTest(on.env, own, crew.people);
  const matter = await on.env.db.selectFrom("matters").select("matter_id").limit(1).executeTakeFirstOrThrow();
  await transact(on.env.db, (tx) =>
    voidRequests(tx, on.env, [other], { actorId: null, matterId: matter.matter_id, comment: "the plant closes" }),
  );
  assert.deepEqual([await state(own), await state(other)], ["returned", "withdrawn"]);
  assert.deepEqual((await readOutcome(on, own)).states, ["released"]);
  await run(own);
  assert.equal((await loadRequest(on.env.db, own)).documents[0]?.sealedDigest, null);
});
