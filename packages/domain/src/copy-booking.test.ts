import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type BookedImpression, bookByCode, type SheetShown, sheetShown, verdictOnPlace } from "./copy-booking.ts";

interface Place extends Pick<BookedImpression, "documentId" | "position" | "page" | "sealId"> {
  readonly crossPage?: boolean;
}
const onePlace: readonly Place[] = [{ documentId: "d1", position: 0, page: 1, sealId: "s1" }];
/** Two seals on one document, and one on another that lies in a pile of its own. */
const threePlaces: readonly Place[] = [
  ...onePlace,
  { documentId: "d1", position: 1, page: 1, sealId: "s2" },
  { documentId: "d2", position: 0, page: 1, sealId: "s1" },
];
const idOf = ({ documentId, position }: Place, turn: number): string => `${documentId}.${position}.${turn}`;

const placeOf = ({ documentId, page, position, copy }: BookedImpression) => ({ documentId, page, position, copy });
const sheetKey = ({ documentId, page, copy }: SheetShown): string => `${documentId} ${page} ${copy}`;

/** A stamping of so many copies, whose photos are read one after the other, each where it is booked then. */
function stampInOrder(
  places: readonly Place[],
  copies: number,
  change: (id: string) => Partial<BookedImpression> = () => ({}),
) {
  let all = Array.from({ length: copies }, (_, at) => at + 1).flatMap((turn) =>
    places.map((place): BookedImpression => {
      const impressionId = idOf(place, turn);
      const plain = { turn, copy: turn, shown: null, crossPage: false, photoAt: 1, spoiled: false, held: false };
      return { impressionId, ...plain, ...place, ...change(impressionId) };
    }),
  );
  const closed = new Map<number, number | null>();
  const book = (): void => {
    for (const { impressionId, otherId, from, to } of bookByCode(all, closed)) {
      const [one, other] = [impressionId, otherId].map((id) => all.find((each) => each.impressionId === id));
      assert.ok(one && other);
      assert.deepEqual([placeOf(one), placeOf(other), one.sealId], [from, to, other.sealId]);
      if (one.crossPage) assert.deepEqual({ ...from, copy: to.copy }, to);
      all = all.map((each) => (each === one ? { ...each, ...to } : each === other ? { ...each, ...from } : each));
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
    /** Its photo is read, and shows this copy of the page where it stands; or this sheet, or nothing. */
    read: (impressionId: string, shown: number | SheetShown | null): void => {
      all = all.map((one) => {
        if (one.impressionId !== impressionId) return one;
        const { documentId, page } = one;
        return { ...one, shown: typeof shown === "number" ? { documentId, page, copy: shown } : shown };
      });
      book();
    },
    sheetOf: (impressionId: string): SheetShown | undefined => {
      const one = all.find((each) => each.impressionId === impressionId);
      return one && { documentId: one.documentId, page: one.page, copy: one.copy };
    },
    copyOf: (impressionId: string) => all.find((one) => one.impressionId === impressionId)?.copy,
    /** Photos that show another sheet than the one they are booked to. */
    findings: () =>
      all
        .filter(({ shown, ...one }) => shown !== null && sheetKey(shown) !== sheetKey(one))
        .map((one) => one.impressionId),
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

/** One seal on three pages of a contract, twice on the last, and on its annex; another seal beside it on the last page. */
const manyPages: readonly Place[] = [
  { documentId: "d1", position: 0, page: 1, sealId: "s1" },
  { documentId: "d1", position: 1, page: 2, sealId: "s1" },
  { documentId: "d1", position: 2, page: 4, sealId: "s1" },
  { documentId: "d1", position: 3, page: 4, sealId: "s1" },
  { documentId: "d1", position: 4, page: 4, sealId: "s2" },
  { documentId: "d2", position: 0, page: 1, sealId: "s1" },
];
const idsOf = (copies: number): { id: string; sheet: SheetShown; sealId: string }[] =>
  turnsOf(copies).flatMap((copy) =>
    manyPages.map((place) => ({
      ...{ id: idOf(place, copy), sealId: place.sealId },
      sheet: { documentId: place.documentId, page: place.page, copy },
    })),
  );
/** Whichever sheet was in hand at each turn of a seal, and whenever each photo comes to be read. */
const anySheets = fc.integer({ min: 1, max: 5 }).chain((copies) => {
  const all = idsOf(copies);
  const of = (sealId: string) => shuffled(all.filter((one) => one.sealId === sealId).map(({ sheet }) => sheet));
  return fc.record({
    ...{ copies: fc.constant(copies), first: of("s1"), second: of("s2") },
    reading: shuffled(all.map(({ id }) => id)),
  });
});
/** Which sheet was in hand when each impression was made. */
function inHand({ copies, first, second }: { copies: number; first: SheetShown[]; second: SheetShown[] }) {
  const left = new Map([
    ["s1", [...first]],
    ["s2", [...second]],
  ]);
  return new Map(idsOf(copies).map(({ id, sealId }) => [id, left.get(sealId)?.shift()]));
}

test("C09 C17 in whatever order pages and copies were stamped, and whenever their photos are read, each ends on the sheet it shows", () => {
  fc.assert(
    fc.property(anySheets, (made) => {
      const stamping = stampInOrder(manyPages, made.copies);
      const sheets = inHand(made);
      for (const id of made.reading) stamping.read(id, sheets.get(id) ?? null);
      assert.deepEqual(stamping.findings(), []);
      for (const id of made.reading) assert.deepEqual(stamping.sheetOf(id), sheets.get(id));
    }),
    { numRuns: 400 },
  );
});

test("C09 C17 a sheet that was photographed once too often instead of another is exactly one finding, whichever page it is", () => {
  fc.assert(
    fc.property(anySheets, fc.nat(), fc.nat(), (made, one, other) => {
      const sheets = inHand(made);
      const ids = [...sheets.keys()].filter(
        (id) => id.startsWith("d1.0") || id.startsWith("d1.1") || id.startsWith("d2"),
      );
      const [twice, missing] = [ids[one % ids.length] ?? "", ids[other % ids.length] ?? ""];
      const [kept, lost] = [sheets.get(twice), sheets.get(missing)];
      fc.pre(kept !== undefined && lost !== undefined && sheetKey(kept) !== sheetKey(lost));
      const stamping = stampInOrder(manyPages, made.copies);
      for (const id of made.reading) stamping.read(id, (id === missing ? kept : sheets.get(id)) ?? null);
      const found = stamping.findings();
      assert.equal(found.length, 1);
      assert.deepEqual(
        stamping.sheetOf(found[0] ?? ""),
        lost,
        "it stands on the sheet that no photo shows often enough",
      );
    }),
    { numRuns: 400 },
  );
});

test("C09 C17 no impression goes to a place of another seal, and one over the edges of pages to no other page", () => {
  const last = { documentId: "d1", page: 4, copy: 1 };
  const apart = stampInOrder(manyPages.slice(0, 1).concat(manyPages.slice(4, 5)), 2);
  apart.read("d1.0.1", last);
  assert.deepEqual(apart.findings(), ["d1.0.1"], "the other seal alone stands on that page");
  const [first, second] = [manyPages[0], manyPages[1]];
  assert.ok(first && second);
  const across = stampInOrder([{ ...first, crossPage: true }, second], 2);
  across.read("d1.0.1", { documentId: "d1", page: 2, copy: 1 });
  assert.deepEqual(across.findings(), ["d1.0.1"]);
  across.read("d1.1.1", { documentId: "d1", page: 1, copy: 1 });
  assert.deepEqual(across.findings(), ["d1.0.1", "d1.1.1"], "nothing else takes the place of one over the edges");
  across.read("d1.0.2", { documentId: "d1", page: 1, copy: 1 });
  assert.deepEqual(across.sheetOf("d1.0.2"), { documentId: "d1", page: 1, copy: 1 }, "to another copy it goes");
});

test("C09 C17 page 2 was taken before page 1: the photo goes there, and what comes next is page 1", () => {
  const [first, second] = [manyPages[0], manyPages[1]];
  assert.ok(first && second);
  const stamping = stampInOrder([first, second], 2);
  stamping.read("d1.0.1", { documentId: "d1", page: 2, copy: 1 });
  assert.deepEqual(["d1.0.1", "d1.1.1"].map(stamping.sheetOf), [
    { documentId: "d1", page: 2, copy: 1 },
    { documentId: "d1", page: 1, copy: 1 },
  ]);
  assert.deepEqual(stamping.findings(), []);
  stamping.read("d1.1.1", { documentId: "d1", page: 2, copy: 1 });
  assert.deepEqual(stamping.findings(), ["d1.1.1"], "page 2 was photographed twice, and page 1 never");
});

test("C09 C19 nothing is booked to a void copy, from one of which something was said, or past what people have ruled", () => {
  const spoiled = stampInOrder(onePlace, 3, (id) => ({ spoiled: id === "d1.0.3" }));
  spoiled.read("d1.0.1", 3);
  assert.deepEqual(spoiled.findings(), ["d1.0.1"], "copy 3 is said to be spoiled");
  spoiled.read("d1.0.3", 1);
  assert.deepEqual(spoiled.findings(), [], "the photo of what was spoiled shows that it is another");
  for (const copy of [1, 3]) {
    const said = stampInOrder(onePlace, 3);
    said.closed.set(copy, null);
    said.read("d1.0.1", 3);
    assert.deepEqual(said.findings(), ["d1.0.1"]);
  }
  for (const copy of [1, 3])
    for (const [since, found] of [
      [1, ["d1.0.1"]],
      [2, []],
    ] as const) {
      const lost = stampInOrder(onePlace, 3);
      lost.closed.set(copy, since);
      lost.read("d1.0.1", 3);
      assert.deepEqual(lost.findings(), found, "what was photographed before the loss is booked all the same");
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

test("C17 what was found on a sheet holds for the page and copy that its code names; another is told as such", () => {
  const place = { documentId: "d1", page: 2, copy: 6 };
  const verdict = (found: Parameters<typeof verdictOnPlace>[0]["verdict"], named: Partial<SheetShown> | null) =>
    verdictOnPlace({ verdict: found, named: named && { ...place, ...named }, place });
  assert.equal(verdict("same", {}), "same");
  assert.equal(verdict("differs", {}), "differs");
  assert.equal(verdict("differs", { copy: 7 }), "wrong-copy");
  assert.equal(verdict("same", { page: 3 }), "wrong-page");
  assert.equal(verdict("same", { documentId: "d2", copy: 7 }), "wrong-page");
  assert.equal(verdict("no-code", null), "no-code");
  assert.equal(verdict("wrong-page", { copy: 7 }), "wrong-page");
  assert.equal(verdict("forged-code", { copy: 7 }), "forged-code");
  assert.equal(verdict("wrong-copy", { copy: 7 }), "wrong-copy");
  assert.equal(verdict("wrong-copy", {}), "unclear", "what else was seen of it was not kept");
});

test("a sheet is shown by one genuine code of a page where its seal belongs alone", () => {
  const named = { documentId: "d1", page: 2, copy: 7 };
  assert.equal(sheetShown({ verdict: "same", named, among: false }), named);
  assert.equal(sheetShown({ verdict: "differs", named, among: false }), named);
  assert.equal(sheetShown({ verdict: "same", named, among: true }), null, "two sheets lie in the picture");
  assert.equal(sheetShown({ verdict: "wrong-page", named, among: false }), null);
  assert.equal(sheetShown({ verdict: "forged-code", named, among: false }), null);
  assert.equal(sheetShown({ verdict: "no-code", named: null, among: false }), null);
});
