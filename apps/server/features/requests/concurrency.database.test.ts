import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import type { SealState } from "@chancery/domain";
import { sql } from "kysely";
import { type Tx, transact } from "../../platform/db.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { testContract } from "../../platform/test-pdf.ts";
import {
  applyInTest,
  approveInTest,
  presenceInTest,
  presentInTest,
  releaseInTest,
  walkToReserved,
} from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { assertSettledOnce, readOutcome, sealingPorts } from "../sealing/test-sealing.ts";
import { freezeSeal, unfreezeSeal } from "../seals/service.ts";
import { lockSeal, readBodies, updateBodyState } from "../seals/store.ts";
import { saveDraft } from "./draft-service.ts";
import { digestOfRequest, loadRequest } from "./load-request.ts";
import { submitRequest, withdrawRequest } from "./submit-service.ts";
import { uploadDocument } from "./upload-document.ts";

/** Puts every body of a seal into a state, whatever the rules say. */
async function putBodies(tx: Tx, sealId: string, state: SealState, reason: string | null): Promise<void> {
  for (const body of await readBodies(tx, [sealId])) await updateBodyState(tx, body, state, reason);
}

let on: TestEnvironment;
let crew: TestCrew;
let contract: string;
let personnel: string;
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  contract = await crew.registerSeal("contract", "LX-02");
  personnel = await crew.registerSeal("personnel", "LX-07");
  const { people, entityId } = crew;
  const entity = { kind: "entity", id: entityId } as const;
  await transact(on.env.db, (tx) =>
    giveGrant(tx, on.env, { actorId: people.head, personId: people.stranger, role: "signatory", scope: entity }),
  );
  await confirmPositionsInTest(on.env);
});
after(() => on.close());

const codes = (results: readonly PromiseSettledResult<unknown>[]): string[] =>
  results.flatMap((result) => {
    if (result.status === "fulfilled") return [];
    const error = result.reason as unknown;
    assert.ok(error instanceof ProblemError, String(error));
    return [error.code];
  });
const submitted = async (): Promise<string> => {
  const requestId = await applyInTest(on.env, crew, contract);
  await submitRequest(on.env, crew.people.applicant, requestId);
  return requestId;
};
/** Approves all steps but the signatory's. */
async function awaitSignatory(): Promise<string> {
  const requestId = await submitted();
  for (const person of [crew.people.head, crew.people.lawyer]) await decide(requestId, person, "approve");
  return requestId;
}
const waitingStep = async (requestId: string): Promise<string> =>
  (await loadRequest(on.env.db, requestId)).steps.find((step) => step.state === "current")?.stepId ?? "";
async function decide(
  requestId: string,
  personId: string,
  decision: "approve" | "reject" | "return",
  digest?: string,
  stepId?: string,
) {
  const { row } = await loadRequest(on.env.db, requestId);
  const seen = digest ?? row.digest ?? "";
  const stepUpId = await presentInTest(on.env, personId, decision, requestId, seen);
  return decideStep(on.env, personId, {
    requestId,
    stepId: stepId ?? (await waitingStep(requestId)),
    decision,
    comment: "because",
    digest: seen,
    presence: { stepUpId, method: "password" },
  });
}
/** Waits until somebody waits for a lock; each look is a round trip. */
async function untilBlocked(): Promise<void> {
  for (let looked = 0; ; looked += 1) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
      where wait_event_type = 'Lock' and datname = current_database()`.execute(on.env.db);
    if ((rows[0]?.n ?? 0) > 0) return;
    assert.ok(looked < 100_000, "nobody ever waited");
  }
}

for (const [first, second] of [
  ["approve", "approve"],
  ["approve", "reject"],
  ["return", "approve"],
  ["reject", "return"],
] as const) {
  test(`C01: two candidates decide one step at once (${first}, ${second}): one decision stands, the other is told`, async () => {
    const requestId = await awaitSignatory();
    // Both saw the step while it waited, whoever of them is so fast that it is decided when the other comes.
    const step = await waitingStep(requestId);
    const results = await Promise.allSettled([
      decide(requestId, crew.people.signatory, first, undefined, step),
      decide(requestId, crew.people.stranger, second, undefined, step),
    ]);
    assert.deepEqual(codes(results), ["approval.decided-by-another"]);
    const won = results[0]?.status === "fulfilled" ? first : second;
    const { request, leavesOf } = await readOutcome(on, requestId);
    assert.equal(request.state, { approve: "authorised", reject: "rejected", return: "returned" }[won]);
    const decisions = ["SealUseStepApproved", "SealUseStepRejected", "SealUseStepReturned"].map((type) =>
      leavesOf(type),
    );
    assert.deepEqual(decisions, [won === "approve" ? 3 : 2, won === "reject" ? 1 : 0, won === "return" ? 1 : 0]);
    const { steps } = await loadRequest(on.env.db, requestId);
    assert.equal(steps.filter((step) => step.decidedBy !== null).length, 3);
  });
}

test("C01: the same person decides twice at once, by two clicks: once", async () => {
  const requestId = await submitted();
  const results = await Promise.allSettled([1, 2].map(() => decide(requestId, crew.people.head, "approve")));
  // The second click meets the step it was for, which he has decided or which is over, or the next one, which is not his.
  const [told = "", ...more] = codes(results);
  assert.ok(
    ["approval.decided-already", "approval.step-not-current", "approval.not-a-candidate"].includes(told),
    `${told}`,
  );
  assert.deepEqual(more, []);
  assert.equal((await readOutcome(on, requestId)).leavesOf("SealUseStepApproved"), 1);
});

test("one proof of presence for two decisions at once: it serves one", async () => {
  const [one, two] = [await submitted(), await submitted()];
  const { row, steps } = await loadRequest(on.env.db, one);
  const other = await loadRequest(on.env.db, two);
  const digest = row.digest ?? "";
  const stepUpId = await presentInTest(on.env, crew.people.head, "approve", one, digest);
  const presence = { stepUpId, method: "password" } as const;
  const using = (requestId: string, stepId: string, seen: string) =>
    decideStep(on.env, crew.people.head, {
      requestId,
      stepId,
      decision: "approve",
      comment: "",
      digest: seen,
      presence,
    });
  const results = await Promise.allSettled([
    using(two, other.steps[0]?.stepId ?? "", other.row.digest ?? ""),
    using(one, steps[0]?.stepId ?? "", digest),
  ]);
  assert.deepEqual(
    results.map((result) => result.status),
    ["rejected", "fulfilled"],
    "and only the request it was given for",
  );
  assert.deepEqual(codes(results), ["presence.expired"]);
});

test("withdrawn while the last approval is given: the request is withdrawn, its approvals are void, nothing can be released", async () => {
  for (let round = 0; round < 3; round += 1) {
    const requestId = await awaitSignatory();
    const results = await Promise.allSettled([
      decide(requestId, crew.people.signatory, "approve"),
      withdrawRequest(on.env, crew.people.applicant, requestId, ""),
    ]);
    assert.equal(results[1]?.status, "fulfilled");
    for (const code of codes(results)) assert.equal(code, "approval.step-not-current");
    const { request } = await readOutcome(on, requestId);
    const { steps } = await loadRequest(on.env.db, requestId);
    assert.equal(request.state, "withdrawn");
    assert.ok(steps.every((step) => step.state === "voided"));
    await assert.rejects(presenceInTest(on.env, crew.people.custodian, "release", requestId), ProblemError);
  }
});

test("C09: withdrawn while the sealing is confirmed: either it is withdrawn and nothing is reserved, or it is sealed and not withdrawn", async () => {
  for (let round = 0; round < 4; round += 1) {
    const requestId = await submitted();
    await approveInTest(on.env, crew, requestId);
    await presenceInTest(on.env, crew.people.custodian, "release", requestId);
    const act = [
      () => presenceInTest(on.env, crew.people.supervisor, "confirm", requestId),
      () => withdrawRequest(on.env, crew.people.applicant, requestId, ""),
    ];
    const results = await Promise.allSettled((round % 2 ? act.toReversed() : act).map((begin) => begin()));
    assert.deepEqual(codes(results), ["request.command-not-possible"]);
    const { request, states } = await readOutcome(on, requestId);
    assert.deepEqual(states, request.state === "opened" ? ["reserved"] : []);
    assert.ok(request.state === "opened" || request.state === "withdrawn", request.state);
    await runSealJob(on.env, sealingPorts(on), requestId);
    if (request.state === "opened") await assertSettledOnce(on, requestId, 1);
  }
});

test("C04 C08: release and confirmation at the same moment reserve once", async () => {
  const requestId = await submitted();
  await approveInTest(on.env, crew, requestId);
  const confirm = () => presenceInTest(on.env, crew.people.supervisor, "confirm", requestId);
  const [released, confirmed] = await Promise.allSettled([
    presenceInTest(on.env, crew.people.custodian, "release", requestId),
    confirm(),
  ]);
  assert.ok(released.status === "fulfilled" && !released.value.sealing, "who releases never seals at once");
  // Who came too early is told so, and confirms what was released.
  const last = confirmed.status === "fulfilled" ? confirmed.value : await confirm();
  if (confirmed.status === "rejected") assert.deepEqual(codes([confirmed]), ["confirm.not-released"]);
  assert.equal(last.sealing, true);
  const { states, leavesOf } = await readOutcome(on, requestId);
  assert.deepEqual(states, ["reserved"]);
  assert.equal(leavesOf("ImpressionReserved"), 1);
});

test("C10: a freeze that was there first lets nothing out, though the job had the gate's yes before", async () => {
  const requestId = await walkToReserved(on.env, crew, personnel, { documentClass: "employment-certificate" });
  let job: Promise<void> | undefined;
  await transact(on.env.db, async (tx) => {
    const seal = await lockSeal(tx, personnel);
    const stored = Promise.withResolvers<void>();
    job = runSealJob(
      on.env,
      sealingPorts(on, (step) => {
        if (step === "gate-asked") throw new Error("the gate looked past a seal that is held");
        if (step === "job-taken") stored.resolve();
      }),
      requestId,
    );
    await stored.promise;
    await untilBlocked();
    await putBodies(tx, seal.seal_id, "frozen", "a stock-take");
  });
  await job;
  assert.deepEqual((await readOutcome(on, requestId)).states, ["released"]);
  await transact(on.env.db, (tx) => putBodies(tx, personnel, "in-use", null));
});

test("C10: a freeze that comes while the file is settled waits for it: what is out is out, and then the seal is frozen", async () => {
  const requestId = await walkToReserved(on.env, crew, personnel, { documentClass: "employment-certificate" });
  let frozen: Promise<void> | undefined;
  let done = false;
  await runSealJob(
    on.env,
    sealingPorts(on, async (step) => {
      if (step !== "settling") return;
      const { inspector } = crew.people;
      frozen = freezeSeal(on.env, { actorId: inspector, sealId: personnel, reason: "now", stepUpId: null }).then(() => {
        done = true;
      });
      await untilBlocked();
      assert.equal(done, false);
    }),
    requestId,
  );
  await frozen;
  await assertSettledOnce(on, requestId, 1);
  await on.ledger.drain();
  const leaves = await on.env.db
    .selectFrom("events as e")
    .innerJoin("ledger_entries as l", "l.leaf_hash", "e.leaf_hash")
    .select("e.type")
    .where("e.seal_id", "=", personnel)
    .orderBy("l.seq", "desc")
    .limit(2)
    .execute();
  assert.deepEqual(
    leaves.map((leaf) => leaf.type),
    ["SealStateChanged", "ImpressionSettled"],
    "in the ledger too the freeze comes after",
  );
  const { sealAdministrator } = crew.people;
  await unfreezeSeal(on.env, { actorId: sealAdministrator, sealId: personnel, reason: "done", stepUpId: null });
});

test("C10: frozen and sealed at any moment: the file is out and settled, or nothing is out and everything released", async () => {
  for (const step of ["gate-asked", "signature-stored", "file-stored"] as const) {
    const requestId = await walkToReserved(on.env, crew, personnel, { documentClass: "employment-certificate" });
    let frozen: Promise<void> | undefined;
    await runSealJob(
      on.env,
      sealingPorts(on, (at) => {
        if (at === step)
          frozen = freezeSeal(on.env, {
            actorId: crew.people.inspector,
            sealId: personnel,
            reason: "now",
            stepUpId: null,
          });
      }),
      requestId,
    );
    await frozen;
    const { states, documents, request } = await readOutcome(on, requestId);
    const out = documents[0]?.sealed_digest !== null;
    assert.deepEqual([states, request.state], out ? [["settled"], "registered"] : [["released"], "authorised"]);
    const { sealAdministrator } = crew.people;
    await unfreezeSeal(on.env, { actorId: sealAdministrator, sealId: personnel, reason: "done", stepUpId: null });
  }
});

test("C17: another file is put in while the old one is decided on: no approval stands for what its person did not see", async () => {
  for (let round = 0; round < 3; round += 1) {
    const requestId = await submitted();
    const before = await loadRequest(on.env.db, requestId);
    const { applicant, head } = crew.people;
    const other = await uploadDocument(on.env, applicant, {
      stream: Readable.from([testContract({}, `${round + 20} gauges`)]),
      fileName: "other.pdf",
    });
    const change = async (): Promise<void> => {
      await withdrawRequest(on.env, applicant, requestId, "");
      const { row } = await loadRequest(on.env.db, requestId);
      await saveDraft(on.env, applicant, requestId, {
        ...{ title: row.title, documentClass: row.document_class, external: row.external, purpose: row.purpose },
        ...{ counterparty: row.counterparty, amount: row.amount, currency: row.currency, wantedBy: null },
        ...{ validUntil: row.valid_until, entityId: row.entity_id, handlerId: null, version: row.version },
        documents: [
          {
            documentId: other.documentId,
            placements: [{ sealId: contract, page: 0, xMm: 20, yMm: 200 }],
            answers: [],
          },
        ],
      });
      await submitRequest(on.env, applicant, requestId);
    };
    const results = await Promise.allSettled([change(), decide(requestId, head, "approve", before.row.digest ?? "")]);
    assert.equal(results[0]?.status, "fulfilled", String(codes(results)));
    for (const code of codes(results))
      assert.ok(["approval.step-not-current", "approval.digest-differs"].includes(code), code);
    const { row, documents, steps } = await loadRequest(on.env.db, requestId);
    assert.equal(documents[0]?.documentId, other.documentId);
    assert.equal(row.state, "in-review");
    assert.notEqual(row.digest, before.row.digest);
    assert.deepEqual(
      steps.map((step) => step.state),
      ["current", "waiting", "waiting"],
    );
  }
});

test("C17: saved and submitted at the same moment: the digest is of what stands in the tables", async () => {
  for (let round = 0; round < 4; round += 1) {
    const requestId = await applyInTest(on.env, crew, contract);
    const { row, documents } = await loadRequest(on.env.db, requestId);
    const save = () =>
      saveDraft(on.env, crew.people.applicant, requestId, {
        ...{ title: "A title that was changed", documentClass: row.document_class, external: row.external },
        ...{ counterparty: row.counterparty, amount: "99.00", currency: "EUR", purpose: row.purpose, wantedBy: null },
        ...{ validUntil: null, entityId: row.entity_id, handlerId: null, version: row.version },
        documents: documents.map(({ documentId, placements }) => ({
          documentId,
          placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm: xMm + 1, yMm })),
          answers: [],
        })),
      });
    const submit = () => submitRequest(on.env, crew.people.applicant, requestId);
    const acts = round % 2 ? [save, submit] : [submit, save];
    const results = await Promise.allSettled(acts.map((act) => act()));
    for (const code of codes(results))
      assert.ok(["request.command-not-possible", "subject.changed-meanwhile"].includes(code), code);
    const after = await loadRequest(on.env.db, requestId);
    assert.equal(after.row.state, "in-review");
    assert.equal(after.row.digest, digestOfRequest(after));
    const saved = results[acts.indexOf(save)]?.status === "fulfilled";
    assert.equal(after.row.title, saved ? "A title that was changed" : "Supply contract");
  }
});

test("C09: the job runs while the custodian releases again: nothing is reserved twice", async () => {
  const requestId = await submitted();
  await approveInTest(on.env, crew, requestId);
  await releaseInTest(on.env, crew, requestId);
  const results = await Promise.allSettled([
    runSealJob(on.env, sealingPorts(on), requestId),
    presenceInTest(on.env, crew.people.secondCustodian, "release", requestId),
  ]);
  assert.deepEqual(codes(results), ["request.command-not-possible"]);
  await assertSettledOnce(on, requestId, 1);
});
