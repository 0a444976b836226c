import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceEvents, deviceStates, reasonCodes, ruleOf } from "../index.ts";

test("every event in every state leads somewhere or is refused by name", () => {
  for (const state of deviceStates) {
    for (const event of deviceEvents) {
      const rule = ruleOf(state, event);
      if ("refuse" in rule) assert.ok(reasonCodes.includes(rule.refuse), `${state} ${event}`);
      else assert.ok(rule.to.length > 0 && rule.to.every((next) => deviceStates.includes(next)));
    }
  }
});

const leadsTo = (target: string): string[] =>
  deviceStates.flatMap((state) =>
    deviceEvents
      .filter((event) => {
        const rule = ruleOf(state, event);
        return state !== target && "to" in rule && rule.to.some((next) => next === target);
      })
      .map((event) => `${state} ${event}`),
  );

test("STROKE is entered from CLEARED by a press, and from nowhere else", () => {
  assert.deepEqual(leadsTo("STROKE"), ["CLEARED press"]);
  assert.deepEqual(leadsTo("SETTLE"), ["STROKE sensed-return"]);
});

test("TAMPER is left by an inspection ordered and nothing else; REMOTE_LOCKED by an order, an alarm or a start", () => {
  const leaves = (state: "TAMPER" | "REMOTE_LOCKED"): string[] =>
    deviceEvents.filter((event) => {
      const rule = ruleOf(state, event);
      return event !== "start" && "to" in rule && rule.to.some((next) => next !== state);
    });
  assert.deepEqual(leaves("TAMPER"), ["order-inspect"]);
  assert.deepEqual(leaves("REMOTE_LOCKED"), ["tamper", "order-unlock"]);
});

test("a box without a seal takes no authorisation, and one that is not enrolled takes nothing", () => {
  assert.deepEqual(ruleOf("ENROLLED", "accept"), { refuse: "NO_SEAL" });
  for (const event of deviceEvents) {
    if (event === "enrol" || event === "start") continue;
    assert.deepEqual(ruleOf("FACTORY", event), { refuse: "NOT_ENROLLED" });
  }
});
