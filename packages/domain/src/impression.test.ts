import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countImpressions, decideImpression, IMPRESSION_COMMANDS, type ImpressionCommand } from "./impression.ts";
import { listTextFaults } from "./test-texts.ts";
import { IMPRESSION_STATES, type ImpressionState } from "./vocabulary.ts";

function after(state: ImpressionState, command: ImpressionCommand): ImpressionState | null {
  const decided = decideImpression(state, command);
  if (decided.ok) return decided.events[0]?.to ?? null;
  assert.deepEqual(
    decided.refusals.map(({ code, rule }) => [code, rule]),
    [["impression.command-not-possible", "C09"]],
  );
  for (const { code, facts } of decided.refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return null;
}

test("C09: an impression is reserved, sealed, settled, or released before it is settled; nothing else is possible", () => {
  const possible = Object.fromEntries(
    IMPRESSION_STATES.map((state) => [state, IMPRESSION_COMMANDS.map((command) => after(state, command))]),
  );
  assert.deepEqual(possible, {
    reserved: ["sealed", null, "released"],
    sealed: [null, "settled", "released"],
    settled: [null, null, null],
    released: [null, null, null],
  });
});

test("C09: the two phases keep the count: authorised ≥ settled + released + under way, and each ends once", () => {
  const command = fc.record({ at: fc.nat(5), command: fc.constantFrom(...IMPRESSION_COMMANDS) });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6 }), fc.array(command, { maxLength: 40 }), (authorised, commands) => {
      const states: ImpressionState[] = Array.from({ length: authorised }, () => "reserved");
      const ended = new Map<number, ImpressionState>();
      let settledBefore = 0;
      for (const { at, command: next } of commands) {
        const state = states[at];
        if (state === undefined) continue;
        const to = after(state, next);
        if (to !== null) {
          assert.equal(ended.has(at), false, "what has ended stays as it is");
          states[at] = to;
          if (to === "settled" || to === "released") ended.set(at, to);
        }
        const counts = countImpressions(authorised, states, false);
        assert.ok(counts.authorised >= counts.sealed && counts.sealed >= counts.settled);
        assert.ok(counts.settled >= settledBefore, "what is settled never becomes less");
        assert.ok(counts.settled + counts.released <= counts.authorised);
        settledBefore = counts.settled;
      }
      for (const [at, state] of ended) assert.equal(states[at], state);
      const counts = countImpressions(authorised, states, true);
      assert.equal(counts.registered, counts.settled, "the register shows what is settled, no more and no less");
      assert.equal(countImpressions(authorised, states, false).registered, 0);
    }),
  );
});
