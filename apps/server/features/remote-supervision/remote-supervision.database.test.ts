import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { remoteAgreementLife, remoteLookLife } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { createMailer } from "../../platform/mailer.ts";
import { testFolder } from "../../platform/test-folder.ts";
import { readMail, startTestMailServer } from "../../platform/test-mail-server.ts";
import { presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { listUrgentAlarms } from "../alarms/read-model.ts";
import { readAuthorisations } from "../authority/authorisation-rows.ts";
import { compareSignatures } from "../authority/compare-signatures.ts";
import { takeSigned } from "../controller-stamping/deliver.ts";
import {
  type BoxAtWork,
  type ControllerPlace,
  createControllerPlace,
  tagOf,
} from "../controller-stamping/test-controller-place.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { changeMailAddress } from "../mail/addresses.ts";
import { readDetail } from "../requests/detail.ts";
import { loadRequest } from "../requests/load-request.ts";
import { listSummaries } from "../requests/summaries.ts";
import { sealActDigest } from "../seals/seal-acts.ts";
import { freezeSeal, unfreezeSeal } from "../seals/service.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { endStamping } from "../stamping/report.ts";
import { givePresence } from "../stamping/service.ts";
import { lookInTest, photoOf, walkToHand } from "../stamping/test-stamping.ts";
import { factOf, notice } from "../stamping/test-stamping-place.ts";
import { answerLook } from "./answer.ts";
import { followLooks } from "./follow-look.ts";
import { sendPressMail, tellSupervisor } from "./tell-supervisor.ts";

let place: ControllerPlace;
let box: BoxAtWork;
before(async () => {
  place = await createControllerPlace();
  box = await place.addBox("B-1", place.boxContainer);
  await box.meet();
  await place.mount(box, place.contractPiece, 0, tagOf(0));
  await place.mount(box, place.departmentPiece, 1, tagOf(1));
});
after(async () => place?.close());

/** The custodian opens with the supervisor elsewhere, who has no finger on the box, and who then confirms. */
async function openRemotely(copies: number): Promise<string> {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place.contract, { copies });
  const digest = (await loadRequest(env.db, requestId)).row.digest ?? "";
  const stepUpId = await presentInTest(env, crew.people.custodian, "release", requestId, digest);
  await givePresence(env, crew.people.custodian, "release", requestId, digest, stepUpId, "remote");
  await presenceInTest(env, crew.people.supervisor, "confirm", requestId);
  await place.authority.drain();
  await box.meet();
  const token = box.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
  assert.equal(token?.claims.use.mode, "remote");
  assert.ok((await box.controller.choose(token.claims.jti)).ok);
  return requestId;
}
const press = async (): Promise<string> => {
  const pressed = await box.controller.press();
  return pressed.ok ? pressed.value.out : pressed.code;
};
/** The custodian shows his finger and says that the paper lies there; the picture arrives. */
async function ask(requestId: string): Promise<string> {
  await box.controller.present("fp:2");
  const asked = await box.controller.askRemote();
  assert.ok(asked.ok, JSON.stringify(asked));
  await box.meet();
  await box.sendPhotos();
  return (await lookOf(requestId)).lookId;
}
const viewOf = (requestId: string, personId = place.crew.people.supervisor) =>
  readStampingView(place.env, personId, requestId);
const lookOf = async (requestId: string) => {
  const { remote } = await viewOf(requestId);
  assert.ok(remote?.look, "somebody is asked");
  return remote.look;
};
async function agree(
  requestId: string,
  lookId: string,
  by: { personId?: string; digest?: string; env?: Environment; stepUpId?: string } = {},
): Promise<void> {
  const personId = by.personId ?? place.crew.people.supervisor;
  const digest = by.digest ?? (await lookOf(requestId)).digest;
  const stepUpId = by.stepUpId ?? (await presentInTest(place.env, personId, "remote-press", lookId, digest));
  await answerLook(by.env ?? place.env, personId, requestId, lookId, {
    verdict: "agree",
    reason: "",
    digest,
    stepUpId,
  });
}
const refuse = (requestId: string, lookId: string, reason: string, personId = place.crew.people.supervisor) =>
  answerLook(place.env, personId, requestId, lookId, { verdict: "refuse", reason, digest: "", stepUpId: null });
const deliver = async (): Promise<void> => {
  await place.authority.drain();
  await box.meet();
};
const eventsOf = async (requestId: string, ...types: string[]) =>
  (
    await place.env.db
      .selectFrom("events")
      .select(["type", "actor_id", "comment", "facts"])
      .where("request_id", "=", requestId)
      .where("type", "in", types)
      .orderBy("event_id")
      .execute()
  ).map(({ type, actor_id: by, comment }) => [type, by, comment]);

test("C01 C04 C09 C17: each press waits for who confirmed the stamping, who sees its picture elsewhere; a refusal presses nothing and counts nothing", async () => {
  const { env, crew } = place;
  const { supervisor, custodian } = crew.people;
  const requestId = await openRemotely(2);
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.equal(await press(), "NO_COSIGN");
  // Refused with a reason: nothing is signed, nothing is pressed, the count stays.
  const first = await ask(requestId);
  const seen = await lookOf(requestId);
  assert.deepEqual([seen.state, seen.nth, seen.unfit], ["waiting", 1, false]);
  assert.ok(seen.evidenceId, "the picture has arrived");
  await requireSeesEvidence(env, supervisor, seen.evidenceId);
  const waitingFor = async (personId: string) =>
    (await listUrgentAlarms(env, personId)).presses.map((one) => one.lookId);
  assert.deepEqual([await waitingFor(supervisor), await waitingFor(custodian)], [[first], []], "told on every page");
  const kindFor = async (personId: string) =>
    (await listSummaries(env, personId, { view: "waiting" })).items.find((one) => one.requestId === requestId)
      ?.waitingKind;
  assert.deepEqual([await kindFor(supervisor), await kindFor(custodian)], ["agreement", undefined]);
  const { waiting } = await readDetail(env, custodian, requestId);
  assert.deepEqual(
    waiting.map(({ act, people }) => [act, people.map((one) => one.personId)]),
    [["agreement", [supervisor]]],
  );
  assert.ok((await viewOf(requestId)).actions.includes("agree"));
  assert.ok(!(await viewOf(requestId, custodian)).actions.includes("agree"));
  await assert.rejects(refuse(requestId, first, " "), /needs a reason/);
  await refuse(requestId, first, "This is another page");
  await deliver();
  assert.equal(box.controller.view().session?.remote?.refused, true, "the box is told");
  assert.equal(await press(), "COSIGN_REFUSED");
  assert.deepEqual(await waitingFor(supervisor), []);
  assert.equal(await kindFor(custodian), "stamping", "his turn again");
  const refused = await viewOf(requestId, custodian);
  assert.deepEqual([refused.remote?.look?.state, refused.remote?.look?.reason], ["refused", "This is another page"]);
  assert.deepEqual(await place.statesOf(requestId), ["reserved", "reserved"]);
  await assert.rejects(agree(requestId, first), /Nobody waits/);
  // Asked anew, he agrees: one press, and not a second one.
  for (const nth of [1, 2]) {
    const lookId = await ask(requestId);
    assert.equal((await lookOf(requestId)).nth, nth);
    await agree(requestId, lookId);
    assert.equal(await press(), "NO_COSIGN", "his word has not reached the box yet");
    await deliver();
    assert.equal(await press(), "done");
    await box.controller.present("fp:2");
    if (nth === 1) assert.equal(await press(), "NO_COSIGN");
    await box.meet();
    assert.equal((await lookOf(requestId)).state, "pressed");
  }
  assert.equal(await place.stateOf(requestId), "closed");
  await box.sendPhotos();
  await lookInTest(env, supervisor, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
  assert.deepEqual(await eventsOf(requestId, "RemotePressAgreed", "RemotePressRefused"), [
    ["RemotePressRefused", supervisor, "This is another page"],
    ["RemotePressAgreed", supervisor, null],
    ["RemotePressAgreed", supervisor, null],
  ]);
  const [line] = await place.linesOf(requestId);
  assert.deepEqual(
    ["supervisor", "remoteAgreed", "remoteRefused", "pressed"].map((key) => factOf(line, key) !== undefined),
    [true, true, true, true],
  );
  assert.deepEqual([factOf(line, "remoteAgreed"), factOf(line, "remoteRefused")], ["2", "1"]);
  assert.deepEqual(await compareSignatures(env.db), [], "each agreement that was signed is in the ledger");
});

test("C04 C11 C17: nobody else agrees, not to another picture, not with a proof for another one, and not twice", async () => {
  const { env, crew } = place;
  const requestId = await openRemotely(2);
  const first = await ask(requestId);
  const { digest } = await lookOf(requestId);
  for (const personId of [
    crew.people.custodian,
    crew.people.applicant,
    crew.people.inspector,
    crew.people.secondCustodian,
  ])
    await assert.rejects(agree(requestId, first, { personId }), /who confirmed this stamping/);
  await assert.rejects(refuse(requestId, first, "No", crew.people.inspector), /who confirmed this stamping/);
  await assert.rejects(agree(requestId, first, { digest: `sha256:${"0".repeat(64)}` }), /another picture/);
  // A proof of presence for the stamping as a whole is none for a press.
  const whole = await presentInTest(env, crew.people.supervisor, "confirm", requestId, digest);
  await assert.rejects(agree(requestId, first, { stepUpId: whole }), /proof of presence/);
  // A new picture takes the place of the earlier one, and a proof given for that is worth nothing for this.
  const early = await presentInTest(env, crew.people.supervisor, "remote-press", first, digest);
  const second = await ask(requestId);
  assert.notEqual(second, first);
  await assert.rejects(agree(requestId, first, { stepUpId: early }), /Nobody waits/);
  await assert.rejects(agree(requestId, second, { stepUpId: early }), /proof of presence/);
  const own = await presentInTest(
    env,
    crew.people.supervisor,
    "remote-press",
    second,
    (await lookOf(requestId)).digest,
  );
  await agree(requestId, second, { stepUpId: own });
  await assert.rejects(agree(requestId, second, { stepUpId: own }), /Nobody waits/);
  await deliver();
  // Agreed to and not pressed: another picture leaves it behind, at the box and here.
  const third = await ask(requestId);
  assert.equal(await press(), "NO_COSIGN");
  assert.deepEqual(
    (await eventsOf(requestId, "RemoteLookLapsed")).length,
    2,
    "both earlier pictures are told of as left behind",
  );
  // The tables refuse what the rule refuses, whoever writes.
  const write = (values: object) =>
    env.db.updateTable("remote_looks").set(values).where("look_id", "=", third).execute();
  await assert.rejects(write({ state: "pressed" }), /agreed to|violates/);
  const forged = { state: "agreed", answered_by: crew.people.custodian, answered_at: new Date(), step_up_id: own };
  await assert.rejects(write(forged), /who confirmed the stamping/);
  await assert.rejects(write({ ...forged, answered_by: crew.people.supervisor }), /for this picture/);
  // Nor is another picture shown in the place of the one that the box's record names, and before it came nobody agrees.
  assert.ok((await box.controller.askRemote()).ok);
  await box.meet();
  const fourth = await lookOf(requestId);
  assert.equal(fourth.evidenceId, null);
  await assert.rejects(agree(requestId, fourth.lookId), /has not arrived/);
  const { evidenceId } = await uploadEvidence(env, crew.people.custodian, photoOf(951));
  await assert.rejects(
    env.db.updateTable("remote_looks").set({ evidence_id: evidenceId }).where("look_id", "=", fourth.lookId).execute(),
    /its record names/,
  );
  await endStamping(env, crew.people.custodian, requestId, "Not now");
  assert.equal((await lookOf(requestId)).state, "lapsed", "at once, although the box has not said so yet");
  await assert.rejects(agree(requestId, third), /Nobody waits/);
  await deliver();
  assert.deepEqual(await place.statesOf(requestId), ["released", "released"]);
});

test("C04: who is too late agrees to nothing, and what is not pressed in time is not sent any more; the count stays", async () => {
  const { env, crew } = place;
  const requestId = await openRemotely(1);
  const at = (ms: number): Environment => ({ ...env, clock: { ...env.clock, now: () => env.clock.now() + ms } });
  const first = await ask(requestId);
  await assert.rejects(agree(requestId, first, { env: at(remoteLookLife) }), /older than two minutes/);
  await followLooks(at(remoteLookLife));
  assert.deepEqual([(await lookOf(requestId)).state, (await lookOf(requestId)).lapse], ["lapsed", "late"]);
  const second = await ask(requestId);
  await agree(requestId, second);
  await place.authority.drain();
  const fresh = await takeSigned(env, box.controllerId);
  const late = await takeSigned(at(remoteAgreementLife), box.controllerId);
  assert.equal(fresh.length - late.length, 1);
  // Agreed, and the gate closes before it leaves: it stays here.
  const sealId = place.contract;
  await freezeSeal(env, { actorId: crew.people.inspector, sealId, reason: "A look at it", stepUpId: null });
  assert.ok(!(await takeSigned(env, box.controllerId)).some((text) => fresh.includes(text)));
  const { sealAdministrator: actorId } = crew.people;
  const forSeal = await sealActDigest(env.db, "seal-unfreeze", sealId);
  const stepUpId = await presentInTest(env, actorId, "seal-unfreeze", sealId, forSeal);
  await unfreezeSeal(env, { actorId, sealId, reason: null, stepUpId });
  await box.meet();
  assert.equal(await press(), "done");
  // Its record was late on its way: what was in time by the box's own word was in time.
  await followLooks(at(remoteAgreementLife));
  await box.meet();
  assert.equal((await lookOf(requestId)).state, "pressed");
  assert.deepEqual(await place.statesOf(requestId), ["pressed"]);
});

test("C04 C18: a box that is moved, or loses its power, while somebody elsewhere looks ends the session and raises an alarm", async () => {
  const { env, crew } = place;
  const requestId = await openRemotely(1);
  for (const interrupt of [
    async () => void (await box.controller.sense({ kind: "move", ms: 100 })),
    async () => box.restart(),
  ]) {
    const token = box.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
    await box.controller.choose(token?.claims.jti ?? "");
    const lookId = await ask(requestId);
    await agree(requestId, lookId);
    await interrupt();
    await deliver();
    assert.notEqual(await press(), "done");
    const look = await lookOf(requestId);
    assert.deepEqual([look.state, look.lapse], ["lapsed", "disturbed"]);
    await assert.rejects(agree(requestId, lookId), /Nobody waits/);
  }
  const alarms = await env.db.selectFrom("alarms").select(["code"]).where("code", "=", "alarm.remote").execute();
  assert.ok(alarms.length > 0);
  assert.deepEqual(await place.statesOf(requestId), ["reserved"]);
  await endStamping(env, crew.people.custodian, requestId, "Not now");
  await box.meet();
});

test("C04 C18: a press that waits is written to its supervisor once, in his language, with nothing of its request; what was answered is not", async () => {
  const folder = await mkdtemp(join(testFolder(), "chancery-press-mail-"));
  const mails = await startTestMailServer({ folder });
  const env: Environment = {
    ...place.env,
    mailer: createMailer({
      ...{ host: "127.0.0.1", port: mails.port, implicitTls: false, startTls: "required", login: null },
      ...{ caFile: mails.caFile, from: { name: "Seals", address: "seals@example.org" } },
    }),
  };
  try {
    const { supervisor } = place.crew.people;
    const lin = { mailAddress: "lin@example.org", mailLanguage: "en" as const };
    await changeMailAddress(env, supervisor, supervisor, lin);
    const requestId = await openRemotely(2);
    const tell = (lookId: string) => transact(env.db, (tx) => tellSupervisor(tx, env, { lookId, requestId }));
    const mailOf = async (lookId: string) =>
      (await env.db.selectFrom("remote_looks").select("mail").where("look_id", "=", lookId).executeTakeFirstOrThrow())
        .mail;
    const first = await ask(requestId);
    await tell(first);
    mails.refuses = { code: 452, text: "come back later" };
    await assert.rejects(sendPressMail(env, first), /was not sent: EENVELOPE 452/);
    mails.refuses = null;
    for (const _ of [1, 2]) await sendPressMail(env, first);
    const sent = mails.taken.splice(0).map((one) => ({ ...one, ...readMail(one.text) }));
    assert.deepEqual([sent.length, sent[0]?.to, await mailOf(first)], [1, ["lin@example.org"], "sent"]);
    assert.match(sent[0]?.body ?? "", /its next press waits for your word[\s\S]*\/inbox/);
    const { row } = await loadRequest(env.db, requestId);
    for (const word of [row.title, row.number ?? "", requestId])
      assert.ok(!`${sent[0]?.text}${sent[0]?.body}`.includes(word), word);
    // A later picture of the same stamping, answered before the mail left.
    const second = await ask(requestId);
    await tell(second);
    await refuse(requestId, second, "Not this page");
    await sendPressMail(env, second);
    assert.equal(await mailOf(second), "not-needed");
    const third = await ask(requestId);
    await tell(third);
    assert.equal(await mailOf(third), "none", "he has just answered and sits before the page");
    assert.deepEqual(mails.taken, []);
    await endStamping(env, place.crew.people.custodian, requestId, "Not now");
  } finally {
    await mails.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

test("C04: a press that nobody agreed to, by a thief with the box's key, is found and counts as not known", async () => {
  const { env } = place;
  const requestId = await openRemotely(2);
  const [{ jti } = { jti: "" }] = await readAuthorisations(env.db, requestId);
  await box.forgeStroke(jti, 1, 0);
  assert.deepEqual(await place.statesOf(requestId), ["unknown", "reserved"]);
  const found = await place.findingsOf("stamping.not-agreed", await place.idOf(requestId, 1));
  assert.deepEqual(
    found.map(({ control }) => control),
    ["C04"],
  );
});

test("C04: what nobody supervises is not supervised from elsewhere, and the way stays as it was opened", async () => {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  const digest = (await loadRequest(env.db, requestId)).row.digest ?? "";
  const stepUpId = await presentInTest(env, crew.people.custodian, "release", requestId, digest);
  const { actions } = await readStampingView(env, crew.people.custodian, requestId);
  assert.ok(actions.includes("open") && !actions.includes("open-remote"));
  await assert.rejects(
    givePresence(env, crew.people.custodian, "release", requestId, digest, stepUpId, "remote"),
    /Nobody has to supervise/,
  );
});
