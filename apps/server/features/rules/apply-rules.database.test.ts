import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { RuleSet } from "@chancery/domain";
import { sql } from "kysely";
import { transact } from "../../platform/db.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, presentInTest } from "../../platform/test-walk.ts";
import { addReviewer } from "../approvals/change-step.ts";
import { decideStep } from "../approvals/service.ts";
import { addOtherEntity, askJointlyInTest, decideInTest, otherSideOf } from "../joint/test-joint.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { submitMatter } from "../matters/ask-matter.ts";
import { decideMatterStepOf } from "../matters/decide-matter.ts";
import { readMatterDetail } from "../matters/read-model.ts";
import { getMatter, readSteps } from "../matters/store.ts";
import { approveMatterInTest, askMatterInTest, presentForMatterInTest } from "../matters/test-matters.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { checkRequest } from "../requests/check-request.ts";
import { readDetail } from "../requests/detail.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { readRulesInForce } from "./read-rules.ts";
import { listRunning, showNamed } from "./running-requests.ts";
import { changeRulesInTest } from "./test-rules.ts";

let on: TestEnvironment;
let crew: TestCrew;
let seal: string;
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  seal = await crew.registerSeal("contract", "LX-01");
});
after(() => on?.close());

/** Rules in force that allow as many impressions: each number is another version. */
let most = 20;
const changeRules = (): Promise<unknown> => {
  most += 1;
  return changeRulesInTest(on.env, crew, (rules: RuleSet) => ({
    ...rules,
    limits: {
      ...rules.limits,
      rows: rules.limits.rows.map((row) => ({ ...row, output: { ...row.output, impressionsMost: most } })),
    },
  }));
};
let contracts = 0;
const submitted = async (change: Parameters<typeof applyInTest>[3] = {}): Promise<string> => {
  contracts += 1;
  const pdf = testContract({}, `twelve gauges of lot ${contracts}`);
  const requestId = await applyInTest(on.env, crew, seal, { pdf, ...change });
  await submitRequest(on.env, change.applicantId ?? crew.people.applicant, requestId);
  return requestId;
};
const inForce = async (): Promise<string> => (await readRulesInForce(on.env.db)).versionId;
const ask = async (requestIds: readonly string[], versionId?: string, asker?: string): Promise<string> => {
  const data = { versionId: versionId ?? (await inForce()), requestIds };
  const wanted = { kind: "apply-rules", data, reason: "The board wants to see it" } as const;
  const matterId = await askMatterInTest(on.env, crew, { ...wanted, ...(asker ? { asker } : {}) });
  await submitMatter(on.env, asker ?? crew.people.sealAdministrator, matterId);
  return matterId;
};
const approve = (matterId: string) => approveMatterInTest(on.env, matterId, crew.people.signatory);
const stateOf = async (requestId: string) => (await loadRequest(on.env.db, requestId)).row.state;
const stepsOf = async (requestId: string): Promise<string[]> =>
  (await loadRequest(on.env.db, requestId)).steps.map(({ kind, state }) => `${kind} ${state}`);
const listed = async (personId = crew.people.sealAdministrator) => (await listRunning(on.env, personId)).items;
async function decide(requestId: string, personId: string): Promise<void> {
  const { row, steps } = await loadRequest(on.env.db, requestId);
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(on.env, personId, "approve", requestId, digest);
  await decideStep(on.env, personId, {
    ...{ requestId, stepId: steps.find((step) => step.state === "current")?.stepId ?? "", digest },
    ...{ decision: "approve", comment: "", presence: { stepUpId, method: "password" } },
  });
}

test("C02: named requests come back under the rules in force, decided by a second person; others keep their promise", async () => {
  const { env } = on;
  const { head, lawyer, stranger, signatory, applicant, sealAdministrator } = crew.people;
  const [named, unnamed] = [await submitted(), await submitted()];
  await decide(named, head);
  const { steps: before } = await loadRequest(env.db, named);
  await addReviewer(env, lawyer, {
    ...{ requestId: named, stepId: before.find((step) => step.state === "current")?.stepId ?? "" },
    ...{ personId: stranger, place: "before", reason: "He knows the buyer" },
  });
  const kept = await loadRequest(env.db, unnamed);
  await changeRules();
  assert.deepEqual(
    (await listed()).map(({ requestId, promised, refusal, waiting }) => [
      requestId,
      promised?.number,
      refusal,
      waiting,
    ]),
    [
      [named, 0, null, ["named"]],
      [unnamed, 0, null, ["unit-head"]],
    ],
  );
  const matterId = await ask([named]);
  assert.equal(await stateOf(named), "in-review", "merely asked for, nothing changes");
  assert.deepEqual(
    (await readSteps(env.db, await getMatter(env.db, matterId))).flatMap(({ candidates }) => candidates),
    [signatory],
    "who asked does not decide",
  );
  assert.equal(await approve(matterId), "done");
  assert.deepEqual([await stateOf(named), await stateOf(unnamed)], ["returned", "in-review"]);
  const { cameBack, actions } = await readDetail(env, applicant, named);
  assert.deepEqual([cameBack?.by?.personId, cameBack?.comment], [sealAdministrator, "The board wants to see it"]);
  assert.match(cameBack?.sentence.en ?? "", /rules of use in force are to hold for this request \(LX-M-/);
  assert.ok(actions.includes("edit") && actions.includes("submit"));
  const check = await checkRequest(env.db, env, await loadRequest(env.db, named));
  assert.deepEqual(
    check.keeping.map(({ again }) => again && [again.code, again.facts.parts]),
    [["again.changed", "rules"], null, null, null],
    "whoever agreed is asked again, for the rules are others",
  );
  await submitRequest(env, applicant, named);
  assert.deepEqual(await stepsOf(named), [
    ...["unit-head current", "named waiting", "legal-review waiting", "signatory waiting"],
  ]);
  assert.equal((await loadRequest(env.db, named)).row.rules_version, await inForce());
  const still = await loadRequest(env.db, unnamed);
  for (const part of ["rules_version", "digest", "limits", "round", "version"] as const)
    assert.deepEqual(still.row[part], kept.row[part], part);
  assert.deepEqual(still.steps, kept.steps);
});

test("C11: the ledger has one leaf of the matter and one of each request that came back, by whom and in whose words", async () => {
  const { env } = on;
  const requestId = await submitted();
  await changeRules();
  const matterId = await ask([requestId]);
  await approve(matterId);
  const versionId = await inForce();
  const [told] = await readTimeline(env.db, { requestId });
  assert.deepEqual(
    [told?.type, told?.actor?.personId, told?.comment, told?.facts.rules],
    ["SealUseStepReturned", crew.people.signatory, "The board wants to see it", versionId],
  );
  const leaves = (await readTimeline(env.db, { matterId })).filter(({ type }) => type === "RulesApplied");
  assert.deepEqual(
    leaves.map(({ facts }) => [facts.rules, facts.returned, facts.left]),
    [[versionId, 1, ""]],
  );
});

test("C11: whoever asks for a use or handles it does not name it, nor decide that it comes back", async () => {
  const { env } = on;
  const { sealAdministrator, signatory, stranger, head } = crew.people;
  const scope = { kind: "entity", id: crew.entityId } as const;
  await transact(env.db, (tx) => giveGrant(tx, env, { actorId: head, personId: stranger, role: "signatory", scope }));
  await confirmPositionsInTest(env);
  const own = await submitted({ applicantId: sealAdministrator });
  const asked = await submitted({ applicantId: signatory });
  const handled = await submitted({ handlerId: signatory });
  await changeRules();
  assert.deepEqual(await codesOf(ask([own])), ["rules.request-own"]);
  assert.deepEqual(
    (await listed()).filter(({ requestId }) => requestId === own).map(({ refusal }) => refusal?.code),
    ["rules.request-own"],
  );
  for (const requestId of [asked, handled]) {
    const steps = await readSteps(env.db, await getMatter(env.db, await ask([requestId])));
    assert.deepEqual(
      steps.map(({ candidates }) => candidates),
      [[stranger]],
    );
  }
});

test("C02: emergencies are refused with their reason, as is what waits for nobody, is promised these rules, or is not there", async () => {
  const emergency = await submitted({ emergency: "The ship leaves tonight" });
  const [taken, gone] = [await submitted(), await submitted()];
  await changeRules();
  const fresh = await submitted();
  await withdrawRequest(on.env, crew.people.applicant, gone, "");
  assert.deepEqual(await codesOf(ask([emergency])), ["rules.request-emergency"]);
  assert.deepEqual(await codesOf(ask([gone])), ["rules.request-went-on"]);
  assert.deepEqual(await codesOf(ask([fresh])), ["rules.request-same"]);
  assert.deepEqual(await codesOf(ask([taken], "group")), ["rules.other-in-force"]);
  assert.deepEqual(await codesOf(ask([`req_${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}`])), [
    "rules.request-unknown",
  ]);
  const matterId = await ask([taken]);
  assert.deepEqual(await codesOf(ask([taken])), ["matter.reserved"], "one matter at a time names it");
  assert.equal((await listed()).find(({ requestId }) => requestId === taken)?.refusal?.code, "matter.reserved");
  await approve(matterId);
});

test("C11: a confidential request is neither listed, nor named, nor told by the page of the matter", async () => {
  const secret = await submitted({ confidential: "A merger" });
  const plain = await submitted();
  await changeRules();
  const shown = await listed();
  assert.ok(shown.some(({ requestId }) => requestId === plain));
  assert.equal(
    shown.find(({ requestId }) => requestId === secret),
    undefined,
  );
  assert.equal(shown.find(({ requestId }) => requestId === plain)?.title, null, "nor whose a plain one is");
  assert.deepEqual(await codesOf(ask([secret, plain])), ["rules.request-unknown"]);
  const row = await getMatter(on.env.db, await ask([plain]));
  const both = { ...row, data: { ...row.data, requestIds: [secret, plain] } };
  const told = await showNamed(on.env, crew.people.sealAdministrator, both);
  assert.deepEqual([told?.items.map(({ requestId }) => requestId), told?.untold], [[plain], 1]);
});

test("C02: what went on meanwhile is left alone and named in the outcome; other rules end the asking", async () => {
  const { env } = on;
  const { head, lawyer, signatory, applicant, sealAdministrator } = crew.people;
  const [waits, decided, anew] = [await submitted(), await submitted(), await submitted()];
  await changeRules();
  const matterId = await ask([waits, decided, anew]);
  for (const person of [head, lawyer, signatory]) await decide(decided, person);
  await withdrawRequest(env, applicant, anew, "");
  await submitRequest(env, applicant, anew);
  assert.equal(await approve(matterId), "done");
  const { runningRequests } = await readMatterDetail(env, sealAdministrator, matterId);
  assert.equal(runningRequests?.untold, 0);
  assert.deepEqual(
    new Map(runningRequests?.items.map(({ requestId, state, outcome }) => [requestId, `${state} ${outcome}`])),
    new Map([
      [waits, "returned returned"],
      [decided, "authorised went-on"],
      [anew, "in-review same-rules"],
    ]),
  );
  const late = await submitted();
  await changeRules();
  const outdated = await ask([late]);
  await changeRules();
  assert.deepEqual(await codesOf(approve(outdated)), ["rules.other-in-force"]);
  assert.equal(await stateOf(late), "in-review");
});

test("C02: both sides of a joint request come back together, whichever was named", async () => {
  const { env } = on;
  const works = await addOtherEntity(env, crew);
  const own = await askJointlyInTest(env, crew, seal, works);
  await submitRequest(env, crew.people.applicant, own);
  const other = await otherSideOf(env, own);
  await decideInTest(env, own, "approve");
  await changeRules();
  assert.ok(!(await listed()).some(({ requestId }) => requestId === other), "of an entity he does not administer");
  await approve(await ask([own]));
  assert.deepEqual([await stateOf(own), await stateOf(other)], ["returned", "returned"]);
  const { cameBack } = await readDetail(env, crew.people.applicant, other);
  assert.match(cameBack?.sentence.en ?? "", /The other side \(LX-.* was returned/);
  assert.match((await readDetail(env, crew.people.applicant, own)).cameBack?.sentence.en ?? "", /rules of use/);
});

/** Waits until so many wait for a lock; each look is a round trip. */
async function untilBlocked(many: number): Promise<void> {
  for (let looked = 0; ; looked += 1) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`.execute(on.env.db);
    if ((rows[0]?.n ?? 0) >= many) return;
    assert.ok(looked < 100_000, "nobody ever waited");
  }
}

/** The acts in this order, all of them while somebody else holds the request; then it is let go. */
async function atOnce(
  requestId: string,
  acts: readonly (() => Promise<unknown>)[],
): Promise<PromiseSettledResult<unknown>[]> {
  const begun: Promise<PromiseSettledResult<unknown>[]>[] = [];
  await transact(on.env.db, async (tx) => {
    const held = tx.selectFrom("seal_use_requests").select("request_id").where("request_id", "=", requestId);
    await held.forUpdate().execute();
    for (const act of acts) {
      begun.push(Promise.allSettled([act()]));
      await untilBlocked(begun.length);
    }
  });
  return (await Promise.all(begun)).flat();
}

/** A matter under decision, and the word that carries it out. */
async function readyToCarryOut(requestId: string) {
  const { signatory, sealAdministrator } = crew.people;
  const matterId = await ask([requestId]);
  const row = await getMatter(on.env.db, matterId);
  const [step] = await readSteps(on.env.db, row);
  const digest = row.digest ?? "";
  const presence = await presentForMatterInTest(on.env, signatory, "matter-approve", matterId, digest);
  const outcome = async () =>
    (await readMatterDetail(on.env, sealAdministrator, matterId)).runningRequests?.items[0]?.outcome;
  const carryOut = () =>
    decideMatterStepOf(on.env, signatory, {
      ...{ matterId, stepId: step?.step_id ?? "", decision: "approve", comment: "", digest, presence },
    });
  return { carryOut, outcome };
}

for (const first of ["decision", "matter"] as const)
  test(`C02: the last decision and the carrying out in the same moment, the ${first} first: one outcome`, async () => {
    const { env } = on;
    const { head, lawyer, signatory } = crew.people;
    const requestId = await submitted();
    for (const person of [head, lawyer]) await decide(requestId, person);
    await changeRules();
    const { carryOut, outcome } = await readyToCarryOut(requestId);
    const last = () => decide(requestId, signatory);
    const results = await atOnce(requestId, first === "decision" ? [last, carryOut] : [carryOut, last]);
    assert.deepEqual(
      results.map(({ status }) => status),
      first === "decision" ? ["fulfilled", "fulfilled"] : ["fulfilled", "rejected"],
      "the matter is carried out either way",
    );
    const { row, steps } = await loadRequest(env.db, requestId);
    assert.deepEqual(
      [row.state, await outcome(), steps.find(({ kind }) => kind === "signatory")?.state],
      first === "decision" ? ["authorised", "went-on", "approved"] : ["returned", "returned", "voided"],
    );
  });

for (const first of ["submission", "matter"] as const)
  test(`C02: submitted again and carried out in the same moment, the ${first} first: one outcome`, async () => {
    const { applicant } = crew.people;
    const requestId = await submitted();
    await changeRules();
    const { carryOut, outcome } = await readyToCarryOut(requestId);
    await withdrawRequest(on.env, applicant, requestId, "");
    const again = () => submitRequest(on.env, applicant, requestId);
    const results = await atOnce(requestId, first === "submission" ? [again, carryOut] : [carryOut, again]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ["fulfilled", "fulfilled"],
    );
    const { row } = await loadRequest(on.env.db, requestId);
    assert.deepEqual(
      [row.state, row.rules_version, await outcome()],
      ["in-review", await inForce(), first === "submission" ? "same-rules" : "went-on"],
    );
  });

test("C02: however many there are, each is reached page by page, by its number, and by a title that one may read", async () => {
  const { env } = on;
  const { sealAdministrator, head } = crew.people;
  for (let at = 0; at < 52; at += 1) await submitted();
  await changeRules();
  const all: string[] = [];
  let after: string | undefined;
  let pages = 0;
  do {
    const page = await listRunning(env, sealAdministrator, after ? { after } : {});
    all.push(...page.items.map((one) => one.requestId));
    assert.ok(page.items.length > 0 && page.total >= 52);
    after = page.next ?? undefined;
    pages += 1;
  } while (after);
  assert.deepEqual([pages, new Set(all).size], [Math.ceil(all.length / 50), all.length]);
  assert.equal((await listRunning(env, sealAdministrator)).total, all.length);
  const last = all.at(-1) ?? "";
  const { row } = await loadRequest(env.db, last);
  const find = async (asked: Parameters<typeof listRunning>[2], personId = sealAdministrator) =>
    (await listRunning(env, personId, asked)).items.map((one) => one.requestId);
  assert.deepEqual(await find({ search: (row.number ?? "").toLowerCase() }), [last]);
  assert.deepEqual(await find({ named: `${last},${all[0]}` }), [all[0], last]);
  const byTitle = (await listRunning(env, sealAdministrator, { search: row.title })).items;
  assert.ok(byTitle.every(({ opens }) => opens) && byTitle.length < all.length, "no title that he does not read");
  assert.deepEqual(await find({ search: "%" }), [], "what is looked for is no pattern");
  const { stranger } = crew.people;
  await transact(env.db, (tx) =>
    giveGrant(tx, env, {
      ...{ actorId: stranger, personId: head, role: "seal-administrator" },
      scope: { kind: "entity", id: crew.entityId },
    }),
  );
  await confirmPositionsInTest(env);
  assert.deepEqual(await find({ search: row.title, named: last }, head), [last], "its head reads it");
});
