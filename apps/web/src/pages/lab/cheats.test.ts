import assert from "node:assert/strict";
import { test } from "node:test";
import { tryCheat } from "./cheats.ts";
import { type CheatName, type CheatResult, cheatNames } from "./lab-log.ts";
import { makeLab } from "./test-lab.ts";

/** What a box and its platform say of each trick: codes of the protocol (clauses 3.6, 3.12 and 3.15). */
const expected: Readonly<Record<CheatName, CheatResult>> = {
  replay: { box: "SPENT", platform: ["TOKEN_REJECTED"] },
  otherBox: { box: "WRONG_DEVICE", platform: ["TOKEN_REJECTED"] },
  pressAgain: { box: "COUNT_USED_UP", platform: ["PRESS_REFUSED"] },
  samePerson: { box: "SAME_PERSON", platform: ["PRESS_REFUSED"] },
  emergencyAlone: { box: "NO_SUPERVISOR", platform: ["PRESS_REFUSED", "alarm.emergency"] },
  forge: { box: "BAD_SIG", platform: ["TOKEN_REJECTED"] },
  changeRecord: { box: undefined, platform: ["BAD_SIGNATURE"] },
  dropRecord: { box: undefined, platform: ["GAP"] },
  clockBack: { box: "EXPIRED", platform: ["TOKEN_REJECTED"] },
  restoreFlash: { box: "TAMPER", platform: ["FORK"] },
  bypass: { box: "TAMPER", platform: ["UNRECORDED_STAMP", "alarm.counter"] },
};

for (const name of cheatNames) {
  test(`the trick ${name} is refused or found`, async () => {
    const lab = await makeLab();
    await lab.do(() => tryCheat(lab, name).then(() => undefined));
    const { box, platform } = lab.snapshot().cheats.get(name) ?? assert.fail("no result");
    assert.equal(box, expected[name].box);
    assert.deepEqual([...platform].sort(), [...expected[name].platform].sort());
  });
}

test("all tricks one after the other: each begins with a box in order, whatever the one before has done", async () => {
  const lab = await makeLab();
  for (const name of [...cheatNames].reverse()) {
    const result = await lab.do(() => tryCheat(lab, name));
    assert.equal(result?.box, expected[name].box, name);
    assert.deepEqual([...(result?.platform ?? [])].sort(), [...expected[name].platform].sort(), name);
  }
  const { chain, view } = lab.snapshot();
  assert.equal(chain.quarantined, null);
  assert.equal(chain.pending, 0);
  assert.equal(view?.seq, chain.last);
  assert.equal(view?.waiting, 0);
});
