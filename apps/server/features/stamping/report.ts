import {
  askGate,
  decideReport,
  describe,
  isPhotographed,
  leastPhotoPixels,
  type Refusal,
  refuse,
  type StampReport,
  takesReport,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { endAtController } from "../controller-stamping/end-at-controller.ts";
import { custodiansOf, readHeldNow, readPostings } from "../custody/postings.ts";
import { readPauses } from "../custody/stampings-of-piece.ts";
import { keepEvidence, takeIn } from "../evidence/service.ts";
import { isCompared } from "../printed-copies/print-copies.ts";
import { readComparisons } from "../printed-copies/show-readings.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { changeImpression, finishStamping, type HandCommand, registerWhole } from "./follow-stamping.ts";
import { type GateView, readGateFacts } from "./gate-facts.ts";
import { keepLateImpression } from "./late-impressions.ts";
import {
  copiesOfTurn,
  type HandImpressionRow,
  readHandImpressions,
  readStamping,
  type StampingRow,
} from "./open-stamping.ts";
import { isToBeRetaken, readEarlierPhotos, retakePhoto } from "./retake-photo.ts";
import { findPhotoUse, readCancelledPaper } from "./used-photos.ts";

export interface Reported {
  readonly requestId: string;
  readonly impressionId: string;
  readonly report: StampReport;
  readonly reason: string;
}
export interface ReportTaken {
  readonly state: HandImpressionRow["state"];
  /** Nothing was left to be reported, and the stamping ended with it. */
  readonly ended: boolean;
}
type Photo = { stream: AsyncIterable<Uint8Array>; fileName: string };

/**
 * The custodian says what became of one place on one copy; what he pressed or spoiled comes with its photo in the same call. All
 * of it is one transaction, so that a phone that had no answer sends it again, and nothing is counted twice.
 */
export async function reportImpression(
  env: Environment,
  personId: string,
  said: Reported,
  upload: Photo | null = null,
): Promise<ReportTaken> {
  const photo = upload === null ? null : await takeIn(env, upload);
  if (photo !== null && !photo.mediaType.startsWith("image/"))
    throw refusedBy([refuse("stamping.photo-not-a-picture", {}, "C09")]);
  const [width, height] = [photo?.widthPx ?? leastPhotoPixels, photo?.heightPx ?? leastPhotoPixels];
  if (Math.min(width, height) < leastPhotoPixels)
    throw refusedBy([refuse("stamping.photo-too-small", { width, height }, "C09")]);
  const outcome = await transact(env.db, async (tx): Promise<ReportTaken | { refusals: readonly Refusal[] }> => {
    const { view, stamping, impression, all } = await holdImpression(tx, env, said);
    const decided = decideReport({
      ...{ actorId: personId, stamperId: stamping.opened_by, state: impression.state, report: said.report },
      ...{ photo: photo?.digest ?? null, kept: impression.photo, reason: said.reason },
      cancelled: await readCancelledPaper(tx, said),
      earlier: await readEarlierPhotos(tx, said.impressionId),
      mayRetake: isToBeRetaken(
        { state: view.loaded.row.state, stamping },
        impression,
        (await readComparisons(tx, said.requestId)).get(said.impressionId),
      ),
      photoUse:
        photo === null
          ? "nowhere"
          : await findPhotoUse(tx, photo.digest, {
              requestId: said.requestId,
              copies: copiesOfTurn(all, impression.turn),
            }),
      inHand:
        isPhotographed(said.report) && !stamping.by_controller
          ? await wasInHand(tx, stamping, impression.bodyId)
          : true,
      putAway:
        !stamping.by_controller &&
        (await readPauses(tx, [said.requestId])).some(
          (one) => one.body_id === impression.bodyId && one.resumed_at === null,
        ),
      byController: stamping.by_controller,
    });
    if (!decided.ok) {
      if (photo !== null && decided.refusals.some(({ code }) => code === "stamping.pressed-after-release")) {
        const late = await keepLateImpression(tx, env, view, stamping, { impression, personId, photo });
        // It is evidence of a sheet like any other, and is read like any other.
        if (late !== null && (await isCompared(tx, { requestId: said.requestId, documentId: impression.documentId })))
          await env.enqueue(tx, "read-photo", ...readingOf(said, late));
      }
      return { refusals: decided.refusals };
    }
    const taken = decided.events[0];
    if (!taken || taken.again) return { state: impression.state, ended: stamping.ended_at !== null };
    const { row } = view.loaded;
    const about = { request: row.state, ended: stamping.ended_at !== null, state: impression.state, ...said };
    if (!takesReport(about)) throw refusedBy([refuse("stamping.not-open", { state: row.state }, "C01")]);
    const kept = photo && { evidenceId: await keepEvidence(tx, env, personId, photo), digest: photo.digest as string };
    if (said.report === "retaken") {
      if (kept === null) throw new Error("a photo is taken again and there is none");
      await retakePhoto(
        tx,
        env,
        { requestId: said.requestId, number: row.number, actorId: personId },
        impression,
        kept,
      );
      await env.enqueue(tx, "read-photo", ...readingOf(said, kept.evidenceId));
      return { state: impression.state, ended: stamping.ended_at !== null };
    }
    const comment = said.reason.trim() === "" ? null : said.reason;
    let now: HandImpressionRow = impression;
    for (const command of taken.commands) {
      // The photo of what was pressed stays; a second one, of the cancelled paper, is in the ledger with its event.
      const change = kept === null ? {} : now.evidenceId === null ? { photo: kept } : { facts: { paper: kept.digest } };
      now = await changeImpression(tx, env, view, now, command as HandCommand, {
        actorId: personId,
        comment,
        ...change,
      });
    }
    if (now.state === "pressed") now = await goOn(tx, env, view, stamping, now, personId);
    if (
      kept !== null &&
      now.evidenceId === kept.evidenceId &&
      (await isCompared(tx, { requestId: said.requestId, documentId: now.documentId }))
    )
      await env.enqueue(tx, "read-photo", ...readingOf(said, kept.evidenceId));
    if (stamping.ended_at !== null) {
      await followCopies(tx, env, said.requestId, personId);
      await registerWhole(tx, env, said.requestId);
      return { state: now.state, ended: true };
    }
    const left = (await readHandImpressions(tx, said.requestId)).some(({ state }) => state === "reserved");
    if (!left) await finishStamping(tx, env, view, stamping, { actorId: personId, comment: null });
    return { state: now.state, ended: !left };
  });
  // What follows of a refusal stays, so it is thrown when that is kept.
  if ("refusals" in outcome) throw refusedBy(outcome.refusals);
  return outcome;
}

/** The job that reads a photo, and its name: one of each photo. */
const readingOf = ({ requestId, impressionId }: Reported, evidenceId: string) =>
  [{ requestId, impressionId }, `read-photo ${impressionId} ${evidenceId}`] as const;

/** Holds the request with its seals, and finds the impression with what the gate knows of it. */
async function holdImpression(tx: Tx, env: Environment, of: { requestId: string; impressionId: string }) {
  const view = await readGateFacts(tx, env, of.requestId, { lock: true, wanted: [of.impressionId] });
  const stamping = await requireStamping(tx, view);
  const all = await readHandImpressions(tx, of.requestId);
  const impression = all.find((one) => one.impressionId === of.impressionId);
  if (!impression) throw problems.notFound();
  return { view, stamping, impression, all };
}

/** The stamping of a request that is held. Throws a refusal where there is none. */
export async function requireStamping(reader: Reader, { loaded: { row } }: GateView): Promise<StampingRow> {
  if (row.use_mode !== "by-hand") throw refusedBy([refuse("stamping.not-by-hand")]);
  const stamping = await readStamping(reader, row.request_id);
  if (!stamping) throw refusedBy([refuse("stamping.not-open", { state: row.state }, "C01")]);
  return stamping;
}

/**
 * What was pressed while the gate was open is settled, or waits for the supervisor. What is reported after it closed has been
 * pressed all the same: the photo is kept, nobody can tell when it was, and people decide.
 */
async function goOn(
  tx: Tx,
  env: Environment,
  view: GateView,
  stamping: StampingRow,
  impression: HandImpressionRow,
  personId: string,
): Promise<HandImpressionRow> {
  const answer = askGate(view.facts);
  if (answer.allowed)
    return stamping.supervised ? impression : changeImpression(tx, env, view, impression, "settle", { actorId: null });
  const [unmet] = answer.conditions.filter(({ met }) => !met);
  if (!unmet) throw new Error("the gate refused and named no condition");
  const { row } = view.loaded;
  const { sentence } = describe(unmet.code, unmet.facts);
  await openFinding(tx, env, {
    ...{ control: unmet.control, source: "stamping.after-stop", subjectKey: impression.impressionId },
    ...{ entityId: row.entity_id, sealId: impression.sealId, bodyId: impression.bodyId, personId, actorId: null },
    facts: { subject: row.number, reason: `${sentence.en} · ${sentence.zh}` },
  });
  return changeImpression(tx, env, view, impression, "doubt", { actorId: null, facts: { gate: unmet.code } });
}

/** Whether the piece was in his hand at some time since the stamping was opened, as the books tell it. */
async function wasInHand(reader: Reader, stamping: StampingRow, bodyId: string): Promise<boolean> {
  const hand = `person:${stamping.opened_by}`;
  const places = (await readPostings(reader, [bodyId])).filter(({ book }) => book === "place");
  const before = places.findLast(({ at }) => at <= stamping.opened_at.getTime());
  return [before, ...places.filter(({ at }) => at >= stamping.opened_at.getTime())].some((one) => one?.to === hand);
}

/** Who may end it: who opened it, and who keeps one of its pieces today, where that is another. */
export async function listEnders(reader: Reader, stamping: StampingRow): Promise<string[]> {
  const bodyIds = [...new Set((await readHandImpressions(reader, stamping.request_id)).map(({ bodyId }) => bodyId))];
  const held = await readHeldNow(reader, bodyIds);
  return [...new Set([stamping.opened_by, ...bodyIds.flatMap((bodyId) => custodiansOf(held(bodyId)))])];
}

/** Ends the stamping: what was not reported is released by who held the piece, else nobody can tell. */
export async function endStamping(
  env: Environment,
  personId: string,
  requestId: string,
  reason: string,
  unheard = false,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, requestId, { lock: true });
    const stamping = await requireStamping(tx, view);
    const refusals: Refusal[] = [];
    if (!(await listEnders(tx, stamping)).includes(personId))
      refusals.push(refuse("stamping.stamper-alone", {}, "C08"));
    else if ((personId !== stamping.opened_by || unheard) && reason.trim() === "")
      refusals.push(refuse("stamping.reason-missing"));
    if (refusals.length > 0) throw refusedBy(refusals);
    // Ended twice, by a phone that had no answer: it is as it was wanted.
    if (stamping.ended_at !== null) return;
    if (stamping.by_controller)
      return endAtController(tx, env, view, stamping, {
        ...{ actorId: personId, comment: reason === "" ? null : reason, unheard },
      });
    await finishStamping(tx, env, view, stamping, { actorId: personId, comment: reason === "" ? null : reason });
  });
}
