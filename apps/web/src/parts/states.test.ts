import assert from "node:assert/strict";
import { test } from "node:test";
import { text as en } from "../i18n/terms.en.ts";
import { text as zh } from "../i18n/terms.zh.ts";
import { faceStateOf, faceStateOfSeal, findLook, LOOKS, type StateKind } from "./states.ts";

test("every state has a word in both languages", () => {
  for (const kind of Object.keys(LOOKS) as StateKind[])
    for (const state of Object.keys(LOOKS[kind]))
      for (const words of [en, zh]) {
        const named: Readonly<Record<string, string>> = words.states[kind];
        assert.ok(named[state], `${kind} ${state}`);
      }
});

test("a state that is not known never looks good", () => {
  assert.equal(findLook("seal", "invented").tone, "plain");
  assert.equal(findLook("seal", "constructor").tone, "plain");
});

test("only a seal in use is vermilion", () => {
  const live = Object.keys(LOOKS.seal).filter((state) => faceStateOf(state) === "live");
  assert.deepEqual(live, ["in-use"]);
  assert.equal(faceStateOf("frozen"), "pale");
  assert.equal(faceStateOf("stopped"), "ended");
  assert.equal(faceStateOf("requested"), "none");
  assert.equal(faceStateOf("approved-for-engraving"), "approved", "what will be engraved is shown, marked as not made");
  assert.equal(faceStateOf("invented"), "ended");
});

test("a seal in use loses its colour with its certificate", () => {
  const face = (certificateState: "none" | "valid" | "expiring" | "expired" | "revoked"): string =>
    faceStateOfSeal({ state: "in-use", certificateState, body: "electronic" });
  assert.deepEqual([face("valid"), face("expiring")], ["live", "live"]);
  assert.deepEqual([face("none"), face("expired"), face("revoked")], ["pale", "pale", "pale"]);
  assert.equal(faceStateOfSeal({ state: "stopped", certificateState: "revoked", body: "electronic" }), "ended");
  assert.equal(faceStateOfSeal({ state: "in-use", certificateState: "none", body: "physical" }), "live");
});
