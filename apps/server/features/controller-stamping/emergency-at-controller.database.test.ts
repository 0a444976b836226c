import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type AuthorisationClaims, peekJws } from "@chancery/seallink";
import type { Environment } from "../../platform/environment.ts";
import { readAuthorisations } from "../authority/authorisation-rows.ts";
import { compareSignatures } from "../authority/compare-signatures.ts";
import { tellMissingPhotos } from "../controllers/controller-ticks.ts";
import { endEmergencies } from "../emergency/emergency-ticks.ts";
import { reviewEmergency } from "../emergency/review.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readPressPictures } from "../stamping/press-pictures.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { lookInTest, walkToHand } from "../stamping/test-stamping.ts";
import { factOf, notice } from "../stamping/test-stamping-place.ts";
import { takeSigned } from "./deliver.ts";
import { followAuthorisations } from "./stamping-ticks.ts";
import { type BoxAtWork, type ControllerPlace, createControllerPlace, tagOf } from "./test-controller-place.ts";

let place: ControllerPlace;
let box: BoxAtWork;
before(async () => {
  place = await createControllerPlace();
  box = await place.addBox("B-1", place.boxContainer);
  await box.meet();
  await place.mount(box, place.departmentPiece, 1, tagOf(1));
  await place.order(box, { kind: "cred-add", personId: place.crew.people.supervisor });
  await box.meet();
});
after(async () => place?.close());

const hour = 3_600_000;
const later = (time: number): Environment => ({ ...place.env, clock: { now: () => place.env.clock.now() + time } });
/** Agreed to by the signatory, opened with the controller, and signed. */
async function begin(copies: number): Promise<string> {
  const emergency = "The notice has to hang by noon";
  const requestId = await walkToHand(place.env, place.crew, place.department, { ...notice, copies, emergency });
  await place.open(requestId);
  return requestId;
}
async function claimsOf(requestId: string): Promise<AuthorisationClaims> {
  const { token } = await place.env.db
    .selectFrom("controller_signatures")
    .select("token")
    .where("request_id", "=", requestId)
    .where("kind", "=", "authorisation")
    .executeTakeFirstOrThrow();
  const peeked = peekJws(token);
  assert.ok(peeked.ok);
  return peeked.value.payload as unknown as AuthorisationClaims;
}
const choose = async (requestId: string): Promise<string> => {
  await box.meet();
  const token = box.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
  assert.ok(token, "the box has an authorisation for it");
  assert.ok((await box.controller.choose(token.claims.jti)).ok);
  return token.claims.jti;
};
async function pressBy(...fingers: string[]): Promise<string> {
  for (const finger of fingers) await box.controller.present(finger);
  const pressed = await box.controller.press();
  return pressed.ok ? pressed.value.out : pressed.code;
}
const alarmsOf = (code: string) =>
  place.env.db.selectFrom("alarms").select(["speed", "state"]).where("code", "=", code).execute();

test("C01 C02 C04 C09 C18: an emergency at the controller is of a kind of its own: two at each press, paper seen before it, an alarm at once", async () => {
  const { custodian, supervisor, inspector } = place.crew.people;
  const requestId = await begin(2);
  const { row } = await loadRequest(place.env.db, requestId);
  const claims = await claimsOf(requestId);
  assert.deepEqual([claims.use.mode, claims.use.max, claims.doc], ["emergency", 2, []]);
  assert.deepEqual([claims.sup?.n, claims.sup?.of.map(({ u, cred }) => [u, cred])], [1, [[supervisor, ["fp:3"]]]]);
  assert.deepEqual([claims.pic, claims.off?.ok], [{ before: 1, after: 1, block: true }, false]);
  assert.ok(claims.exp * 1000 <= (row.emergency_until?.getTime() ?? 0));
  const { controller } = await readStampingView(place.env, custodian, requestId);
  assert.equal(controller?.code, requestId.slice(-6).toUpperCase(), "as the screen of the box shows it");
  await choose(requestId);
  await box.meet();
  assert.deepEqual(
    await alarmsOf("alarm.emergency"),
    [{ speed: "at-once", state: "open" }],
    "before anything is pressed",
  );
  assert.equal(await pressBy("fp:2"), "NO_SUPERVISOR");
  assert.equal(await pressBy("fp:3"), "done");
  assert.equal(await pressBy("fp:3"), "WRONG_OPERATOR", "each press asks for both");
  assert.equal(await pressBy("fp:2", "fp:3"), "done");
  await box.meet();
  assert.deepEqual(await place.statesOf(requestId), ["pressed", "pressed"]);
  assert.equal((await readAuthorisations(place.env.db, requestId))[0]?.state, "used-up");
  await box.sendPhotos();
  const pictures = await place.env.db
    .selectFrom("controller_photos as p")
    .innerJoin("controller_records as r", (join) =>
      join
        .onRef("r.controller_id", "=", "p.controller_id")
        .onRef("r.epoch", "=", "p.epoch")
        .onRef("r.seq", "=", "p.seq"),
    )
    .select("p.kind")
    .where("p.digest", "is not", null)
    .where("p.kind", "<>", "face")
    .orderBy("p.kind")
    .execute();
  assert.deepEqual(
    pictures.map(({ kind }) => kind),
    ["after", "after", "before", "before"],
    "C17 what lay there was seen",
  );
  const shown = await readPressPictures(place.env, requestId);
  assert.deepEqual([shown.pictures, shown.lacking], [4, 0]);
  assert.deepEqual(
    shown.presses.map(({ nth, impression, stroke, told, before, after }) => [
      ...[nth, impression?.nth, impression?.grade?.grade, stroke?.n, stroke?.out, told],
      ...[...before, ...after].map(({ sight }) => sight),
    ]),
    [1, 2].map((nth) => [nth, nth, "T3", nth, "done", "record", "shown", "shown"]),
  );
  for (const {
    before: [first],
  } of shown.presses) {
    assert.ok(first?.at && first.evidenceId);
    for (const personId of [inspector, supervisor, custodian])
      await requireSeesEvidence(place.env, personId, first.evidenceId);
    await assert.rejects(requireSeesEvidence(place.env, place.crew.people.stranger, first.evidenceId));
  }
  await lookInTest(place.env, supervisor, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
  const [line] = await place.linesOf(requestId);
  assert.deepEqual([factOf(line, "emergency"), factOf(line, "pressed")], ["yes", "2"]);
  await reviewEmergency(place.env, inspector, { requestId }, { verdict: "justified", note: "The door was to open" });
  assert.deepEqual(await compareSignatures(place.env.db), []);
});

test("C02 C09: an emergency's authorisation ends with its hours: unsent it is void, and of a box that has it and is silent nobody can tell", async () => {
  const { env } = place;
  await env.db
    .insertInto("settings")
    .values({ key: "emergencyLasts", value: 1, set_at: new Date(), asked_by: null, confirmed_by: null })
    .execute();
  const unsent = await begin(1);
  const { row } = await loadRequest(env.db, unsent);
  const { exp, iat } = await claimsOf(unsent);
  assert.equal(exp, Math.floor((row.emergency_until?.getTime() ?? 0) / 1000), "sooner than any other would");
  assert.ok(exp - iat <= 3600);
  const over = later(hour + 60_000);
  assert.deepEqual(await takeSigned(over, box.controllerId), []);
  await followAuthorisations(later(hour + 120_000));
  await endEmergencies(over);
  assert.equal(await place.stateOf(unsent), "opened", "its custodian may still end it");
  await endEmergencies(later(2 * hour + 60_000));
  assert.deepEqual([await place.statesOf(unsent), await place.stateOf(unsent)], [["released"], "registered"]);

  const silent = await begin(1);
  await choose(silent);
  await box.meet();
  assert.equal((await readAuthorisations(env.db, silent))[0]?.state, "accepted");
  await followAuthorisations(later(hour + 120_000));
  await endEmergencies(later(2 * hour + 60_000));
  assert.deepEqual([await place.statesOf(silent), await place.stateOf(silent)], [["unknown"], "closed"]);
  const ends = await env.db
    .selectFrom("stampings")
    .select("ended_by")
    .where("request_id", "in", [unsent, silent])
    .execute();
  assert.deepEqual(
    ends.map(({ ended_by: by }) => by),
    [null, null],
    "the clock ended them, in nobody's name",
  );
});

test("C02 C09 C17: pictures of an emergency's presses that do not come are said to be missing, and a press that never left the box is told", async () => {
  const requestId = await begin(1);
  await choose(requestId);
  box.box.mechanics = "jam";
  assert.equal(await pressBy("fp:2", "fp:3"), "aborted");
  box.box.mechanics = "good";
  assert.equal(await pressBy("fp:2", "fp:3"), "done");
  await box.meet();
  const sightsOf = async () => {
    const { presses, lacking } = await readPressPictures(place.env, requestId);
    const told = presses.map(({ impression, stroke, before, after }) => [
      ...[impression?.nth ?? null, stroke?.out],
      ...[before, after].map((pictures) => pictures.map(({ sight }) => sight).join(" ")),
    ]);
    return { told, lacking };
  };
  const awaited = "on-its-way";
  assert.deepEqual(await sightsOf(), {
    ...{
      told: [
        [null, "aborted", awaited, ""],
        [1, "done", awaited, awaited],
      ],
      lacking: 0,
    },
  });
  await tellMissingPhotos(later(25 * hour));
  assert.deepEqual(await sightsOf(), {
    ...{
      told: [
        [null, "aborted", "missing", ""],
        [1, "done", "missing", "missing"],
      ],
      lacking: 3,
    },
  });
  // What comes late after all is shown.
  await box.sendPhotos();
  assert.deepEqual((await sightsOf()).lacking, 0);
});

test("C04: a stroke that names no second person is not known, although its box signed for it, and is found", async () => {
  const requestId = await begin(1);
  const jti = await choose(requestId);
  await box.meet();
  await box.forgeStroke(jti, 1, 1);
  assert.deepEqual(await place.statesOf(requestId), ["unknown"]);
  const [press] = (await readPressPictures(place.env, requestId)).presses;
  assert.equal(press?.before[0]?.sight, "not-taken", "its record names no picture of the paper");
  const found = await place.findingsOf("stamping.unwatched", await place.idOf(requestId, 1));
  assert.deepEqual(
    found.map(({ control, state }) => [control, state]),
    [["C04", "open"]],
  );
});
