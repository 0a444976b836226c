import assert from "node:assert/strict";
import { test } from "node:test";
import { listNamesNeeded, listSealPositions, SEAL_DUTIES, sealDutyNames } from "./seal-positions.ts";
import { makeGrant, onSeal } from "./test-grants.ts";
import type { PROFILES } from "./vocabulary.ts";

const today = "2026-06-01";

test("an important seal has two custodians; of another the first one keeps it and the next is his deputy", () => {
  const grants = [
    { ...makeGrant("late", "custodian", onSeal("s")), from: "2026-03-01" },
    { ...makeGrant("first", "custodian", onSeal("s")), from: "2026-01-01" },
    makeGrant("watcher", "supervisor"),
    makeGrant("elsewhere", "custodian", onSeal("other")),
    { ...makeGrant("over", "signatory"), to: "2026-05-31" },
    { ...makeGrant("abroad", "inspector"), entityId: "another" },
    makeGrant("head", "unit-head"),
  ];
  const named = (important: boolean) =>
    listSealPositions({ sealId: "s", entityId: "ent", important }, grants, today).map((one) => [
      one.duty,
      one.grant.personId,
    ]);
  assert.deepEqual(named(false), [
    ["custodian", "first"],
    ["deputy", "late"],
    ["supervisor", "watcher"],
  ]);
  assert.deepEqual(named(true), [
    ["custodian", "first"],
    ["custodian", "late"],
    ["supervisor", "watcher"],
  ]);
});

test("C12 C16 who has to be named follows the profile: three people and a guest are enough where it is small", () => {
  const needed = (profile: (typeof PROFILES)[number], important: boolean) => {
    const counts = listNamesNeeded(profile, { important, electronic: true });
    return SEAL_DUTIES.filter((duty) => counts[duty] > 0).map((duty) => `${counts[duty]} ${duty}`);
  };
  const always = ["1 signatory", "1 supervisor", "1 certificate-keeper"];
  for (const profile of ["strict", "standard"] as const) {
    assert.deepEqual(needed(profile, true), ["2 custodian", ...always, "1 inspector"]);
    assert.deepEqual(needed(profile, false), ["1 custodian", "1 deputy", ...always]);
  }
  assert.deepEqual(needed("small", true), ["1 custodian", ...always, "1 inspector"]);
  assert.deepEqual(needed("small", false), ["1 custodian", "1 signatory", "1 certificate-keeper"]);
  assert.equal(listNamesNeeded("strict", { important: true, electronic: false })["certificate-keeper"], 0);
  for (const duty of SEAL_DUTIES) assert.match(sealDutyNames[duty].zh, /\p{Script=Han}/u);
});
