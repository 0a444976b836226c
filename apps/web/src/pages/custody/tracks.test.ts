import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type CustodyStay,
  findSilence,
  fromLocalInput,
  isWhole,
  listTracks,
  personOfBar,
  placeBar,
  shareOf,
  toLocalInput,
} from "./tracks.ts";

const person = (id: string) => ({ personId: id, name: { en: id, zh: id } });
const day = (number: number): string => new Date(Date.UTC(2026, 0, number)).toISOString();
const custody = (
  people: string[],
  from: number,
  to: number | null,
  kind?: "handover" | "short-handover",
): CustodyStay => ({
  book: "custodian",
  account: { people: people.map(person), container: null },
  from: day(from),
  to: to === null ? null : day(to),
  matter: kind ? { matterId: "mat_1", kind } : null,
});
const now = Date.parse(day(20));

test("what began just now is drawn within the line, however narrow it is", () => {
  assert.deepEqual(placeBar(99.99, 100), { left: "min(99.99%, 100% - 4px)", width: `max(${100 - 99.99}%, 4px)` });
});

test("each holder keeps his track while he answers; a deputy is amber; the bars fill the time", () => {
  const stays = [
    custody(["a", "b"], 1, 5),
    custody(["a", "d"], 5, 8, "short-handover"),
    custody(["a", "b"], 8, 12),
    custody(["b", "c"], 12, null, "handover"),
  ];
  const tracks = listTracks({ stays }, now);
  assert.deepEqual(
    tracks.map((track) => track.bars.map((bar) => [bar.personId, bar.amber])),
    [
      [
        ["a", false],
        ["c", false],
      ],
      [
        ["b", false],
        ["d", true],
        ["b", false],
      ],
    ],
  );
  assert.equal(tracks[0]?.bars[0]?.to, Date.parse(day(12)));
  assert.equal(tracks[1]?.bars.at(-1)?.to, now);
  assert.equal(personOfBar(tracks[1]?.bars[1] ?? assert.fail())?.personId, "d");
  assert.ok(isWhole({ stays }));
});

test("a place in a hand is amber; a gap is seen", () => {
  const container = { containerId: "con_1", name: { en: "Safe", zh: "柜" }, kind: "safe" as const };
  const stays: CustodyStay[] = [
    { book: "place", account: { people: [], container }, from: day(1), to: day(3), matter: null },
    { book: "place", account: { people: [person("a")], container: null }, from: day(3), to: null, matter: null },
  ];
  assert.deepEqual(
    listTracks({ stays }, now).map((track) => [track.kind, track.bars.map((bar) => bar.amber)]),
    [["place", [false, true]]],
  );
  assert.ok(isWhole({ stays }));
  assert.ok(!isWhole({ stays: stays.map((stay, at) => (at === 0 ? { ...stay, to: day(2) } : stay)) }));
});

test("shares stay within the whole, and a local time is read as it was written", () => {
  assert.deepEqual([shareOf(5, 0, 10), shareOf(-5, 0, 10), shareOf(15, 0, 10), shareOf(5, 5, 5)], [50, 0, 100, 0]);
  const at = Date.UTC(2026, 10, 24, 7, 0);
  for (const timeZone of ["Asia/Shanghai", "UTC", "America/New_York"])
    assert.equal(fromLocalInput(toLocalInput(at, timeZone), timeZone), new Date(at).toISOString());
  assert.equal(fromLocalInput("2026-11-24T15:00", "Asia/Shanghai"), "2026-11-24T07:00:00.000Z");
  // The day on which the clocks go back in New York.
  assert.equal(fromLocalInput("2026-11-01T09:00", "America/New_York"), "2026-11-01T14:00:00.000Z");
  assert.equal(fromLocalInput("", "UTC"), null);
});

test("where nobody answers, the books say since when they tell of it, or when they ended", () => {
  const stays = [custody(["a"], 5, 8), custody(["b"], 8, 12)];
  assert.deepEqual(findSilence(stays, day(4)), { since: day(5) });
  assert.deepEqual(findSilence(stays, day(12)), { until: day(12) });
  assert.equal(findSilence(stays, day(8)), null);
  assert.equal(findSilence([custody(["a"], 5, null)], day(19)), null);
  assert.equal(findSilence([], day(4)), null);
});
