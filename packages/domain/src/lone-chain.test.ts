import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Absence,
  type Deputy,
  findLoneChains,
  type LoneChain,
  listNewChains,
  type ProofFacts,
  refuseLoneChain,
} from "./lone-chain.ts";
import { describeRefusal } from "./messages.ts";
import type { Grant, SealForSeparation } from "./separation-matrix.ts";
import { makeGrant, makeSeal, onSeal, onUnit } from "./test-grants.ts";
import { listTextFaults } from "./test-texts.ts";

const department = makeSeal("s1", "department", false);
const ask = (grants: readonly Grant[], more: Partial<ProofFacts> = {}): LoneChain[] =>
  findLoneChains({ grants, seals: [department], today: () => "2026-06-01", ...more });
const short = ({ personId, sealId, from, to, chain }: LoneChain): string =>
  `${personId} ${sealId} ${from}..${to ?? ""} ${chain.map(({ duty, by }) => `${duty}:${by}`).join(" ")}`;

test("C11: who authorises and keeps one live seal is named with his chain, by whatever scope the authority reaches it", () => {
  const seals = [
    department,
    makeSeal("ended", "department", false, { live: false }),
    makeSeal("elsewhere", "department", false, { entityId: "other" }),
  ];
  const custody = seals.map((seal) => makeGrant("p", "custodian", { ...onSeal(seal.sealId), entityId: seal.entityId }));
  const expected = ["p s1 2026-06-01.. signatory:grant custodian:grant"];
  for (const scope of [{}, onUnit("u"), onSeal("s1")])
    assert.deepEqual(ask([makeGrant("p", "signatory", scope), ...custody], { seals }).map(short), expected);
  assert.deepEqual(ask([makeGrant("p", "signatory", onSeal("s2")), ...custody], { seals }), []);
  assert.deepEqual(ask([makeGrant("q", "signatory"), ...custody], { seals }), []);
  assert.deepEqual(ask([makeGrant("p", "signatory"), makeGrant("p", "custodian")], { seals }), []);
});

test("C11: for an important seal the supervision is in the chain: by a role of his own, or because who keeps it may watch", () => {
  const seals = [makeSeal("s1", "official", true)];
  const both = [makeGrant("p", "signatory"), makeGrant("p", "custodian", onSeal("s1"))];
  const [alone] = ask(both, { seals });
  assert.deepEqual(
    alone?.chain.map(({ duty, id }) => [duty, id]),
    [
      ["signatory", "p signatory entity ent"],
      ["custodian", "p custodian seal s1"],
      ["supervisor", "p custodian seal s1"],
    ],
  );
  const [watching] = ask([...both, makeGrant("p", "supervisor")], { seals });
  assert.equal(watching?.chain.at(-1)?.id, "p supervisor entity ent");
});

test("C11: a hole on a day that is only planned is found, with its first and last day", () => {
  const grants = [
    makeGrant("p", "custodian", { ...onSeal("s1"), from: "2026-09-01", to: "2026-12-31" }),
    makeGrant("p", "signatory", { from: "2026-01-01", to: "2026-10-15" }),
  ];
  assert.deepEqual(ask(grants).map(short), ["p s1 2026-09-01..2026-10-15 signatory:grant custodian:grant"]);
  assert.deepEqual(ask(grants, { today: () => "2026-10-15" }).map(short), [
    "p s1 2026-10-15..2026-10-15 signatory:grant custodian:grant",
  ]);
  assert.deepEqual(ask(grants, { today: () => "2026-10-16" }), []);
});

test("C11: a delegation is a link of the chain on its days, whoever delegates", () => {
  const grants = [
    makeGrant("p", "custodian", onSeal("s1")),
    makeGrant("p", "signatory", { delegatedBy: "q", grantId: "dlg", from: "2026-07-01", to: "2026-07-14" }),
  ];
  assert.deepEqual(ask(grants).map(short), ["p s1 2026-07-01..2026-07-14 signatory:delegation custodian:grant"]);
});

test("C11: a deputy keeps the seal on the days on which its custodian has it and is away, and at no other time", () => {
  const grants = [
    makeGrant("p", "signatory"),
    makeGrant("k", "custodian", { ...onSeal("s1"), to: "2026-08-20" }),
    makeGrant("other", "custodian", onSeal("s1")),
  ];
  const deputy: Deputy = {
    ...{ deputyId: "dep", personId: "p", sealId: "s1", custodianId: "k", from: "2026-08-01", to: null },
  };
  const away = (personId: string, from: string, to: string | null): Absence => ({ personId, from, to });
  assert.deepEqual(ask(grants, { deputies: [deputy] }), []);
  assert.deepEqual(ask(grants, { deputies: [deputy], absences: [away("other", "2026-08-01", null)] }), []);
  assert.deepEqual(
    ask(grants, {
      deputies: [deputy],
      absences: [away("k", "2026-07-20", "2026-08-03"), away("k", "2026-08-18", null)],
    }).map(short),
    [
      "p s1 2026-08-01..2026-08-03 signatory:grant custodian:deputy",
      "p s1 2026-08-18..2026-08-20 signatory:grant custodian:deputy",
    ],
  );
});

const days = Array.from({ length: 12 }, (_, at) => `2026-03-${String(at + 1).padStart(2, "0")}`);
const people = ["p", "q", "r"];
const seals: readonly SealForSeparation[] = [
  makeSeal("s1", "official", true),
  makeSeal("s2", "department", false),
  makeSeal("s3", "department", false, { entityId: "other" }),
  makeSeal("s4", "department", false, { live: false }),
];
const span = fc
  .record({ from: fc.constantFrom(...days), to: fc.option(fc.constantFrom(...days)) })
  .filter(({ from, to }) => to === null || to >= from);
const anyHolding = fc
  .record({
    personId: fc.constantFrom(...people),
    role: fc.constantFrom("signatory" as const, "custodian" as const, "supervisor" as const, "inspector" as const),
    reach: fc.constantFrom("ent", "other", "s1", "s2", "s3", "s4"),
    unit: fc.boolean(),
    span,
    delegated: fc.boolean(),
  })
  .map(({ personId, role, reach, unit, span: { from, to }, delegated }): Grant => {
    const seal = seals.find((one) => one.sealId === reach);
    const wide = { kind: unit ? "unit" : "entity", id: unit ? `${reach}-unit` : reach } as const;
    return makeGrant(personId, role, {
      ...{ from, to, entityId: seal?.entityId ?? reach, scope: seal ? { kind: "seal", id: reach } : wide },
      // Custody is never delegated.
      ...(delegated && role !== "custodian" ? { delegatedBy: "boss" } : {}),
    });
  });
const anyDeputy = fc
  .record({
    personId: fc.constantFrom(...people),
    custodianId: fc.constantFrom(...people),
    sealId: fc.constantFrom("s1", "s2", "s3", "s4"),
    span,
  })
  .map(({ span: { from, to }, ...rest }): Deputy => ({ deputyId: "dep", from, to, ...rest }));
const anyAbsence = fc
  .record({ personId: fc.constantFrom(...people), span })
  .map(({ personId, span: { from, to } }): Absence => ({ personId, from, to }));

const on = (day: string, { from, to }: { from: string; to: string | null }): boolean =>
  from <= day && (to === null || to >= day);

/** Every day, every person, every seal: does he hold each duty on that day? */
function searchByForce({ grants, deputies = [], absences = [] }: ProofFacts, from: string): string[] {
  const found: string[] = [];
  for (const day of days.filter((one) => one >= from))
    for (const personId of people)
      for (const seal of seals.filter((one) => one.live)) {
        const mine = (who: string, role: string): boolean =>
          grants.some((grant) =>
            [
              grant.personId === who,
              grant.role === role,
              grant.entityId === seal.entityId,
              on(day, grant),
              grant.scope.kind === "seal" ? grant.scope.id === seal.sealId : role !== "custodian",
            ].every(Boolean),
          );
        const stands = deputies.some(
          (deputy) =>
            deputy.personId === personId &&
            deputy.sealId === seal.sealId &&
            on(day, deputy) &&
            mine(deputy.custodianId, "custodian") &&
            absences.some((absence) => absence.personId === deputy.custodianId && on(day, absence)),
        );
        if (mine(personId, "signatory") && (mine(personId, "custodian") || stands))
          found.push(`${day} ${personId} ${seal.sealId}`);
      }
  return found.toSorted();
}

test("C11: on random organisations the sweep finds exactly what a search of every day, person and seal finds", () => {
  let holes = 0;
  fc.assert(
    fc.property(
      fc.array(anyHolding, { maxLength: 20, size: "max" }),
      fc.array(anyDeputy, { maxLength: 5, size: "max" }),
      fc.array(anyAbsence, { maxLength: 5, size: "max" }),
      fc.constantFrom(...days),
      (holdings, deputies, absences, today) => {
        const grants = holdings.map((grant, at) => ({ ...grant, grantId: `grant-${at}` }));
        const facts: ProofFacts = { grants, deputies, absences, seals, today: () => today };
        const chains = findLoneChains(facts);
        const swept = chains.flatMap((chain) =>
          days.filter((day) => on(day, chain)).map((day) => `${day} ${chain.personId} ${chain.sealId}`),
        );
        holes += swept.length;
        assert.deepEqual(swept.toSorted(), searchByForce(facts, today));
        for (const { sealId, personId, from, to, chain } of chains) {
          const important = seals.some((seal) => seal.sealId === sealId && seal.important);
          assert.deepEqual(
            chain.map((link) => link.duty),
            important ? ["signatory", "custodian", "supervisor"] : ["signatory", "custodian"],
          );
          // What a link names holds over the whole span.
          for (const { by, id } of chain.filter((link) => link.by !== "deputy")) {
            const named = grants.filter((grant) => grant.grantId === id && grant.personId === personId);
            assert.ok(named.some((grant) => on(from, grant) && (to === null ? grant.to === null : on(to, grant))));
            assert.ok(named.some((grant) => (grant.delegatedBy === undefined) === (by === "grant")));
          }
        }
      },
    ),
    { numRuns: 1500 },
  );
  assert.ok(holes > 300, `only ${holes} days in holes: the organisations are too tame`);
});

test("C11: what a change makes is told apart from what was there before", () => {
  const before = ask([makeGrant("p", "signatory"), makeGrant("p", "custodian", onSeal("s1"))]);
  const more = [makeGrant("q", "signatory"), makeGrant("q", "custodian", onSeal("s1"))];
  const after = ask([makeGrant("p", "signatory"), makeGrant("p", "custodian", onSeal("s1")), ...more]);
  assert.deepEqual(
    listNewChains(before, after).map((chain) => chain.personId),
    ["q"],
  );
  assert.deepEqual(listNewChains(after, before), []);
});

test("C11: the refusal says the chain in words of both languages", () => {
  const [chain] = ask([
    makeGrant("p", "custodian", onSeal("s1")),
    makeGrant("p", "signatory", { delegatedBy: "q", from: "2026-07-01", to: "2026-07-14" }),
  ]);
  assert.ok(chain);
  const refusal = refuseLoneChain(chain, "LX-D-01");
  assert.deepEqual(listTextFaults(refusal.code, refusal.facts), []);
  const { sentence } = describeRefusal(refusal);
  assert.match(sentence.en, /LX-D-01 .* 1 Jul 2026.* signatory by a delegation, custodian by a grant\. Rule C11/);
  assert.match(sentence.zh, /签批人（经委托）、保管人（经授予）/);
});
