import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type BodyChange, readFreeze } from "./seal-freeze.ts";
import { applySeal, decideSeal, hasWay, type SealBody, type SealCommand, type SealState } from "./seal-life.ts";
import { listNamesNeeded } from "./seal-positions.ts";

const people = ["per_a", "per_b", "per_c"] as const;
interface World {
  readonly bodies: Map<string, { readonly kind: SealBody; state: SealState }>;
  readonly history: BodyChange[];
}
const newWorld = (second: SealState = "in-use"): World => ({
  bodies: new Map([
    ["body_1", { kind: "physical", state: "in-use" }],
    ["body_2", { kind: "physical", state: second }],
    ["body_e", { kind: "electronic", state: "in-use" }],
  ]),
  history: [],
});
const stateIn = (world: World, bodyId: string): SealState | undefined => world.bodies.get(bodyId)?.state;

/** As the server does it: everybody is named for the seal, and only the freeze decides. */
function give(
  world: World,
  bodyId: string,
  command: SealCommand,
  by: { actorId: string | null; askedBy?: string; byLoss?: boolean },
): boolean {
  const body = world.bodies.get(bodyId);
  if (!body) return false;
  const freeze = readFreeze(world.history, bodyId);
  const decided = decideSeal(body.state, command, {
    ...{ body: body.kind, important: true, certificateValid: true, awaiting: [] },
    crew: { custodians: 2, signatories: 1, supervisors: 1, certificateKeepers: 1, inspectors: 1 },
    needed: listNamesNeeded("strict", { important: true, electronic: body.kind === "electronic" }),
    actorFroze: by.askedBy === undefined && by.actorId !== null && freeze.people.includes(by.actorId),
    ...{ lossOpen: freeze.lossOpen, wasInUse: freeze.wasInUse },
  });
  const [event] = decided.ok ? decided.events : [];
  if (!event) return false;
  const { from, to } = event;
  body.state = applySeal(body.state, event);
  const { actorId, askedBy = null, byLoss = false } = by;
  world.history.push({ bodyId, command, from, to, actorId, askedBy, byLoss });
  return true;
}

function lose(world: World, bodyId: string, actorId: string): void {
  if (!give(world, bodyId, "report-loss", { actorId })) return;
  for (const [other, { kind, state }] of world.bodies)
    if (other !== bodyId && hasWay(kind, state, "freeze")) give(world, other, "freeze", { actorId, byLoss: true });
}
/** A matter that somebody asked for and another approved; with the last loss it ends what the loss froze. */
function endLoss(
  world: World,
  bodyId: string,
  command: "find" | "declare-void",
  askedBy: string,
  approver: string,
): void {
  if (askedBy === approver || !give(world, bodyId, command, { actorId: approver, askedBy })) return;
  for (const other of world.bodies.keys()) {
    const freeze = readFreeze(world.history, other);
    if (freeze.endsWithLoss && !freeze.lossOpen) give(world, other, "unfreeze", { actorId: approver, askedBy });
  }
}
const lostNow = (world: World): boolean => [...world.bodies.values()].some((body) => body.state === "lost");
const usable = (world: World): boolean =>
  [...world.bodies.values()].some(({ state }) => ["in-use", "taken-out", "in-handover"].includes(state));

const who = fc.constantFrom(...people);
const bodyId = fc.constantFrom("body_1", "body_2", "body_e");
const direct = fc.record({ bodyId, command: fc.constantFrom("freeze", "unfreeze", "report-loss"), who });
function act(world: World, one: { bodyId: string; command: string; who: string }): void {
  if (one.command === "report-loss") lose(world, one.bodyId, one.who);
  else give(world, one.bodyId, one.command as SealCommand, { actorId: one.who });
}

test("C10 C11: whatever one person alone does, or all of them without an approved matter, nothing of a lost seal is used", () => {
  fc.assert(
    fc.property(fc.array(direct, { maxLength: 30 }), fc.array(direct, { maxLength: 30 }), (before, after) => {
      const world = newWorld();
      for (const one of before) act(world, one);
      lose(world, "body_1", "per_a");
      if (!lostNow(world)) return;
      for (const one of after) {
        act(world, one);
        assert.equal(usable(world), false, JSON.stringify(world.history));
      }
    }),
  );
});

test("C11: once the loss has ended, none of those who had a say in it unfreezes what is still frozen", () => {
  const end = fc.record({ bodyId, command: fc.constantFrom("find", "declare-void"), who, approver: who });
  fc.assert(
    fc.property(fc.array(fc.oneof(direct, end), { maxLength: 40 }), (events) => {
      const world = newWorld();
      for (const one of events)
        if ("approver" in one) endLoss(world, one.bodyId, one.command as "find", one.who, one.approver);
        else act(world, one);
      for (const [id, { state }] of world.bodies) {
        if (state !== "frozen") continue;
        const freeze = readFreeze(world.history, id);
        assert.ok(freeze.people.length > 0, "somebody froze it");
        for (const person of people) {
          const mine = structuredClone(world);
          const did = give(mine, id, "unfreeze", { actorId: person });
          if (freeze.people.includes(person) || lostNow(world)) assert.equal(did, false, person);
        }
      }
    }),
  );
});

test("C10: the approved matter that ends the loss brings back what the loss froze, and nothing that was frozen or unused before", () => {
  const world = newWorld("frozen");
  world.history.push({
    ...{
      bodyId: "body_2",
      command: "freeze",
      from: "in-use",
      to: "frozen",
      actorId: "per_c",
      askedBy: null,
      byLoss: false,
    },
  });
  lose(world, "body_1", "per_a");
  assert.deepEqual(
    ["body_1", "body_2", "body_e"].map((id) => stateIn(world, id)),
    ["lost", "frozen", "frozen"],
  );
  endLoss(world, "body_1", "find", "per_a", "per_b");
  assert.deepEqual(
    ["body_1", "body_2", "body_e"].map((id) => stateIn(world, id)),
    ["in-use", "frozen", "in-use"],
  );

  const stored = newWorld("sealed-up");
  lose(stored, "body_2", "per_a");
  endLoss(stored, "body_2", "find", "per_a", "per_b");
  assert.equal(stateIn(stored, "body_2"), "frozen", "what lay sealed up is not put in use by being found");
  assert.equal(give(stored, "body_2", "unfreeze", { actorId: "per_c" }), false);
  assert.equal(stateIn(stored, "body_1"), "in-use");

  const gone = newWorld();
  lose(gone, "body_1", "per_a");
  lose(gone, "body_2", "per_b");
  endLoss(gone, "body_1", "declare-void", "per_a", "per_b");
  assert.equal(stateIn(gone, "body_e"), "frozen", "one more is lost");
  endLoss(gone, "body_2", "declare-void", "per_a", "per_b");
  assert.deepEqual([stateIn(gone, "body_e"), stateIn(gone, "body_1")], ["in-use", "void"]);
});
