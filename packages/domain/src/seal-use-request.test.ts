import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decideEdit,
  decideRequest,
  decideTakingBack,
  finalRequestStates,
  mayTakeBack,
  REQUEST_COMMANDS,
  type RequestCommand,
} from "./seal-use-request.ts";
import { listTextFaults } from "./test-texts.ts";
import { SEAL_USE_REQUEST_STATES, type SealUseRequestState } from "./vocabulary.ts";

type State = SealUseRequestState;

function after(state: State, command: RequestCommand): State | null {
  const decided = decideRequest(state, command);
  if (decided.ok) {
    assert.deepEqual(decided.events.length, 1);
    assert.equal(decided.events[0]?.from, state);
    return decided.events[0]?.to ?? null;
  }
  const [refusal, ...more] = decided.refusals;
  assert.deepEqual(more, []);
  assert.equal(refusal?.code, "request.command-not-possible");
  assert.deepEqual(listTextFaults(refusal?.code ?? "", refusal?.facts ?? {}), []);
  return null;
}
const nextOf = (state: State): State[] => REQUEST_COMMANDS.flatMap((command) => after(state, command) ?? []);
function reachableFrom(start: State): Set<State> {
  const seen = new Set([start]);
  for (const state of seen) for (const next of nextOf(state)) seen.add(next);
  return seen;
}

test("the life of a request is total: every command in every state is a named transition or a named refusal", () => {
  for (const state of SEAL_USE_REQUEST_STATES) for (const command of REQUEST_COMMANDS) after(state, command);
  assert.deepEqual(
    [...reachableFrom("draft")].toSorted(),
    SEAL_USE_REQUEST_STATES.toSorted(),
    "every state is reached",
  );
});

test("no dead end: only final states have no way on, and every other state has a way to one", () => {
  for (const state of SEAL_USE_REQUEST_STATES) {
    assert.equal(nextOf(state).length === 0, finalRequestStates.includes(state), state);
    assert.ok(
      [...reachableFrom(state)].some((one) => finalRequestStates.includes(one)),
      state,
    );
  }
});

test("after a return or a withdrawal the request is changed and submitted again; a rejected one is over", () => {
  for (const [command, state] of [
    ["return", "returned"],
    ["withdraw", "withdrawn"],
  ] as const) {
    assert.equal(after("in-review", command), state);
    assert.equal(after(state, "edit"), state);
    assert.equal(after(state, "submit"), "in-review");
  }
  assert.equal(after("in-review", "reject"), "rejected");
  assert.deepEqual(nextOf("rejected"), []);
});

test("C01: a request is opened only when it was authorised, and authorised only by its last approval", () => {
  for (const state of SEAL_USE_REQUEST_STATES) {
    assert.equal(after(state, "open") !== null, state === "authorised", state);
    for (const command of REQUEST_COMMANDS) {
      if (after(state, command) !== "authorised") continue;
      assert.ok(["approve-last", "release-rest", "unfreeze-authorised"].includes(command), `${command} when ${state}`);
      if (command === "approve-last") assert.equal(state, "in-review");
    }
  }
});

test("C17: what is under review or authorised is never edited, so an approval is of what it was given for", () => {
  for (const state of SEAL_USE_REQUEST_STATES)
    assert.equal(after(state, "edit") !== null, ["draft", "returned", "withdrawn"].includes(state), state);
});

test("C09: while impressions are reserved nothing is withdrawn or expires; only the rest can be released", () => {
  for (const command of ["withdraw", "expire", "cancel", "edit", "submit", "end"] as const)
    assert.equal(after("opened", command), null, command);
  assert.equal(after("opened", "release-rest"), "authorised");
  assert.equal(after("frozen", "release-rest"), "frozen");
});

test("C04: what was stamped by hand stays closed until its evidence is complete, and may be frozen where it is not right", () => {
  assert.equal(after("closed", "freeze"), "frozen");
  assert.equal(after("frozen", "unfreeze-closed"), "closed");
});

test("C09: once something is sealed the request is ended and registered, never withdrawn", () => {
  const taking = (state: State, settled: number): State | null => {
    const decided = decideTakingBack(state, settled);
    return decided.ok ? (decided.events[0]?.to ?? null) : null;
  };
  assert.equal(taking("authorised", 0), "withdrawn");
  assert.equal(taking("authorised", 1), "closed");
  assert.equal(taking("in-review", 0), "withdrawn");
  assert.equal(taking("opened", 1), null);
  assert.equal(taking("registered", 2), null);
  assert.equal(after("closed", "register"), "registered");
});

test("a draft that was never submitted is discarded; what has been asked of others keeps its line", () => {
  for (const state of SEAL_USE_REQUEST_STATES) assert.equal(after(state, "discard") !== null, state === "draft", state);
});

test("C09: a number belongs to its entity: a numbered request stays there", () => {
  const edit = (state: State, number: string | null, entityWanted: string | null) =>
    decideEdit(state, { number, entityId: "a", entityWanted });
  assert.equal(edit("draft", null, "b").ok, true);
  assert.equal(edit("returned", "LX-2026-000001", "a").ok, true);
  assert.equal(edit("returned", "LX-2026-000001", null).ok, true);
  const moved = edit("returned", "LX-2026-000001", "b");
  assert.ok(!moved.ok);
  assert.deepEqual(
    moved.refusals.map(({ code, rule }) => [code, rule]),
    [["request.entity-fixed", "C09"]],
  );
  assert.deepEqual(listTextFaults("request.entity-fixed", moved.refusals[0]?.facts ?? {}), []);
  assert.equal(edit("in-review", null, "a").ok, false);
});

test("a request is taken back by its applicant, and once he has left by his handler or who administers the seals", () => {
  const facts = { applicantId: "li", handlerId: "xu", administrators: ["chen"] };
  const may = (actorId: string, applicantLeft: boolean): boolean => mayTakeBack({ ...facts, actorId, applicantLeft });
  assert.deepEqual(
    ["li", "xu", "chen", "head"].map((one) => may(one, false)),
    [true, false, false, false],
  );
  assert.deepEqual(
    ["li", "xu", "chen", "head"].map((one) => may(one, true)),
    [false, true, true, false],
  );
});
