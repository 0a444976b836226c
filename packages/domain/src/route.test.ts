import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DOCUMENT_CLASS_IDS, documentClasses } from "./document-class.ts";
import { dutyOfStep, mayMeet } from "./duties.ts";
import { decideRoute, listEntitled, type RouteFacts, type UnitInTree } from "./route.ts";
import type { Grant } from "./separation-matrix.ts";
import { makeGrant, onSeal, onUnit } from "./test-grants.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, ROLES } from "./vocabulary.ts";

const units: readonly UnitInTree[] = [
  { unitId: "office", parentUnitId: null },
  { unitId: "sales", parentUnitId: "office" },
  { unitId: "export", parentUnitId: "sales" },
];
const facts: RouteFacts = {
  profile: "strict",
  documentClass: "contract",
  entityId: "ent",
  unitId: "export",
  sealIds: ["seal"],
  applicantId: "applicant",
  handlerId: null,
  today: "2026-06-01",
};
const heads = {
  export: makeGrant("export head", "unit-head", onUnit("export")),
  sales: makeGrant("sales head", "unit-head", onUnit("sales")),
  office: makeGrant("office head", "unit-head", onUnit("office")),
  entity: makeGrant("entity head", "unit-head"),
};
const lawyer = makeGrant("lawyer", "legal-reviewer");
const signatory = makeGrant("signatory", "signatory");
const everybody = [...Object.values(heads), lawyer, signatory];

type Shown = string[];
function route(change: Partial<RouteFacts> = {}, grants: readonly Grant[] = everybody, tree = units): Shown {
  const decided = decideRoute({ ...facts, ...change }, tree, grants);
  if (decided.ok)
    return decided.steps.map(
      ({ kind, candidates, reason }) => `${kind}: ${candidates.join(", ")} (${reason.slice(6)})`,
    );
  for (const { code, facts: told } of decided.refusals) assert.deepEqual(listTextFaults(code, told), []);
  return decided.refusals.map((refusal) => refusal.code);
}

test("C03: head of unit, legal review where the document makes rights or duties, signatory, in this order", () => {
  for (const documentClass of DOCUMENT_CLASS_IDS)
    assert.deepEqual(
      route({ documentClass }),
      [
        "unit-head: export head (unit-head)",
        ...(documentClasses[documentClass].makesRights ? ["legal-review: lawyer (legal-review)"] : []),
        "signatory: signatory (signatory)",
      ],
      documentClass,
    );
});

test("C03: contracts, frameworks, tenders, quotations, guarantees, authorisations, labour contracts and the unknown are reviewed", () => {
  const reviewed = DOCUMENT_CLASS_IDS.filter((id) => documentClasses[id].makesRights);
  assert.deepEqual(reviewed.toSorted(), [
    "authorisation-letter",
    "contract",
    "framework-agreement",
    "guarantee",
    "labour-contract",
    "other",
    "quotation",
    "tender",
  ]);
});

test("C11: an applicant who would decide his own step is passed over for the next superior, up to the entity's head", () => {
  const steps = (applicantId: string, grants = everybody) => route({ applicantId }, grants)[0];
  assert.equal(steps("export head"), "unit-head: sales head (next-superior)");
  const aboveIsApplicant = everybody.filter((grant) => grant !== heads.export);
  assert.equal(steps("sales head", aboveIsApplicant), "unit-head: office head (next-superior)");
  assert.equal(
    steps("office head", [heads.office, heads.entity, lawyer, signatory]),
    "unit-head: entity head (next-superior)",
  );
  assert.equal(steps("office head", [heads.office, lawyer, signatory]), "route.unit-head-missing");
  assert.equal(
    route({ handlerId: "export head" })[0],
    "unit-head: sales head (next-superior)",
    "nor who carries the papers",
  );
});

test("a unit without a head has its superior's; a person of no unit the entity's; a tree that bites its tail is walked once", () => {
  const without = everybody.filter((grant) => grant !== heads.export);
  assert.equal(route({}, without)[0], "unit-head: sales head (next-superior)");
  assert.equal(route({ unitId: null })[0], "unit-head: entity head (unit-head)");
  const circle: readonly UnitInTree[] = [
    { unitId: "export", parentUnitId: "sales" },
    { unitId: "sales", parentUnitId: "export" },
  ];
  assert.equal(route({}, [heads.entity, lawyer, signatory], circle)[0], "unit-head: entity head (next-superior)");
  assert.equal(route({}, [lawyer, signatory], circle)[0], "route.unit-head-missing");
});

test("C01 C03: each step that nobody can decide is named; all of them at once", () => {
  assert.deepEqual(route({}, []), [
    "route.unit-head-missing",
    "route.legal-reviewer-missing",
    "route.signatory-missing",
  ]);
  assert.deepEqual(route({ documentClass: "internal-notice" }, [heads.export]), ["route.signatory-missing"]);
  assert.deepEqual(route({ applicantId: "lawyer" }), ["route.legal-reviewer-missing"]);
  assert.deepEqual(route({ applicantId: "signatory" }), ["route.signatory-missing"]);
});

test("a small organisation has no head of unit to wait for, and asks him where there is one", () => {
  assert.deepEqual(route({ profile: "small" }, [lawyer, signatory]), [
    "legal-review: lawyer (legal-review)",
    "signatory: signatory (signatory)",
  ]);
  assert.deepEqual(route({ profile: "small", documentClass: "official-letter" }, [signatory]), [
    "signatory: signatory (signatory)",
  ]);
  assert.equal(route({ profile: "small" })[0], "unit-head: export head (unit-head)");
  assert.deepEqual(route({ profile: "small", applicantId: "signatory" }, [lawyer, signatory]), [
    "route.signatory-missing",
  ]);
});

test("C11: custodians and supervisors of the request's seals decide nothing on it; the small guest reviews what he supervises", () => {
  const also = (role: "custodian" | "supervisor", change = onSeal("seal")) => [
    ...everybody,
    makeGrant("lawyer", role, change),
  ];
  assert.deepEqual(route({}, also("custodian")), ["route.legal-reviewer-missing"]);
  assert.deepEqual(route({}, also("supervisor")), ["route.legal-reviewer-missing"]);
  assert.equal(route({}, also("custodian", onSeal("another")))[1], "legal-review: lawyer (legal-review)");
  assert.deepEqual(route({ profile: "small" }, also("custodian")), ["route.legal-reviewer-missing"]);
  assert.equal(route({ profile: "small" }, also("supervisor"))[1], "legal-review: lawyer (legal-review)");
});

test("C01: a signatory has the authority over every seal that is asked for", () => {
  const grants = [
    heads.export,
    lawyer,
    makeGrant("first", "signatory", onSeal("seal")),
    makeGrant("second", "signatory", onSeal("two")),
    makeGrant("both", "signatory", onSeal("seal")),
    makeGrant("both", "signatory", onSeal("two")),
    makeGrant("unit", "signatory", onUnit("export")),
  ];
  assert.equal(route({}, grants)[2], "signatory: first, both (signatory)");
  assert.equal(route({ sealIds: ["seal", "two"] }, grants)[2], "signatory: both (signatory)");
  assert.equal(
    route({ sealIds: ["seal", "two"] }, [...grants, signatory])[2],
    "signatory: both, signatory (signatory)",
  );
  assert.deepEqual(route({ sealIds: ["seal", "three"] }, grants), ["route.signatory-missing"]);
  assert.deepEqual(route({ sealIds: [] }, [...grants, signatory]), ["route.signatory-missing"]);
});

test("grants of other entities and of other days count for nothing", () => {
  const elsewhere = everybody.map((grant) => ({ ...grant, entityId: "other" }));
  assert.equal(route({}, elsewhere).length, 3);
  const over = everybody.map((grant) => ({ ...grant, to: "2026-05-31" }));
  const ahead = everybody.map((grant) => ({ ...grant, from: "2026-06-02" }));
  for (const grants of [over, ahead]) assert.ok(route({}, grants).every((code) => code.endsWith("-missing")));
  assert.equal(
    route(
      {},
      everybody.map((grant) => ({ ...grant, from: "2026-06-01", to: "2026-06-01" })),
    ).length,
    3,
  );
});

test("C11: who is a candidate is entitled, and a grant that ended since, or another scope, entitles no more", () => {
  const entitled = (kind: "unit-head" | "legal-review" | "signatory", grants: readonly Grant[], change = {}) =>
    listEntitled(kind, { ...facts, ...change }, units, grants);
  assert.deepEqual(entitled("unit-head", everybody).toSorted(), [
    "entity head",
    "export head",
    "office head",
    "sales head",
  ]);
  assert.deepEqual(entitled("unit-head", [makeGrant("p", "unit-head", onUnit("finance"))]), [], "head of another unit");
  assert.deepEqual(
    entitled("signatory", [makeGrant("p", "signatory", onSeal("two"))]),
    [],
    "signatory of another seal",
  );
  assert.deepEqual(entitled("legal-review", [{ ...lawyer, to: "2026-05-31" }]), []);
  assert.deepEqual(
    entitled("legal-review", [makeGrant("p", "legal-reviewer", onSeal("seal"))]),
    [],
    "documents, not seals",
  );
});

const anyGrant = fc
  .record({
    personId: fc.constantFrom("applicant", "handler", "a", "b", "c", "d"),
    role: fc.constantFrom(...ROLES),
    scope: fc.constantFrom(
      { kind: "entity" as const, id: "ent" },
      { kind: "unit" as const, id: "export" },
      { kind: "unit" as const, id: "office" },
      { kind: "seal" as const, id: "seal" },
      { kind: "seal" as const, id: "two" },
    ),
    to: fc.constantFrom(null, "2026-05-31"),
  })
  .map(({ personId, role, ...rest }) => makeGrant(personId, role, rest));

test("C11: whoever holds what: no candidate asks, keeps or supervises the request, every candidate is entitled, no step is empty", () => {
  let routes = 0;
  fc.assert(
    fc.property(
      fc.array(anyGrant, { maxLength: 25 }),
      fc.constantFrom(...PROFILES),
      fc.constantFrom<string[]>(["seal"], ["seal", "two"]),
      fc.option(fc.constantFrom("handler")),
      (random, profile, sealIds, handlerId) => {
        const grants = [...random, heads.office, lawyer, signatory];
        const asked = { ...facts, profile, sealIds, handlerId };
        const decided = decideRoute(asked, units, grants);
        if (!decided.ok) return assert.ok(decided.refusals.length > 0);
        routes += 1;
        assert.equal(decided.steps.at(-1)?.kind, "signatory");
        for (const { kind, candidates } of decided.steps) {
          assert.ok(candidates.length > 0);
          assert.equal(new Set(candidates).size, candidates.length);
          for (const person of candidates) {
            assert.ok(person !== "applicant" && person !== handlerId);
            assert.ok(listEntitled(kind, asked, units, grants).includes(person));
            const now = grants.filter((grant) => grant.personId === person && grant.to === null);
            assert.ok(!now.some((grant) => grant.role === "custodian" && sealIds.includes(grant.scope.id)));
            const supervises = now.some(
              ({ role, scope }) => role === "supervisor" && (scope.kind === "entity" || sealIds.includes(scope.id)),
            );
            if (supervises) assert.ok(mayMeet(profile, "supervisor", dutyOfStep[kind]));
          }
        }
        return undefined;
      },
    ),
    { numRuns: 500 },
  );
  assert.ok(routes > 100, `only ${routes} routes came of it`);
});
