import assert from "node:assert/strict";
import { test } from "node:test";
import type { Impression } from "./queries.ts";
import type { QueuedReport } from "./report-queue.ts";
import { asksWhichPage, countHere, findTurn, listRetakes, listSaid, listTurns, whereBooked } from "./stamp-turns.ts";

function impression(nth: number, state: Impression["state"], at = "2026-05-01T08:00:00Z"): Impression {
  const placement = { placementId: `plc_${nth}`, sealId: "sea_1", page: 0, xMm: 0, yMm: 0 };
  const where = {
    copy: nth,
    ...{ turn: nth, turnDocumentId: "doc_1", turnPage: 0 },
    documentId: "doc_1",
    sealId: "sea_1",
    placement: placement as Impression["placement"],
  };
  return {
    impressionId: `imp_${nth}`,
    nth,
    ...where,
    state,
    at,
    pressed: false,
    photo: null,
    proposal: null,
    stroke: null,
    grade: null,
  };
}
function queued(nth: number, report: QueuedReport["report"], at = Date.parse("2026-05-01T09:00:00Z")) {
  const of = { reportId: `r${nth}`, impressionId: `imp_${nth}`, requestId: "req_1", personId: "per_1" };
  return { report: { ...of, report, reason: "", photo: null, at }, refused: null, lasting: true };
}
const counts = { authorised: 4, pressed: 1, photographed: 1, registered: 1, spoiled: 0, unknown: 0, released: 0 };

test("what was said on this device stands over what the server says, and the next one comes", () => {
  const impressions = [
    impression(1, "pressed"),
    impression(2, "reserved"),
    impression(3, "reserved"),
    impression(4, "reserved"),
  ];
  const turns = listTurns({ impressions }, [queued(2, "pressed")]);
  assert.equal(findTurn(turns, null)?.impression.nth, 3);
  assert.equal(findTurn(turns, "imp_4")?.impression.nth, 4, "another one may come first");
  assert.equal(findTurn(turns, "imp_2")?.impression.nth, 3, "what was said already is not asked again");
  assert.deepEqual(
    listSaid(turns).map((turn) => turn.impression.nth),
    [2, 1],
  );
  assert.deepEqual(countHere(counts, turns), { authorised: 4, pressed: 2, photographed: 2, registered: 1 });
});

test("what was not pressed counts as nothing pressed, and when all is said nothing is next", () => {
  const turns = listTurns({ impressions: [impression(1, "released"), impression(2, "reserved")] }, [
    queued(2, "not-pressed"),
  ]);
  assert.equal(findTurn(turns, null), undefined);
  assert.equal(countHere(counts, turns).pressed, 1);
});

test("of foreign paper its stamper is asked which sheet he holds where pages differ, and not for copies of one page", () => {
  const turnsOf = (...pages: readonly number[]) =>
    listTurns(
      {
        impressions: pages.map((page, at) => {
          const one = impression(at + 1, "reserved");
          return { ...one, placement: { ...one.placement, page } };
        }),
      },
      [queued(1, "pressed")],
    );
  assert.equal(asksWhichPage(turnsOf(0, 0, 0)), false);
  assert.equal(asksWhichPage(turnsOf(0, 1, 2)), true);
  assert.equal(asksWhichPage(turnsOf(0, 1, 1)), false, "the first was said already");
});

test("a photo that is not on the copy whose turn it was says why: its code shows it, another photo took its copy, or it could not go", () => {
  const photoOf = (verdict: "same" | "wrong-copy" | "no-code", copy: number | null): Impression["photo"] => {
    const code = copy === null ? null : { page: 1, copy, here: true };
    const found = { verdict, code, impression: null, face: null, demands: "nothing" as const, basis: "code" as const };
    const evidence = { evidenceId: "evd_1", digest: "sha256:1" } as Pick<
      NonNullable<Impression["photo"]>,
      "evidenceId" | "digest"
    >;
    return { ...evidence, comparison: { ...found, shows: null, places: [] }, earlier: [], retake: false };
  };
  const onPage = (page: number, copy: number, photo: Impression["photo"]) => {
    const one = impression(1, "pressed");
    return whereBooked({ ...one, placement: { ...one.placement, page }, turnPage: 0, turn: 6, copy, photo });
  };
  const at = (copy: number, photo: Impression["photo"]) => onPage(0, copy, photo);
  assert.equal(at(6, photoOf("same", 6)), null);
  assert.deepEqual(at(7, photoOf("same", 7)), { how: "booked" });
  assert.deepEqual(at(7, photoOf("no-code", null)), { how: "gaveWay" });
  assert.deepEqual(at(6, photoOf("wrong-copy", 7)), { how: "copyHeld", shown: 7 });
  assert.equal(at(7, null), null, "what is still to be stamped has shown nothing");
  const second = photoOf("same", 6);
  assert.ok(second?.comparison?.code);
  const shown = { ...second, comparison: { ...second.comparison, code: { ...second.comparison.code, page: 2 } } };
  assert.deepEqual(onPage(1, 6, shown), { how: "pageBooked" });
  assert.deepEqual(onPage(1, 6, photoOf("no-code", null)), { how: "pageGaveWay" });
});

test("a photo that could not be read is asked for again until another one waits on this device", () => {
  const unread = { evidenceId: "evd_1", digest: "sha256:1", comparison: null, earlier: [], retake: true };
  const impressions = [
    { ...impression(1, "pressed"), photo: unread },
    { ...impression(2, "settled"), photo: { ...unread, retake: false } },
    impression(3, "reserved"),
  ];
  const nths = (waiting: Parameters<typeof listTurns>[1]) =>
    listRetakes(listTurns({ impressions }, waiting)).map((turn) => turn.impression.nth);
  assert.deepEqual(nths([]), [1]);
  assert.deepEqual(nths([queued(1, "retaken")]), []);
  assert.equal(
    countHere(counts, listTurns({ impressions }, [queued(1, "retaken")])).pressed,
    1,
    "nothing more is pressed",
  );
});
