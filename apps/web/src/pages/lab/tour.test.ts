import assert from "node:assert/strict";
import { test } from "node:test";
import type { Lab } from "./lab.ts";
import { makeLab } from "./test-lab.ts";
import { findTour, type MoveName, makeMove, tourSteps } from "./tour.ts";

async function follow(lab: Lab, until?: MoveName): Promise<[step: string, move: MoveName][]> {
  const walked: [string, MoveName][] = [];
  for (let at = 0; at < 40; at += 1) {
    const { step, move } = findTour(lab.snapshot());
    if (move === undefined || move === until) return walked;
    walked.push([step, move]);
    await lab.do(() => makeMove(lab, move));
  }
  return assert.fail("the tour has no end");
}

test("the tour leads through its seven steps, and every count agrees at the end", async () => {
  const lab = await makeLab();
  const walked = await follow(lab);
  assert.deepEqual([...new Set(walked.map(([step]) => step))], [...tourSteps]);
  assert.deepEqual(
    walked.map(([, move]) => move),
    [
      ...["pair", "confirm", "order", "firstFinger", "secondFinger", "openDoor", "closeDoor", "apply", "approve"],
      ...["choose", "operator", "supervisor", "press", "operator", "supervisor", "press", "register", "replay"],
    ],
  );
  const { counts, entries, view, chain, cheats } = lab.snapshot();
  assert.deepEqual(counts?.counts, { authorised: 2, stamped: 2, photographed: 2, registered: 2, unused: 0 });
  assert.equal(counts?.state, "reconciled");
  assert.deepEqual(cheats.get("replay"), { box: "SPENT", platform: ["TOKEN_REJECTED"] });
  assert.equal(findTour(lab.snapshot()).step, "done");
  // A chain without gaps, all of it accepted and acknowledged.
  assert.deepEqual(
    entries.map(({ record }) => record.seq),
    entries.map((_, at) => at + 1),
  );
  for (const [at, { record }] of entries.entries())
    if (at > 0) assert.equal(record.prev, entries[at - 1]?.hash, `record ${record.seq}`);
  assert.ok(entries.every(({ verdict }) => verdict === "accept"));
  assert.equal(view?.waiting, 0);
  assert.equal(chain.last, view?.seq);
});

test("a hand on the box counts for the tour as its own button does", async () => {
  const lab = await makeLab();
  await follow(lab, "firstFinger");
  await lab.do(() => lab.finger("custodian"));
  assert.deepEqual(findTour(lab.snapshot()), { step: "mount", move: "secondFinger" });
  await lab.do(() => lab.finger("administrator"));
  assert.deepEqual(findTour(lab.snapshot()), { step: "mount", move: "openDoor" });
});

test("whoever opens the door on the way is led back to a box in order", async () => {
  const lab = await makeLab();
  await follow(lab, "operator");
  await lab.do(() => lab.openDoor());
  assert.equal(lab.snapshot().view?.tamper, "alarm.open");
  assert.ok(lab.found.includes("alarm.open"));
  assert.equal(findTour(lab.snapshot()).move, "repair");
  await lab.do(() => makeMove(lab, "repair"));
  assert.deepEqual(findTour(lab.snapshot()), { step: "stamp", move: "choose" });
  await follow(lab);
  assert.equal(findTour(lab.snapshot()).step, "done");
});
