import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type BookEnd,
  type CustodyAccount,
  type CustodyPosting,
  decidePosting,
  findAccountAt,
  listBreaks,
  listStays,
  parseAccount,
  peopleAccount,
  peopleOf,
  replaceCustodian,
} from "./custody-posting.ts";

const people = ["per_a", "per_b", "per_c"];
const accounts: CustodyAccount[] = [
  ...people.map((one) => peopleAccount([one])),
  peopleAccount(["per_a", "per_b"]),
  peopleAccount(["per_c", "per_b"]),
  "container:con_1",
  "container:con_2",
  "origin",
  "ended",
];
const bodies = [
  { bodyId: "body_1", kind: "physical" },
  { bodyId: "body_2", kind: "electronic" },
] as const;
const move = fc.record({
  body: fc.constantFrom(...bodies),
  book: fc.constantFrom("place" as const, "custodian" as const),
  to: fc.constantFrom(...accounts),
  at: fc.integer({ min: 0, max: 40 }),
});

/** The books as the moves leave them: what was allowed is posted, what was refused changes nothing. */
function post(
  moves: readonly { body: (typeof bodies)[number]; book: "place" | "custodian"; to: CustodyAccount; at: number }[],
) {
  const books = new Map<string, CustodyPosting[]>();
  for (const { body, book, to, at } of moves) {
    const key = `${body.bodyId} ${book}`;
    const there = books.get(key) ?? [];
    const last: BookEnd = there.at(-1) ?? null;
    const decided = decidePosting(last, { ...body, book, to, at });
    if (decided.ok) books.set(key, [...there, ...decided.events.map((event) => event.posting)]);
  }
  return books;
}

test("C08 whatever is moved, each book holds each body exactly once at every instant from its first posting on", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      for (const [key, postings] of post(moves)) {
        assert.deepEqual(listBreaks(postings), [], key);
        const [first] = postings;
        const stays = listStays(postings);
        for (let at = -1; at <= 41; at += 1) {
          // What goes in less what goes out, over all accounts: one from the beginning on, none before.
          const sums = new Map<string, number>();
          for (const posting of postings.filter((one) => one.at <= at)) {
            sums.set(posting.to, (sums.get(posting.to) ?? 0) + 1);
            if (posting.from !== "origin") sums.set(posting.from, (sums.get(posting.from) ?? 0) - 1);
          }
          const holding = [...sums].filter(([, sum]) => sum !== 0);
          const begun = first !== undefined && first.at <= at;
          assert.deepEqual(
            holding.map(([, sum]) => sum),
            begun ? [1] : [],
            `${key} at ${at}`,
          );
          assert.equal(findAccountAt(postings.toReversed(), at), holding[0]?.[0] ?? null);
          const covering = stays.filter((stay) => stay.from <= at && (stay.to === null || at < stay.to));
          const ended = findAccountAt(postings, at) === "ended";
          assert.equal(covering.length, begun && !ended ? 1 : 0, `${key} at ${at}`);
        }
        assert.ok(!key.startsWith("body_2 place"), "a key lies in no place");
      }
    }),
    { numRuns: 300 },
  );
});

test("a posting is refused into the past, to where the body is, to what is no account of the book, and after the end", () => {
  const last: BookEnd = { seq: 3, to: "person:per_a", at: 10 };
  const codes = (change: Partial<Parameters<typeof decidePosting>[1]>, from: BookEnd = last): string[] => {
    const decided = decidePosting(from, {
      ...{ bodyId: "body_1", kind: "physical", book: "custodian", to: "person:per_b", at: 11 },
      ...change,
    });
    return decided.ok ? [] : decided.refusals.map((one) => one.code);
  };
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ at: 9 }), ["custody.into-the-past"]);
  assert.deepEqual(codes({ to: "person:per_a" }), ["custody.there-already"]);
  assert.deepEqual(codes({ to: "container:con_1" }), ["custody.no-such-account"]);
  assert.deepEqual(codes({ book: "place", to: "people:per_a+per_b" }), ["custody.no-such-account"]);
  assert.deepEqual(codes({ book: "place", kind: "electronic" }), ["custody.no-such-account"]);
  assert.deepEqual(codes({ to: "origin" }), ["custody.no-such-account"]);
  assert.deepEqual(codes({}, { seq: 4, to: "ended", at: 10 }), ["custody.ended"]);
  assert.deepEqual(codes({ to: "ended" }, null), ["custody.not-begun"]);
});

test("breaks in a track are found: a gap, a branch, a wrong account, a time before the last", () => {
  const first: CustodyPosting = {
    ...{ bodyId: "body_1", book: "place", seq: 0, from: "origin", to: "person:per_a", fromAt: null, at: 1 },
  };
  const next: CustodyPosting = { ...first, seq: 1, from: "person:per_a", to: "container:con_1", fromAt: 1, at: 5 };
  assert.deepEqual(listBreaks([next, first]), []);
  for (const wrong of [
    { ...next, seq: 2 },
    { ...next, from: "person:per_b" as const },
    { ...next, fromAt: 2 },
    { ...next, at: 0 },
    { ...next, to: "person:per_a" as const },
  ])
    assert.deepEqual(listBreaks([first, wrong]), [wrong]);
});

test("accounts are read as they are written, and one of two custodians is replaced", () => {
  for (const account of accounts) assert.equal(parseAccount(account), account);
  for (const text of ["", "person:", "people:per_a", "people:per_b+per_a", "people:per_a+per_a", "someone"])
    assert.equal(parseAccount(text), null, text);
  assert.throws(() => peopleAccount([]), RangeError);
  assert.throws(() => peopleAccount(people), RangeError);
  const joint = peopleAccount(["per_b", "per_a"]);
  assert.deepEqual(peopleOf(joint), ["per_a", "per_b"]);
  assert.equal(replaceCustodian(joint, "per_a", "per_c"), "people:per_b+per_c");
  assert.equal(replaceCustodian(joint, "per_a", "per_b"), null);
  assert.equal(replaceCustodian(joint, "per_c", "per_a"), null);
  assert.equal(replaceCustodian("person:per_a", "per_a", "per_b"), "person:per_b");
});
