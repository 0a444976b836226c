import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type BookedImpression, bookByCode, copyShown, verdictOnCopy } from "./copy-booking.ts";

interface Place {
  readonly documentId: string;
  readonly position: number;
}
const onePlace: readonly Place[] = [{ documentId: "d1", position: 0 }];
/** Two seals on one document, and one on another that lies in a pile of its own. */
const threePlaces: readonly Place[] = [
  ...onePlace,
  { documentId: "d1", position: 1 },
  { documentId: "d2", position: 0 },
];
const idOf = ({ documentId, position }: Place, turn: number): string => `${documentId}.${position}.${turn}`;

/** A stamping of so many copies, whose photos are read one after the other, each where it is booked then. */
function stampInOrder(
  places: readonly Place[],
  copies: number,
  change: (id: string) => Partial<BookedImpression> = () => ({}),
) {
  let all = Array.from({ length: copies }, (_, at) => at + 1).flatMap((turn) =>
    places.map((place): BookedImpression => {
      const impressionId = idOf(place, turn);
      const plain = { turn, copy: turn, shown: null, spoiled: false, held: false };
      return { impressionId, ...place, ...plain, ...change(impressionId) };
    }),
  );
  const closed = new Set<number>();
  const book = (): void => {
    for (const { impressionId, otherId, from, to } of bookByCode(all, closed)) {
      const [one, other] = [impressionId, otherId].map((id) => all.find((each) => each.impressionId === id));
      assert.deepEqual(
        [one?.copy, other?.copy, one?.documentId, one?.position],
        [from, to, other?.documentId, other?.position],
      );
      all = all.map((each) => (each === one ? { ...each, copy: to } : each === other ? { ...each, copy: from } : each));
    }
    assert.deepEqual(bookByCode(all, closed), [], "asked again it changes nothing");
    for (const place of places)
      assert.deepEqual(
        copiesAt(place).toSorted((a, b) => a - b),
        Array.from({ length: copies }, (_, at) => at + 1),
        "each copy has its place once",
      );
  };
  const copiesAt = (place: Place): number[] =>
    all.filter((one) => one.documentId === place.documentId && one.position === place.position).map(({ copy }) => copy);
  return {
    closed,
    book,
    read: (impressionId: string, shown: number | null): void => {
      all = all.map((one) => (one.impressionId === impressionId ? { ...one, shown } : one));
      book();
    },
    copyOf: (impressionId: string) => all.find((one) => one.impressionId === impressionId)?.copy,
    /** Photos that show another copy than the one they are booked to. */
    findings: () => all.filter(({ shown, copy }) => shown !== null && shown !== copy).map((one) => one.impressionId),
    copiesAt,
  };
}

const shuffled = <T>(list: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length });
const turnsOf = (copies: number): number[] => Array.from({ length: copies }, (_, at) => at + 1);
/** How each pile of sheets lies, and in which order the photos come to be read. */
const anyPile = (places: readonly Place[], most = 12) =>
  fc.integer({ min: 2, max: most }).chain((copies) =>
    fc.record({
      copies: fc.constant(copies),
      piles: fc.tuple(...places.map(() => shuffled(turnsOf(copies)))),
      reading: shuffled(turnsOf(copies).flatMap((turn) => places.map((_, at) => ({ at, turn })))),
    }),
  );

test("C09 C17 however the pile was shuffled, and whenever its photos are read, each ends on the copy it shows and nothing is found", () => {
  for (const places of [onePlace, threePlaces])
    fc.assert(
      fc.property(anyPile(places), ({ copies, piles, reading }) => {
        const stamping = stampInOrder(places, copies);
        const sheetOf = (at: number, turn: number): number => piles[at]?.[turn - 1] ?? 0;
        for (const { at, turn } of reading) stamping.read(idOf(places[at] as Place, turn), sheetOf(at, turn));
        assert.deepEqual(stamping.findings(), []);
        for (const { at, turn } of reading)
          assert.equal(stamping.copyOf(idOf(places[at] as Place, turn)), sheetOf(at, turn));
      }),
      { numRuns: 300 },
    );
});

test("C09 C17 one sheet that was stamped or photographed twice in a shuffled pile is exactly one finding, of one of its two photos", () => {
  fc.assert(
    fc.property(anyPile(onePlace), fc.nat(), fc.nat(), ({ copies, piles: [pile = []], reading }, one, other) => {
      const [twice, missing] = [one % copies, other % copies];
      fc.pre(twice !== missing);
      const sheets = pile.map((sheet, at) => (at === missing ? pile[twice] : sheet));
      const stamping = stampInOrder(onePlace, copies);
      for (const { turn } of reading) stamping.read(idOf(onePlace[0] as Place, turn), sheets[turn - 1] ?? null);
      const found = stamping.findings();
      assert.equal(found.length, 1);
      const ofSheet = [twice, missing].map((at) => idOf(onePlace[0] as Place, at + 1));
      assert.ok(ofSheet.includes(found[0] ?? ""));
      assert.equal(stamping.copyOf(found[0] ?? ""), pile[missing], "it stands at the copy that no photo shows");
    }),
    { numRuns: 500 },
  );
});

test("C09 spoiled sheets void the copy that their photo shows, wherever they lay in the pile", () => {
  fc.assert(
    fc.property(anyPile(onePlace), fc.integer(), ({ copies, piles: [pile = []], reading }, seed) => {
      const isSpoiled = (turn: number): boolean => ((seed >>> (turn % 31)) & 1) === 1;
      const stamping = stampInOrder(onePlace, copies, (id) => ({ spoiled: isSpoiled(Number(id.split(".")[2])) }));
      for (const { turn } of reading) stamping.read(idOf(onePlace[0] as Place, turn), pile[turn - 1] ?? null);
      assert.deepEqual(stamping.findings(), []);
    }),
    { numRuns: 300 },
  );
});

test("C09 photos whose code nobody can read stand where the others leave room, and take no copy from one that shows it", () => {
  fc.assert(
    fc.property(anyPile(onePlace), fc.integer(), ({ copies, piles: [pile = []], reading }, seed) => {
      const isRead = (turn: number): boolean => ((seed >>> (turn % 31)) & 1) === 1;
      const stamping = stampInOrder(onePlace, copies);
      for (const { turn } of reading)
        stamping.read(idOf(onePlace[0] as Place, turn), isRead(turn) ? (pile[turn - 1] ?? null) : null);
      assert.deepEqual(stamping.findings(), []);
      for (const turn of turnsOf(copies).filter(isRead))
        assert.equal(stamping.copyOf(idOf(onePlace[0] as Place, turn)), pile[turn - 1]);
    }),
  );
});

test("what is on the other pages of the same sheets goes along, so that its stamper goes on with the copy in his hand", () => {
  const stamping = stampInOrder(threePlaces, 3);
  stamping.read("d1.0.1", 3);
  assert.deepEqual(["d1.0.1", "d1.1.1", "d2.0.1"].map(stamping.copyOf), [3, 3, 1], "another document is another pile");
  assert.deepEqual(["d1.0.3", "d1.1.3"].map(stamping.copyOf), [1, 1]);
  stamping.read("d1.1.1", 2);
  assert.deepEqual(["d1.0.1", "d1.1.1"].map(stamping.copyOf), [3, 2], "what shows another copy itself goes there");
});

test("C09 C19 nothing is booked to a void copy, from one of which something was said, or past what people have ruled", () => {
  const spoiled = stampInOrder(onePlace, 3, (id) => ({ spoiled: id === "d1.0.3" }));
  spoiled.read("d1.0.1", 3);
  assert.deepEqual(spoiled.findings(), ["d1.0.1"], "copy 3 is said to be spoiled");
  spoiled.read("d1.0.3", 1);
  assert.deepEqual(spoiled.findings(), [], "the photo of what was spoiled shows that it is another");
  for (const copy of [1, 3]) {
    const said = stampInOrder(onePlace, 3);
    said.closed.add(copy);
    said.read("d1.0.1", 3);
    assert.deepEqual(said.findings(), ["d1.0.1"]);
  }
  for (const id of ["d1.0.1", "d1.0.3"]) {
    const ruled = stampInOrder(onePlace, 3, (each) => ({ held: each === id }));
    ruled.read("d1.0.1", 3);
    assert.deepEqual(ruled.findings(), ["d1.0.1"]);
  }
  const beyond = stampInOrder(onePlace, 2);
  beyond.read("d1.0.1", 3);
  assert.deepEqual(beyond.findings(), ["d1.0.1"], "there is no such copy");
});

test("C17 what was found on a sheet holds for the copy that its code names; another copy is told as such", () => {
  const verdict = (found: Parameters<typeof verdictOnCopy>[0]["verdict"], named: number | null, copy = 6) =>
    verdictOnCopy({ verdict: found, named, copy });
  assert.equal(verdict("same", 6), "same");
  assert.equal(verdict("differs", 6), "differs");
  assert.equal(verdict("differs", 7), "wrong-copy");
  assert.equal(verdict("no-code", null), "no-code");
  assert.equal(verdict("wrong-page", 7), "wrong-page");
  assert.equal(verdict("forged-code", 7), "forged-code");
  assert.equal(verdict("wrong-copy", 7), "wrong-copy");
  assert.equal(verdict("wrong-copy", 6), "unclear", "what else was seen of it was not kept");
});

test("a copy is shown by one genuine code of the very page alone", () => {
  assert.equal(copyShown({ verdict: "same", named: 7, among: false }), 7);
  assert.equal(copyShown({ verdict: "differs", named: 7, among: false }), 7);
  assert.equal(copyShown({ verdict: "same", named: 7, among: true }), null, "two sheets lie in the picture");
  assert.equal(copyShown({ verdict: "wrong-page", named: 7, among: false }), null);
  assert.equal(copyShown({ verdict: "forged-code", named: 7, among: false }), null);
  assert.equal(copyShown({ verdict: "no-code", named: null, among: false }), null);
});
