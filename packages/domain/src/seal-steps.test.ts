import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decideMatter, finalMatterStates, MATTER_COMMANDS, type MatterState, reserves } from "./matter.ts";
import { custodyMatters } from "./matters-custody.ts";
import { sealMatters } from "./matters-seal.ts";
import { stateOfSeal } from "./seal-body.ts";
import {
  applySeal,
  decideSeal,
  finalSealStates,
  hasWay,
  SEAL_BODIES,
  SEAL_COMMANDS,
  SEAL_STATES,
  type SealBody,
  type SealCommand,
  type SealLifeContext,
  type SealState,
} from "./seal-life.ts";
import { listNamesNeeded } from "./seal-positions.ts";
import { type BodyMatterKind, commandsOfMatters, directCommands, listLifeLine, listNextMatters } from "./seal-steps.ts";

const everybody = (body: SealBody): SealLifeContext => ({
  body,
  important: true,
  crew: { custodians: 2, signatories: 1, supervisors: 1, certificateKeepers: 1, inspectors: 1 },
  needed: listNamesNeeded("strict", { important: true, electronic: true }),
  certificateValid: true,
  actorFroze: false,
  lossOpen: false,
  wasInUse: true,
  awaiting: [],
});
/** Commands that custody's own matters give. */
const ofCustody: readonly SealCommand[] = ["begin-handover", "end-handover", "take-out", "return"];
/** What making a seal does by itself once it is approved. */
const ofMaking: readonly SealCommand[] = ["approve-engraving", "make"];

test("C10 C23: every command of a seal's life is given by a matter, by custody, or at once by one person", () => {
  const given = new Set<SealCommand>([
    ...Object.values(commandsOfMatters),
    ...directCommands,
    ...ofCustody,
    ...ofMaking,
  ]);
  assert.deepEqual(
    SEAL_COMMANDS.filter((command) => !given.has(command)),
    [],
  );
  assert.ok(Object.keys(custodyMatters).length > 0);
});

test("C10: in every state that is not the end people can do something that leads on: no dead end by accident", () => {
  for (const body of SEAL_BODIES)
    for (const state of SEAL_STATES) {
      const reachable = SEAL_COMMANDS.some((command) => hasWay(body, state, command));
      if (!reachable || state === "requested") continue;
      const ways: readonly SealCommand[] = [
        ...listNextMatters(body, state).map((kind) => commandsOfMatters[kind]),
        ...directCommands,
        ...ofCustody,
      ];
      assert.ok(
        ways.some((command) => hasWay(body, state, command)),
        `${body}: ${state}`,
      );
      assert.equal(finalSealStates.includes(state), false, state);
    }
});

test("what comes next is first: a piece is received, filed, kept as specimen, issued; stopped, surrendered, destroyed", () => {
  const first = (body: SealBody, state: SealState): BodyMatterKind | undefined => listNextMatters(body, state)[0];
  assert.deepEqual(
    (["approved-for-engraving", "made", "filed", "awaiting-issue", "stopped", "surrendered", "sealed-up"] as const).map(
      (state) => first("physical", state),
    ),
    ["receive-piece", "file-seal", "keep-specimen", "issue", "surrender", "seal-up", "destroy"],
  );
  assert.deepEqual(
    (["made", "filed", "stopped"] as const).map((state) => first("electronic", state)),
    ["file-seal", "issue", "destroy-key"],
  );
  assert.deepEqual(listNextMatters("physical", "lost"), ["find-seal", "declare-void"]);
  assert.deepEqual(listNextMatters("physical", "destroyed"), []);
});

test("the line of a life holds the state of today once, wherever the seal is", () => {
  for (const body of SEAL_BODIES)
    for (const state of SEAL_STATES) {
      const line = listLifeLine(body, state);
      assert.equal(line.filter((one) => one === state).length, 1, `${body}: ${state}`);
    }
});

/** A small world of one seal: its bodies, and the matters on them with what they reserve. */
interface World {
  readonly bodies: { kind: SealBody; state: SealState }[];
  readonly matters: { kind: BodyMatterKind; body: number; state: MatterState }[];
}
const command = fc.record({
  what: fc.constantFrom("direct", "custody", "ask", "move"),
  command: fc.constantFrom(...SEAL_COMMANDS),
  kind: fc.constantFrom(...(Object.keys(commandsOfMatters) as BodyMatterKind[])),
  matterCommand: fc.constantFrom(...MATTER_COMMANDS),
  at: fc.nat(30),
});

function give(world: World, body: number, what: SealCommand): void {
  const one = world.bodies[body];
  if (!one) return;
  const decided = decideSeal(one.state, what, everybody(one.kind));
  for (const event of decided.ok ? decided.events : []) one.state = applySeal(one.state, event);
}

function move(world: World, at: number, matterCommand: (typeof MATTER_COMMANDS)[number]): void {
  const matter = world.matters[at];
  const body = matter ? world.bodies[matter.body] : undefined;
  if (!matter || !body) return;
  const decided = decideMatter(matter.state, matterCommand);
  if (!decided.ok) return;
  // As the server does: what is submitted, approved last or carried out is asked about today's facts, and reserves.
  const asks = ["submit", "approve-last", "carry-out"].includes(matterCommand);
  const free = !world.matters.some((other) => other !== matter && other.body === matter.body && reserves(other.state));
  if (asks && (!free || !hasWay(body.kind, body.state, commandsOfMatters[matter.kind]))) return;
  matter.state = decided.events[0]?.to ?? matter.state;
  if (matterCommand === "carry-out") give(world, matter.body, commandsOfMatters[matter.kind]);
}

test("C10: whatever is asked, decided, done and lost in whatever order, work goes on: nothing is stuck, nothing stays reserved", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 80 }), (events) => {
      const world: World = {
        bodies: [
          { kind: "physical", state: "approved-for-engraving" },
          { kind: "physical", state: "awaiting-issue" },
          { kind: "electronic", state: "made" },
        ],
        matters: [],
      };
      for (const event of events) {
        const body = event.at % world.bodies.length;
        if (event.what === "direct" && directCommands.includes(event.command)) give(world, body, event.command);
        if (event.what === "custody" && ofCustody.includes(event.command)) give(world, body, event.command);
        if (event.what === "ask") world.matters.push({ kind: event.kind, body, state: "draft" });
        if (event.what === "move") move(world, event.at % Math.max(1, world.matters.length), event.matterCommand);
      }
      assert.ok(SEAL_STATES.includes(stateOfSeal(world.bodies)));
      // Every matter that is open can be ended by the people who have it, and then reserves nothing.
      for (const matter of world.matters)
        for (const end of ["reject", "withdraw", "cancel"] as const) {
          const decided = decideMatter(matter.state, end);
          if (decided.ok) matter.state = decided.events[0]?.to ?? matter.state;
        }
      assert.ok(world.matters.every((matter) => !reserves(matter.state)));
      assert.ok(
        world.matters.every((matter) => finalMatterStates.includes(matter.state) || matter.state === "withdrawn"),
      );
      // And every body can be brought to its end from where it is, by new matters alone.
      for (const [at, body] of world.bodies.entries()) {
        for (let steps = 0; !finalSealStates.includes(body.state); steps += 1) {
          assert.ok(steps < 20, `${body.kind} stays ${body.state}`);
          endNext(world, at);
        }
      }
    }),
    { numRuns: 300 },
  );
});

/** One step towards the end: stop what can be stopped, else the first that leads on and does not go back into use. */
function endNext(world: World, at: number): void {
  const body = world.bodies[at];
  if (!body) return;
  const back: readonly BodyMatterKind[] = ["issue", "resume", "find-seal"];
  const kinds = listNextMatters(body.kind, body.state).filter((kind) => !back.includes(kind));
  const kind = kinds.find((one) => one === "stop") ?? kinds[0];
  assert.ok(kind, `${body.kind}: nothing leads on from ${body.state}`);
  world.matters.push({ kind, body: at, state: "draft" });
  const last = world.matters.length - 1;
  const before = body.state;
  for (const matterCommand of ["submit", "approve-last", "carry-out"] as const) move(world, last, matterCommand);
  assert.notEqual(body.state, before, `${kind} moved nothing`);
}

test("C11 C23: making, issuing, stopping and ending a seal are approved by a signatory who is present", () => {
  const alone = Object.entries(sealMatters)
    .filter(([, { steps }]) => steps.length === 0)
    .map(([kind]) => kind);
  // Each of these has a paper from outside, or two people who stand for it.
  assert.deepEqual(alone, ["receive-piece", "file-seal", "keep-specimen", "surrender", "seal-up"]);
  for (const [kind, { steps }] of Object.entries(sealMatters))
    for (const step of steps) assert.deepEqual(step, { role: "signatory", presence: true }, kind);
});

test("C10: a piece is destroyed by two executors before a witness, with photos before and after", () => {
  const { confirmations, evidence } = sealMatters.destroy;
  assert.deepEqual(
    confirmations.map(({ part, count }) => [part, count]),
    [
      ["executor", 2],
      ["witness", 1],
    ],
  );
  assert.ok(evidence.every(({ needed, accepts }) => needed === "to-carry-out" && accepts === "picture"));
});
