import assert from "node:assert/strict";
import { test } from "node:test";
import { askGate } from "@chancery/domain";
import { sql } from "kysely";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { approveInTest, presenceInTest } from "../../platform/test-walk.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { readDetail } from "../requests/detail.ts";
import { saveDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { showCopies } from "../stamped-copies/show-copies.ts";
import { moveInTest } from "../stamped-copies/test-copies.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { lookInTest, openInTest, photoOf, reportInTest, walkToHand } from "../stamping/test-stamping.ts";
import { factOf, placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { beginMakeUp } from "./begin-make-up.ts";

let place: StampingPlace;
let env: Environment;
let crew: TestCrew;
placeForTests((made) => {
  place = made;
  ({ env, crew } = place);
});

const move = (personId: string, requestId: string, said: Parameters<typeof moveInTest>[3]) =>
  moveInTest(env, personId, requestId, said);
const copiesOf = async (requestId: string) => (await showCopies(env, crew.people.applicant, requestId)).copies;
let shade = 700;
async function photoBy(personId: string): Promise<string> {
  shade += 1;
  return (await uploadEvidence(env, personId, photoOf(shade))).evidenceId;
}

/** Stamps what is open: each impression as it is said, and somebody looks at the photos. */
async function stampAll(requestId: string, reports: readonly ("pressed" | "spoiled")[]): Promise<void> {
  await place.stamp(requestId, reports);
  if (reports.length > 0) await lookInTest(env, crew.people.supervisor, requestId);
}

/** A registered request of two copies, the second of which is lost. */
async function loseOne(): Promise<string> {
  const requestId = await walkToHand(env, crew, place.contract, { copies: 2 });
  await stampAll(requestId, ["pressed", "pressed"]);
  assert.equal(await place.stateOf(requestId), "registered");
  await move(crew.people.applicant, requestId, { act: "lose", copies: [2], reason: "Left in a taxi" });
  return requestId;
}
async function begin(requestId: string, copy = 2, personId = crew.people.applicant): Promise<string> {
  const evidenceId = await photoBy(personId);
  return (await beginMakeUp(env, personId, requestId, { copy, reason: "Lost on the way", evidenceId })).requestId;
}
async function approve(makeUpId: string): Promise<void> {
  await submitRequest(env, crew.people.applicant, makeUpId);
  await approveInTest(env, crew, makeUpId);
}
const numberOf = async (requestId: string) => (await loadRequest(env.db, requestId)).row.number ?? "";

test("C09, C19: a lost copy is replaced by one copy of the same paper, decided and stamped as any use, and told in three books", async () => {
  const { applicant, custodian, stranger, inspector } = crew.people;
  const requestId = await loseOne();
  const evidenceId = await photoBy(applicant);
  const wanted = { copy: 2, reason: "Lost on the way", evidenceId } as const;
  assert.deepEqual(await codesOf(beginMakeUp(env, applicant, requestId, { ...wanted, copy: 1 })), [
    "make-up.copy-there",
  ]);
  assert.deepEqual(await codesOf(beginMakeUp(env, applicant, requestId, { ...wanted, copy: 3 })), [
    "copies.not-stamped",
  ]);
  assert.deepEqual(await codesOf(beginMakeUp(env, applicant, requestId, { ...wanted, evidenceId: null })), [
    "make-up.evidence-missing",
  ]);
  const foreign = { ...wanted, evidenceId: await photoBy(custodian) };
  assert.deepEqual(await codesOf(beginMakeUp(env, custodian, requestId, foreign)), ["make-up.not-asker"]);
  assert.deepEqual(
    (await copiesOf(requestId)).map(({ copy, mayMakeUp }) => [copy, mayMakeUp]),
    [
      [1, false],
      [2, true],
    ],
  );

  const { requestId: makeUpId } = await beginMakeUp(env, applicant, requestId, wanted);
  const [first, drafted] = [await loadRequest(env.db, requestId), await loadRequest(env.db, makeUpId)];
  assert.deepEqual([drafted.row.copies, drafted.row.use_mode, drafted.row.title], [1, "by-hand", first.row.title]);
  assert.deepEqual(
    drafted.documents.map(({ digest }) => digest),
    first.documents.map(({ digest }) => digest),
  );
  await approve(makeUpId);
  const subject = (await loadRequest(env.db, makeUpId)).row.digest;
  assert.notEqual(subject, first.row.digest, "what is approved names the copy that is replaced");
  assert.deepEqual(await codesOf(beginMakeUp(env, applicant, requestId, wanted)), ["make-up.asked-already"]);
  await requireSeesEvidence(env, inspector, evidenceId);
  await assert.rejects(requireSeesEvidence(env, stranger, evidenceId));

  assert.equal((await copiesOf(requestId))[1]?.state, "lost", "void only once the gate said yes");
  await stampAll(makeUpId, ["pressed"]);
  assert.equal(await place.stateOf(makeUpId), "registered");
  const [number, original] = [await numberOf(makeUpId), await numberOf(requestId)];
  const [, second] = await copiesOf(requestId);
  assert.deepEqual([second?.state, second?.makeUp?.number, second?.acts], ["declared-void", number, ["find"]]);
  const [use] = await place.linesOf(makeUpId, "use");
  assert.deepEqual(
    ["makeUpOf", "makeUpCopy", "makeUpCause", "authorised", "pressed"].map((key) => factOf(use, key)),
    [original, "2", "lost", "1", "1"],
  );
  const replaced = (await place.linesOf(requestId, "copies")).at(-1);
  assert.deepEqual(
    [replaced?.title.en, factOf(replaced, "copyNumbers"), factOf(replaced, "makeUp")],
    ["Copy void, replaced by make-up stamping", "2", number],
  );
  const exception = (await place.linesOf(makeUpId, "exceptions")).at(-1);
  assert.deepEqual(
    [exception?.title.en, factOf(exception, "makeUpOf")],
    ["Copy replaced by make-up stamping", original],
  );
  const detail = await readDetail(env, inspector, makeUpId);
  assert.deepEqual(
    [detail.makeUp?.number, detail.makeUp?.copy, detail.makeUp?.cause, detail.makeUp?.opens],
    [original, 2, "lost", true],
  );
  assert.deepEqual(await codesOf(beginMakeUp(env, applicant, requestId, wanted)), ["make-up.asked-already"]);
});

test("C19: a replaced copy that is found is owed until somebody else voids it on its paper", async () => {
  const { applicant, custodian } = crew.people;
  const requestId = await loseOne();
  await move(applicant, requestId, { act: "file", copies: [1], receiver: "Archive" });
  const makeUpId = await begin(requestId);
  await approve(makeUpId);
  await stampAll(makeUpId, ["pressed"]);
  assert.deepEqual(await place.openTasks("account-copies", requestId), []);
  assert.deepEqual(await codesOf(move(applicant, requestId, { act: "bring-back", copies: [2], reason: "Found" })), [
    "copies.act-not-possible",
  ]);
  await move(applicant, requestId, { act: "find", copies: [2], reason: "It was in a drawer" });
  assert.equal((await place.openTasks("account-copies", requestId)).length, 1);
  const handOut = { act: "hand-out", copies: [2], receiver: "Beicheng Ltd", way: "in-person" } as const;
  assert.deepEqual(await codesOf(move(applicant, requestId, handOut)), ["copies.act-not-possible"]);
  const evidenceId = await photoBy(custodian);
  await move(custodian, requestId, { act: "void", copies: [2], reason: "It was replaced", evidenceId });
  assert.deepEqual(await place.openTasks("account-copies", requestId), []);
  assert.deepEqual(
    (await place.linesOf(requestId, "copies")).map(({ title }) => title.en),
    [
      "Copies lost",
      "Copies filed",
      "Copy void, replaced by make-up stamping",
      "Void copies found again",
      "Copies voided",
    ],
  );
});

test("C09: a copy that is found before its make-up is stamped is used, and nothing is pressed in its place", async () => {
  const { applicant, custodian, supervisor } = crew.people;
  const requestId = await loseOne();
  const makeUpId = await begin(requestId);
  await approve(makeUpId);
  await move(applicant, requestId, { act: "bring-back", copies: [2], reason: "The driver brought it" });
  await presenceInTest(env, custodian, "release", makeUpId);
  const { sealing, answer } = await presenceInTest(env, supervisor, "confirm", makeUpId);
  assert.equal(sealing, false);
  assert.deepEqual(
    answer.conditions.filter(({ met }) => !met).map(({ code }) => code),
    ["make-up.found"],
  );
  assert.deepEqual(await place.statesOf(makeUpId), []);
  assert.equal((await copiesOf(requestId))[1]?.state, "here");
});

test("C09, C19: a void copy that is found while its make-up is stamped stops nothing; found after one that pressed nothing, it is replaced all the same", async () => {
  const { applicant, custodian } = crew.people;
  const requestId = await loseOne();
  const first = await begin(requestId);
  await approve(first);
  await stampAll(first, []);
  await move(applicant, requestId, { act: "find", copies: [2], reason: "It was in a drawer" });
  const makeUpId = await begin(requestId);
  await approve(makeUpId);
  await openInTest(env, crew, makeUpId);
  const evidenceId = await photoBy(custodian);
  await move(custodian, requestId, { act: "void", copies: [2], reason: "It was replaced", evidenceId });
  await place.takeInHand(place.contractPiece);
  await reportInTest(env, custodian, makeUpId, 1);
  await place.putBack(place.contractPiece);
  await lookInTest(env, crew.people.supervisor, makeUpId);
  assert.deepEqual(await place.statesOf(makeUpId), ["settled"]);
  assert.equal((await copiesOf(requestId))[1]?.state, "voided");
});

test("C09: what replaces a copy asks for no other paper, place or copy, and what stands is asked once", async () => {
  const { applicant } = crew.people;
  const requestId = await loseOne();
  const makeUpId = await begin(requestId);
  const { row, documents } = await loadRequest(env.db, makeUpId);
  const draft = {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, purpose: row.purpose },
    ...{ counterparty: row.counterparty, amount: row.amount, currency: row.currency, entityId: row.entity_id },
    ...{ wantedBy: null, validUntil: null, handlerId: null, useMode: "by-hand" as const, copies: 1 },
    paperReason: row.paper_reason,
    documents: documents.map(({ documentId, placements, answers }) => ({
      ...{ documentId, answers },
      placements: placements.map(({ placementId: _, ...one }) => one),
    })),
  };
  let version = row.version;
  const tryAs = async (change: Partial<typeof draft>): Promise<string[]> => {
    ({ version } = await saveDraft(env, applicant, makeUpId, { ...draft, ...change, version }));
    return codesOf(submitRequest(env, applicant, makeUpId));
  };
  assert.deepEqual(await tryAs({ copies: 2 }), ["make-up.copies"]);
  const [one] = draft.documents;
  const [at] = one?.placements ?? [];
  if (!one || !at) throw new Error("the sample has a place");
  const placed = (placements: (typeof one)["placements"]) => tryAs({ documents: [{ ...one, placements }] });
  assert.deepEqual(await placed([{ ...at, xMm: at.xMm + 5 }]), ["make-up.other-paper"]);
  assert.deepEqual(await placed([...one.placements, { ...at, yMm: at.yMm - 60 }]), ["make-up.other-paper"]);
  assert.deepEqual(await tryAs({}), []);
  await assert.rejects(begin(requestId), "one is under way");
  await withdrawRequest(env, applicant, makeUpId, "Not needed");
  const again = await begin(requestId);
  await submitRequest(env, applicant, again);
  assert.deepEqual(await codesOf(submitRequest(env, applicant, makeUpId)), ["make-up.asked-already"]);
});

test("C09: two make-ups of one copy that are submitted at once: one goes on, and the other is told", async () => {
  const { applicant } = crew.people;
  const requestId = await loseOne();
  const first = await begin(requestId);
  await submitRequest(env, applicant, first);
  await withdrawRequest(env, applicant, first, "Not needed");
  const drafts = [first, await begin(requestId)];
  const answers = await Promise.all(drafts.map((draft) => codesOf(submitRequest(env, applicant, draft))));
  assert.deepEqual(answers.flat(), ["make-up.asked-already"]);
});

test("C09: while one make-up of a copy is being drafted there is no second; its writer, and others, are told the way out", async () => {
  const { applicant } = crew.people;
  const requestId = await loseOne();
  const wanted = { copy: 2, reason: "It never arrived", evidenceId: await photoBy(applicant) };
  const asked = await Promise.all([1, 2].map(() => codesOf(beginMakeUp(env, applicant, requestId, wanted))));
  assert.deepEqual(asked.flat(), ["make-up.draft-yours"]);
  const line = (await copiesOf(requestId)).find((one) => one.copy === 2);
  assert.deepEqual([line?.mayMakeUp, line?.makeUp?.state, line?.makeUp?.opens], [false, "draft", true]);
});

test("C09, C19: a spoiled copy is replaced once it is voided; a make-up that ended with nothing pressed replaced nothing", async () => {
  const { applicant, custodian } = crew.people;
  const requestId = await walkToHand(env, crew, place.contract, { copies: 2 });
  await stampAll(requestId, ["pressed", "spoiled"]);
  const wanted = { copy: 2, reason: "It slipped", evidenceId: null } as const;
  assert.deepEqual(await codesOf(beginMakeUp(env, applicant, requestId, wanted)), [
    "make-up.copy-there",
    "make-up.evidence-missing",
  ]);
  const evidenceId = await photoBy(custodian);
  await move(custodian, requestId, { act: "void", copies: [2], reason: "Spoiled", evidenceId });
  const { requestId: makeUpId } = await beginMakeUp(env, applicant, requestId, wanted);
  assert.equal((await loadRequest(env.db, makeUpId)).makeUp?.evidence.evidenceId, evidenceId, "the voided paper");
  await approve(makeUpId);
  await stampAll(makeUpId, []);
  assert.deepEqual(await place.statesOf(makeUpId), ["released"]);
  const { requestId: again } = await beginMakeUp(env, applicant, requestId, wanted);
  await approve(again);
  await stampAll(again, ["spoiled"]);
  assert.deepEqual(await codesOf(beginMakeUp(env, applicant, requestId, wanted)), ["make-up.asked-already"]);
  // The make-up copy was spoiled in its turn: it is replaced by its own request.
  await move(custodian, again, {
    ...{ act: "void", copies: [1], reason: "Spoiled again", evidenceId: await photoBy(custodian) },
  });
  const third = await beginMakeUp(env, applicant, again, { ...wanted, copy: 1 });
  await approve(third.requestId);
  await stampAll(third.requestId, ["pressed"]);
  assert.equal(factOf((await place.linesOf(third.requestId, "use"))[0], "makeUpOf"), await numberOf(again));
});

test("C09: the tables press nothing for a copy that is not void, replace none twice, and keep a replaced one void", async () => {
  const requestId = await loseOne();
  const makeUpId = await begin(requestId);
  await approve(makeUpId);
  const refused = (query: Promise<unknown>) => assert.rejects(query, { code: "42501" });
  const [document] = (await loadRequest(env.db, makeUpId)).documents;
  await refused(
    env.db
      .insertInto("impressions")
      .values({
        ...{ impression_id: "imp_forged", request_id: makeUpId, document_id: document?.documentId ?? "" },
        ...{ seal_id: place.contract, body_id: place.contractPiece, position: 0, copy: 1, state: "reserved" },
        ...{ placement: "{}", authorisation: "{}", input_digest: document?.digest ?? "", reserved_at: new Date() },
      })
      .execute(),
  );
  await refused(
    sql`update seal_use_requests set make_up_copy = 1 where request_id = ${makeUpId}`.execute(env.db).then(),
  );
  await stampAll(makeUpId, ["pressed"]);
  for (const state of ["here", "lost", "handed-out"])
    await refused(
      env.db
        .updateTable("stamped_copies")
        .set({ state, ...(state === "handed-out" ? { way: "in-person" } : {}) })
        .where("request_id", "=", requestId)
        .execute(),
    );
  const { facts } = await readGateFacts(env.db, env, makeUpId);
  assert.equal(askGate(facts).allowed, false, "nothing is left of it");
});
