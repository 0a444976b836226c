import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  decideAuthorisation,
  listOrderRefusals,
  listPieceRefusals,
  type PieceInController,
  takeStroke,
} from "./controller-use.ts";
import { askGate, type GateFacts } from "./gate.ts";
import { decideImpression } from "./impression.ts";
import { facts as gateFacts } from "./test-gate-facts.ts";
import { listTextFaults } from "./test-texts.ts";
import type { ImpressionState } from "./vocabulary.ts";

const controller = { enrolled: true, quarantined: false, tampered: false, locked: false, containerId: "con-1" };
const piece: PieceInController = { controller, place: "container:con-1", stamperKnown: true, supervisorKnown: null };
const paper = (change: Partial<GateFacts> = {}): GateFacts => ({
  ...gateFacts,
  state: "opened",
  useMode: "by-hand",
  byController: true,
  ...change,
});
const wanted: Parameters<typeof decideAuthorisation>[0] = {
  ...{ gate: askGate(paper()), open: true, piece, stamperId: "custodian", supervisorId: null },
  ...{ approved: 3, used: 0, reserved: 3, living: 0 },
};
const codesOf = (change: Partial<typeof wanted>): string[] => {
  const decided = decideAuthorisation({ ...wanted, ...change });
  if (decided.ok) return [];
  for (const { code, facts } of decided.refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return decided.refusals.map(({ code }) => code);
};

test("C01 C04 C08 C09 C11 C13 C17: the authority signs what the gate allows, for a piece that sits where the books say, once and never beyond what is left", () => {
  assert.deepEqual(decideAuthorisation(wanted), { ok: true, events: [{ type: "AuthorisationAllowed", most: 3 }] });
  assert.deepEqual(codesOf({ gate: askGate(paper({ digestNow: "sha256:other" })) }), ["gate.document-unchanged.not"]);
  assert.deepEqual(codesOf({ gate: askGate(paper({ state: "frozen" })) }), ["gate.request-authorised.frozen"]);
  assert.deepEqual(codesOf({ gate: askGate(paper({ release: null })) }), [
    "gate.custodian-present.not-opened",
    "gate.supervisor-confirmed.before-release",
  ]);
  assert.deepEqual(codesOf({ open: false }), ["authorisation.not-open"]);
  assert.deepEqual(codesOf({ supervisorId: "custodian" }), ["authorisation.same-person"]);
  assert.deepEqual(codesOf({ living: 1 }), ["authorisation.living-already"]);
  assert.deepEqual(codesOf({ reserved: 0 }), ["authorisation.nothing-left"]);
  assert.deepEqual(codesOf({ used: 1 }), ["authorisation.over-budget"]);
  const asked = (change: Partial<PieceInController>) =>
    listPieceRefusals({ ...piece, ...change }).map(({ code }) => code);
  assert.deepEqual(asked({ controller: null }), ["controller.use-not-mounted"]);
  assert.deepEqual(asked({ place: "person:per-1" }), ["controller.use-books-differ"]);
  assert.deepEqual(asked({ controller: { ...controller, containerId: null } }), ["controller.use-no-container"]);
  assert.deepEqual(asked({ stamperKnown: false, supervisorKnown: false }), [
    "controller.use-stamper-unknown",
    "controller.use-supervisor-unknown",
  ]);
  assert.deepEqual(asked({ controller: { ...controller, quarantined: true, tampered: true, locked: true } }), [
    "controller.hindrance-quarantined",
    "controller.hindrance-tampered",
    "controller.hindrance-locked",
  ]);
});

test("C09: whatever is asked, nothing is authorised beyond what was approved and is not used, nor beyond what is reserved", () => {
  const count = fc.nat(20);
  fc.assert(
    fc.property(count, count, count, fc.nat(2), fc.boolean(), (approved, used, reserved, living, open) => {
      const decided = decideAuthorisation({ ...wanted, approved, used, reserved, living, open });
      const most = decided.ok ? (decided.events[0]?.most ?? 0) : 0;
      assert.ok(most <= Math.max(0, approved - used) && most <= reserved);
      assert.equal(decided.ok, open && living === 0 && reserved > 0 && reserved <= approved - used);
    }),
  );
});

test("C09: over any course of strokes each impression is made once, a jam costs none, and exactly what is beyond is too many", () => {
  const outcome = fc.constantFrom("done" as const, "aborted" as const, "unknown" as const);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(outcome, { maxLength: 20 }), (authorised, strokes) => {
      const impressions = Array.from({ length: authorised }, () => ({
        state: "reserved" as ImpressionState,
        stroke: false,
      }));
      let excess = 0;
      for (const out of strokes) {
        const taken = takeStroke(out, impressions);
        if (taken.kind === "excess") excess += 1;
        const made = taken.kind === "impression" ? impressions[taken.at] : undefined;
        if (taken.kind !== "impression" || !made) continue;
        assert.equal(made.stroke, false);
        made.stroke = true;
        if (taken.command === null) continue;
        const next = decideImpression(made.state, taken.command, "by-hand");
        assert.ok(next.ok);
        made.state = next.events[0]?.to ?? made.state;
      }
      const counted = strokes.filter((out) => out !== "aborted").length;
      assert.equal(impressions.filter(({ stroke }) => stroke).length, Math.min(authorised, counted));
      assert.equal(excess, Math.max(0, counted - authorised));
    }),
  );
  // Told after people had ended it: it belongs to what nobody could tell of, and settles nothing.
  const late = [
    { state: "settled" as const, stroke: true },
    { state: "unknown" as const, stroke: false },
  ];
  assert.deepEqual(takeStroke("done", late), { kind: "impression", at: 1, command: null });
  // Two people had decided that it was made: the journal says so, too.
  const decided = [
    { state: "released" as const, stroke: false },
    { state: "spoiled" as const, stroke: false },
  ];
  assert.deepEqual(takeStroke("done", decided), { kind: "impression", at: 1, command: null });
  assert.deepEqual(takeStroke("done", decided.slice(0, 1)), { kind: "excess" });
});

const order: Parameters<typeof listOrderRefusals>[0] = {
  ...{ kind: "mount", enrolled: true, askedBy: "custodian", by: ["custodian", "administrator"] },
  ...{ known: () => true, manages: () => true, finger: null },
  piece: { fit: true, custodians: ["custodian"], here: false, mounted: false, slotTaken: false, tag: null },
};
test("C08 C11 C18: an order is carried out by two whom the box knows and who manage it; the piece's custodian is one of them", () => {
  const codes = (change: Partial<typeof order>): string[] =>
    listOrderRefusals({ ...order, ...change }).map(({ code, facts }) => {
      assert.deepEqual(listTextFaults(code, facts), []);
      return code;
    });
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ by: ["custodian", "custodian"] }), ["order.same-person"]);
  assert.deepEqual(codes({ askedBy: "stranger" }), ["order.not-asker"]);
  assert.deepEqual(codes({ manages: (one) => one !== "administrator" }), ["order.not-managing"]);
  assert.deepEqual(codes({ known: (one) => one !== "administrator" }), ["order.no-finger"]);
  assert.deepEqual(codes({ enrolled: false }), ["controller.hindrance-not-enrolled"]);
  const about = { fit: true, custodians: ["other"], here: false, mounted: true, slotTaken: true, tag: null };
  assert.deepEqual(codes({ piece: about }), ["order.no-custodian", "order.mounted-already", "order.slot-taken"]);
  assert.deepEqual(codes({ piece: { ...about, fit: false } }), [
    "order.piece-unfit",
    "order.mounted-already",
    "order.slot-taken",
  ]);
  assert.deepEqual(codes({ kind: "unmount" }), ["order.not-mounted"]);
  // C14 What lies under a tag is only kept; out of a box it comes all the same.
  const bagged = { ...about, custodians: ["custodian"], mounted: false, slotTaken: false, tag: "T-1" };
  assert.deepEqual(codes({ piece: bagged }), ["custody.under-tag"]);
  assert.deepEqual(codes({ kind: "unmount", piece: { ...bagged, here: true } }), []);
  assert.deepEqual(codes({ kind: "cred-add", piece: null, finger: false }), ["order.person-unfit"]);
  assert.deepEqual(codes({ kind: "cred-del", piece: null, finger: false }), ["order.finger-unknown"]);
  assert.deepEqual(codes({ kind: "unlock", piece: null }), []);
});
