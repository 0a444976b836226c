import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { restAfterReset } from "./account.ts";
import {
  askGate,
  GATE_CONDITIONS,
  type GateConditionId,
  type GateFacts,
  type GateSeal,
  type PresenceFacts,
  presenceLife,
} from "./gate.ts";
import { defaultKindRules } from "./seal-kind.ts";
import { day, facts, now } from "./test-gate-facts.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, SEAL_TYPES, SEAL_USE_REQUEST_STATES, USE_MODES } from "./vocabulary.ts";

const person = fc.constantFrom("applicant", "head", "lawyer", "signatory", "custodian", "supervisor");
const anyPresence: fc.Arbitrary<PresenceFacts | null> = fc.option(
  fc.record({
    personId: person,
    digest: fc.constantFrom("sha256:1", "sha256:2"),
    at: fc.constantFrom(now, now - 1000, now - presenceLife, now - presenceLife - 1, now + 1),
    grantInForce: fc.boolean(),
    credentialResetAt: fc.option(fc.constantFrom(now, now - restAfterReset, now - restAfterReset + 1)),
  }),
);
const anySeal: fc.Arbitrary<GateSeal> = fc.record({
  sealId: fc.constantFrom("s1", "s2"),
  type: fc.constantFrom("contract", "official", ...SEAL_TYPES),
  important: fc.boolean(),
  external: fc.boolean(),
  kind: fc.constantFrom(...SEAL_TYPES, "contract" as const, "official" as const).map(defaultKindRules),
  state: fc.constantFrom("in-use", "in-use", "frozen", "stopped"),
  certificate: fc.option(
    fc.record({
      notBefore: fc.constantFrom(now - day, now, now + 1),
      notAfter: fc.constantFrom(now + day, now, now - 1),
      revoked: fc.boolean(),
    }),
  ),
  entityId: fc.constantFrom("ent", "other"),
}) as fc.Arbitrary<GateSeal>;
const anyFacts = fc.record({
  now: fc.constant(now),
  today: fc.constantFrom("2027-01-14", "2027-01-15", "2027-01-16"),
  profile: fc.constantFrom(...PROFILES),
  supervisionAsked: fc.boolean(),
  requestId: fc.constant("req"),
  state: fc.constantFrom(...SEAL_USE_REQUEST_STATES),
  useMode: fc.constantFrom(...USE_MODES),
  byController: fc.boolean(),
  entityId: fc.constantFrom("ent", "other"),
  documentClass: fc.constantFrom("contract", "internal-notice", null),
  className: fc.constant("contract"),
  owedPapers: fc.constantFrom([], ["board-resolution" as const]),
  external: fc.boolean(),
  validUntil: fc.constantFrom("2027-01-15", null),
  applicantId: person,
  handlerId: fc.option(person),
  digest: fc.constantFrom("sha256:1", "sha256:2", null),
  digestNow: fc.constantFrom("sha256:1", "sha256:2", null),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom("unit-head", "legal-review", "signatory"),
      state: fc.constantFrom("approved", "approved", "current"),
      decidedBy: fc.option(person),
      decidedAt: fc.option(fc.constantFrom(now - day, now, now + 1)),
    }),
    { maxLength: 4 },
  ),
  seals: fc.array(anySeal, { maxLength: 2 }),
  emergency: fc.option(fc.constantFrom({ until: now - 1 }, { until: now }, { until: now + day })),
  standing: fc.option(fc.record({ inForce: fc.boolean(), counted: fc.boolean() })),
  joint: fc.option(
    fc.record({
      otherState: fc.constantFrom(...SEAL_USE_REQUEST_STATES),
      other: fc.constant("LP-2027-0001"),
      engaged: fc.subarray(["applicant", "head", "lawyer", "signatory", "custodian", "supervisor", "stranger"]),
      otherFileFits: fc.boolean(),
    }),
  ),
  unfinishedPlaces: fc.nat(1),
  release: anyPresence,
  releasedByCustodianOfRecord: fc.boolean(),
  releasedByFit: fc.boolean(),
  confirmation: anyPresence,
  authorisedImpressions: fc.nat(4),
  usedImpressions: fc.nat(4),
  sealsOnDocuments: fc.array(
    fc.record({
      ...{ sealId: fc.constant("seal-1"), documentId: fc.constant("doc-1") },
      ...{ authorised: fc.nat(3), used: fc.nat(2), wanted: fc.nat(2) },
    }),
    { maxLength: 2 },
  ),
  wantedImpressions: fc.array(fc.constantFrom("imp-1", "imp-2"), { maxLength: 3 }),
}) as fc.Arbitrary<GateFacts>;
const someFacts = fc
  .tuple(
    anyFacts,
    fc.subarray([...Object.keys(facts), "joint", "emergency", "byController"] as (keyof GateFacts)[], { maxLength: 4 }),
  )
  .map(([random, keys]): GateFacts => ({ ...facts, ...Object.fromEntries(keys.map((key) => [key, random[key]])) }));

/** What must hold where the gate says yes, said once more in other words. */
function wouldBeWrong(f: GateFacts): string | null {
  if (f.emergency && f.emergency.until < now) return "the emergency is over";
  const important = f.emergency || f.supervisionAsked || f.seals.some((one) => one.important);
  if (f.state !== "authorised" && f.state !== "opened") return "not authorised";
  const standing = f.emergency ? null : f.standing;
  if (standing && !(standing.inForce && standing.counted)) return "the standing authorisation";
  if (!standing && (f.steps.length === 0 || f.steps.at(-1)?.kind !== "signatory")) return "no signatory";
  // In an emergency the route is shorter; what stands in it is asked as ever.
  if (
    !standing &&
    !f.steps.every((one) => one.state === "approved" && one.decidedBy && (one.decidedAt ?? now + 1) <= now)
  )
    return "approval";
  if (f.validUntil !== null && f.validUntil < f.today) return "over";
  if (f.seals.length === 0) return "no seal";
  if (!f.seals.every((one) => one.state === "in-use" && one.entityId === f.entityId)) return "seal";
  if (f.documentClass === null || (f.external && f.seals.some((one) => !one.external || !one.kind.external)))
    return "scope";
  if (f.seals.some((one) => f.documentClass === null || !one.kind.classes.includes(f.documentClass))) return "class";
  // By hand nothing is signed, so that no certificate is asked for.
  const onPaper = f.useMode === "by-hand" || f.byController === true;
  if (!onPaper && !f.seals.every(({ certificate: c }) => c && !c.revoked && c.notBefore <= now && now <= c.notAfter))
    return "certificate";
  if (f.digest === null || f.digest !== f.digestNow) return "digest";
  if (f.unfinishedPlaces > 0) return "blank";
  if (f.joint) {
    if (!["authorised", "opened", "closed", "registered"].includes(f.joint.otherState)) return "the other side";
    if (!f.joint.otherFileFits) return "another file than the approved one and the other side's seals";
    const here = [f.release?.personId, f.confirmation?.personId, ...f.steps.map((one) => one.decidedBy)];
    if (f.joint.engaged.some((one) => here.includes(one))) return "one person for both sides";
  }
  const fresh = (p: PresenceFacts | null): boolean =>
    p !== null &&
    p.digest === f.digest &&
    p.grantInForce &&
    p.at <= now &&
    p.at >= now - presenceLife &&
    !(important && p.credentialResetAt !== null && p.credentialResetAt > now - restAfterReset);
  if (!fresh(f.release)) return "release";
  if (!f.releasedByFit) return "unfit";
  if (important && !fresh(f.confirmation)) return "confirmation";
  if (important && (f.confirmation?.at ?? 0) < (f.release?.at ?? 0)) return "confirmed before the release";
  if (f.release?.personId === f.confirmation?.personId) return "one person, both eyes";
  const keepers = [f.release?.personId, f.confirmation?.personId];
  if (keepers.includes(f.applicantId) || keepers.includes(f.handlerId ?? "nobody")) return "the applicant keeps";
  const deciders = f.steps.map((one) => one.decidedBy);
  if (deciders.includes(f.applicantId) || deciders.includes(f.handlerId)) return "the applicant decides";
  if (f.release && deciders.includes(f.release.personId)) return "who decided releases";
  if (f.sealsOnDocuments.some(({ authorised, used, wanted }) => wanted > 0 && used + wanted > authorised))
    return "a seal in another's place";
  if (f.usedImpressions + Math.max(1, f.wantedImpressions.length) > f.authorisedImpressions)
    return "no impressions left";
  return null;
}

test("over random facts there is an authorisation exactly where every condition is met, and never where something is wrong", () => {
  const seen = { yes: 0, no: 0 };
  fc.assert(
    fc.property(someFacts, (random) => {
      const answer = askGate(random);
      assert.deepEqual(
        answer.conditions.map((condition) => condition.id),
        [...GATE_CONDITIONS] satisfies GateConditionId[],
      );
      for (const condition of answer.conditions) assert.deepEqual(listTextFaults(condition.code, condition.facts), []);
      assert.equal(
        answer.allowed,
        answer.conditions.every((condition) => condition.met),
      );
      assert.equal("authorisation" in answer, answer.allowed);
      seen[answer.allowed ? "yes" : "no"] += 1;
      if (answer.allowed) assert.equal(wouldBeWrong(random), null);
    }),
    { numRuns: 10_000 },
  );
  assert.ok(seen.yes > 300 && seen.no > 300, JSON.stringify(seen));
});

test("the gate depends on the facts alone: the same facts, the same answer", () => {
  fc.assert(fc.property(someFacts, (random) => assert.deepEqual(askGate(random), askGate(structuredClone(random)))));
});

test("C01 C02 C04: what the gate allows in an emergency it would refuse without one only for papers that follow, and it never needs fewer people", () => {
  const seen = { yes: 0, less: 0 };
  const urgent = fc
    .tuple(
      someFacts,
      fc.constantFrom({ until: now }, { until: now + day }),
      fc.constantFrom(...USE_MODES),
      fc.boolean(),
      fc.nat(9),
    )
    .map(([random, emergency, useMode, pressed, alone]): GateFacts => {
      const byController = pressed && useMode === "by-hand";
      // Of a seal that is not important nobody is asked for beside its custodian, as a rule.
      const unseen = { seals: facts.seals.map((one) => ({ ...one, important: false })), confirmation: null };
      return { ...random, ...(alone === 0 ? unseen : {}), ...{ emergency, useMode, byController, standing: null } };
    });
  fc.assert(
    fc.property(urgent, (random) => {
      const answer = askGate(random);
      const ordinary = askGate({ ...random, emergency: null });
      if (!answer.allowed) {
        // The hours and the second person come on top.
        if (ordinary.allowed) seen.less += 1;
        return;
      }
      seen.yes += 1;
      const missing = ordinary.conditions.filter(({ met }) => !met).map(({ id }) => id);
      assert.deepEqual(
        missing.filter((id) => id !== "papers-attached"),
        [],
      );
      assert.notEqual(answer.authorisation.supervisorId, null);
      assert.notEqual(answer.authorisation.supervisorId, answer.authorisation.custodianId);
    }),
    { numRuns: 5_000 },
  );
  assert.ok(seen.yes > 150 && seen.less > 20, JSON.stringify(seen));
});
