import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { findLoneChains } from "./lone-chain.ts";
import {
  decideGrant,
  type Grant,
  type GrantContext,
  isLoosened,
  listSeparationConflicts,
  mayManageGrants,
  type SealForSeparation,
  separationMatrix,
} from "./separation-matrix.ts";
import { makeGrant, makeSeal, onSeal, onUnit } from "./test-grants.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, type Profile, ROLES, type Role } from "./vocabulary.ts";

/** The matrix as it stands in product.md, row by row, without the rows and the column that are asked per request. */
const productTable = `
                | approver | signatory | custodian   | supervisor  | seal admin | inspector | sys admin
approver        | -        | X         | X           | X           |            | X         | X
signatory       | X        | -         | X           | X           | set        | X         | X
custodian       | X        | X         | -           | per request | X          | X         | X
supervisor      | X        | X         | per request | -           | set        | set       | X
seal admin      |          | set       | X           | set         | -          | X         | X
inspector       | X        | X         | X           | set         | X          | -         | X
`;
const rolesOf: Readonly<Record<string, readonly Role[]>> = {
  approver: ["unit-head", "legal-reviewer"],
  signatory: ["signatory"],
  custodian: ["custodian"],
  supervisor: ["supervisor"],
  "seal admin": ["seal-administrator"],
  inspector: ["inspector"],
  "sys admin": ["system-administrator"],
};

type Cell = "X" | "set" | "open";
const cells = new Map<string, Cell>();
const cellOf = (a: Role, b: Role): Cell => cells.get(`${a} ${b}`) ?? "open";
const rows = productTable
  .trim()
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()));
const [header = [], ...body] = rows;
const written: { row: string; column: string; cell: string }[] = body.flatMap(([row = "", ...line]) =>
  line.map((cell, at) => ({ row, column: header[at + 1] ?? "", cell })),
);
for (const { row, column, cell } of written) {
  if (cell !== "X" && cell !== "set") continue;
  for (const a of rolesOf[row] ?? [])
    for (const b of rolesOf[column] ?? []) {
      cells.set(`${a} ${b}`, cell);
      cells.set(`${b} ${a}`, cell);
    }
}
for (const other of ["custodian", "signatory"] as const) {
  cells.set(`certificate-keeper ${other}`, "X");
  cells.set(`${other} certificate-keeper`, "X");
}

/** Of the row of the applicant what his holders never do, and what the small profile opens besides. */
for (const other of ["inspector", "certificate-keeper", "system-administrator"] as const) {
  cells.set(`applicant ${other}`, "X");
  cells.set(`${other} applicant`, "X");
}
const openInSmall = (a: Role, b: Role): boolean =>
  [a, b].includes("applicant") && [a, b].includes("system-administrator");
/** Whether the profile keeps the pair apart for people of the house. */
const isKept = (profile: Profile, a: Role, b: Role): boolean => {
  if (profile === "small" && openInSmall(a, b)) return false;
  return cellOf(a, b) === "X" || (profile === "strict" && cellOf(a, b) === "set");
};

const context = (existing: readonly Grant[], change: Partial<GrantContext> = {}): GrantContext => ({
  profile: "strict",
  actorId: "grantor",
  existing,
  seals: [makeSeal("s1", "department", false), makeSeal("s2", "department", false)],
  today: "2026-01-01",
  ...change,
});
const codesOf = (decision: ReturnType<typeof decideGrant>): string[] =>
  decision.ok ? [] : decision.refusals.map((refusal) => refusal.code);
const meets = (held: Grant, wanted: Grant, profile: Profile): boolean =>
  codesOf(decideGrant(wanted, context([held], { profile }))).includes("separation.duties-meet");
const allPairs = ROLES.flatMap((a) => ROLES.map((b) => [a, b] as const)).filter(([a, b]) => a !== b);

test("C11: the table that the code is compared with is copied whole and is symmetric", () => {
  assert.equal(written.length, 6 * 7);
  for (const { row, column, cell } of written) {
    const back = written.find((one) => one.row === column && one.column === row);
    if (back) assert.equal(back.cell, cell, `${row} × ${column}`);
  }
  assert.equal([...cells.values()].filter((cell) => cell === "X").length, 2 * 26);
  assert.equal([...cells.values()].filter((cell) => cell === "set").length, 2 * 3);
});

test("C11: in the strict profile a grant is refused exactly where product.md has a cross or leaves it to the organisation", () => {
  for (const [a, b] of allPairs)
    assert.equal(meets(makeGrant("p", a), makeGrant("p", b), "strict"), cellOf(a, b) !== "open", `${a} × ${b}`);
});

test("C11: the standard profile opens what the organisation may decide, and nothing else", () => {
  for (const [a, b] of allPairs)
    assert.equal(meets(makeGrant("p", a), makeGrant("p", b), "standard"), cellOf(a, b) === "X", `${a} × ${b}`);
});

test("C11: the small profile lets a guest review, supervise and inspect, and opens nothing else", () => {
  const guestMay = new Set(["legal-reviewer supervisor", "legal-reviewer inspector"]);
  for (const [a, b] of allPairs) {
    const open = !isKept("small", a, b);
    assert.equal(meets(makeGrant("p", a), makeGrant("p", b), "small"), !open, `${a} × ${b}, of the house`);
    const guest = { guest: true };
    assert.equal(
      meets(makeGrant("p", a, guest), makeGrant("p", b, guest), "small"),
      !(open || guestMay.has(`${a} ${b}`) || guestMay.has(`${b} ${a}`)),
      `${a} × ${b}, a guest`,
    );
    assert.equal(
      meets(makeGrant("p", a, guest), makeGrant("p", b, guest), "strict"),
      cellOf(a, b) !== "open",
      `${a} × ${b}: a guest is asked the same in the strict profile`,
    );
  }
});

test("C11: what is never loosened is refused in every profile, to guests too", () => {
  const never: readonly (readonly [Role, Role])[] = [
    ["signatory", "supervisor"],
    ["signatory", "custodian"],
    ["certificate-keeper", "custodian"],
    ["certificate-keeper", "signatory"],
  ];
  for (const profile of PROFILES)
    for (const [a, b] of never)
      for (const guest of [false, true]) {
        assert.equal(meets(makeGrant("p", a, { guest }), makeGrant("p", b, { guest }), profile), true);
        assert.equal(meets(makeGrant("p", b, { guest }), makeGrant("p", a, { guest }), profile), true);
      }
});

test("C11: each profile keeps apart no more than the one before it, and no pair twice", () => {
  const key = ([a, b]: readonly [Role, Role]): string => [a, b].toSorted().join(" ");
  const sets = PROFILES.map((profile) => new Set(separationMatrix[profile].map(key)));
  for (const [at, set] of sets.entries()) {
    assert.equal(set.size, separationMatrix[PROFILES[at] ?? "strict"].length);
    for (const pair of set) assert.ok(sets[Math.max(0, at - 1)]?.has(pair), pair);
  }
});

test("C11: a pair that the strict matrix keeps apart and the profile does not is told with the grant", () => {
  const held = makeGrant("p", "signatory");
  const wanted = makeGrant("p", "seal-administrator", { to: "2026-12-31" });
  const decided = decideGrant(wanted, context([held], { profile: "small", risk: "He could name his own custodian." }));
  assert.ok(decided.ok);
  assert.deepEqual(decided.events[0]?.loosened, ["signatory"]);
  const plain = decideGrant(
    makeGrant("p", "custodian", onSeal("s1")),
    context([makeGrant("p", "unit-head", onSeal("s2"))], {}),
  );
  assert.equal(plain.ok, true);
  for (const profile of PROFILES)
    for (const [a, b] of allPairs) {
      const loosened = cellOf(a, b) !== "open" && !meets(makeGrant("p", a), makeGrant("p", b), profile);
      assert.equal(isLoosened(profile, a, b, false), loosened, `${profile}: ${a} × ${b}`);
    }
});

test("C11: every loosened pair, in either order, is given with a stated risk and a last day", () => {
  const risk = "One could hide what the other did.";
  for (const profile of PROFILES)
    for (const [a, b] of allPairs) {
      if (!isLoosened(profile, a, b, false)) continue;
      const ask = (to: string | null, said: string | null): string[] =>
        codesOf(decideGrant(makeGrant("p", b, { to }), context([makeGrant("p", a)], { profile, risk: said })));
      const name = `${profile}: ${a} × ${b}`;
      assert.deepEqual(ask(null, " "), ["grant.loosened-without-end", "grant.loosened-without-risk"], name);
      assert.deepEqual(ask(null, risk), ["grant.loosened-without-end"], name);
      assert.deepEqual(ask("2026-12-31", null), ["grant.loosened-without-risk"], name);
      assert.deepEqual(ask("2026-12-31", risk), [], name);
    }
});

const days = Array.from({ length: 9 }, (_, at) => `2026-03-0${at + 1}`);
const day = fc.constantFrom(...days);
/** A grant whose days and scope are small enough to be counted out one by one. */
const anyGrant = fc
  .record({
    personId: fc.constantFrom("p", "q"),
    role: fc.constantFrom(...ROLES),
    entityId: fc.constantFrom("ent", "other"),
    kind: fc.constantFrom("entity", "unit", "seal"),
    seal: fc.constantFrom("s1", "s2"),
    from: day,
    to: fc.option(day),
  })
  .map(({ kind, seal, entityId, ...rest }): Grant => {
    const id = kind === "seal" ? `${entityId}-${seal}` : kind === "unit" ? `${entityId}-unit` : entityId;
    return makeGrant(rest.personId, rest.role, {
      scope: { kind: kind as "seal", id },
      entityId,
      from: rest.from,
      to: rest.to,
    });
  });
const daysOf = ({ from, to }: Grant): string[] => days.filter((one) => one >= from && (to === null || one <= to));
const sealsOf = ({ scope, entityId }: Grant): string[] =>
  scope.kind === "seal" ? [scope.id] : [`${entityId}-s1`, `${entityId}-s2`];
const share = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));
const someSeals: readonly SealForSeparation[] = ["ent", "other"].flatMap((entityId) =>
  ["s1", "s2"].map((seal) => makeSeal(`${entityId}-${seal}`, "department", false, { entityId })),
);

test("C11: two grants meet exactly when they share a day and a seal, in either order", () => {
  fc.assert(
    fc.property(anyGrant, anyGrant, fc.constantFrom(...PROFILES), (held, wanted, profile) => {
      const expected =
        held.personId === wanted.personId &&
        isKept(profile, held.role, wanted.role) &&
        share(daysOf(held), daysOf(wanted)) &&
        share(sealsOf(held), sealsOf(wanted));
      const asked = (a: Grant, b: Grant): boolean =>
        codesOf(decideGrant(b, context([a], { profile, seals: someSeals, today: "2026-03-01" }))).includes(
          "separation.duties-meet",
        );
      // Days that run backwards are refused for that, and meet nothing that can be counted out.
      if (daysOf(held).length === 0 || daysOf(wanted).length === 0) return;
      assert.equal(asked(held, wanted), expected);
      assert.equal(asked(wanted, held), expected);
      assert.equal(listSeparationConflicts([held, wanted], profile).length, expected ? 1 : 0);
    }),
    { numRuns: 2000 },
  );
});

test("C11: whatever is granted one after the other, no conflict and no lone chain comes of it", () => {
  fc.assert(
    fc.property(fc.array(anyGrant, { maxLength: 30 }), fc.constantFrom(...PROFILES), (wanted, profile) => {
      const given: Grant[] = [];
      for (const [at, grant] of wanted.entries()) {
        const next = { ...grant, grantId: String(at) };
        if (decideGrant(next, context(given, { profile, seals: someSeals, today: "2026-03-01" })).ok) given.push(next);
      }
      assert.deepEqual(listSeparationConflicts(given, profile), []);
      const today = (): string => days[0] ?? "";
      assert.deepEqual(findLoneChains({ grants: given, seals: someSeals, today }), []);
    }),
    { numRuns: 300 },
  );
});

test("C11: a change of profile shows the pairs that no longer may meet", () => {
  const grants = [makeGrant("p", "signatory"), makeGrant("p", "seal-administrator"), makeGrant("q", "custodian")];
  assert.deepEqual(listSeparationConflicts(grants, "standard"), []);
  const [conflict, ...more] = listSeparationConflicts(grants, "strict");
  assert.deepEqual(more, []);
  assert.equal(conflict?.personId, "p");
  assert.deepEqual(conflict?.grantIds, [grants[0]?.grantId, grants[1]?.grantId]);
  assert.equal(conflict?.rule, "C11");
});

test("C11: nobody grants to himself; days that run backwards, are over, or are held already are refused, all at once", () => {
  const held = makeGrant("p", "inspector", { from: "2026-01-01", to: "2026-12-31" });
  const wanted = makeGrant("p", "inspector", { from: "2026-02-02", to: "2026-02-01" });
  assert.deepEqual(codesOf(decideGrant(wanted, context([held], { actorId: "p", today: "2026-03-01" }))), [
    "grant.to-oneself",
    "grant.days-reversed",
    "grant.held-already",
  ]);
  const over = makeGrant("q", "inspector", { from: "2026-01-01", to: "2026-02-01" });
  assert.deepEqual(codesOf(decideGrant(over, context([], { today: "2026-03-01" }))), ["grant.already-past"]);
  assert.deepEqual(codesOf(decideGrant(makeGrant("p", "inspector", { from: "2026-12-31" }), context([held]))), [
    "grant.held-already",
  ]);
  assert.equal(decideGrant(makeGrant("p", "inspector", { from: "2027-01-01" }), context([held])).ok, true);
  const atUnit = makeGrant("p", "unit-head", onUnit("u"));
  assert.equal(decideGrant(makeGrant("p", "unit-head", onUnit("v")), context([atUnit])).ok, true);
  assert.equal(decideGrant(makeGrant("q", "inspector"), context([held])).ok, true);
});

test("C11: a refusal names the pair, where it is held and until when, in both languages", () => {
  const held = makeGrant("p", "custodian", { ...onSeal("s1"), to: "2026-12-31" });
  const decided = decideGrant(makeGrant("p", "inspector"), context([held]));
  assert.ok(!decided.ok);
  assert.deepEqual(decided.refusals[0]?.facts, {
    role: "inspector",
    heldRole: "custodian",
    scope: "seal",
    heldUntil: "2026-12-31",
    besideRoles: "certificate-keeper",
  });
  for (const { code, facts } of decided.refusals) assert.deepEqual(listTextFaults(code, facts), []);
});

test("C11: a system administrator grants everywhere, a seal administrator as far as his own grant reaches, others nowhere", () => {
  const entity = { scope: { kind: "entity", id: "ent" }, entityId: "ent" } as const;
  const seal = { scope: { kind: "seal", id: "s1" }, entityId: "ent" } as const;
  const elsewhere = { scope: { kind: "entity", id: "other" }, entityId: "other" } as const;
  for (const role of ROLES) {
    const may = (grant: Grant): boolean[] =>
      [entity, seal, elsewhere].map((wanted) => mayManageGrants([grant], wanted));
    const all = role === "system-administrator";
    const own = role === "seal-administrator";
    assert.deepEqual(may(makeGrant("p", role)), [all || own, all || own, all], role);
    assert.deepEqual(may(makeGrant("p", role, onSeal("s1"))), [all, all || own, all], role);
    assert.deepEqual(may(makeGrant("p", role, onSeal("s2"))), [all, all, all], role);
  }
  assert.equal(mayManageGrants([], entity), false);
});

test("C11: a refused role says who could have it: what its holder may be besides, by the profile", () => {
  const besides = (profile: Profile) => {
    const held = makeGrant("p", "signatory");
    const decided = decideGrant(makeGrant("p", "supervisor"), {
      ...{ profile, actorId: "x", existing: [held], seals: [], today: "2026-06-01" },
    });
    return decided.ok ? null : decided.refusals[0]?.facts.besideRoles;
  };
  assert.equal(besides("strict"), "custodian certificate-keeper");
  assert.equal(besides("small"), "custodian certificate-keeper seal-administrator inspector");
});
