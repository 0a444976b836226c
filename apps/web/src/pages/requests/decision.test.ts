import assert from "node:assert/strict";
import { test } from "node:test";
import { findObstacle, listEarlierSteps, makeDecision, needsPresence } from "./decision.ts";

type Decided = Parameters<typeof makeDecision>[0];
const digest = `sha256:${"a".repeat(64)}`;
const request: Decided = {
  myStepId: "step_2",
  digest,
  seals: [{ sealId: "seal_1", name: { en: "Contract seal", zh: "合同专用章" }, important: true }],
  actions: ["approve", "reject", "return"],
  documentList: [],
  series: null,
  facts: { disagreements: [] } as unknown as Decided["facts"],
  maySettleFacts: true,
};

test("a decision is made on the current step and bound to the digest that was shown", () => {
  assert.deepEqual(makeDecision(request, "approve", "  Agreed. ", undefined), {
    stepId: "step_2",
    decision: "approve",
    comment: "Agreed.",
    digest,
  });
  assert.equal(makeDecision({ ...request, digest: null }, "approve", "", undefined), undefined);
  assert.equal(makeDecision({ ...request, myStepId: null }, "approve", "", undefined), undefined);
});

test("the proof of presence goes with the decision it was asked for", () => {
  const presence = { stepUpId: "stp_1", proof: { method: "sample" as const } };
  assert.deepEqual(makeDecision(request, "approve", "", presence)?.presence, presence);
  const limits = { impressionsMost: null, validDays: null, presence: true, supervised: false };
  const ordinary = { limits: null, seals: request.seals.map((seal) => ({ ...seal, important: false })) };
  assert.equal(needsPresence({ ...ordinary, seals: request.seals }), true);
  assert.equal(needsPresence(ordinary), false);
  assert.equal(needsPresence({ ...ordinary, limits }), true);
});

test("rejecting and returning need a reason, approving does not", () => {
  assert.equal(findObstacle(request, "approve", ""), undefined);
  for (const decision of ["reject", "return"] as const) {
    assert.equal(findObstacle(request, decision, "  "), "reason");
    assert.equal(makeDecision(request, decision, " ", undefined), undefined);
    assert.equal(findObstacle(request, decision, "Clause 9 is missing."), undefined);
  }
});

test("who may not decide gets no decision", () => {
  assert.equal(findObstacle({ ...request, actions: ["comment"] }, "approve", ""), "not-yours");
  assert.equal(makeDecision({ ...request, actions: ["reject"] }, "approve", "", undefined), undefined);
});

test("C17 a changed document can be returned, never approved", () => {
  const document: Decided["documentList"][number] = {
    documentId: "doc_1",
    name: "Supply contract.pdf",
    digest,
    sizeBytes: 1,
    pages: [],
    signatures: 0,
    unfinished: [],
    unchanged: false,
    placements: [],
    sealed: null,
  };
  const changed = { ...request, documentList: [document] };
  assert.equal(findObstacle(changed, "approve", ""), "changed");
  assert.equal(findObstacle(changed, "return", "The file differs."), undefined);
});

test("C03 what application and documents say differently is settled before anything is asked for the approval", () => {
  const told = (...disagreements: object[]): Decided => ({
    ...request,
    facts: { disagreements } as unknown as Decided["facts"],
  });
  const open = { toSettle: true, ruling: null };
  assert.equal(findObstacle(told(open), "approve", ""), "facts");
  assert.equal(findObstacle(told({ toSettle: true, ruling: { ruling: "document" } }), "approve", ""), "facts");
  assert.equal(findObstacle(told({ toSettle: true, ruling: { ruling: "declared" } }), "approve", ""), undefined);
  assert.equal(findObstacle(told({ toSettle: false, ruling: null }), "approve", ""), undefined);
  assert.equal(findObstacle(told(open), "return", "Another sum."), undefined);
  assert.equal(findObstacle({ ...told(open), maySettleFacts: false }, "approve", ""), undefined);
});

test("C03 a series is approved once what was drawn of it is opened", () => {
  const series = { toOpen: ["doc_2"] } as unknown as NonNullable<Decided["series"]>;
  assert.equal(findObstacle({ ...request, series }, "approve", ""), "sample");
  assert.equal(findObstacle({ ...request, series }, "return", "One of them is wrong."), undefined);
  assert.equal(findObstacle({ ...request, series: { ...series, toOpen: [] } }, "approve", ""), undefined);
});

test("it is returned to the applicant or to an earlier step, each group of agreements once", () => {
  const back = makeDecision(request, "return", "Clause 9", undefined, "step_1");
  assert.equal(back?.backTo, "step_1");
  assert.equal(
    makeDecision(request, "approve", "", undefined, "step_1")?.backTo,
    undefined,
    "an approval goes nowhere",
  );
  const step = (stepId: string, stage: number, group: string) => ({ stepId, stage, group });
  const steps = [step("a", 0, "x"), step("b", 0, "x"), step("c", 1, "y"), step("step_2", 2, "z"), step("e", 3, "v")];
  const asked = { myStepId: "step_2", steps } as unknown as Parameters<typeof listEarlierSteps>[0];
  assert.deepEqual(
    listEarlierSteps(asked).map((one) => one.stepId),
    ["a", "c"],
  );
  assert.deepEqual(listEarlierSteps({ ...asked, myStepId: null }), []);
});
