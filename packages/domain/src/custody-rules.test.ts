import assert from "node:assert/strict";
import { test } from "node:test";
import { decideLockHolder, findOutAlarm, listContainerRefusals, listOpeners, seesContainer } from "./custody-place.ts";
import { joinAgain, leaveToOther, peopleAccount } from "./custody-posting.ts";
import {
  type BodyToHandOver,
  listHandoverRefusals,
  listInventoryRefusals,
  listReturnRefusals,
  listShortHandoverRefusals,
} from "./handover.ts";
import { defaultKindRules } from "./seal-kind.ts";
import type { Grant } from "./separation-matrix.ts";
import {
  countUncovered,
  findWorstCondition,
  listCountRefusals,
  listDueRefusals,
  listOtherSealRefusals,
  listPaperRefusals,
  listReturnFreezes,
  listTakeOutRefusals,
} from "./take-out.ts";
import type { Role } from "./vocabulary.ts";

const important = { important: true, kind: defaultKindRules("contract") };
const ordinary = { important: false, kind: defaultKindRules("department") };
const codes = (refusals: readonly { code: string }[]): string[] => refusals.map((one) => one.code);

test("C13 an important seal lies behind two locks in different hands, in a watched container that is good enough", () => {
  const good = {
    kind: "safe" as const,
    goodForImportant: true,
    insideMonitoring: true,
    lockHolders: ["per_a", "per_b"],
  };
  assert.deepEqual(listContainerRefusals(good, important, "strict"), []);
  assert.deepEqual(
    codes(
      listContainerRefusals(
        { kind: "safe", goodForImportant: false, insideMonitoring: false, lockHolders: ["per_a", null] },
        important,
        "standard",
      ),
    ),
    ["container.too-weak", "container.not-watched", "container.locks-not-apart"],
  );
  const oneLock = { ...good, lockHolders: ["per_a"] };
  assert.deepEqual(listContainerRefusals(oneLock, important, "small"), []);
  for (const lockHolders of [[], [null, null]])
    assert.deepEqual(codes(listContainerRefusals({ ...good, lockHolders }, important, "small")), [
      "container.nobody-holds-lock",
    ]);
  assert.deepEqual(listContainerRefusals({ ...oneLock, goodForImportant: false }, ordinary, "strict"), []);
});

test("C13 where a seal lies and who holds its keys is told to those who have to do with it alone", () => {
  const grant = (role: Role, scope: Grant["scope"], entityId = "ent_a"): Grant => ({
    ...{ grantId: "grant_1", personId: "per_a", role, scope, entityId, from: "2026-01-01", to: null },
  });
  const entity = { kind: "entity", id: "ent_a" } as const;
  const seal = (id: string) => ({ kind: "seal", id }) as const;
  const container = { entityId: "ent_a", lockHolders: ["per_l", null], sealIds: ["seal_a"] };
  const sees = (grants: readonly Grant[], change: { personId?: string; guest?: boolean } = {}): boolean =>
    seesContainer({ personId: "per_a", guest: false, grants, ...change }, container);
  assert.equal(sees([]), false);
  assert.equal(sees([], { personId: "per_l" }), true);
  assert.equal(sees([], { personId: "per_l", guest: true }), false);
  for (const role of ["applicant", "unit-head", "legal-reviewer", "signatory", "system-administrator"] as const)
    assert.equal(sees([grant(role, entity)]), false, role);
  for (const role of ["seal-administrator", "inspector", "supervisor", "custodian"] as const) {
    assert.equal(sees([grant(role, entity)]), true, role);
    assert.equal(sees([grant(role, entity)], { guest: true }), false, role);
    assert.equal(sees([grant(role, { kind: "entity", id: "ent_b" }, "ent_b")]), false, role);
    assert.equal(sees([grant(role, seal("seal_a"))]), true, role);
    assert.equal(sees([grant(role, seal("seal_other"))]), role === "custodian", role);
  }
});

test("C11 nobody holds two locks of one container, and neither of two opens it alone", () => {
  assert.deepEqual(codes(decideLockHolder("per_a", ["per_a"])), ["container.both-locks"]);
  assert.deepEqual(decideLockHolder("per_a", ["per_b", null]), []);
  assert.deepEqual(decideLockHolder(null, [null]), []);
  assert.deepEqual(listOpeners("per_a", ["per_a", "per_b"]), { ok: true, others: ["per_b"] });
  assert.deepEqual(listOpeners("per_a", ["per_a"]), { ok: true, others: [] });
  assert.deepEqual(listOpeners("per_c", []), { ok: true, others: [] });
  assert.equal(listOpeners("per_c", ["per_a", null]).ok, false);
});

test("C13 a piece out longer than the minutes set alarms, with a session and without one", () => {
  const minute = 60_000;
  assert.equal(findOutAlarm({ outSince: 0, sessionUntil: 60 * minute }, 60 * minute, 60), null);
  assert.equal(findOutAlarm({ outSince: 0, sessionUntil: 60 * minute }, 60 * minute + 1, 60), "custody.out-too-long");
  assert.equal(findOutAlarm({ outSince: 0, sessionUntil: null }, 60 * minute, 60), null);
  assert.equal(findOutAlarm({ outSince: 0, sessionUntil: null }, 60 * minute + 1, 60), "custody.no-session");
});

const body = (change: Partial<BodyToHandOver> = {}): BodyToHandOver => ({
  ...{ bodyId: "body_1", sealId: "seal_1", kind: "physical", state: "in-use", custodians: "people:per_a+per_b" },
  ...change,
});
const three = { transferorId: "per_a", receiverId: "per_c", witnessId: "per_w" };

test("C14 a handover wants three different people, the custodian of record, and all he keeps of the seal", () => {
  assert.deepEqual(listHandoverRefusals(three, ["body_1"], [body()], false), []);
  const refused = (people: Partial<typeof three>, named = ["body_1"], own = [body()], begun = false): string[] =>
    codes(listHandoverRefusals({ ...three, ...people }, named, own, begun));
  assert.deepEqual(refused({ witnessId: "per_c" }), ["handover.people-meet"]);
  assert.deepEqual(refused({ witnessId: "per_a" }), ["handover.people-meet"]);
  assert.deepEqual(refused({ receiverId: "per_b" }), ["handover.receiver-keeps-already"]);
  assert.deepEqual(refused({ transferorId: "per_x" }), ["handover.not-of-record"]);
  assert.deepEqual(refused({}, []), ["handover.nothing", "handover.left-behind"]);
  assert.deepEqual(refused({}, ["body_1", "body_9"]), ["handover.body-unknown"]);
  assert.deepEqual(refused({}, ["body_1"], [body(), body({ bodyId: "body_2", kind: "electronic" })]), [
    "handover.left-behind",
  ]);
  for (const state of ["taken-out", "lost", "stopped", "awaiting-issue", "in-handover"] as const)
    assert.deepEqual(refused({}, ["body_1"], [body({ state })]), ["handover.state"], state);
  assert.deepEqual(refused({}, ["body_1"], [body({ state: "frozen" })]), []);
  assert.deepEqual(refused({}, ["body_1"], [body({ state: "in-handover" })], true), []);
});

test("C14 a handover does not complete where count or impression differ", () => {
  assert.deepEqual(listInventoryRefusals({ pieces: 2, impressions: 2 }, { count: 2, impressionsMatch: true }), []);
  assert.deepEqual(listInventoryRefusals({ pieces: 0, impressions: 0 }, { count: 0, impressionsMatch: false }), []);
  assert.deepEqual(codes(listInventoryRefusals({ pieces: 2, impressions: 1 }, { count: 1, impressionsMatch: false })), [
    "handover.count-differs",
    "handover.impressions-missing",
    "handover.impression-differs",
  ]);
  // A tick that was forgotten is asked for by its name, and told apart from an impression that differs.
  const forgotten = listInventoryRefusals({ pieces: 1, impressions: 1 }, { count: 1, impressionsMatch: null });
  assert.deepEqual(codes(forgotten), ["handover.impression-not-ticked"]);
  assert.deepEqual(listInventoryRefusals({ pieces: 0, impressions: 0 }, { count: 0, impressionsMatch: null }), []);
});

test("C14 an ordinary seal is left to its deputy for some days and is both people's again; what two must keep is not", () => {
  const both = peopleAccount(["per_a", "per_b"]);
  const people = { transferorId: "per_a", receiverId: "per_b", witnessId: "per_w" };
  const kept = (leftToDeputy: boolean): BodyToHandOver[] => [
    { ...{ bodyId: "body_1", sealId: "seal_1", kind: "physical", state: "in-use", custodians: both }, leftToDeputy },
  ];
  assert.deepEqual(codes(listHandoverRefusals(people, ["body_1"], kept(true), false)), []);
  assert.deepEqual(codes(listHandoverRefusals(people, ["body_1"], kept(false), false)), [
    "handover.receiver-keeps-already",
  ]);
  const alone = leaveToOther(both, "per_a", "per_b");
  assert.equal(alone, peopleAccount(["per_b"]));
  assert.equal(joinAgain(alone ?? both, "per_b", "per_a"), both);
  assert.equal(leaveToOther(both, "per_a", "per_c"), null);
  assert.equal(joinAgain(both, "per_b", "per_c"), null);
});

test("C14 a short handover ends within the days set and comes back under the tag it went under", () => {
  const days = { today: "2026-11-24", latest: "2026-11-29" };
  assert.deepEqual(listShortHandoverRefusals({ ...days, until: "2026-11-29" }, 5), []);
  assert.deepEqual(codes(listShortHandoverRefusals({ ...days, until: "2026-11-30" }, 5)), ["short-handover.too-long"]);
  assert.deepEqual(codes(listShortHandoverRefusals({ ...days, until: "2026-11-23" }, 5)), ["short-handover.past"]);
  assert.deepEqual(listReturnRefusals({ tag: "0042 " }, { tag: "0042", whole: true }), []);
  assert.deepEqual(codes(listReturnRefusals({ tag: "0042" }, { tag: "0043", whole: true })), [
    "short-handover.tag-differs",
  ]);
  assert.deepEqual(codes(listReturnRefusals({ tag: "0042" }, { tag: "0042", whole: false })), [
    "short-handover.tag-differs",
  ]);
});

test("C13 a take-out wants a piece in use, two people, a custodian who did not ask, and a time within the days set", () => {
  const wanted: Parameters<typeof listTakeOutRefusals>[0] = {
    ...{ askedBy: "per_x", kind: "physical" as const, state: "in-use", custodians: ["per_a", "per_b"] },
    ...{ escort: ["per_a", "per_x"], overdue: [], documents: [{ impressions: 2 }], mostImpressions: 3, dueAt: 50 },
  };
  const limits = { now: 10, latest: 100, mostDays: 3 };
  assert.deepEqual(listTakeOutRefusals(wanted, limits), []);
  const refused = (change: Partial<Parameters<typeof listTakeOutRefusals>[0]>): string[] =>
    codes(listTakeOutRefusals({ ...wanted, ...change }, limits));
  assert.deepEqual(refused({ kind: "electronic" }), ["take-out.no-piece"]);
  assert.deepEqual(refused({ state: "frozen" }), ["take-out.state"]);
  assert.deepEqual(refused({ escort: ["per_a", "per_a"] }), ["take-out.two-people"]);
  assert.deepEqual(refused({ escort: ["per_x", "per_a"] }), ["take-out.keeper-missing"]);
  assert.deepEqual(refused({ askedBy: "per_a" }), ["take-out.keeper-asks"]);
  for (const person of ["per_a", "per_x"]) assert.deepEqual(refused({ overdue: [person] }), ["take-out.owes-one"]);
  assert.deepEqual(refused({ dueAt: 10 }), ["take-out.due-past"]);
  assert.deepEqual(refused({ dueAt: 101 }), ["take-out.due-too-late"]);
  assert.deepEqual(refused({ mostImpressions: 1 }), ["take-out.too-few-impressions"]);
  assert.deepEqual(refused({ documents: [], mostImpressions: 0 }), ["take-out.too-few-impressions"]);
  assert.deepEqual(listDueRefusals(60, limits), []);
});

test("C09 papers found on the spot stay within what was approved; impressions without a paper are counted", () => {
  assert.deepEqual(listPaperRefusals(2, { most: 5, listed: 3 }), []);
  assert.deepEqual(codes(listPaperRefusals(3, { most: 5, listed: 3 })), ["take-out.impressions-used-up"]);
  assert.deepEqual([countUncovered(3, 3), countUncovered(2, 3), countUncovered(5, 3)], [0, 0, 2]);
});

test("C13 a matter names a seal that it moves, and a piece of that seal if it names one", () => {
  const moved = [
    { sealId: "seal_1", bodyId: "body_1" },
    { sealId: "seal_2", bodyId: "body_2" },
  ];
  const refused = (sealId: string | null, bodyId: string | null = null): string[] =>
    codes(listOtherSealRefusals({ sealId, bodyId }, moved));
  assert.deepEqual([refused("seal_1"), refused("seal_2"), refused("seal_2", "body_2")], [[], [], []]);
  for (const wrong of [refused("seal_3"), refused(null), refused("seal_1", "body_2"), refused("seal_1", "body_9")])
    assert.deepEqual(wrong, ["custody.other-seal"]);
});

test("C09 C13 a return says why its count differs; damage and impressions without a paper freeze, whoever saw them", () => {
  const refused = (used: number, covered: number, difference = " "): string[] =>
    codes(listCountRefusals({ used, covered, difference }));
  assert.deepEqual([refused(2, 2), refused(1, 2, "not signed"), refused(3, 2, "a copy")], [[], [], []]);
  for (const wrong of [refused(1, 2), refused(3, 2)]) assert.deepEqual(wrong, ["take-out.difference-unexplained"]);
  assert.equal(findWorstCondition(["good", "damaged", "worn"]), "damaged");
  assert.equal(findWorstCondition(["good", "worn"]), "worn");
  assert.equal(findWorstCondition([]), "good");
  assert.deepEqual(listReturnFreezes({ worst: "worn", used: 1, covered: 2 }), []);
  assert.deepEqual(listReturnFreezes({ worst: "damaged", used: 3, covered: 2 }), [
    "damaged-piece",
    "uncovered-impressions",
  ]);
});
