import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DOCUMENT_CLASS_IDS, type DocumentClassId, documentClasses } from "./document-class.ts";
import { dutyOfStep, mayMeet } from "./duties.ts";
import { type DemandedStep, decideRoute, listEntitled, type RouteFacts, type UnitInTree } from "./route.ts";
import { lastStage, type RouteOutput } from "./rule-set.ts";
import type { Grant } from "./separation-matrix.ts";
import { makeGrant, onSeal, onUnit } from "./test-grants.ts";
import { demandedFor } from "./test-rules.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, ROLES } from "./vocabulary.ts";

const units: readonly UnitInTree[] = [
  { unitId: "office", parentUnitId: null },
  { unitId: "sales", parentUnitId: "office" },
  { unitId: "export", parentUnitId: "sales" },
];
const facts: RouteFacts = {
  profile: "strict",
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
interface Change extends Partial<RouteFacts> {
  readonly documentClass?: DocumentClassId;
}
function route(
  { documentClass = "contract", ...change }: Change = {},
  grants: readonly Grant[] = everybody,
  tree = units,
): Shown {
  const demands = demandedFor(change.profile === "small" ? "small-company" : "group", documentClass);
  const decided = decideRoute({ ...facts, ...change }, demands, tree, grants);
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
        const decided = decideRoute(asked, demandedFor("group", "contract"), units, grants);
        if (!decided.ok) return assert.ok(decided.refusals.length > 0);
        routes += 1;
        assert.equal(decided.steps.at(-1)?.kind, "signatory");
        for (const { kind, candidates } of decided.steps) {
          if (kind === "named") return assert.fail("no rule names anybody");
          assert.ok(candidates.length > 0);
          assert.equal(new Set(candidates).size, candidates.length);
          for (const person of candidates) {
            assert.ok(person !== "applicant" && person !== handlerId);
            assert.ok(listEntitled(kind, asked, units, grants).includes(person));
            const now: Grant[] = grants.filter((grant) => grant.personId === person && grant.to === null);
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

const demand = (rowId: string, output: Partial<RouteOutput>): DemandedStep => ({
  rowId,
  output: {
    ...{ stage: 1, decider: "named", title: { en: "Board", zh: "董事会" }, people: ["a", "b", "c"], mode: "any" },
    ...{ quorum: 2, hours: null, ifNobody: "refuse" },
    ...output,
  },
});
const askFor = (demands: readonly DemandedStep[], change: Partial<RouteFacts> = {}, grants = everybody): string[] => {
  const decided = decideRoute({ ...facts, ...change }, demands, units, grants);
  return decided.ok
    ? decided.steps.map(({ stage, kind, candidates, group }) => `${stage} ${kind} ${group}: ${candidates.join(", ")}`)
    : decided.refusals.map((refusal) => refusal.code);
};

test("C01: whatever the tables say, the last word is the authorised signatory's, in a stage of his own", () => {
  assert.deepEqual(askFor([]), ["0 signatory always: signatory"]);
  assert.deepEqual(askFor([demand("board", {})]), ["0 named board: a, b, c", "1 signatory always: signatory"]);
  assert.deepEqual(askFor([demand("s", { decider: "signatory", stage: lastStage, ifNobody: "skip" })], {}, [lawyer]), [
    "route.signatory-missing",
  ]);
});

test("any one, all, or a number of the people of a step: as many agreements as are needed, of one group", () => {
  const board = (output: Partial<RouteOutput>) => askFor([demand("board", output)]).slice(0, -1);
  assert.deepEqual(board({ mode: "quorum", quorum: 2 }), ["0 named board: a, b, c", "0 named board: a, b, c"]);
  assert.deepEqual(board({ mode: "all" }), ["0 named board: a", "0 named board: b", "0 named board: c"]);
  assert.deepEqual(askFor([demand("board", { mode: "quorum", quorum: 4 })]), ["route.quorum-missing"]);
  assert.deepEqual(askFor([demand("board", { mode: "quorum", quorum: 3 })], { gone: ["b"] }), ["route.quorum-missing"]);
});

test("C11: nobody whom a rule names decides what he asks for, carries, keeps or supervises, or after he has left", () => {
  const first = (change: Partial<RouteFacts>, grants = everybody) => askFor([demand("board", {})], change, grants)[0];
  assert.equal(first({ applicantId: "a" }), "0 named board: b, c");
  assert.equal(first({ handlerId: "b" }), "0 named board: a, c");
  assert.equal(first({ gone: ["a", "b"] }), "0 named board: c");
  assert.equal(first({}, [...everybody, makeGrant("c", "custodian", onSeal("seal"))]), "0 named board: a, b");
  assert.equal(first({ absent: ["a"] }), "0 named board: b, c");
  assert.deepEqual(askFor([demand("board", { people: ["a"] })], { gone: ["a"] }), ["route.named-missing"]);
  assert.deepEqual(askFor([demand("board", { people: ["a"], ifNobody: "skip" })], { gone: ["a"] }), [
    "0 signatory always: signatory",
  ]);
});

test("steps of one stage wait side by side; stages are counted without gaps", () => {
  const demands = [
    demand("late", { stage: 7, people: ["d"] }),
    demand("one", { stage: 3, people: ["a"] }),
    demand("two", { stage: 3, people: ["b"] }),
  ];
  assert.deepEqual(askFor(demands), [
    "0 named one: a",
    "0 named two: b",
    "1 named late: d",
    "2 signatory always: signatory",
  ]);
});

test("what several rows ask of the same people is one step, as strict as the strictest", () => {
  const demands = [
    demand("any", { hours: 48 }),
    demand("two", { mode: "quorum", quorum: 2, stage: 2, hours: 24, people: ["c", "b", "a"] }),
  ];
  const decided = decideRoute(facts, demands, units, everybody);
  assert.ok(decided.ok);
  assert.deepEqual(
    decided.steps.map(({ stage, group, hours }) => [stage, group, hours]),
    [
      [0, "two", 24],
      [0, "two", 24],
      [1, "always", null],
    ],
  );
});

const named = (people: readonly string[], change: Partial<RouteOutput> = {}): DemandedStep => ({
  rowId: "board",
  output: {
    ...{
      stage: 2,
      decider: "named",
      title: { en: "Board office", zh: "董事会办公室" },
      people,
      mode: "any",
      quorum: 2,
    },
    ...{ hours: null, ifNobody: "refuse", ...change },
  },
});
const askedOf = (demand: DemandedStep, applicantId: string, change: Partial<RouteFacts> = {}) => {
  const decided = decideRoute({ ...facts, applicantId, ...change }, [demand], units, everybody);
  return decided.ok
    ? decided.steps
        .filter(({ kind }) => kind === "named")
        .map(({ candidates, reason }) => `${candidates.join(" ")} (${reason.slice(6)})`)
    : decided.refusals.map(({ code }) => code);
};

test("C02 C20: an applicant who would decide his own named step: it goes to the next superior, and never to himself", () => {
  assert.deepEqual(askedOf(named(["export head"]), "export head"), ["sales head (next-superior)"]);
  assert.deepEqual(askedOf(named(["export head", "clerk"]), "export head"), ["clerk (named)"]);
  assert.deepEqual(askedOf(named(["export head"]), "somebody", { handlerId: "export head" }), [
    "sales head (next-superior)",
  ]);
  assert.deepEqual(askedOf(named(["export head", "clerk"], { mode: "all" }), "export head"), [
    "clerk (named)",
    "sales head (next-superior)",
  ]);
  assert.deepEqual(
    askedOf(named(["export head", "sales head"], { mode: "all" }), "export head"),
    ["sales head (named)", "office head (next-superior)"],
    "each agreement is another person's",
  );
  assert.deepEqual(askedOf(named(["export head", "clerk"], { mode: "quorum" }), "export head"), [
    "clerk sales head (named)",
    "clerk sales head (named)",
  ]);
  assert.deepEqual(askedOf(named(["entity head"]), "entity head"), ["route.named-missing"], "nobody is above him");
});

test("C02 C20: nobody below an applicant decides for him: who heads a unit above his own is decided by those above that", () => {
  assert.deepEqual(route({ applicantId: "sales head" })[0], "unit-head: office head (next-superior)");
  assert.deepEqual(route({ applicantId: "office head" })[0], "unit-head: entity head (next-superior)");
  assert.deepEqual(route({ applicantId: "entity head" }), ["route.unit-head-missing"]);
});
