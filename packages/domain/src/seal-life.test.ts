import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  applySeal,
  decideSeal,
  finalSealStates,
  isLiveSeal,
  SEAL_BODIES,
  SEAL_COMMANDS,
  SEAL_STATES,
  type SealBody,
  type SealCommand,
  type SealLifeContext,
  type SealState,
  waitsForConfirmations,
} from "./seal-life.ts";
import { listNamesNeeded } from "./seal-positions.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, type Profile } from "./vocabulary.ts";

/** Everything in order: only the machine itself can refuse. */
const inOrder = (body: SealBody, change: Partial<SealLifeContext> = {}): SealLifeContext => ({
  body,
  important: true,
  crew: { custodians: 2, signatories: 1, supervisors: 1, certificateKeepers: 1, inspectors: 1 },
  needed: listNamesNeeded("strict", { important: true, electronic: body === "electronic" }),
  awaiting: [],
  certificateValid: true,
  actorFroze: false,
  lossOpen: false,
  wasInUse: true,
  ...change,
});

function after(state: SealState, command: SealCommand, context: SealLifeContext): SealState | string[] {
  const decided = decideSeal(state, command, context);
  if (decided.ok) {
    const [event] = decided.events;
    assert.ok(event);
    assert.equal(applySeal(state, event), event.to);
    return event.to;
  }
  for (const { code, facts } of decided.refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return decided.refusals.map((refusal) => refusal.code);
}

function walk(body: SealBody, commands: readonly SealCommand[], from: SealState = "requested"): SealState {
  return commands.reduce((state: SealState, command) => {
    const next = after(state, command, inOrder(body));
    assert.equal(typeof next, "string", `${body}: ${command} of a seal that is ${state} is refused: ${next}`);
    return next as SealState;
  }, from);
}

const nextOf = (body: SealBody, state: SealState): SealState[] =>
  SEAL_COMMANDS.flatMap((command) => {
    const next = after(state, command, inOrder(body));
    return typeof next === "string" ? [next] : [];
  });

function reachableFrom(body: SealBody, start: SealState): Set<SealState> {
  const seen = new Set([start]);
  for (const state of seen) for (const next of nextOf(body, state)) seen.add(next);
  return seen;
}

test("C11 a position that its holder has not confirmed does not count where a seal goes in use, and the refusal says whose", () => {
  const awaiting = [
    { role: "custodian", person: "Lin Fang" },
    { role: "supervisor", person: "Jiang Lan" },
  ] as const;
  const refused = (command: SealCommand, from: SealState, change: Partial<SealLifeContext>): unknown[] => {
    const decided = decideSeal(from, command, inOrder("electronic", { awaiting, ...change }));
    return decided.ok ? [] : decided.refusals.map(({ code, facts }) => [code, facts.role, facts.person]);
  };
  const both = [
    ["seal.position-unconfirmed", "custodian", "Lin Fang"],
    ["seal.position-unconfirmed", "supervisor", "Jiang Lan"],
  ];
  assert.deepEqual(refused("put-in-use", "filed", {}), both);
  assert.deepEqual(refused("resume", "stopped", {}), both);
  assert.deepEqual(refused("unfreeze", "frozen", {}), [], "what only comes back waits for nobody");
  // Others are there who have: nobody waits for one more.
  const more = { custodians: 3, signatories: 1, supervisors: 2, certificateKeepers: 1, inspectors: 1 };
  assert.deepEqual(refused("put-in-use", "filed", { crew: more }), []);
  const few = { ...more, signatories: 0, custodians: 2, supervisors: 2 };
  const decided = decideSeal("filed", "put-in-use", inOrder("electronic", { awaiting, crew: few }));
  assert.equal(waitsForConfirmations(decided.ok ? [] : decided.refusals), false, "somebody is not even named");
  const waiting = decideSeal("filed", "put-in-use", inOrder("electronic", { awaiting }));
  assert.equal(waitsForConfirmations(waiting.ok ? [] : waiting.refusals), true);
});

test("C10: the life of a seal is total: every command in every state is a named transition or a named refusal", () => {
  for (const body of SEAL_BODIES)
    for (const state of SEAL_STATES)
      for (const command of SEAL_COMMANDS) {
        const next = after(state, command, inOrder(body));
        if (typeof next === "string") assert.ok(SEAL_STATES.includes(next as SealState));
        else assert.deepEqual(next, ["seal.command-not-possible"], `${body}: ${command} when ${state}`);
      }
});

test("C10: no dead end: from every state a seal can reach there is a way to its end, and only the ends have none on", () => {
  const ends: Readonly<Record<SealBody, SealState[]>> = {
    physical: ["destroyed", "cancelled"],
    electronic: ["cancelled"],
  };
  for (const body of SEAL_BODIES) {
    const reachable = reachableFrom(body, "requested");
    for (const state of reachable) {
      const final = finalSealStates.includes(state);
      assert.equal(nextOf(body, state).length === 0, final, `${body}: ${state}`);
      if (final) assert.ok(ends[body].includes(state), `${body}: ${state}`);
      else
        assert.ok(
          [...reachableFrom(body, state)].some((one) => ends[body].includes(one)),
          `${body}: ${state}`,
        );
    }
  }
  assert.deepEqual([...reachableFrom("physical", "requested")].toSorted(), SEAL_STATES.toSorted());
  assert.deepEqual(
    [...reachableFrom("electronic", "requested")].toSorted(),
    ["cancelled", "filed", "frozen", "in-handover", "in-use", "made", "requested", "stopped"],
    "a key is never surrendered, taken out or lost; who answers for it is handed over",
  );
});

test("C23: a physical seal exists only by the engraving route and comes into use only after its specimen is kept", () => {
  assert.equal(walk("physical", ["approve-engraving", "make", "file", "keep-specimen", "put-in-use"]), "in-use");
  assert.deepEqual(after("requested", "make", inOrder("physical")), ["seal.command-not-possible"]);
  assert.deepEqual(after("filed", "put-in-use", inOrder("physical")), ["seal.command-not-possible"]);
  const notCut: readonly SealState[] = ["requested", "approved-for-engraving"];
  for (const state of reachableFrom("physical", "requested"))
    assert.equal(after(state, "cancel", inOrder("physical")) === "cancelled", notCut.includes(state), state);
});

test("C10: a physical seal ends stopped, surrendered, sealed up, destroyed; each step follows the one before", () => {
  assert.equal(walk("physical", ["stop", "surrender", "seal-up", "destroy"], "in-use"), "destroyed");
  for (const state of SEAL_STATES) {
    const may = (command: SealCommand): boolean => typeof after(state, command, inOrder("physical")) === "string";
    assert.equal(may("surrender"), state === "stopped", state);
    assert.equal(may("seal-up"), state === "surrendered", state);
    assert.equal(may("destroy"), state === "sealed-up" || state === "void", state);
  }
});

test("C10: a lost seal comes back only through freezing, or is void and can only be destroyed", () => {
  assert.equal(walk("physical", ["report-loss", "find"], "in-use"), "frozen");
  assert.equal(walk("physical", ["report-loss", "declare-void", "destroy"], "taken-out"), "destroyed");
  assert.deepEqual(nextOf("physical", "void"), ["destroyed"]);
  const cut = [...reachableFrom("physical", "made")].filter(
    (state) => !["lost", "void", ...finalSealStates].includes(state),
  );
  for (const state of cut) assert.equal(after(state, "report-loss", inOrder("physical")), "lost", state);
});

test("C10: an electronic seal is applied for, made, filed, in use; frozen and back; stopped and cancelled", () => {
  assert.equal(walk("electronic", ["make", "file", "put-in-use", "freeze", "unfreeze", "stop", "cancel"]), "cancelled");
  assert.equal(walk("electronic", ["stop"], "frozen"), "stopped");
  assert.equal(walk("electronic", ["cancel"], "requested"), "cancelled");
});

test("C14: while it is handed over or taken out a seal is not in use, and it comes back to use", () => {
  assert.equal(walk("physical", ["begin-handover"], "in-use"), "in-handover");
  assert.equal(walk("physical", ["end-handover"], "in-handover"), "in-use");
  assert.equal(walk("physical", ["take-out", "return"], "in-use"), "in-use");
  assert.deepEqual(after("taken-out", "begin-handover", inOrder("physical")), ["seal.command-not-possible"]);
});

test("C04 C08 C10 C11 C12: a seal comes into use only when everybody it needs is named, and every reason is told", () => {
  const into: readonly (readonly [SealBody, SealState, SealCommand])[] = [
    ["electronic", "filed", "put-in-use"],
    ["electronic", "frozen", "unfreeze"],
    ["electronic", "stopped", "resume"],
    ["physical", "awaiting-issue", "put-in-use"],
    ["physical", "in-handover", "end-handover"],
    ["physical", "taken-out", "return"],
    ["physical", "frozen", "unfreeze"],
    ["physical", "stopped", "resume"],
  ];
  for (const [body, state, command] of into) {
    const { crew } = inOrder(body);
    const lacking = (change: Partial<typeof crew>): SealLifeContext => inOrder(body, { crew: { ...crew, ...change } });
    assert.equal(after(state, command, inOrder(body)), "in-use");
    assert.deepEqual(after(state, command, lacking({ custodians: 1 })), ["seal.custodians-missing"]);
    assert.deepEqual(after(state, command, lacking({ signatories: 0 })), ["seal.signatory-missing"]);
    assert.deepEqual(after(state, command, lacking({ supervisors: 0 })), ["seal.supervisor-missing"]);
    // Whoever decides that a seal goes into use asks for everybody; who only gives it back asks for less.
    const issued = command === "put-in-use" || command === "resume";
    assert.deepEqual(after(state, command, lacking({ inspectors: 0 })), issued ? ["seal.inspector-missing"] : "in-use");
    const ordinary = (profile: Profile, change: Partial<typeof crew>) =>
      after(state, command, {
        ...{ ...lacking({ inspectors: 0, ...change }), important: false },
        needed: listNamesNeeded(profile, { important: false, electronic: body === "electronic" }),
      });
    assert.equal(ordinary("strict", {}), "in-use");
    assert.deepEqual(ordinary("strict", { custodians: 1 }), issued ? ["seal.deputy-missing"] : "in-use");
    assert.deepEqual(ordinary("standard", { supervisors: 0 }), issued ? ["seal.supervisor-missing"] : "in-use");
    assert.equal(
      ordinary("small", { custodians: 1, supervisors: 0 }),
      "in-use",
      "three people have no deputy to spare",
    );
    assert.deepEqual(ordinary("small", { custodians: 0 }), ["seal.custodians-missing"]);
    const electronic = body === "electronic";
    assert.deepEqual(
      after(state, command, lacking({ certificateKeepers: 0 })),
      electronic ? ["seal.certificate-keeper-missing"] : "in-use",
    );
    assert.deepEqual(
      after(state, command, inOrder(body, { certificateValid: false })),
      electronic ? ["seal.certificate-not-valid"] : "in-use",
    );
    assert.deepEqual(
      after(state, command, inOrder(body, { actorFroze: true })),
      command === "unfreeze" ? ["seal.unfreeze-by-freezer"] : "in-use",
    );
    const nothing = { custodians: 0, signatories: 0, supervisors: 0, certificateKeepers: 0, inspectors: 0 };
    assert.deepEqual(
      after(state, command, inOrder(body, { crew: nothing, certificateValid: false, actorFroze: true })),
      [
        "seal.custodians-missing",
        "seal.signatory-missing",
        "seal.supervisor-missing",
        ...(issued ? ["seal.inspector-missing"] : []),
        ...(electronic ? ["seal.certificate-keeper-missing", "seal.certificate-not-valid"] : []),
        ...(command === "unfreeze" ? ["seal.unfreeze-by-freezer"] : []),
      ],
    );
  }
});

test("C10: protection never waits for anybody: a seal in use is frozen, stopped and reported lost whoever is missing", () => {
  const nobody = { custodians: 0, signatories: 0, supervisors: 0, certificateKeepers: 0, inspectors: 0 };
  for (const body of SEAL_BODIES) {
    const context = inOrder(body, { crew: nobody, certificateValid: false, actorFroze: true });
    assert.equal(after("in-use", "freeze", context), "frozen");
    for (const state of ["in-use", "frozen"] as const) assert.equal(after(state, "stop", context), "stopped");
  }
});

test("a seal that ended no longer counts against its custodians; one that can be used again does", () => {
  const gone = SEAL_STATES.filter((state) => !isLiveSeal(state));
  assert.deepEqual(gone.toSorted(), ["cancelled", "destroyed", "sealed-up", "stopped", "surrendered", "void"]);
});

test("C10: whatever is commanded in whatever order, a seal is in use only by a command that asked who is named", () => {
  const context = fc.record({
    body: fc.constantFrom(...SEAL_BODIES),
    important: fc.boolean(),
    crew: fc.record({
      custodians: fc.nat(3),
      signatories: fc.nat(2),
      supervisors: fc.nat(2),
      certificateKeepers: fc.nat(2),
      inspectors: fc.nat(2),
    }),
    needed: fc
      .tuple(fc.constantFrom(...PROFILES), fc.boolean(), fc.boolean())
      .map(([profile, important, electronic]) => listNamesNeeded(profile, { important, electronic })),
    awaiting: fc.array(
      fc.record({ role: fc.constantFrom("custodian", "supervisor"), person: fc.constant("Lin Fang") }),
      {
        maxLength: 2,
      },
    ),
    certificateValid: fc.boolean(),
    actorFroze: fc.boolean(),
    lossOpen: fc.boolean(),
    wasInUse: fc.boolean(),
  });
  fc.assert(
    fc.property(context, fc.array(fc.constantFrom(...SEAL_COMMANDS), { maxLength: 60 }), (facts, commands) => {
      let state: SealState = "requested";
      for (const command of commands) {
        const next = after(state, command, facts);
        if (typeof next !== "string") continue;
        assert.ok(!finalSealStates.includes(state));
        state = next as SealState;
        if (state !== "in-use") continue;
        const { crew, body, needed } = facts;
        assert.ok(crew.custodians >= needed.custodian && crew.signatories > 0);
        assert.ok(!facts.important || crew.supervisors >= needed.supervisor);
        if (command === "put-in-use" || command === "resume")
          assert.ok(crew.custodians >= needed.custodian + needed.deputy && crew.inspectors >= needed.inspector);
        const waiting = facts.awaiting.filter((one) => one.role === "custodian").length;
        if (command === "put-in-use" || command === "resume")
          assert.ok(crew.custodians - waiting >= needed.custodian + needed.deputy, "C11 only who has confirmed counts");
        assert.ok(body === "physical" || (crew.certificateKeepers > 0 && facts.certificateValid));
      }
    }),
  );
});
