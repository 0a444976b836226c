import assert from "node:assert/strict";
import { test } from "node:test";
import type { SealEvent } from "./queries.ts";
import {
  concernsReader,
  filterEvents,
  findEventGroup,
  isLeftToAsk,
  isOver,
  listDutiesToday,
  listLifeSteps,
  markOfEvent,
  type SealAction,
  sortActs,
  sortNext,
} from "./seal-life.ts";

const step = (state: Step["state"], current = false): Step => ({
  state,
  at: null,
  current,
});

type Step = Parameters<typeof listLifeSteps>[0][number];

test("a seal's life is done up to today, and only in use is vermilion", () => {
  const steps = (current: Step["state"], live = true): string[] =>
    listLifeSteps(
      (["requested", "made", "filed", current, "stopped"] as const).map((state) => step(state, state === current)),
      live,
    ).map((one) => one.step);
  assert.deepEqual(steps("in-use"), ["done", "done", "done", "seal", "todo"]);
  assert.deepEqual(steps("in-use", false), ["done", "done", "done", "now", "todo"]);
  assert.deepEqual(steps("frozen"), ["done", "done", "done", "frozen", "todo"]);
  assert.deepEqual(steps("awaiting-issue"), ["done", "done", "done", "now", "todo"]);
});

const action = (act: SealAction["act"], ...codes: string[]): SealAction => ({
  act,
  allowed: codes.length === 0,
  needsPresence: false,
  refusals: codes.map((code) => ({ code, rule: null, sentence: { en: code, zh: code }, wayOut: null, facts: {} })),
});

test("an act is open, refused by a rule, or closed by state or role", () => {
  const acts = sortActs([
    action("freeze", "seal.command-not-possible"),
    action("unfreeze", "seal.unfreeze-by-freezer", "seal.supervisor-missing"),
    action("report-loss"),
  ]);
  const names = (list: readonly SealAction[]): string[] => list.map((one) => one.act);
  assert.deepEqual(names(acts.open), ["report-loss"]);
  assert.deepEqual(names(acts.refused), ["unfreeze"]);
  assert.deepEqual(names(acts.closed), ["freeze"]);
});

test("what leads on comes first, for every reader; the rest is for those who may ask for it", () => {
  const one = (kind: "issue" | "stop" | "replace", first: boolean, mayAsk: boolean) => ({
    ...{ kind, name: { en: kind, zh: kind }, bodyIds: [], underWay: [], first, mayAsk },
  });
  const { first, others } = sortNext([
    one("issue", true, false),
    one("stop", false, true),
    one("replace", false, false),
  ]);
  assert.deepEqual([first.map((next) => next.kind), others.map((next) => next.kind)], [["issue"], ["stop"]]);
});

test("acts concern a reader once one of them is open to his roles", () => {
  assert.equal(
    concernsReader([action("freeze", "permission.missing"), action("report-loss", "permission.missing")]),
    false,
  );
  assert.equal(
    concernsReader([action("freeze", "seal.command-not-possible"), action("report-loss", "permission.missing")]),
    true,
  );
});

const event = (type: string, facts: SealEvent["facts"] = {}): SealEvent => ({
  eventId: type,
  type,
  at: "2026-11-24T00:00:00Z",
  actor: null,
  person: null,
  standsFor: null,
  facts,
  comment: null,
  leaf: null,
});

test("the history is shown by part, and an unknown kind of event stays in the whole", () => {
  const timeline = [event("ImpressionSettled"), event("GrantGiven"), event("SealRegistered"), event("toString")];
  const shown = (named: unknown): string[] => filterEvents(timeline, findEventGroup(named)).map((one) => one.type);
  assert.deepEqual(shown("uses"), ["ImpressionSettled"]);
  assert.deepEqual(shown("people"), ["GrantGiven"]);
  assert.deepEqual(shown("state"), ["SealRegistered"]);
  assert.equal(shown("nonsense").length, 4);
});

test("events are marked by what they mean, an unknown one in ink", () => {
  assert.equal(markOfEvent(event("SealStateChanged", { to: "in-use" })), "success");
  assert.equal(markOfEvent(event("SealStateChanged", { to: "frozen" })), "frozen");
  assert.equal(markOfEvent(event("SealStateChanged", { to: "stopped" })), "ink");
  assert.equal(markOfEvent(event("ImpressionSettled")), "impression");
  assert.equal(markOfEvent(event("SomethingNew")), "ink");
});

test("nobody may do anything today with a seal that has ended for ever, whoever was named for it", () => {
  const person = { personId: "per_1", name: { en: "Chen", zh: "陈" } };
  const named = { custodians: [], supervisors: [person], signatories: [person], certificateKeepers: [] };
  for (const state of ["destroyed", "cancelled"] as const) {
    assert.ok(isOver(state));
    assert.deepEqual(listDutiesToday({ state, ...named }), []);
  }
  // A stopped seal is still handed in, and somebody still decides about it.
  for (const state of ["in-use", "stopped", "sealed-up", "void"] as const)
    assert.deepEqual(
      listDutiesToday({ state, ...named }).map(([duty, people]) => [duty, people.length]),
      [
        ["custodian", 0],
        ["supervisor", 1],
        ["signatory", 1],
        ["certificate-keeper", 0],
      ],
    );
});

test("what is under way for every body of a seal is not asked for again; a piece without one still is", () => {
  const underWay = (...bodyIds: string[]) => [{ matterId: "mat_1", number: "M-1", bodyIds }];
  assert.equal(isLeftToAsk({ bodyIds: ["body_1"], underWay: [] }), true);
  assert.equal(isLeftToAsk({ bodyIds: ["body_1"], underWay: underWay("body_1") }), false);
  assert.equal(isLeftToAsk({ bodyIds: ["body_1", "body_2"], underWay: underWay("body_1") }), true);
  assert.equal(isLeftToAsk({ bodyIds: [], underWay: underWay() }), false, "a matter of the whole seal");
});
