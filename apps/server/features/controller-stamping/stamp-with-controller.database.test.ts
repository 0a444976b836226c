import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { reasonTexts } from "@chancery/seallink";
import { transact } from "../../platform/db.ts";
import { testNotice } from "../../platform/test-pdf.ts";
import { approveInTest } from "../../platform/test-walk.ts";
import { listAlarms } from "../alarms/read-model.ts";
import { askAuthority } from "../authority/ask.ts";
import { readAuthorisations } from "../authority/authorisation-rows.ts";
import { compareSignatures, compareSignaturesNightly } from "../authority/compare-signatures.ts";
import { showJournal } from "../controllers/journal-view.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { makeTestScan } from "../final-copies/test-scan.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { beginMakeUp } from "../make-up/begin-make-up.ts";
import { readImpressionPhoto } from "../printed-copies/read-impression-photo.ts";
import { takeTestScan } from "../printed-copies/test-photo.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { freezeSeal, unfreezeSeal } from "../seals/service.ts";
import { showCopies } from "../stamped-copies/show-copies.ts";
import { moveInTest } from "../stamped-copies/test-copies.ts";
import { readHandImpressions } from "../stamping/open-stamping.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { endStamping } from "../stamping/report.ts";
import { followClosedCase } from "../stamping/rule-impression.ts";
import { lookInTest, photoOf, reportInTest, walkToHand } from "../stamping/test-stamping.ts";
import { factOf, notice } from "../stamping/test-stamping-place.ts";
import { takeSigned } from "./deliver.ts";
import { blockingPhotoDebts, photosBlockSince, refusePhotoDebts } from "./photo-debts.ts";
import { followAuthorisations } from "./stamping-ticks.ts";
import { type BoxAtWork, type ControllerPlace, createControllerPlace, tagOf } from "./test-controller-place.ts";

let place: ControllerPlace;
let box: BoxAtWork;
before(async () => {
  place = await createControllerPlace();
  box = await place.addBox("B-1", place.boxContainer);
  await box.meet();
  await place.mount(box, place.contractPiece, 0, tagOf(0));
  await place.mount(box, place.departmentPiece, 1, tagOf(1));
  await place.order(box, { kind: "cred-add", personId: place.crew.people.supervisor });
  await box.meet();
});
after(async () => place?.close());

/** The authorisation of a request as the box knows it, chosen at its screen. */
const choose = async (requestId: string, at = box): Promise<string> => {
  await at.meet();
  const token = at.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
  assert.ok(token, "the box has an authorisation for it");
  const chosen = await at.controller.choose(token.claims.jti);
  assert.ok(chosen.ok, JSON.stringify(chosen));
  return token.claims.jti;
};
const press = async (at = box): Promise<string> => {
  const pressed = await at.controller.press();
  return pressed.ok ? pressed.value.out : pressed.code;
};
const photosOf = async (requestId: string): Promise<number> =>
  (await readHandImpressions(place.env.db, requestId)).filter(({ photo }) => photo !== null).length;

test("C01 C04 C08 C09: an important seal is pressed at the controller under supervision, counted, photographed and registered", async () => {
  const requestId = await walkToHand(place.env, place.crew, place.contract, { copies: 3 });
  await place.open(requestId);
  const [signed] = await readAuthorisations(place.env.db, requestId);
  assert.equal(signed?.state, "signed");
  assert.equal(signed?.most, 3);
  await choose(requestId);
  assert.equal(await press(), "WRONG_OPERATOR");
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.equal(await press(), "NO_SUPERVISOR");
  assert.ok((await box.controller.present("fp:3")).ok);
  assert.equal(await press(), "done");
  await box.meet();
  assert.deepEqual(await place.statesOf(requestId), ["pressed", "reserved", "reserved"]);
  const [line] = await place.linesOf(requestId);
  assert.ok(line, "the line opens with the first impression");
  assert.equal((await readAuthorisations(place.env.db, requestId))[0]?.state, "in-use");
  // Journal and alarm say why the press was refused, for which request, and what to do about it.
  const { number } = (await loadRequest(place.env.db, requestId)).row;
  const { inspector, custodian } = place.crew.people;
  const { findings } = await showJournal(place.env, inspector, box.controllerId);
  const { items } = await listAlarms(place.env, custodian, {});
  for (const told of [findings.toReversed(), items].map((list) => list.find(({ code }) => code === "PRESS_REFUSED"))) {
    assert.ok(told);
    assert.ok(told.says.en.includes(reasonTexts.WRONG_OPERATOR.en) && told.says.en.includes(number ?? "none"));
    assert.ok(told.says.zh.includes(reasonTexts.WRONG_OPERATOR.zh));
    assert.deepEqual(told.todo, reasonTexts.WRONG_OPERATOR.todo);
  }
  assert.deepEqual([await press(), await press()], ["done", "done"]);
  await box.meet();
  assert.equal((await readAuthorisations(place.env.db, requestId))[0]?.state, "used-up");
  assert.equal(await place.stateOf(requestId), "closed");
  assert.equal(await photosOf(requestId), 0);
  await assert.rejects(lookInTest(place.env, place.crew.people.supervisor, requestId), /have not arrived yet/);
  await box.sendPhotos();
  assert.equal(await photosOf(requestId), 3);
  await lookInTest(place.env, place.crew.people.supervisor, requestId);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "settled"]);
  assert.equal(await place.stateOf(requestId), "registered");
  assert.ok(factOf(line, "request") ?? true);
});

test("C09 C17: what a controller presses on foreign paper is held against its scan, too, and nobody confirms what is not the same", async () => {
  const { env, crew } = place;
  const pdf = makeTestScan(await takeTestScan([{ bytes: testNotice() }]));
  const requestId = await walkToHand(env, crew, place.department, {
    ...{ ...notice, copies: 1, pdf, paperPrintedBy: "The landlord" },
  });
  await place.open(requestId);
  await choose(requestId);
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.equal(await press(), "done");
  await box.meet();
  await box.sendPhotos();
  await readImpressionPhoto(env, requestId, await place.idOf(requestId, 1));
  const { impressions } = await readStampingView(env, crew.people.inspector, requestId);
  const comparison = impressions[0]?.photo?.comparison;
  assert.deepEqual([comparison?.basis, comparison?.demands], ["scan", "answer"], "the box has photographed no paper");
  await assert.rejects(lookInTest(env, crew.people.inspector, requestId), /do not show what was approved/);
});

test("C09: a jam gives the impression back, a power cut leaves it not known, a spoiled sheet is said, and the rest is released once the box says so", async () => {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 5 });
  await place.open(requestId);
  await choose(requestId);
  assert.ok((await box.controller.present("fp:2")).ok);
  box.box.mechanics = "jam";
  assert.equal(await press(), "aborted");
  box.box.mechanics = "good";
  await box.meet();
  assert.deepEqual(await place.statesOf(requestId), Array(5).fill("reserved"));
  assert.equal(await press(), "done");
  await box.meet();
  await assert.rejects(reportInTest(env, crew.people.custodian, requestId, 2), /nobody says it by hand/);
  await reportInTest(env, crew.people.custodian, requestId, 1, "spoiled");
  box.box.onTouch = () => {
    box.box.cutAfter = 0;
  };
  await assert.rejects(box.controller.press());
  await box.restart();
  await box.meet();
  assert.deepEqual(await place.statesOf(requestId), ["spoiled", "unknown", "reserved", "reserved", "reserved"]);
  // Ended while the box may still press: it says so before anything is given back.
  await endStamping(env, crew.people.custodian, requestId, "The copies are enough");
  assert.equal(await place.stateOf(requestId), "opened");
  await assert.rejects(place.open(requestId));
  await place.authority.drain();
  await box.meet();
  assert.equal(await place.stateOf(requestId), "closed");
  assert.deepEqual(await place.statesOf(requestId), ["spoiled", "unknown", "released", "released", "released"]);
  assert.equal((await readAuthorisations(env.db, requestId))[0]?.state, "revoked");
  assert.equal((await place.openTasks("rule-impression", requestId)).length, 1);
  const [line] = await place.linesOf(requestId);
  assert.ok(line);
});

test("C09: nothing is signed twice for one request, nothing for a piece that sits in no box or by the books elsewhere", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  await place.open(requestId);
  const again = {
    kind: "authorisation",
    requestId,
    bodyId: place.departmentPiece,
    controllerId: box.controllerId,
  } as const;
  const codesOf = async (askedBy: string): Promise<string[]> => {
    const askId = await transact(env.db, (tx) => askAuthority(tx, env, { ...again, askedBy }));
    await place.authority.drain();
    const row = await env.db
      .selectFrom("controller_asks")
      .selectAll()
      .where("ask_id", "=", askId)
      .executeTakeFirstOrThrow();
    assert.equal(row.state, "refused");
    return (row.refusals as { list: { code: string }[] }).list.map(({ code }) => code);
  };
  assert.deepEqual(await codesOf(custodian), ["authorisation.living-already"]);
  const other = await place.addBox("B-2");
  await other.meet();
  const elsewhere = { ...again, controllerId: other.controllerId, askedBy: custodian };
  const askId = await transact(env.db, (tx) => askAuthority(tx, env, elsewhere));
  await place.authority.drain();
  const asked = await env.db
    .selectFrom("controller_asks")
    .selectAll()
    .where("ask_id", "=", askId)
    .executeTakeFirstOrThrow();
  const found = (asked.refusals as { list: { code: string }[] }).list.map(({ code }) => code);
  assert.ok(found.includes("controller.use-not-mounted"), found.join(" "));
  // The token of one box is nothing at another one.
  const [token] = await takeSigned(env, box.controllerId);
  const stolen = await other.controller.receive(token ?? "");
  assert.equal(stolen.ok ? "" : stolen.code, "WRONG_DEVICE");
  await other.meet();
  await choose(requestId);
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.equal(await press(), "done");
  await box.meet();
  // Used up, it is spent.
  const spent = await box.controller.receive(token ?? "");
  assert.equal(spent.ok ? Buffer.from((token ?? "").split(".")[0] ?? "", "base64url").toString() : spent.code, "SPENT");
  await box.sendPhotos();
  assert.equal(await place.stateOf(requestId), "closed");
});

test("C02 C10 C17: what was signed is withheld where the gate has closed, and revoked at the box that has it", async () => {
  const { env, crew } = place;
  const { inspector, custodian } = crew.people;
  const sealId = place.department;
  const first = await walkToHand(env, crew, sealId, { ...notice, copies: 1 });
  const second = await walkToHand(env, crew, sealId, { ...notice, copies: 1 });
  await place.open(first);
  await place.open(second);
  await choose(first);
  await freezeSeal(env, { actorId: inspector, sealId, reason: "A look at it", stepUpId: null });
  assert.equal((await readAuthorisations(env.db, second))[0]?.state, "accepted");
  await followAuthorisations(env);
  await place.authority.drain();
  await box.meet();
  for (const requestId of [first, second])
    assert.equal((await readAuthorisations(env.db, requestId))[0]?.state, "revoked");
  assert.ok((await box.controller.present("fp:2")).ok === false);
  const third = await transact(env.db, (tx) =>
    askAuthority(tx, env, {
      ...{ kind: "authorisation", requestId: first, bodyId: place.departmentPiece, controllerId: box.controllerId },
      askedBy: custodian,
    }),
  );
  await place.authority.drain();
  const asked = await env.db
    .selectFrom("controller_asks")
    .selectAll()
    .where("ask_id", "=", third)
    .executeTakeFirstOrThrow();
  assert.ok((asked.refusals as { list: { code: string }[] }).list.some(({ code }) => code === "gate.seal-in-use.not"));
  await unfreezeSeal(env, { actorId: crew.people.sealAdministrator, sealId, reason: null, stepUpId: null });
  for (const requestId of [first, second]) await endStamping(env, custodian, requestId, "Not now");
  assert.deepEqual(await place.statesOf(first), ["released"]);
});

test("kill between signature and delivery: what was signed waits in the database, is delivered once the gate still says yes, and signed once", async () => {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  await place.open(requestId);
  // Nobody delivered: another platform process on the same data does, and one that delivers twice does no harm.
  assert.equal((await readAuthorisations(env.db, requestId))[0]?.state, "signed");
  const [text] = await takeSigned(env, box.controllerId);
  assert.deepEqual(await takeSigned(env, box.controllerId), [text]);
  assert.equal((await place.authority.drain()).length, 0);
  await endStamping(env, crew.people.custodian, requestId, "Not now");
  await place.authority.drain();
  await box.meet();
  assert.deepEqual(await place.statesOf(requestId), ["released"]);
  // Withheld: ended before anything was sent.
  const later = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  await place.open(later);
  await endStamping(env, crew.people.custodian, later, "Not now");
  assert.equal((await readAuthorisations(env.db, later))[0]?.state, "revoked");
  assert.deepEqual(await place.statesOf(later), ["released"]);
  assert.deepEqual(await takeSigned(env, box.controllerId), []);
});

test("attack 30: whoever has the application's role reads no key of the authority and writes no signature, no budget and no state beyond", async () => {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 2 });
  await place.open(requestId);
  const denied = /permission denied/;
  await assert.rejects(env.db.selectFrom("authority_signing_keys").select("encrypted_key").execute(), denied);
  const [row] = await env.db.selectFrom("controller_signatures").selectAll().limit(1).execute();
  assert.ok(row);
  await assert.rejects(
    env.db
      .insertInto("controller_signatures")
      .values({ ...row, jti: "auz_forged", asn: 9000 })
      .execute(),
    denied,
  );
  await assert.rejects(env.db.updateTable("controller_signatures").set({ most: 99 }).execute(), denied);
  await assert.rejects(env.db.updateTable("controller_authorisations").set({ most: 99 }).execute(), denied);
  await assert.rejects(
    env.db.updateTable("controller_authorisations").set({ state: "in-use" }).where("state", "=", "revoked").execute(),
    /never comes back/,
  );
  const kept = await env.db
    .selectFrom("authority_keys")
    .select("encrypted_key")
    .where("kind", "=", "seallink-authority-1")
    .executeTakeFirst();
  assert.equal(kept?.encrypted_key.length, 0);
  await endStamping(env, crew.people.custodian, requestId, "Not now");
});

test("C09: a photo that is missing for three days stops its applicant's next application, until it comes or people decide", async () => {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  await place.open(requestId);
  await choose(requestId);
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.equal(await press(), "done");
  await box.meet();
  const owes = async (hours: number) => {
    const since = photosBlockSince(env.clock.now() + hours * 3_600_000);
    const rows = await blockingPhotoDebts(env.db, crew.people.applicant, since).execute();
    return refusePhotoDebts(rows).map(({ code }) => code);
  };
  assert.deepEqual([await owes(71), await owes(73)], [[], ["entry.photos-owed"]]);
  await box.sendPhotos();
  assert.deepEqual(await owes(73), []);
});

test("attack 30: each night what was signed is compared with the ledger, both ways, and with the approvals", async () => {
  const { env } = place;
  assert.deepEqual(await compareSignatures(env.db), []);
  // As if a signature had been removed, or somebody had written that there was one.
  const facts = { controller: box.controllerId, jti: "ord_gone", digest: "sha256:0" };
  await transact(env.db, (tx) => recordEvent(tx, env, { type: "ControllerOrderIssued", actorId: null, facts }));
  await compareSignaturesNightly(env);
  await compareSignaturesNightly(env);
  const found = await place.findingsOf("authority.not-signed", "ord_gone");
  assert.deepEqual(
    found.map(({ control, state }) => [control, state]),
    [["C01", "open"]],
  );
  assert.equal((await env.db.selectFrom("authority_checks").selectAll().execute()).length, 1);
});

test("C09 C19: a lost copy is made up at the controller by the same rule: the authority signs one impression, once its copy is void", async () => {
  const { env, crew } = place;
  const { applicant } = crew.people;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 2 });
  await place.open(requestId);
  await choose(requestId);
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.deepEqual([await press(), await press()], ["done", "done"]);
  await box.meet();
  await box.sendPhotos();
  await lookInTest(env, crew.people.supervisor, requestId);
  await moveInTest(env, applicant, requestId, { act: "lose", copies: [1], reason: "Not on the wall" });
  const { evidenceId } = await uploadEvidence(env, applicant, photoOf(950));
  const wanted = { copy: 1, reason: "It was torn off and is gone", evidenceId };
  const { requestId: makeUpId } = await beginMakeUp(env, applicant, requestId, wanted);
  await submitRequest(env, applicant, makeUpId);
  await approveInTest(env, crew, makeUpId);
  await place.open(makeUpId);
  const [signed] = await readAuthorisations(env.db, makeUpId);
  assert.deepEqual([signed?.state, signed?.most], ["signed", 1]);
  const states = (await showCopies(env, applicant, requestId)).copies.map(({ state }) => state);
  assert.deepEqual(states, ["declared-void", "here"]);
  await choose(makeUpId);
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.equal(await press(), "done");
  assert.notEqual(await press(), "done", "one copy is replaced by one impression");
  await box.meet();
  await box.sendPhotos();
  await lookInTest(env, crew.people.supervisor, makeUpId);
  assert.equal(await place.stateOf(makeUpId), "registered");
  const [line] = await place.linesOf(makeUpId);
  assert.deepEqual(
    ["makeUpCopy", "makeUpCause"].map((key) => factOf(line, key)),
    ["1", "lost"],
  );
});

test("C01 C09: more than authorised, or a press without any authorisation, freezes request and seal and is found", async () => {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  await place.open(requestId);
  const jti = await choose(requestId);
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.equal(await press(), "done");
  await box.meet();
  await box.sendPhotos();
  assert.equal(await place.stateOf(requestId), "closed");
  // A thief with the box's key writes of another press.
  await box.forgeStroke(jti, 2, 1);
  assert.equal(await place.stateOf(requestId), "frozen");
  assert.deepEqual(
    await place.findingsOf("stamping.excess", `${requestId} ${jti}`).then((rows) => rows.map(({ control }) => control)),
    ["C09"],
  );
  const stateOf = async (sealId: string) =>
    (await env.db.selectFrom("seals").select("state").where("seal_id", "=", sealId).executeTakeFirstOrThrow()).state;
  assert.equal(await stateOf(place.department), "frozen");
  assert.equal(await stateOf(place.contract), "in-use");
  // Somebody without a part in it finds out and closes the finding: with that the request goes on.
  const closing = { source: "stamping.excess", subject_key: `${requestId} ${jti}` };
  await assert.rejects(
    transact(env.db, (tx) => followClosedCase(tx, env, closing, crew.people.custodian)),
    /himself/,
  );
  await env.db
    .updateTable("findings")
    .set({ state: "closed", closed_at: new Date(), closed_by: crew.people.inspector, closing_note: "Found" })
    .where("subject_key", "=", closing.subject_key)
    .execute();
  await transact(env.db, (tx) => followClosedCase(tx, env, closing, crew.people.inspector));
  assert.equal(await place.stateOf(requestId), "closed");
  await box.forgeStroke("auz_nobody", 1, 0);
  assert.equal(await stateOf(place.contract), "frozen");
  const found = await env.db
    .selectFrom("findings")
    .select("control")
    .where("source", "=", "stamping.without-authorisation")
    .execute();
  assert.deepEqual(
    found.map(({ control }) => control),
    ["C01"],
  );
  const [chain] = await env.db
    .selectFrom("controller_chains")
    .select("quarantined")
    .where("controller_id", "=", box.controllerId)
    .execute();
  assert.equal(chain?.quarantined, "STAMP_WITHOUT_AUTHORISATION");
  assert.deepEqual(await takeSigned(env, box.controllerId), []);
});
