import assert from "node:assert/strict";
import { test } from "node:test";
import {
  findTakeOutToBegin,
  listBodiesOf,
  listConfirmationGaps,
  listHandoverGaps,
  listSealsToHandOver,
  readHandover,
  readTakeOut,
  toggleSeal,
} from "./custody-data.ts";

test("a seal is handed over whole, and left out whole", () => {
  const one = toggleSeal([], ["body_1", "body_2"], true);
  assert.deepEqual(
    one.map((body) => body.bodyId),
    ["body_1", "body_2"],
  );
  const worn = one.map((body) => ({ ...body, condition: "worn" as const }));
  assert.deepEqual(toggleSeal(worn, ["body_3"], true).at(0)?.condition, "worn");
  assert.deepEqual(toggleSeal(worn, ["body_1", "body_2"], false), []);
});

test("each step of a handover says what it lacks", () => {
  const empty = readHandover({});
  assert.deepEqual(listHandoverGaps("people", empty, ""), ["people"]);
  const two = { ...empty, transferorId: "a", receiverId: "b", witnessId: "a" };
  assert.deepEqual(listHandoverGaps("people", two, ""), ["people"]);
  assert.deepEqual(listHandoverGaps("people", { ...two, witnessId: "c" }, ""), []);
  assert.deepEqual(listHandoverGaps("inventory", empty, ""), ["seals"]);
  assert.deepEqual(listHandoverGaps("occasion", empty, " "), ["place", "reason"]);
  assert.deepEqual(listHandoverGaps("occasion", { ...empty, place: "Room 1" }, "rotation"), []);
});

test("who confirms a handover is told what he has not said yet before he shows that it is him", () => {
  assert.deepEqual(listConfirmationGaps("receiver", {}, 2), ["count", "matches"]);
  assert.deepEqual(listConfirmationGaps("receiver", { count: 2 }, 2), ["matches"]);
  assert.deepEqual(listConfirmationGaps("receiver", { count: 2, impressionsMatch: false }, 2), ["matches"]);
  assert.deepEqual(listConfirmationGaps("receiver", { count: 2, impressionsMatch: true }, 2), []);
  // A key makes no impression on paper, and only the receiver compares.
  assert.deepEqual(listConfirmationGaps("receiver", { count: 0 }, 0), []);
  assert.deepEqual(listConfirmationGaps("witness", { count: 2 }, 2), []);
});

test("data that do not fit are read as empty, never as wrong", () => {
  assert.deepEqual(readHandover({ bodies: [{ bodyId: 1 }, null, { bodyId: "b", condition: "?" }], cause: 3 }).bodies, [
    { bodyId: "b", condition: "good" },
  ]);
  assert.deepEqual(readTakeOut({ documents: [{ title: "Deed" }], escort: "x" }), {
    ...{ bodyId: "", escort: [], place: "", documents: [{ title: "Deed", impressions: 1 }] },
    ...{ mostImpressions: 1, dueAt: "" },
  });
});

test("the seal somebody came from is found among what he answers for, with all its pieces", () => {
  const held = [
    { bodyId: "b1", seal: { sealId: "s1" } },
    { bodyId: "b2", seal: { sealId: "s2" } },
    { bodyId: "b3", seal: { sealId: "s1" } },
  ];
  assert.deepEqual(listBodiesOf(held, "s1"), ["b1", "b3"]);
  assert.deepEqual(listBodiesOf(held, null), []);
});

test("only seals in use or frozen are offered to be handed over, each once", () => {
  const body = (sealId: string, state: string) => ({ state, seal: { sealId } });
  assert.deepEqual(
    listSealsToHandOver([body("a", "in-use"), body("a", "frozen"), body("b", "sealed-up"), body("c", "destroyed")]),
    ["a"],
  );
});

test("a form about a take-out begins with that of the seal somebody came from, and never guesses among several", () => {
  const away = [
    { takeOutId: "mat_1", seal: { sealId: "seal_1" } },
    { takeOutId: "mat_2", seal: { sealId: "seal_2" } },
  ];
  assert.equal(findTakeOutToBegin(away, "seal_2"), "mat_2");
  assert.equal(findTakeOutToBegin(away, null), "");
  assert.equal(findTakeOutToBegin(away, "seal_3"), "", "two are away, and neither is of that seal");
  assert.equal(findTakeOutToBegin(away.slice(0, 1), null), "mat_1");
  assert.equal(findTakeOutToBegin(away.slice(0, 1), "seal_3"), "");
  assert.equal(findTakeOutToBegin([], null), "");
});
