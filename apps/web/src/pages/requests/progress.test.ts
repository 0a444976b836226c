import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOKS } from "../../parts/states.ts";
import {
  findActMode,
  findStandingRelease,
  listCounts,
  listProgress,
  PROGRESS_STEPS,
  type Progress,
} from "./progress.ts";

const NOBODY = { needed: true, candidates: [], by: null, at: null, method: null };
const begun: Progress = {
  number: "LX-2026-000001",
  state: "in-review",
  steps: [],
  release: NOBODY,
  supervision: NOBODY,
  sealing: { state: "none", done: 0, total: 2, problem: null },
  counts: { authorised: 2, sealed: 0, settled: 0, registered: 0, released: 0 },
};
const countsIn = (state: Progress["state"], counts: Partial<Progress["counts"]>) =>
  listCounts({ ...begun, state, counts: { ...begun.counts, ...counts } });
const statesOf = (request: Progress): string =>
  listProgress(request)
    .map(({ state }) => state)
    .join(" ");

test("a seal use is shown at the step that is under way", () => {
  assert.equal(statesOf({ ...begun, number: null, state: "draft" }), "now todo todo todo todo todo");
  assert.equal(statesOf(begun), "done now todo todo todo todo");
  assert.equal(statesOf({ ...begun, state: "authorised" }), "done done done now todo todo");
  assert.equal(statesOf({ ...begun, state: "opened" }), "done done done done now todo");
  assert.equal(statesOf({ ...begun, state: "registered" }), "done done done done done done");
});

test("an ended seal use stops at the step it had reached, and never looks finished", () => {
  assert.equal(statesOf({ ...begun, state: "rejected" }), "done ended todo todo todo todo");
  assert.equal(statesOf({ ...begun, state: "withdrawn", number: null }), "ended todo todo todo todo todo");
  const step = { state: "approved" } as Progress["steps"][number];
  const by = { personId: "per", name: { en: "A", zh: "甲" } } as NonNullable<Progress["release"]["by"]>;
  const released = { ...begun, steps: [step], release: { ...NOBODY, by } };
  assert.equal(statesOf({ ...released, state: "frozen" }), "done done done done frozen todo");
  assert.equal(statesOf({ ...released, state: "withdrawn" }), "done done done ended todo todo");
  const taken = { ...released, steps: [{ ...step, state: "voided" as const }] };
  assert.equal(statesOf({ ...taken, state: "withdrawn" }), "done ended todo todo todo todo");
  const settled = { ...begun, state: "frozen" as const, counts: { ...begun.counts, settled: 1 } };
  assert.equal(statesOf(settled), "done done done done frozen todo");
});

test("in every state finished steps come first, at most one is current, and the rest is to come", () => {
  const states = Object.keys(LOOKS.request) as Progress["state"][];
  for (const state of states)
    for (const number of [null, begun.number])
      for (const settled of [0, 1, 2]) {
        const shown = listProgress({ ...begun, state, number, counts: { ...begun.counts, settled } });
        assert.deepEqual(
          shown.map(({ step }) => step),
          PROGRESS_STEPS,
        );
        assert.match(shown.map(({ state: one }) => one).join(" "), /^(done ?)*((now|frozen|ended) ?)?(todo ?)*$/);
      }
});

test("a decision comes before a release, a release before a confirmation", () => {
  assert.equal(findActMode(["comment", "approve", "release"]), "decide");
  assert.equal(findActMode(["confirm", "release"]), "release");
  assert.equal(findActMode(["confirm"]), "confirm");
  assert.equal(findActMode(["comment", "download", "withdraw"]), undefined);
});

test("C09 a count that lacks an impression at the end, or has one too many, stands out", () => {
  const short = countsIn("closed", { authorised: 3, sealed: 3, settled: 2 });
  assert.deepEqual(
    short.map(({ unequal }) => unequal),
    [false, false, true, false],
  );
  const running = countsIn("opened", { authorised: 3, sealed: 1, settled: 1 });
  assert.ok(running.every(({ unequal }) => !unequal));
  assert.deepEqual(
    running.map(({ left }) => left),
    [2, 2, 2, 3],
  );
  const excess = countsIn("registered", { authorised: 1, sealed: 2, settled: 1, registered: 1 });
  assert.deepEqual(
    excess.map(({ unequal }) => unequal),
    [false, true, false, false],
  );
  const released = countsIn("registered", { authorised: 3, sealed: 2, settled: 2, registered: 2, released: 1 });
  assert.ok(released.every(({ unequal, left }) => !unequal && left === 0));
});

test("nothing is authorised before it is approved, and once it is over nothing is said to wait", () => {
  const say = (request: Progress): string =>
    listCounts(request)
      .map(({ count, word }) => `${count} ${word}`)
      .join(", ");
  const waits = "0 notApproved, 0 approval, 0 approval, 0 approval";
  assert.equal(say(begun), waits);
  for (const state of ["returned", "withdrawn"] as const) assert.equal(say({ ...begun, state }), waits, state);
  const never = "0 never, 0 never, 0 never, 0 never";
  const approved = { ...begun, steps: [{ state: "approved" } as Progress["steps"][number]] };
  for (const state of ["rejected", "cancelled", "expired"] as const)
    assert.equal(say({ ...begun, state }), never, state);
  assert.equal(say({ ...approved, state: "rejected" }), never);
  assert.equal(say({ ...approved, state: "authorised" }), "2 authorisedWhy, 0 waits, 0 waits, 0 waits");
  assert.equal(say({ ...approved, state: "frozen" }), "2 authorisedWhy, 0 waits, 0 waits, 0 waits");
  assert.equal(say({ ...approved, state: "expired" }), "2 authorisedWhy, 0 never, 0 never, 0 never");
  const left = { ...approved.counts, sealed: 1, settled: 1, registered: 1, released: 1 };
  assert.equal(say({ ...approved, state: "registered", counts: left }), "2 authorisedWhy, 1 equal, 1 equal, 1 equal");
});

test("a release that stands waits for the others, and is not offered again", () => {
  const name = { en: "Lin", zh: "林" };
  const [keeper, watcher] = [
    { personId: "per_1", name },
    { personId: "per_2", name },
  ];
  const at = "2026-11-27T09:00:00Z";
  const request = {
    state: "authorised" as const,
    actions: [],
    release: { ...NOBODY, candidates: [keeper], by: keeper, at },
    supervision: { ...NOBODY, candidates: [keeper, watcher] },
  };
  assert.deepEqual(findStandingRelease(request), { by: keeper, at, awaited: [watcher] });
  assert.equal(findStandingRelease({ ...request, release: NOBODY }), undefined);
  assert.equal(findStandingRelease({ ...request, actions: ["release"] }), undefined, "a new release is asked for");
  assert.equal(findStandingRelease({ ...request, state: "opened" }), undefined);
  assert.equal(findStandingRelease({ ...request, supervision: { ...NOBODY, by: watcher } }), undefined);
});
