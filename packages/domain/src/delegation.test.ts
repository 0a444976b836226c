import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DELEGABLE_ROLES, type DelegationContext, type DelegationWanted, decideDelegation } from "./delegation.ts";
import { findFreeHolders, findSealingHolders, listTakenDuties, withoutBiasedDelegations } from "./duties.ts";
import { decideRoute, findPrincipal, listEntitled, type RouteFacts } from "./route.ts";
import type { Grant } from "./separation-matrix.ts";
import { makeGrant, makeSeal, onSeal, onUnit } from "./test-grants.ts";
import { demandedFor } from "./test-rules.ts";
import { listTextFaults } from "./test-texts.ts";
import { ROLES } from "./vocabulary.ts";

const own = makeGrant("boss", "signatory", { to: "2026-12-31" });
const wanted: DelegationWanted = {
  ...{ delegationId: "dlg", delegateId: "deputy", scope: own.scope, entityId: "ent" },
  ...{ from: "2026-07-01", to: "2026-07-30", guest: false, active: true },
};
const context: DelegationContext = {
  ...{ profile: "strict", own, existing: [own], mostDays: 30, today: "2026-06-01" },
  seals: [makeSeal("s1", "official", true)],
};
function ask(change: Partial<DelegationWanted> = {}, more: Partial<DelegationContext> = {}): string[] {
  const decided = decideDelegation({ ...wanted, ...change }, { ...context, ...more });
  if (decided.ok) return [];
  for (const { code, facts, rule } of decided.refusals) {
    assert.deepEqual(listTextFaults(code, facts), []);
    if (code !== "delegation.given-already") assert.match(rule ?? "", /^C(11|12)$|^$/);
  }
  return decided.refusals.map((refusal) => refusal.code);
}

test("C11: a holder lets another act in his role for some days, and the role is his under the delegation's id", () => {
  const decided = decideDelegation(wanted, context);
  assert.ok(decided.ok);
  assert.deepEqual(decided.events[0]?.grant, {
    ...{ grantId: "dlg", personId: "deputy", role: "signatory", scope: own.scope, entityId: "ent" },
    ...{ from: "2026-07-01", to: "2026-07-30", guest: false, delegatedBy: "boss" },
  });
});

test("C11: each single condition flips the answer, with its own reason", () => {
  const delegated = { ...own, personId: "deputy", delegatedBy: "boss", from: "2026-07-20", to: "2026-08-01" };
  const flips: readonly (readonly [Partial<DelegationWanted>, Partial<DelegationContext>, string])[] = [
    [{ delegateId: "boss" }, { existing: [] }, "grant.to-oneself"],
    [{}, { own: { ...own, delegatedBy: "chair" } }, "delegation.of-delegated"],
    [{ entityId: "other", scope: { kind: "entity", id: "other" } }, {}, "delegation.beyond-scope"],
    [{ to: "2027-01-01", from: "2026-12-30" }, {}, "delegation.beyond-days"],
    [{}, { own: { ...own, from: "2026-07-02" } }, "delegation.beyond-days"],
    [{ from: "2026-05-31", to: "2026-06-02" }, {}, "delegation.back-dated"],
    [{ to: "2026-07-31" }, {}, "delegation.too-long"],
    [{ to: "2026-06-30" }, {}, "grant.days-reversed"],
    [{ active: false }, {}, "delegation.delegate-inactive"],
    [{}, { existing: [own, delegated] }, "delegation.given-already"],
    [{}, { existing: [own, makeGrant("deputy", "signatory")] }, "grant.held-already"],
    [{}, { existing: [own, makeGrant("deputy", "custodian", onSeal("s1"))] }, "separation.duties-meet"],
  ];
  assert.deepEqual(ask(), []);
  for (const [change, more, code] of flips) assert.deepEqual(ask(change, more), [code]);
});

test("C11: a delegation never joins roles that only the profile lets meet", () => {
  const held = makeGrant("deputy", "seal-administrator");
  assert.deepEqual(ask({}, { profile: "standard", existing: [own, held] }), ["delegation.loosened"]);
  assert.deepEqual(ask({}, { profile: "strict", existing: [own, held] }), ["separation.duties-meet"]);
});

test("C11: custody and the roles that keep accounts, seals and books are never delegated", () => {
  for (const role of ROLES) {
    const held = makeGrant("boss", role);
    const stays = ask({}, { own: held, existing: [held] }).includes("delegation.role-stays");
    assert.equal(stays, !DELEGABLE_ROLES.some((one) => one === role), role);
  }
});

test("C11: a part of an entity may be delegated, one seal of a signatory's, one unit of a head's; never more than is held", () => {
  const scopes = { seal: { kind: "seal", id: "s1" }, unit: { kind: "unit", id: "u" } } as const;
  const may = (held: Grant, scope: keyof typeof scopes): boolean =>
    ask({ scope: scopes[scope] }, { own: held, existing: [held] }).length === 0;
  assert.deepEqual([may(own, "seal"), may(own, "unit")], [true, false]);
  const head = makeGrant("boss", "unit-head");
  assert.deepEqual([may(head, "seal"), may(head, "unit")], [false, true]);
  const lawyer = makeGrant("boss", "legal-reviewer");
  assert.deepEqual([may(lawyer, "seal"), may(lawyer, "unit")], [false, false]);
  const narrow = makeGrant("boss", "signatory", onSeal("s1"));
  assert.equal(may(narrow, "seal"), true);
  assert.deepEqual(ask({}, { own: narrow, existing: [narrow] }), ["delegation.beyond-scope"]);
  assert.equal(may(makeGrant("boss", "signatory", onSeal("s2")), "seal"), false);
  // What the delegate has for the entity already he is not given for a seal once more; the other way round he is.
  const days = { personId: "deputy", delegatedBy: "boss", from: wanted.from, to: wanted.to };
  const [wide, part] = [
    { ...own, ...days },
    { ...own, ...days, scope: scopes.seal },
  ];
  assert.deepEqual(ask({ scope: scopes.seal }, { existing: [own, wide] }), ["delegation.given-already"]);
  assert.deepEqual(ask({}, { existing: [own, part] }), []);
});

const facts: RouteFacts = {
  ...{ profile: "strict", documentClass: "contract", entityId: "ent", unitId: "u", sealIds: ["s1"] },
  ...{ applicantId: "applicant", handlerId: null, today: "2026-07-10" },
};
const stand = (personId: string, delegatedBy: string, role: Grant["role"], change: Partial<Grant> = {}): Grant =>
  makeGrant(personId, role, { ...change, delegatedBy, grantId: `${personId} for ${delegatedBy}` });
const signatories = (change: Partial<RouteFacts>, grants: readonly Grant[]): string[] =>
  listEntitled("signatory", { ...facts, ...change }, [], grants);

test("C11: who stands in decides on the days of the delegation, and it is told in whose place", () => {
  const grants = [own, stand("deputy", "boss", "signatory", { from: "2026-07-01", to: "2026-07-14" })];
  assert.deepEqual(signatories({}, grants), ["boss", "deputy"]);
  assert.deepEqual(signatories({ today: "2026-07-15" }, grants), ["boss"]);
  const principal = (personId: string, more: readonly Grant[] = grants) =>
    findPrincipal("signatory", facts, [], more, personId)?.delegatedBy ?? null;
  assert.equal(principal("deputy"), "boss");
  assert.equal(principal("boss"), null);
  assert.equal(principal("deputy", [...grants, makeGrant("deputy", "signatory")]), null, "his own role is enough");
  assert.equal(principal("nobody"), null);
});

test("C11: a conflict of interest travels: who asked or carries the papers does not decide through another", () => {
  const grants = [own, stand("deputy", "boss", "signatory"), makeGrant("second", "signatory")];
  assert.deepEqual(signatories({ applicantId: "boss" }, grants), ["second"]);
  assert.deepEqual(signatories({ handlerId: "boss" }, grants), ["second"]);
  assert.deepEqual(
    signatories({ applicantId: "boss" }, [...grants, makeGrant("deputy", "signatory", onSeal("s1"))]),
    ["second", "deputy"],
    "in his own name he still may",
  );
  assert.deepEqual(signatories({ applicantId: "deputy" }, grants), ["boss", "second"]);
});

test("C11: a head of unit who asks is passed over together with whoever stands in for him", () => {
  const tree = [{ unitId: "u", parentUnitId: null }];
  const grants = [
    makeGrant("head", "unit-head", onUnit("u")),
    stand("deputy", "head", "unit-head", onUnit("u")),
    makeGrant("superior", "unit-head"),
    own,
  ];
  const first = (applicantId: string): readonly string[] => {
    const route = decideRoute({ ...facts, applicantId }, demandedFor("group", "contract"), tree, [
      ...grants,
      makeGrant("lawyer", "legal-reviewer"),
    ]);
    return route.ok ? (route.steps[0]?.candidates ?? []) : [];
  };
  assert.deepEqual(first("applicant"), ["head", "deputy"]);
  assert.deepEqual(first("head"), ["superior"]);
});

test("C04 C11: what was decided in somebody's place is his decision too: he neither releases nor supervises through anybody", () => {
  const taken = listTakenDuties({
    ...{ applicantId: "applicant", handlerId: null },
    steps: [{ kind: "signatory", decidedBy: "deputy", decidedFor: "boss" }],
  });
  assert.deepEqual(taken.slice(1), [
    { personId: "deputy", duty: "signatory" },
    { personId: "boss", duty: "signatory" },
  ]);
  const grants = [
    makeGrant("keeper", "custodian", onSeal("s1")),
    makeGrant("boss", "supervisor"),
    stand("watcher", "boss", "supervisor"),
    stand("other", "eye", "supervisor"),
  ];
  const holders = findSealingHolders(
    withoutBiasedDelegations("strict", grants, taken),
    [{ sealId: "s1", entityId: "ent" }],
    "2026-07-10",
  );
  assert.deepEqual(findFreeHolders("strict", holders, taken).supervisors, ["other", "keeper"]);
});

const tree = [
  { unitId: "office", parentUnitId: null },
  { unitId: "u", parentUnitId: "office" },
];

test("C11: a head further up who stands in for the nearest one decides in that one's place, here or away", () => {
  const near = makeGrant("near", "unit-head", onUnit("u"));
  const far = makeGrant("far", "unit-head", onUnit("office"));
  const chair = makeGrant("chair", "unit-head");
  const held = [near, far, chair];
  const principal = (grants: readonly Grant[], change: Partial<RouteFacts> = {}) =>
    findPrincipal("unit-head", { ...facts, ...change }, tree, grants, "far")?.delegatedBy ?? null;
  const forNear = stand("far", "near", "unit-head", onUnit("u"));
  assert.equal(principal(held), null);
  assert.equal(principal([...held, forNear]), "near");
  assert.equal(principal([...held, forNear], { absent: ["near"] }), "near", "the delegation counts, not the climbing");
  assert.equal(principal([...held, forNear], { applicantId: "near" }), null, "a conflict of interest travels");
  assert.equal(principal([...held, stand("far", "chair", "unit-head")]), null, "his own is nearer");
  assert.equal(principal([...held, forNear, makeGrant("far", "unit-head", onUnit("u"))]), null);
  // Who keeps the seal decides nothing, nor does anybody in his place: the step climbs.
  const keeps = makeGrant("near", "custodian", onSeal("s1"));
  assert.equal(principal([...held, forNear, keeps]), null);
});

test("C11: the applicant's superior in a step of named people stands in as a head", () => {
  const output = {
    ...({ stage: 1, decider: "named", title: { en: "Board", zh: "董事会" }, people: ["applicant", "b"] } as const),
    ...({ mode: "all", quorum: 2, hours: null, ifNobody: "refuse" } as const),
  };
  const grants = [makeGrant("near", "unit-head", onUnit("u")), stand("far", "near", "unit-head", onUnit("u")), own];
  const route = decideRoute(facts, [{ rowId: "board", output }], tree, grants);
  assert.ok(route.ok);
  assert.deepEqual(
    route.steps.map(({ candidates, superiors = [] }) => [candidates, superiors]),
    [
      [["b"], []],
      [
        ["near", "far"],
        ["near", "far"],
      ],
      [["boss"], []],
    ],
  );
});

test("C11: whoever is asked no more once delegations to him are taken away decides in the place of their giver", () => {
  const people = ["a", "b", "c", "d", "applicant"] as const;
  const scopes = [onUnit("u"), onUnit("office"), onSeal("s1"), onSeal("s2"), {}];
  const grant = fc
    .record({
      personId: fc.constantFrom(...people),
      role: fc.constantFrom("unit-head", "legal-reviewer", "signatory", "custodian", "supervisor" as const),
      scope: fc.constantFrom(...scopes),
      delegatedBy: fc.option(fc.constantFrom(...people), { nil: undefined }),
    })
    .filter(({ personId, role, delegatedBy }) =>
      delegatedBy === undefined ? true : delegatedBy !== personId && role !== "custodian",
    )
    .map(({ personId, role, scope, delegatedBy }) =>
      makeGrant(personId, role, delegatedBy === undefined ? scope : { ...scope, delegatedBy }),
    );
  const demands = demandedFor("group", "contract");
  let vanished = 0;
  fc.assert(
    fc.property(
      fc.array(grant, { minLength: 3, maxLength: 14 }),
      fc.subarray([...people]),
      fc.constantFrom(["s1"], ["s1", "s2"]),
      (some, absent, sealIds) => {
        const at: RouteFacts = { ...facts, sealIds, absent };
        // What nobody lacks, so that there is a route whatever is taken away.
        const grants = [
          ...some,
          ...[makeGrant("chair", "unit-head"), makeGrant("lawyer", "legal-reviewer"), makeGrant("boss", "signatory")],
        ];
        const route = decideRoute(at, demands, tree, grants);
        // An applicant who heads everything is decided by nobody.
        if (!route.ok) return;
        for (const { kind, candidates } of route.steps)
          for (const person of candidates) {
            assert.notEqual(kind, "named");
            const principal = findPrincipal(kind as "unit-head", at, tree, grants, person);
            const givers = new Set(grants.filter((one) => one.personId === person).map((one) => one.delegatedBy));
            for (const giver of givers) {
              if (giver === undefined) continue;
              const left = grants.filter((one) => one.personId !== person || one.delegatedBy !== giver);
              const after = decideRoute(at, demands, tree, left);
              assert.ok(after.ok);
              const isAsked = after.steps.some((one) => one.kind === kind && one.candidates.includes(person));
              if (!isAsked) {
                vanished += 1;
                assert.equal(principal?.delegatedBy, giver, `${person} decides ${kind} for ${giver}`);
              }
            }
            if (!givers.has(undefined)) assert.notEqual(principal, null, "without any role of his own he stands in");
          }
      },
    ),
    { numRuns: 600 },
  );
  assert.ok(vanished > 50, `${vanished} vanished`);
});
