import assert from "node:assert/strict";
import { test } from "node:test";
import {
  acceptedBy,
  closedSlot,
  EVIDENCE_LIMIT_BYTES,
  findMatterFilter,
  findNext,
  isChoice,
  listNeededToConfirm,
  listStages,
  makeMatterDecision,
  markOfMatterEvent,
  mayAddTo,
  sortFiles,
} from "./matters.ts";
import type { MatterDetail } from "./queries.ts";

const known = { states: ["draft", "done"], kinds: ["stop"] } as const;
const matter: Pick<MatterDetail, "state" | "actions" | "mayConfirm" | "missing" | "effectiveOn"> = {
  state: "approved",
  actions: ["carry-out"],
  mayConfirm: [],
  missing: [],
  effectiveOn: null,
};
const today = "2026-11-27";

test("filters of an address are taken where they are known, and a list opens at what waits", () => {
  assert.deepEqual(findMatterFilter({}, known, 0), { view: "all" });
  assert.deepEqual(findMatterFilter({}, known, 2), { view: "waiting" });
  assert.deepEqual(findMatterFilter({ view: "other", state: "lost", kind: "stop", search: 417 }, known, 0), {
    view: "all",
    kind: "stop",
    search: "417",
  });
  assert.deepEqual(findMatterFilter({ view: "mine", sealId: "seal_1", search: "  " }, known, 1), {
    view: "mine",
    sealId: "seal_1",
  });
});

test("the next thing to do is the reader's own before anybody else's", () => {
  assert.equal(findNext(matter, today), "carry-out");
  assert.equal(findNext({ ...matter, actions: [] }, today), "approved");
  assert.equal(findNext({ ...matter, effectiveOn: "2026-11-28" }, today), "later");
  assert.equal(findNext({ ...matter, effectiveOn: today }, today), "carry-out");
  const missing = [
    { code: "matter.evidence-missing", rule: "C09", sentence: { en: "", zh: "" }, wayOut: null, facts: {} },
  ];
  assert.equal(findNext({ ...matter, missing }, today), "missing");
  assert.equal(findNext({ ...matter, missing, mayConfirm: ["witness"] }, today), "confirm");
  assert.equal(findNext({ ...matter, state: "in-review", actions: ["approve"] }, today), "decide");
  assert.equal(findNext({ ...matter, state: "in-review", actions: [] }, today), "review");
  assert.equal(findNext({ ...matter, state: "returned" }, today), "returned");
});

test("a matter that ended before it was carried out is never shown as carried out", () => {
  for (const state of ["rejected", "withdrawn", "cancelled"] as const)
    assert.ok(
      listStages({ state, decidedByOthers: true }).every(
        (stage) => stage.stage !== "carried-out" || stage.state === "todo",
      ),
      state,
    );
  assert.ok(listStages({ state: "done", decidedByOthers: true }).every((stage) => stage.state === "done"));
});

test("a matter that nobody decides is asked for and carried out, and never shown as decided by others", () => {
  const stages = (decidedByOthers: boolean) =>
    listStages({ state: "approved", decidedByOthers }).map(({ stage, state }) => `${stage} ${state}`);
  assert.deepEqual(stages(false), ["asked done", "carried-out now"]);
  assert.deepEqual(stages(true), ["asked done", "decided done", "carried-out now"]);
});

test("one of several is asked; a single person is named without a choice", () => {
  assert.equal(isChoice(["per_1", "per_2"]), true);
  assert.equal(isChoice(["per_1"]), false);
});

test("an open slot takes files: what is submitted from who asks, everything else from anybody; a closed one says when", () => {
  assert.equal(mayAddTo({ needed: "to-submit", open: true }, { actions: ["withdraw"] }), false);
  assert.equal(mayAddTo({ needed: "to-submit", open: true }, { actions: ["edit", "submit"] }), true);
  assert.equal(mayAddTo({ needed: "afterwards", open: true }, { actions: [] }), true);
  assert.equal(mayAddTo({ needed: "to-carry-out", open: false }, { actions: ["edit"] }), false);
  assert.equal(closedSlot("to-carry-out", "in-review"), "later");
  assert.equal(closedSlot("to-carry-out", "done"), "fixed");
  assert.equal(closedSlot("to-submit", "in-review"), "fixed");
});

test("only the last who confirms waits for the files that show that it was done", () => {
  const name = { en: "Photo", zh: "照片" };
  const slot = { slot: "pieces", name, needed: "to-carry-out", accepts: "picture", open: true, files: [] } as const;
  const part = (confirmed: MatterDetail["confirmations"][number]["confirmed"], own: string) => ({
    ...{ part: own, name, count: 1, candidates: [], confirmed },
  });
  const given = [{ person: { personId: "per_1", name }, at: "2026-11-28T09:00:00Z", method: "password" }];
  const needed = (confirmations: MatterDetail["confirmations"]) =>
    listNeededToConfirm({
      evidence: [{ ...slot, files: [], removable: [], neededBy: null }],
      confirmations,
      mayConfirm: ["receiver"],
    }).length;
  assert.equal(needed([part([], "transferor"), part([], "receiver")]), 0);
  assert.equal(needed([part(given, "transferor"), part([], "receiver")]), 1);
});

test("a slot asks the file dialog for what it accepts, and files above the limit are not sent", () => {
  assert.equal(acceptedBy("document"), "application/pdf");
  assert.doesNotMatch(acceptedBy("picture"), /pdf/);
  const sorted = sortFiles([{ size: EVIDENCE_LIMIT_BYTES }, { size: EVIDENCE_LIMIT_BYTES + 1 }]);
  assert.deepEqual([sorted.send.length, sorted.tooLarge.length], [1, 1]);
});

test("a decision is bound to the digest shown, and needs a reason unless it approves", () => {
  const decided = {
    steps: [
      {
        ...{ stepId: "step_1", role: "signatory", presence: true, state: "current", candidates: [] },
        ...{ decidedBy: null, decidedAt: null, comment: null, method: null },
      },
    ],
    digest: "sha256:ab",
    actions: ["approve", "return"],
  } as const satisfies Parameters<typeof makeMatterDecision>[0];
  assert.deepEqual(makeMatterDecision(decided, "approve", "", undefined), {
    ...{ stepId: "step_1", decision: "approve", comment: "", digest: "sha256:ab" },
  });
  assert.equal(makeMatterDecision(decided, "return", " ", undefined), undefined);
  assert.equal(makeMatterDecision(decided, "reject", "no", undefined), undefined);
  assert.equal(makeMatterDecision({ ...decided, digest: null }, "approve", "", undefined), undefined);
});

test("events that are not known are never marked as good", () => {
  assert.equal(markOfMatterEvent("MatterCarriedOut"), "success");
  assert.equal(markOfMatterEvent("toString"), "ink");
});
