import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ApprovalSubject } from "./approval.ts";
import { keepAgreements, partsOfRequest, REQUEST_PARTS, type RequestPart, restsOn } from "./kept-approvals.ts";
import { STEP_KINDS } from "./rule-set.ts";

const subject: ApprovalSubject = {
  ...{ number: "LX-2027-1", round: 1, entityId: "ent", applicantId: "a", handlerId: null, documentClass: "contract" },
  ...{ external: true, counterparty: "Beicheng", amount: "1.00", currency: "CNY", title: "T", purpose: "P" },
  validUntil: "2027-12-31",
  documents: [{ documentId: "d", digest: "sha256:1", placements: [{ sealId: "s", page: 0, xMm: 20, yMm: 200 }] }],
};
const digests = (change: Partial<ApprovalSubject> = {}): Record<RequestPart, string> => {
  const parts = partsOfRequest({ ...subject, ...change }, [[]]);
  return Object.fromEntries(REQUEST_PARTS.map((part) => [part, JSON.stringify(parts[part])])) as Record<
    RequestPart,
    string
  >;
};
const route = [
  { kind: "unit-head", group: "head", candidates: ["h"] },
  { kind: "legal-review", group: "legal", candidates: ["l", "m"] },
  { kind: "signatory", group: "always", candidates: ["s"] },
] as const;
const given = [
  { stepId: "1", kind: "unit-head", group: "head", decidedBy: "h" },
  { stepId: "2", kind: "legal-review", group: "legal", decidedBy: "l" },
] as const;
const keep = (now: Partial<ApprovalSubject>, asked: Parameters<typeof keepAgreements>[0] = route) =>
  keepAgreements(asked, given, digests(), digests(now)).map(
    ({ kept, again }) => kept ?? again?.facts.parts ?? again?.code,
  );

test("C02 C17: nothing changed but the place of the seal: what was agreed stands, and the signatory is asked", () => {
  const documents = subject.documents.map((one) => ({
    ...one,
    placements: one.placements.map((place) => ({ ...place, xMm: 50 })),
  }));
  assert.deepEqual(keep({ documents }), ["1", "2", undefined]);
});

test("C17: another file voids every agreement; the same file uploaded again does not", () => {
  const [first] = subject.documents;
  assert.ok(first);
  assert.deepEqual(keep({ documents: [{ ...first, digest: "sha256:2" }] }), ["documents", "documents", undefined]);
  assert.deepEqual(keep({ documents: [{ ...first, documentId: "again" }] }), ["1", "2", undefined]);
});

test("C02: a later last day is the unit head's to agree to, and not the lawyer's", () => {
  assert.deepEqual(keep({ validUntil: "2027-06-30" }), ["validity", "2", undefined]);
  assert.deepEqual(keep({ amount: "2.00", counterparty: "Other" }).slice(0, 2), [
    "counterparty amount",
    "counterparty amount",
  ]);
});

test("C17: what is approved besides what is known here voids every agreement where it changes", () => {
  const more = { yetToCome: "what nobody knows here" } as Partial<ApprovalSubject>;
  assert.deepEqual(keep(more), ["answers", "answers", undefined]);
  assert.deepEqual(keep({ number: "LX-2027-1", round: 2 }).slice(0, 2), ["1", "2"], "another round is no change");
});

test("C11: who agreed and would not be asked today, or for another rule, is no agreement any more", () => {
  assert.deepEqual(keep({}, [{ kind: "legal-review", group: "legal", candidates: ["m"] }]), ["again.not-asked"]);
  assert.deepEqual(keep({}, [{ kind: "legal-review", group: "other", candidates: ["l"] }]), [undefined]);
  assert.deepEqual(
    keepAgreements(
      [route[2]],
      [{ stepId: "3", kind: "signatory", group: "always", decidedBy: "s" }],
      digests(),
      digests(),
    ),
    [{ kept: null, again: { code: "again.signatory", rule: null, facts: {} } }],
  );
});

test("C02: one agreement stands for one step, whoever else of the group has to agree", () => {
  const two = [
    { kind: "named", group: "board", candidates: ["x", "y"] },
    { kind: "named", group: "board", candidates: ["x", "y"] },
  ] as const;
  const kept = keepAgreements(
    two,
    [{ stepId: "1", kind: "named", group: "board", decidedBy: "x" }],
    digests(),
    digests(),
  );
  assert.deepEqual(
    kept.map((one) => one.kept),
    ["1", null],
  );
});

test("C02: whatever changed, an agreement stands exactly where its step rests on nothing of it, and never without what it saw", () => {
  const sample = { ...digests() };
  fc.assert(
    fc.property(
      fc.constantFrom(...STEP_KINDS),
      fc.subarray([...REQUEST_PARTS]),
      fc.boolean(),
      (kind, changed, known) => {
        const now = { ...sample, ...Object.fromEntries(changed.map((part) => [part, "changed"])) };
        const [answer] = keepAgreements(
          [{ kind, group: "g", candidates: ["p"] }],
          [{ stepId: "1", kind, group: "g", decidedBy: "p" }],
          known ? sample : null,
          now,
        );
        const parts = restsOn[kind];
        const stands = known && parts !== null && !parts.some((part) => changed.includes(part));
        assert.equal(answer?.kept, stands ? "1" : null);
        assert.equal(answer?.again === null, stands, "what does not stand is told why");
      },
    ),
  );
});
