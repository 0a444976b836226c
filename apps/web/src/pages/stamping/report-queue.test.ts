import assert from "node:assert/strict";
import { test } from "node:test";
import { openReportQueue, type QueuedReport, type QueueState, type ReportStore } from "./report-queue.ts";
import { type DeviceStore, joinStores } from "./report-store.ts";

let nth = 0;
function report(impressionId: string, change: Partial<QueuedReport> = {}): QueuedReport {
  nth += 1;
  const photo = { bytes: new ArrayBuffer(1), type: "image/jpeg", name: "a.jpg" };
  const said = { report: "pressed" as const, reason: "", photo, at: nth };
  return { reportId: `r${nth}`, impressionId, requestId: "req_1", personId: "per_1", ...said, ...change };
}

/** A network that is there, away, or answers with a refusal, and timers that a test lets run. */
function makePlace(store: ReportStore = joinStores(null, new Map())) {
  const sent: string[] = [];
  let network: "there" | "away" = "there";
  const refuses = new Set<string>();
  let due: (() => void) | null = null;
  const shown: { state?: QueueState } = {};
  const taken: string[] = [];
  const open = () =>
    openReportQueue({
      store,
      send: async ({ impressionId }) => {
        await Promise.resolve();
        if (network === "away") throw new TypeError("away");
        if (refuses.has(impressionId)) throw new Error("refused");
        sent.push(impressionId);
      },
      isUnreachable: (thrown) => thrown instanceof TypeError,
      timers: {
        set: (act) => {
          due = act;
          return act;
        },
        clear: () => {
          due = null;
        },
      },
      onChange: (state) => {
        shown.state = state;
      },
      onTaken: (one) => taken.push(one.impressionId),
    });
  return {
    ...{ store, sent, taken, refuses, shown, open },
    turn: (to: "there" | "away") => {
      network = to;
    },
    /** Lets the timer that was set run out. */
    elapse: () => {
      assert.ok(due, "a try is set");
      due();
    },
  };
}
const waitingOf = (state: QueueState | undefined) => state?.waiting.map((one) => one.report.impressionId);

test("reports are sent one after the other in their order, and nothing is kept once they are taken", async () => {
  const place = makePlace();
  const queue = await place.open();
  await Promise.all([queue.offer(report("a")), queue.offer(report("b")), queue.offer(report("c"))]);
  await queue.retry();
  assert.deepEqual(
    [place.sent, place.taken],
    [
      ["a", "b", "c"],
      ["a", "b", "c"],
    ],
  );
  assert.deepEqual(await place.store.list(), []);
  assert.deepEqual(waitingOf(place.shown.state), []);
});

test("while the server is away everything waits on the device, and is sent in order when it is back", async () => {
  const place = makePlace();
  place.turn("away");
  const queue = await place.open();
  await queue.offer(report("a"));
  await queue.offer(report("b"));
  await queue.retry();
  assert.deepEqual([place.sent, waitingOf(place.shown.state)], [[], ["a", "b"]]);
  assert.equal(place.shown.state?.unreachable, true);
  assert.equal((await place.store.list()).length, 2);
  place.turn("there");
  place.elapse();
  await queue.retry();
  assert.deepEqual(place.sent, ["a", "b"]);
  assert.equal(place.shown.state?.unreachable, false);
});

test("a page that was closed goes on with what the last one kept", async () => {
  const place = makePlace();
  place.turn("away");
  const first = await place.open();
  const [later, earlier] = [report("later", { at: 2 }), report("earlier", { at: 1 })];
  await first.offer(later);
  await first.offer(earlier);
  first.stop();
  place.turn("there");
  const second = await place.open();
  await second.retry();
  assert.deepEqual(place.sent, ["earlier", "later"]);
});

test("what the server refuses waits for somebody and holds up nothing after it; it is taken back or sent again", async () => {
  const place = makePlace();
  place.refuses.add("a");
  const queue = await place.open();
  const refused = report("a");
  await queue.offer(refused);
  await queue.offer(report("b"));
  await queue.retry();
  assert.deepEqual([place.sent, waitingOf(place.shown.state)], [["b"], ["a"]]);
  assert.match(String(place.shown.state?.waiting[0]?.refused), /refused/);
  place.refuses.clear();
  await queue.retry();
  assert.deepEqual(place.sent, ["b", "a"]);
  place.refuses.add("c");
  const other = report("c");
  await queue.offer(other);
  await queue.retry();
  await queue.takeBack(other.reportId);
  assert.deepEqual([waitingOf(place.shown.state), (await place.store.list()).length], [[], 0]);
});

test("another report of the same impression replaces the one that waits, but not the one on its way", async () => {
  const place = makePlace();
  place.turn("away");
  const queue = await place.open();
  await queue.offer(report("a"));
  await queue.retry();
  await queue.offer(report("a", { report: "spoiled" }));
  assert.deepEqual(
    place.shown.state?.waiting.map((one) => one.report.report),
    ["spoiled"],
  );
  place.turn("there");
  const sending = queue.retry();
  await Promise.resolve();
  await queue.offer(report("a", { report: "not-pressed", photo: null }));
  await sending;
  await queue.retry();
  assert.deepEqual(place.sent, ["a", "a"]);
});

test("a device without room turns no photo away: it stays in the window, is found there again, and is sent in its order", async () => {
  const device = new Map<string, QueuedReport>();
  const full: DeviceStore = {
    list: async () => [...device.values()],
    put: async (one) => {
      if (device.size > 0) throw new DOMException("no room", "QuotaExceededError");
      device.set(one.reportId, one);
    },
    remove: async (reportId) => void device.delete(reportId),
  };
  const inWindow = new Map<string, QueuedReport>();
  const place = makePlace(joinStores(full, inWindow));
  place.turn("away");
  const first = await place.open();
  await first.offer(report("a"));
  await first.offer(report("b"));
  assert.deepEqual(
    place.shown.state?.waiting.map(({ report: one, lasting }) => [one.impressionId, lasting]),
    [
      ["a", true],
      ["b", false],
    ],
  );
  first.stop();
  place.turn("there");
  const second = await place.open();
  await second.retry();
  assert.deepEqual([place.sent, device.size, inWindow.size], [["a", "b"], 0, 0]);
});
