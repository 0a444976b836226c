import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  countHand,
  countImpressions,
  decideImpression,
  type HandImpression,
  IMPRESSION_COMMANDS,
  type ImpressionCommand,
} from "./impression.ts";
import { listTextFaults } from "./test-texts.ts";
import { IMPRESSION_STATES, type ImpressionState, USE_MODES, type UseMode } from "./vocabulary.ts";

function after(state: ImpressionState, command: ImpressionCommand, mode: UseMode): ImpressionState | null {
  const decided = decideImpression(state, command, mode);
  if (decided.ok) return decided.events[0]?.to ?? null;
  assert.deepEqual(
    decided.refusals.map(({ code, rule }) => [code, rule]),
    [["impression.command-not-possible", "C09"]],
  );
  for (const { code, facts } of decided.refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return null;
}
const ways = (mode: UseMode): Record<string, [ImpressionCommand, ImpressionState][]> =>
  Object.fromEntries(
    IMPRESSION_STATES.map((state) => [
      state,
      IMPRESSION_COMMANDS.flatMap((command) => {
        const to = after(state, command, mode);
        return to === null ? [] : [[command, to]];
      }),
    ]),
  );
const ended: readonly ImpressionState[] = ["settled", "spoiled", "released"];

test("C09: an electronic impression is reserved, sealed, settled, or released before it is settled; nothing else is possible", () => {
  assert.deepEqual(ways("electronic"), {
    reserved: [
      ["seal", "sealed"],
      ["release", "released"],
    ],
    sealed: [
      ["settle", "settled"],
      ["release", "released"],
    ],
    ...{ pressed: [], unknown: [], settled: [], spoiled: [], released: [] },
  });
});

test("C09: by hand it is pressed and settled, or spoiled, released or unknown; only two people end what nobody can tell", () => {
  assert.deepEqual(ways("by-hand"), {
    reserved: [
      ["press", "pressed"],
      ["doubt", "unknown"],
      ["release", "released"],
    ],
    pressed: [
      ["spoil", "spoiled"],
      ["doubt", "unknown"],
      ["settle", "settled"],
    ],
    unknown: [
      ["rule-settled", "settled"],
      ["rule-spoiled", "spoiled"],
      ["rule-released", "released"],
    ],
    ...{ sealed: [], settled: [], spoiled: [], released: [] },
  });
});

test("C09: the two phases keep the count: authorised ≥ settled + released + under way, and each ends once", () => {
  const command = fc.record({ at: fc.nat(5), command: fc.constantFrom(...IMPRESSION_COMMANDS) });
  fc.assert(
    fc.property(
      fc.constantFrom(...USE_MODES),
      fc.integer({ min: 0, max: 6 }),
      fc.array(command, { maxLength: 40 }),
      (mode, authorised, commands) => {
        const states: ImpressionState[] = Array.from({ length: authorised }, () => "reserved");
        const endedAs = new Map<number, ImpressionState>();
        let settledBefore = 0;
        for (const { at, command: next } of commands) {
          const state = states[at];
          if (state === undefined) continue;
          const to = after(state, next, mode);
          if (to !== null) {
            assert.equal(endedAs.has(at), false, "what has ended stays as it is");
            states[at] = to;
            if (ended.includes(to)) endedAs.set(at, to);
          }
          const counts = countImpressions(authorised, states, false);
          assert.ok(counts.authorised >= counts.sealed && counts.sealed >= counts.settled);
          assert.ok(counts.settled >= settledBefore, "what is settled never becomes less");
          assert.ok(counts.settled + counts.released <= counts.authorised);
          settledBefore = counts.settled;
        }
        for (const [at, state] of endedAs) assert.equal(states[at], state);
        const counts = countImpressions(authorised, states, true);
        assert.equal(counts.registered, counts.settled, "the register shows what is settled, no more and no less");
        assert.equal(countImpressions(authorised, states, false).registered, 0);
      },
    ),
  );
});

test("C09: by hand authorised ≥ pressed = photographed = registered, and what nobody can tell counts as used", () => {
  const command = fc.record({ at: fc.nat(5), command: fc.constantFrom(...IMPRESSION_COMMANDS) });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 6 }), fc.array(command, { maxLength: 40 }), (authorised, commands) => {
      const all = Array.from(
        { length: authorised },
        (): HandImpression => ({ state: "reserved", pressed: false, photographed: false }),
      );
      for (const { at, command: next } of commands) {
        const one = all[at];
        const to = one && after(one.state, next, "by-hand");
        // A press comes with its photo; so does the word that a paper was spoiled.
        if (one && to)
          all[at] = {
            state: to,
            pressed: one.pressed || next === "press",
            photographed: one.photographed || next === "press" || next === "rule-spoiled",
          };
      }
      const counts = countHand(authorised, all);
      const neverPressed = all.filter((one) => one.state === "unknown" && !one.pressed).length;
      const waiting = all.filter((one) => one.state === "reserved").length;
      assert.equal(counts.pressed + neverPressed + counts.released + waiting, authorised);
      const toConfirm = all.filter(
        ({ state, pressed }) => state === "pressed" || (state === "unknown" && pressed),
      ).length;
      assert.equal(counts.registered + toConfirm, counts.pressed, "the register shows what was confirmed");
      const ruledWithoutPhoto = all.filter((one) => one.state === "settled" && !one.photographed).length;
      assert.equal(counts.photographed + ruledWithoutPhoto, counts.pressed);
      assert.ok(counts.spoiled <= counts.pressed);
    }),
  );
});
