import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  decideMatter,
  decideMatterRoute,
  decideMatterStep,
  finalMatterStates,
  listDayFaults,
  listLastConfirmationRefusals,
  listMissingForCarryingOut,
  MATTER_COMMANDS,
  MATTER_STATES,
  type MatterDefinition,
  type MatterState,
  mayBeDelegated,
  mayTakeOut,
  reserves,
  takesEvidence,
} from "./matter.ts";
import { MATTER_KINDS, matterDefinition, matterDefinitions } from "./matter-kinds.ts";

const definition: MatterDefinition = {
  name: { en: "Test", zh: "测试" },
  askedBy: ["seal-administrator"],
  steps: [
    { role: "unit-head", presence: false, optionalWhenSmall: true },
    { role: "signatory", presence: true },
  ],
  evidence: [
    { slot: "photo", name: { en: "Photo", zh: "照片" }, needed: "to-carry-out", accepts: "picture" },
    { slot: "report", name: { en: "Report", zh: "报告" }, needed: "afterwards", accepts: "any" },
  ],
  confirmations: [
    { part: "executor", name: { en: "executor", zh: "执行人" }, count: 2 },
    { part: "witness", name: { en: "witness", zh: "见证人" }, count: 1 },
  ],
  carriedOut: "by-hand",
};

test("every command in every state is a named transition or a named refusal", () => {
  for (const state of MATTER_STATES)
    for (const command of MATTER_COMMANDS) {
      const decided = decideMatter(state, command);
      if (decided.ok) assert.equal(decided.events.length, 1);
      else
        assert.deepEqual(
          decided.refusals.map((refusal) => refusal.code),
          ["matter.command-not-possible"],
        );
    }
});

test("no state is a dead end but those that are meant to be, and each of them can be reached", () => {
  const next = (state: MatterState): MatterState[] =>
    MATTER_COMMANDS.flatMap((command) => {
      const decided = decideMatter(state, command);
      return decided.ok ? decided.events.map((event) => event.to) : [];
    });
  for (const state of MATTER_STATES) assert.equal(next(state).length === 0, finalMatterStates.includes(state), state);
  const reached = new Set<MatterState>(["draft"]);
  for (const state of reached) for (const to of next(state)) reached.add(to);
  assert.deepEqual([...reached].sort(), [...MATTER_STATES].sort());
});

test("whatever happened to a matter, once rejected, returned, withdrawn or ended it reserves nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MATTER_COMMANDS), { maxLength: 30 }), (commands) => {
      let state: MatterState = "draft";
      for (const command of commands) {
        const decided = decideMatter(state, command);
        if (!decided.ok) continue;
        state = decided.events[0]?.to ?? state;
        if (["reject", "return", "withdraw", "cancel", "carry-out"].includes(command))
          assert.equal(reserves(state), false);
        if (["returned", "withdrawn"].includes(state)) assert.equal(decideMatter(state, "submit").ok, true);
      }
    }),
  );
});

test("nothing takes effect before it was asked for, but what happened to a person may be told late", () => {
  const day = fc
    .integer({ min: 0, max: 4_000 })
    .map((days) => new Date(days * 86_400_000 + 1.7e12).toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, (effectiveOn, today) => {
      const codes = listDayFaults({}, effectiveOn, today).map((refusal) => refusal.code);
      assert.deepEqual(codes, effectiveOn < today ? ["matter.day-past"] : []);
      assert.deepEqual(listDayFaults({ mayLieBack: true }, effectiveOn, today), []);
    }),
  );
  assert.deepEqual(listDayFaults({}, null, "2026-11-28"), []);
});

test("C11 who asked and who is concerned never decides; a role without anybody is named", () => {
  const holders = (role: string): string[] => (role === "signatory" ? ["asker", "subject", "shen"] : ["asker"]);
  const facts = { profile: "strict", askedBy: "asker", concerned: ["subject"], holders } as const;
  const refused = decideMatterRoute(definition, facts);
  assert.deepEqual(refused.ok ? [] : refused.refusals.map((refusal) => refusal.facts), [
    { role: "unit-head", askingRoles: "seal-administrator" },
  ]);
  const small = decideMatterRoute(definition, { ...facts, profile: "small" });
  assert.deepEqual(small, { ok: true, steps: [{ role: "signatory", presence: true, candidates: ["shen"] }] });
});

test("C09 C10: what shows a carrying out is taken only while there is leave for it; what was submitted is fixed", () => {
  const decided = { steps: [{ role: "signatory", presence: true }] } as const;
  const open = (needed: Parameters<typeof takesEvidence>[0], of: Parameters<typeof takesEvidence>[2] = decided) =>
    MATTER_STATES.filter((state) => takesEvidence(needed, state, of));
  assert.deepEqual(open("to-submit"), ["draft", "returned", "withdrawn"]);
  assert.deepEqual(open("to-carry-out"), ["approved"]);
  // Where nobody decides there is no leave to wait for.
  assert.deepEqual(open("to-carry-out", { steps: [] }), ["draft", "returned", "approved", "withdrawn"]);
  assert.deepEqual(open("afterwards"), ["draft", "in-review", "returned", "approved", "done", "withdrawn"]);
});

test("C09 the last who confirms has before him what shows that it was done; those before him need not wait for it", () => {
  const { surrender } = matterDefinitions;
  const refused = (slots: readonly string[], confirmed: { part: string; personId: string }[], part: string) =>
    listLastConfirmationRefusals(surrender, { slots: new Set(slots), confirmed }, { part, personId: "last" }).map(
      ({ code, facts }) => [code, facts.slot],
    );
  const first = [{ part: "transferor", personId: "first" }];
  assert.deepEqual(refused([], [], "receiver"), []);
  assert.deepEqual(refused(["pieces"], first, "receiver"), [["matter.evidence-before-last", "register"]]);
  assert.deepEqual(refused(["pieces", "register"], first, "receiver"), []);
});

test("C11: who alone could decide what he asks for is told who may ask in his place", () => {
  const only = (definition: MatterDefinition, concerned: readonly string[] = []) => {
    const route = decideMatterRoute(definition, {
      ...{ profile: "small", askedBy: "director", concerned },
      holders: (role) => (role === "signatory" ? ["director"] : []),
    });
    return route.ok ? [] : route.refusals.map(({ code, facts }) => [code, facts.askingRoles]);
  };
  const asked = { ...definition, askedBy: ["seal-administrator", "system-administrator"] } as const;
  assert.deepEqual(only(asked), [["matter.asker-decides", "seal-administrator system-administrator"]]);
  assert.deepEqual(
    only(asked, ["director"]),
    [["matter.nobody-decides", undefined]],
    "nor could he, were it asked for",
  );
});

const deciding = {
  state: "in-review",
  step: { role: "signatory", presence: true, candidates: ["shen", "asker"] },
  actorId: "shen",
  askedBy: "asker",
  decision: "approve",
  comment: "",
  grantInForce: true,
  digestSeen: "sha256:1",
  digestNow: "sha256:1",
  present: true,
} as const;

test("a step is decided by a candidate in office, present, on what he saw; each fault is told", () => {
  assert.equal(decideMatterStep(deciding).ok, true);
  const faults = [
    [{ state: "returned" }, "matter.command-not-possible"],
    [{ actorId: "luo" }, "matter.not-a-candidate"],
    [{ actorId: "asker" }, "matter.own"],
    [{ grantInForce: false }, "approval.grant-ended"],
    [{ grantInForce: false, onlyDelegate: true }, "matter.in-office"],
    [{ digestNow: "sha256:2" }, "matter.changed"],
    [{ present: false }, "matter.presence-missing"],
    [{ decision: "reject" }, "approval.reason-missing"],
  ] as const;
  for (const [change, code] of faults) {
    const decided = decideMatterStep({ ...deciding, ...change });
    assert.deepEqual(decided.ok ? [] : decided.refusals.map((refusal) => refusal.code), [code]);
  }
});

test("C11 what changes the controls, or gives roles, is for who holds the office; uses and the life of seals are not", () => {
  const inOffice = MATTER_KINDS.filter((kind) => !mayBeDelegated(matterDefinition(kind)));
  assert.deepEqual(inOffice.toSorted(), [
    ...["apply-rules", "batch-import", "change-rules", "document-class", "opening-stock", "publish-rule-book"],
    ...["register-template", "standing-authorisation", "withdraw-template"],
  ]);
  // Without steps there would be nobody whom the rule is about.
  for (const kind of inOffice) assert.ok(matterDefinition(kind).steps.length > 0, kind);
});

test("C14 carrying out waits for pictures and for people, all of them different", () => {
  const missing = (confirmed: { part: string; personId: string }[], slots: string[]): string[] =>
    listMissingForCarryingOut(definition, { slots: new Set(slots), confirmed }).map((refusal) => refusal.code);
  assert.deepEqual(missing([], []), [
    "matter.evidence-missing",
    "matter.confirmation-missing",
    "matter.confirmation-missing",
  ]);
  const twice = [
    { part: "executor", personId: "a" },
    { part: "executor", personId: "a" },
    { part: "witness", personId: "c" },
  ];
  assert.deepEqual(missing(twice, ["photo"]), ["matter.confirmation-missing"]);
  const both = [
    { part: "executor", personId: "a" },
    { part: "executor", personId: "b" },
    { part: "witness", personId: "a" },
  ];
  assert.deepEqual(missing(both, ["photo"]), ["matter.parts-meet"]);
  const good = [both[0], both[1], { part: "witness", personId: "c" }].filter((one) => one !== undefined);
  assert.deepEqual(missing(good, ["photo"]), []);
});

test("C24: a file is taken out of a draft, and never out of what was submitted with it", () => {
  assert.equal(mayTakeOut({ addedAt: 5 }, { state: "draft", submittedAt: null }), true);
  assert.equal(mayTakeOut({ addedAt: 5 }, { state: "in-review", submittedAt: 4 }), false);
  assert.equal(mayTakeOut({ addedAt: 5 }, { state: "returned", submittedAt: 6 }), false, "it was decided on");
  assert.equal(mayTakeOut({ addedAt: 7 }, { state: "returned", submittedAt: 6 }), true, "added since");
});
