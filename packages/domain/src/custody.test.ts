import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { custodiansNeeded, keepsSeal, listCustodyRefusals } from "./custody.ts";
import { describeRefusal } from "./messages.ts";
import { decideGrant, type Grant, type SealForSeparation } from "./separation-matrix.ts";
import { makeGrant, makeSeal, onSeal, onUnit } from "./test-grants.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, type Profile } from "./vocabulary.ts";

const official = makeSeal("official", "official", true);
const contract = makeSeal("contract", "contract", true);
const finance = makeSeal("finance", "finance", true);
const nameSeal = makeSeal("name", "legal-representative", true);
const department = makeSeal("department", "department", false);
const keeps = (personId: string, sealId: string, change: Partial<Grant> = {}): Grant =>
  makeGrant(personId, "custodian", { ...onSeal(sealId), ...change });

function ask(
  wanted: Grant,
  existing: readonly Grant[],
  seals: readonly SealForSeparation[],
  profile: Profile = "strict",
): string[] {
  const decided = decideGrant(wanted, { profile, actorId: "grantor", existing, seals, today: "2026-01-01" });
  if (decided.ok) return [];
  for (const { code, facts } of decided.refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return decided.refusals.map((refusal) => refusal.code);
}

test("C22: nobody keeps all important seals of one entity, except where the organisation is small", () => {
  const seals = [official, contract, department];
  const held = [keeps("p", "official")];
  assert.deepEqual(ask(keeps("p", "contract"), held, seals), ["custody.all-important-seals"]);
  assert.deepEqual(ask(keeps("p", "contract"), held, seals, "standard"), ["custody.all-important-seals"]);
  assert.deepEqual(ask(keeps("p", "contract"), held, seals, "small"), []);
  assert.deepEqual(ask(keeps("p", "department"), held, seals), []);
  assert.deepEqual(ask(keeps("q", "contract"), held, seals), []);
  assert.deepEqual(ask(keeps("p", "official"), [], [official, department]), [], "the only one may be kept");
  assert.deepEqual(ask(keeps("p", "contract"), held, [official, contract, makeSeal("third", "finance", true)]), []);
  const stopped = makeSeal("third", "finance", true, { live: false });
  assert.deepEqual(ask(keeps("p", "contract"), held, [official, contract, stopped]), ["custody.all-important-seals"]);
});

test("C22: custody that was over before counts no more", () => {
  const held = [keeps("p", "official", { to: "2026-02-28" })];
  assert.deepEqual(ask(keeps("p", "contract", { from: "2026-03-01" }), held, [official, contract]), []);
  assert.deepEqual(ask(keeps("p", "contract", { from: "2026-02-28" }), held, [official, contract]), [
    "custody.all-important-seals",
  ]);
});

test("C22: what is refused says which seals the person keeps already", () => {
  const named = [
    { ...finance, number: "LX-03", name: { en: "Finance seal", zh: "财务专用章" } },
    nameSeal,
    official,
    contract,
  ];
  const [refusal] = listCustodyRefusals(keeps("p", "name"), [keeps("p", "finance")], named, "standard");
  assert.ok(refusal);
  const { sentence } = describeRefusal(refusal);
  assert.match(sentence.en, /keeps Finance seal LX-03 already/);
  assert.match(sentence.zh, /已保管 财务专用章 LX-03。/);
  const all = [{ ...official, number: "LX-01" }, contract];
  const [one] = listCustodyRefusals(keeps("p", "contract"), [keeps("p", "official")], all, "standard");
  assert.deepEqual(one?.facts, { count: 2, kept: "LX-01" });
  const third = makeSeal("third", "invoice", true, { number: "LX-05", name: { en: "Invoice seal", zh: "发票专用章" } });
  const three = [{ ...official, number: "LX-01", name: { en: "Company seal", zh: "公章" } }, contract, third];
  const keptTwo = [keeps("p", "third"), keeps("p", "official")];
  const [both] = listCustodyRefusals(keeps("p", "contract"), keptTwo, three, "standard");
  assert.ok(both);
  const said = describeRefusal(both).sentence;
  assert.match(said.en, /keeps Company seal LX-01, Invoice seal LX-05 already/);
  assert.match(said.zh, /公章 LX-01、发票专用章 LX-05。/);
});

test("C22: the finance seal and the legal representative's name seal have different custodians, in every profile", () => {
  const seals = [finance, nameSeal, official, contract];
  for (const profile of PROFILES) {
    assert.deepEqual(ask(keeps("p", "name"), [keeps("p", "finance")], seals, profile), [
      "custody.finance-and-name-seal",
    ]);
    assert.deepEqual(ask(keeps("p", "finance"), [keeps("p", "name")], seals, profile), [
      "custody.finance-and-name-seal",
    ]);
    assert.deepEqual(ask(keeps("q", "finance"), [keeps("p", "name")], seals, profile), []);
  }
  const elsewhere = { ...nameSeal, entityId: "other" };
  assert.deepEqual(ask(keeps("p", "finance"), [keeps("p", "name", { entityId: "other" })], [finance, elsewhere]), []);
});

test("C22: an important seal has two custodians at the most, another three, counted by people", () => {
  const two = [keeps("a", "official"), keeps("b", "official")];
  assert.deepEqual(ask(keeps("c", "official"), two, [official]), ["custody.too-many-custodians"]);
  assert.deepEqual(ask(keeps("c", "official"), two.slice(1), [official]), []);
  const three = ["a", "b", "c"].map((person) => keeps(person, "department"));
  assert.deepEqual(ask(keeps("d", "department"), three, [department]), ["custody.too-many-custodians"]);
  const again = [keeps("a", "official", { to: "2026-01-31" }), keeps("a", "official", { from: "2026-02-01" })];
  assert.deepEqual(ask(keeps("b", "official"), again, [official]), []);
});

test("a grant for a seal that does not exist is refused", () => {
  assert.deepEqual(ask(keeps("p", "nowhere"), [], [official]), ["grant.seal-unknown"]);
});

test("C22: custody is given seal by seal: a custodian for a whole entity keeps none, so it walks round no limit", () => {
  assert.equal(keepsSeal(makeGrant("p", "custodian"), "official"), false);
  assert.equal(keepsSeal(makeGrant("p", "custodian", onUnit("u")), "official"), false);
  assert.equal(keepsSeal(keeps("p", "official"), "official"), true);
  assert.equal(keepsSeal(keeps("p", "contract"), "official"), false);
  assert.equal(keepsSeal(makeGrant("p", "supervisor", onSeal("official")), "official"), false);
});

test("an important seal needs two custodians, except where the organisation is small", () => {
  assert.deepEqual(
    PROFILES.map((profile) => [custodiansNeeded(profile, true), custodiansNeeded(profile, false)]),
    [
      [2, 1],
      [2, 1],
      [1, 1],
    ],
  );
});

test("C22: whatever is granted one after the other, the limits of custody hold on every day", () => {
  const seals = [official, contract, finance, nameSeal, department];
  const days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"];
  const wanted = fc.record({
    personId: fc.constantFrom("a", "b", "c"),
    sealId: fc.constantFrom(...seals.map((seal) => seal.sealId)),
    from: fc.constantFrom(...days),
    to: fc.option(fc.constantFrom(...days)),
  });
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 40 }), fc.constantFrom("strict", "standard"), (list, profile) => {
      const given: Grant[] = [];
      for (const { personId, sealId, from, to } of list) {
        const grant = keeps(personId, sealId, { from, to });
        if (ask(grant, given, seals, profile as Profile).length === 0) given.push(grant);
      }
      for (const today of days) {
        const now = given.filter(({ from, to }) => from <= today && (to === null || to >= today));
        for (const person of ["a", "b", "c"]) {
          const kept = new Set(now.filter((grant) => grant.personId === person).map((grant) => grant.scope.id));
          assert.ok(!seals.filter((seal) => seal.important).every((seal) => kept.has(seal.sealId)));
          assert.ok(!(kept.has("finance") && kept.has("name")));
        }
        for (const seal of seals) {
          const people = new Set(now.filter((grant) => grant.scope.id === seal.sealId).map((grant) => grant.personId));
          assert.ok(people.size <= (seal.important ? 2 : 3));
        }
      }
    }),
    { numRuns: 300 },
  );
});
