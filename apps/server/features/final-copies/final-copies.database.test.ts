import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import sharp from "sharp";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { makeSamplePdf } from "../../platform/sample-pdf.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { giveGrant } from "../organisation/grants.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import { printCopies } from "../printed-copies/print-copies.ts";
import { takeTestPhoto } from "../printed-copies/test-photo.ts";
import { loadRequest } from "../requests/load-request.ts";
import { seesRequest } from "../requests/may-see.ts";
import { readCopies } from "../stamped-copies/copy-rows.ts";
import { moveInTest } from "../stamped-copies/test-copies.ts";
import { alarmLateStampings } from "../stamping/stamping-ticks.ts";
import { lookInTest, walkToHand, whenUnread } from "../stamping/test-stamping.ts";
import { placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { bringFinalCopy } from "./bring-final-copy.ts";
import { readFinalCopy } from "./read-final-copy.ts";
import { ruleFinalCopy } from "./rule-final-copy.ts";
import { readSheetPicture, showFinalCopies } from "./show-final-copies.ts";
import { makeTestScan } from "./test-scan.ts";

let place: StampingPlace;
let env: Environment;
let crew: TestCrew;
placeForTests((made) => {
  place = made;
  ({ env, crew } = place);
});

/** Two pages, of which the first bears the seal. */
const contract = (price: string): Buffer =>
  makeSamplePdf([
    [
      "# Supply contract",
      "between Lanxi Instruments Ltd and Beicheng Ltd.",
      `The price is CNY ${price}, paid within thirty days of acceptance.`,
      "The seller delivers twelve gauges to the buyer by 30 November 2026.",
    ],
    [
      "# Terms of delivery",
      "The seller packs each gauge in a case of its own and insures it.",
      "The buyer looks at the goods within ten days and tells what is wrong.",
      "What is not told within that time counts as accepted by the buyer.",
    ],
  ]);
const approved = contract("1,286,000.00");
/** A signature at the height of the seal, and one beside the clauses. */
const stroke = (x: number, y: number): string =>
  `<path d="M${x} ${y} c6 -9 9 8 13 -2 s8 6 12 -3" fill="none" stroke="#20306e" stroke-width="0.6"/>`;
const [signature, scribble] = [stroke(140, 215), stroke(150, 120)];

async function scan(...pages: readonly Buffer[]): Promise<Buffer> {
  const sized = await Promise.all(
    pages.map(async (jpeg) => {
      const { width = 1, height = 1 } = await sharp(jpeg).metadata();
      return { jpeg, width, height };
    }),
  );
  return makeTestScan(sized);
}

/** A contract of which each copy was stamped and looked at; answers its first copy as it was printed, where it was. */
async function stamp(printed: boolean): Promise<{ requestId: string; copy: Uint8Array }> {
  const requestId = await walkToHand(env, crew, place.contract, { copies: 2, pdf: approved });
  const documentId = (await loadRequest(env.db, requestId)).documents[0]?.documentId ?? "";
  const copy = printed
    ? await printCopies(env, crew.people.applicant, { requestId, documentId, from: 1, to: 1 })
    : approved;
  await place.stamp(requestId, ["pressed", "pressed"]);
  await lookInTest(whenUnread(env), crew.people.supervisor, requestId);
  return { requestId, copy };
}

async function bring(requestId: string, file: Buffer, copy = 1, personId = crew.people.applicant) {
  const name = file.subarray(0, 5).toString("latin1") === "%PDF-" ? "scan.pdf" : "page.jpg";
  const { evidenceId } = await uploadEvidence(env, personId, { stream: Readable.from([file]), fileName: name });
  const { finalCopyId } = await bringFinalCopy(env, personId, requestId, { copy, evidenceIds: [evidenceId] });
  await readFinalCopy(env, finalCopyId);
  const found = (await showFinalCopies(env, personId, requestId)).finals.find((one) => one.finalCopyId === finalCopyId);
  assert.ok(found);
  return { finalCopyId, evidenceId, found, verdicts: found.pages.map(({ verdict }) => verdict) };
}
const linesOf = async (requestId: string): Promise<string[]> =>
  (await place.linesOf(requestId, "copies")).map(({ title }) => title.en);

test("C19: the final copy of a contract is owed within the days set; signed by all and else as approved it is filed, and told", async () => {
  const { applicant, stranger, inspector } = crew.people;
  const { requestId, copy } = await stamp(true);
  const [task] = await place.openTasks("bring-final-copy", requestId);
  assert.equal(task?.assignee_id, applicant);
  const days = ((task?.due_at?.getTime() ?? 0) - env.clock.now()) / 86_400_000;
  assert.ok(days > 29 && days < 32, `${days} days`);
  const file = await scan(
    await takeTestPhoto(copy, { over: signature }),
    await takeTestPhoto(copy, { page: 2, turn: -1 }),
  );
  const { evidenceId } = await uploadEvidence(env, stranger, { stream: Readable.from([file]), fileName: "scan.pdf" });
  const said = { copy: 1, evidenceIds: [evidenceId] };
  assert.deepEqual(await codesOf(bringFinalCopy(env, stranger, requestId, said)), ["final-copy.not-keeper"]);
  const brought = await bring(requestId, file);
  assert.deepEqual([brought.found.state, brought.verdicts], ["filed", ["signed", "same"]]);
  const [first] = brought.found.pages;
  assert.ok(first?.places.some(({ xMm, yMm }) => xMm > 130 && xMm < 170 && yMm > 200 && yMm < 225));
  assert.deepEqual(await place.openTasks("bring-final-copy", requestId), []);
  assert.deepEqual(await linesOf(requestId), ["Final copy back, as approved"]);
  await requireSeesEvidence(env, inspector, brought.evidenceId);
  const sheet = await readSheetPicture(env, { requestId, finalCopyId: brought.finalCopyId, sheet: 1 });
  assert.equal((await sharp(sheet).metadata()).format, "jpeg");
  await readFinalCopy(env, brought.finalCopyId);
  assert.equal((await linesOf(requestId)).length, 1, "what was compared is not compared again");
  await assert.rejects(
    env.db
      .updateTable("final_copies")
      .set({ state: "missing" })
      .where("final_copy_id", "=", brought.finalCopyId)
      .execute(),
  );
});

test("C17, C19: a page that is missing is asked for and added; one that differs is a finding, and somebody without a part says what it is", async () => {
  const { applicant, lawyer, inspector } = crew.people;
  const { requestId, copy } = await stamp(true);
  const lacking = await bring(requestId, await scan(await takeTestPhoto(copy, { page: 2 })));
  assert.deepEqual([lacking.found.state, lacking.verdicts], ["missing", ["missing", "same"]]);
  assert.equal((await place.openTasks("bring-final-copy", requestId)).length, 1);
  const added = await bring(requestId, await takeTestPhoto(copy, { over: signature + scribble, turn: 3 }));
  assert.equal(added.finalCopyId, lacking.finalCopyId);
  assert.deepEqual([added.found.state, added.verdicts], ["review", ["differs", "same"]]);
  const [place0] = added.found.pages[0]?.places ?? [];
  assert.ok(place0 && place0.xMm > 140 && place0.yMm > 105 && place0.yMm < 130, JSON.stringify(place0));
  assert.deepEqual(
    (await place.findingsOf("final-copy.differs", added.finalCopyId)).map(({ control }) => control),
    ["C17"],
  );
  // The legal reviewer approved it before, so that the inspector is asked.
  assert.equal((await place.openTasks("review-final-copy", requestId))[0]?.assignee_role, "inspector");
  const rule = (
    personId: string,
    ruling: "not-agreed" | "as-approved" = "not-agreed",
    reason = "Nobody agreed to it",
  ) => ruleFinalCopy(env, personId, { requestId, finalCopyId: added.finalCopyId }, { ruling, reason });
  assert.deepEqual(await codesOf(rule(applicant)), ["final-copy.own-part"]);
  assert.deepEqual(await codesOf(rule(lawyer)), ["final-copy.own-part"]);
  assert.deepEqual(await codesOf(rule(inspector, "not-agreed", " ")), ["final-copy.reason-missing"]);
  await rule(inspector);
  assert.deepEqual(await codesOf(rule(inspector, "as-approved")), ["final-copy.not-in-review"]);
  assert.equal((await place.findingsOf("final-copy.not-agreed", added.finalCopyId)).length, 1);
  assert.deepEqual(await place.openTasks("review-final-copy", requestId), []);
  assert.equal((await place.openTasks("bring-final-copy", requestId)).length, 1, "a right one is still owed");
  assert.deepEqual(await linesOf(requestId), ["Final copy back, differs", "Final copy with a change nobody agreed to"]);
});

test("C19: a lost copy whose scan comes back is lost no more, and somebody settles it; another paper brings nothing back", async () => {
  const { applicant } = crew.people;
  const { requestId, copy } = await stamp(true);
  await moveInTest(env, applicant, requestId, { act: "lose", copies: [1], reason: "Left in a taxi" });
  const stateOf = async () => (await readCopies(env.db, requestId)).find((one) => one.copy === 1)?.state;
  const letter = makeSamplePdf([Array.from({ length: 12 }, (_, at) => `Dear Sirs, we write about matter no. ${at}.`)]);
  assert.equal((await bring(requestId, await scan(await takeTestPhoto(letter)))).found.state, "refused");
  assert.equal(await stateOf(), "lost");
  const file = await scan(await takeTestPhoto(copy), await takeTestPhoto(copy, { page: 2 }));
  assert.equal((await bring(requestId, file)).found.state, "filed");
  assert.equal(await stateOf(), "here");
  const key = `${requestId} 1`;
  const findings = await place.findingsOf("copies.came-back", key);
  assert.deepEqual(
    findings.map(({ control, state }) => [control, state]),
    [["C19", "open"]],
  );
  assert.equal((await place.openTasks("account-copies", requestId)).length, 1, "where it is now is asked");
  assert.ok((await linesOf(requestId)).includes("Copies brought back"));
});

test("C17: what was printed elsewhere is compared page by page in order: one figure that was changed is found", async () => {
  const { inspector, stranger, administrator } = crew.people;
  const { requestId } = await stamp(false);
  const changed = contract("1,236,000.00");
  const pages = [await takeTestPhoto(changed), await takeTestPhoto(changed, { page: 2 })];
  const scope = { kind: "entity", id: crew.entityId } as const;
  const grant = { actorId: administrator, personId: stranger, role: "legal-reviewer", scope } as const;
  await transact(env.db, (tx) => giveGrant(tx, env, grant));
  await confirmPositionsInTest(env);
  const sees = () => seesRequest(env.db, stranger, requestId, env.clock.now());
  assert.equal(await sees(), false);
  const { found, verdicts, finalCopyId } = await bring(requestId, await scan(...pages), 2);
  assert.deepEqual([found.state, verdicts], ["review", ["differs", "same"]]);
  const said = { ruling: "agreed-change", reason: "Lowered by the letter of 3 May" } as const;
  assert.equal((await place.openTasks("review-final-copy", requestId))[0]?.assignee_role, "legal-reviewer");
  assert.equal(await sees(), true, "who is asked to review it reads it");
  const of = { requestId, finalCopyId };
  assert.deepEqual(await codesOf(ruleFinalCopy(env, inspector, of, said)), ["final-copy.not-reviewer"]);
  await ruleFinalCopy(env, stranger, of, said);
  assert.deepEqual(await place.openTasks("bring-final-copy", requestId), []);
});

test("C17, C19: another paper and a hostile file count as never brought, and a final copy that is late is a finding, once", async () => {
  const { requestId } = await stamp(false);
  const letter = makeSamplePdf([
    Array.from({ length: 12 }, (_, at) => `Dear Sirs, we write about matter no. ${at * 31} of the last year.`),
  ]);
  const other = await bring(requestId, await scan(await takeTestPhoto(letter)));
  assert.deepEqual([other.found.state, other.found.verdict], ["refused", "other-paper"]);
  const whole = await scan(await takeTestPhoto(approved));
  for (const bytes of [Buffer.from("%PDF-1.7\nnothing"), whole.subarray(0, 400)]) {
    const { found } = await bring(requestId, bytes);
    assert.equal(found.state, "refused");
  }
  const many = makeTestScan(Array.from({ length: 130 }, () => ({ jpeg: Buffer.from("x"), width: 1, height: 1 })));
  assert.equal((await bring(requestId, many)).found.verdict, "too-many-sheets");
  assert.equal((await place.openTasks("bring-final-copy", requestId)).length, 1);
  const late = { ...env, clock: { now: () => env.clock.now() + 40 * 86_400_000 } };
  await alarmLateStampings(late);
  await alarmLateStampings(late);
  const findings = await place.findingsOf("final-copy.late", `bring-final-copy ${requestId}`);
  assert.deepEqual(
    findings.map(({ control }) => control),
    ["C19"],
  );
});
