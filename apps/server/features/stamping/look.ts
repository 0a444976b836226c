import { createHash } from "node:crypto";
import { decideLook, listPhotosToOpen, photoDebtHours, refuse, restLeft } from "@chancery/domain";
import { encodeCanonicalJson } from "@chancery/ledger";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { hexOf } from "../../platform/hex-of.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { consumePresence } from "../identity/step-up.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { countBeingRead, isOtherCopy, otherCopyFinding, readSeen } from "../printed-copies/read-seen.ts";
import { readComparisons } from "../printed-copies/show-readings.ts";
import { freezeRequest } from "../requests/freeze-request.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks } from "../tasks/open-task.ts";
import { askForRuling, changeImpression, partsOf, readLookers, registerWhole } from "./follow-stamping.ts";
import { type GateView, readGateFacts } from "./gate-facts.ts";
import { type HandImpressionRow, hours, readHandImpressions, type StampingRow } from "./open-stamping.ts";
import { requireStamping } from "./report.ts";

export interface PhotosSeen {
  readonly digest: string;
  readonly wrong: readonly { readonly impressionId: string; readonly reason: string }[];
  /** Why photos are right although the comparison with what was printed says another thing. */
  readonly answers: readonly { readonly impressionId: string; readonly reason: string }[];
  readonly note: string;
  /** Photos that he opened one by one; of a long stamping some have to be. */
  readonly opened: readonly string[];
}

type Comparisons = Awaited<ReturnType<typeof readComparisons>>;

/** Photos of a long stamping that whoever confirms it opens, once it has ended; none of a short one. */
export function listToOpen(
  stamping: Pick<StampingRow, "draw_seed" | "ended_at">,
  impressions: readonly HandImpressionRow[],
  comparisons: Comparisons,
): readonly string[] {
  if (stamping.ended_at === null) return [];
  const photos = listShown(impressions).map(({ impressionId, photo, earlier }) => ({
    ...{ impressionId, digest: photo ?? "" },
    // Where there are two photos people see both.
    same: earlier.length === 0 && comparisons.get(impressionId)?.demands === "nothing",
  }));
  return listPhotosToOpen(stamping.draw_seed, photos, hexOf);
}

/** What there is to be looked at: what was made and photographed, also after it had been given back. */
export const listShown = (impressions: readonly HandImpressionRow[]): HandImpressionRow[] =>
  impressions.filter(({ photo, state, late }) => photo !== null && (state !== "released" || late));

/** The digest of what was stamped: every impression with its state and its photo. Who confirms confirms these photos. */
export function digestOfStamping(impressions: readonly HandImpressionRow[]): string {
  const canonical = encodeCanonicalJson(
    impressions.map(({ impressionId, copy, state, photo }) => ({ impressionId, copy, state, photo })),
  );
  if (!canonical.ok) throw new Error(`a stamping has no canonical form: ${canonical.code}`);
  return `sha256:${createHash("sha256").update(canonical.value).digest("hex")}`;
}

/** Who confirms what was stamped: who supervised it from the beginning, or where he no longer may, who may in his place. */
export const listLookConfirmers = ({ watchers, loaded: { row } }: GateView): readonly string[] =>
  row.confirmed_by !== null && watchers.includes(row.confirmed_by) ? [row.confirmed_by] : watchers;

/**
 * Somebody has seen each photo and says whether it shows what was approved. The supervisor's word settles what was pressed, and
 * what he finds wrong freezes the request; afterwards, of a seal that needed none, it settles nothing and opens findings.
 */
export async function lookAtPhotos(
  env: Environment,
  personId: string,
  requestId: string,
  seen: PhotosSeen,
  stepUpId: string | null,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, requestId, { lock: true });
    const stamping = await requireStamping(tx, view);
    const { row } = view.loaded;
    const impressions = await readHandImpressions(tx, requestId);
    const shown = listShown(impressions).map((one) => one.impressionId);
    const comparisons = await readComparisons(tx, requestId);
    const toOpen = listToOpen(stamping, impressions, comparisons);
    const decided = decideLook({
      ...{ actorId: personId, state: row.state, supervised: stamping.supervised, looked: stamping.looked_at !== null },
      confirmers: listLookConfirmers(view),
      lookers: (await readLookers(tx, env, view, stamping))?.people ?? [],
      ...{ parts: partsOf(view, stamping), digestSeen: seen.digest, digestNow: digestOfStamping(impressions) },
      ...{
        wrong: seen.wrong,
        answers: seen.answers,
        shown,
        onTheWay: await countPhotosOnTheWay(tx, requestId, env.clock.now()),
      },
      beingRead: await countBeingRead(tx, env.clock.now(), requestId),
      ...{ toOpen, opened: seen.opened },
      disagreeing: shown.filter((id) => (comparisons.get(id)?.demands ?? "nothing") !== "nothing"),
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    if (stamping.supervised) {
      await requireRested(tx, env, personId);
      if (stepUpId === null) throw refusedBy([refuse("approval.presence-missing", {}, "C04")]);
      await consumePresence(tx, env, stepUpId, { personId, act: "confirm", subjectId: requestId, digest: seen.digest });
    }
    await tellWrong(tx, env, view, impressions, personId, seen.wrong);
    for (const { impressionId, reason } of seen.answers) {
      const comparison = comparisons.get(impressionId);
      if (!comparison || comparison.demands === "nothing") continue;
      await recordEvent(tx, env, {
        ...{ type: "PhotoAnswered", actorId: personId, requestId, comment: reason },
        facts: {
          ...{ impressionId, verdict: comparison.verdict, impression: comparison.impression },
          photo: impressions.find((one) => one.impressionId === impressionId)?.photo ?? null,
        },
      });
    }
    const isWrong = new Set(seen.wrong.map(({ impressionId }) => impressionId));
    const seenNow = await readSeen(tx, [requestId]);
    const isUnseen = ({ impressionId, photo }: HandImpressionRow): boolean =>
      photo === null || isOtherCopy(seenNow, impressionId);
    // Nobody has seen what has no photo, or the photo of another copy, whatever is said of that: two people say what it is.
    for (const impression of impressions.filter(({ state }) => state === "pressed"))
      await changeImpression(
        tx,
        env,
        view,
        impression,
        isWrong.has(impression.impressionId) || isUnseen(impression) ? "doubt" : "settle",
        {
          actorId: personId,
          comment: seen.wrong.find(({ impressionId }) => impressionId === impression.impressionId)?.reason ?? null,
        },
      );
    // What is settled stays so, and is a finding: its copy was stamped once somebody has said so by closing it.
    for (const impression of impressions.filter((one) => one.state === "settled" && one.photo && isUnseen(one)))
      await openFinding(tx, env, {
        ...{ control: "C09", source: otherCopyFinding, subjectKey: impression.impressionId, actorId: personId },
        ...{ entityId: row.entity_id, sealId: impression.sealId, bodyId: impression.bodyId },
        facts: { subject: row.number, nth: impressions.indexOf(impression) + 1, copy: impression.copy },
      });
    await tx
      .updateTable("stampings")
      .set({
        looked_by: personId,
        looked_at: new Date(env.clock.now()),
        look_step_up: stepUpId,
        looked_digest: seen.digest,
      })
      .where("request_id", "=", requestId)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "StampingReviewed", actorId: personId, requestId, comment: seen.note === "" ? null : seen.note },
      facts: {
        ...{ number: row.number, digest: seen.digest, supervised: stamping.supervised, wrong: seen.wrong.length },
        ...(toOpen.length === 0 ? {} : { seed: stamping.draw_seed, opened: toOpen.join(" ") }),
        ...(stepUpId === null ? {} : { stepUp: stepUpId }),
      },
    });
    const kind = stamping.supervised ? "confirm-stamping" : "look-at-photos";
    await endTasks(tx, env, { kind, subjectKey: requestId }, { state: "done", actorId: personId });
    await askForRuling(tx, env, view);
    if (decided.events[0]?.freezes) {
      const refusals = await freezeRequest(tx, env, view.loaded.row);
      if (refusals.length > 0) throw refusedBy(refusals);
    } else await registerWhole(tx, env, requestId);
  });
}

/** Photos that a controller's records name and that may still come: those that are a day late are waited for no longer. */
async function countPhotosOnTheWay(reader: Reader, requestId: string, now: number): Promise<number> {
  const { count } = await reader
    .selectFrom("controller_strokes as k")
    .innerJoin("impressions as i", "i.impression_id", "k.impression_id")
    .innerJoin("controller_photos as p", (join) =>
      join
        .onRef("p.controller_id", "=", "k.controller_id")
        .onRef("p.epoch", "=", "k.epoch")
        .onRef("p.seq", "=", "k.seq"),
    )
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("i.request_id", "=", requestId)
    .where("i.evidence_id", "is", null)
    .where("p.digest", "is", null)
    .where("p.missed", "=", false)
    .executeTakeFirstOrThrow();
  return Number(count) + (await countPhotosAtClouds(reader, requestId, now));
}

/** A maker's cloud names no photo before it comes: one is awaited for a day for each use that it told of. */
async function countPhotosAtClouds(reader: Reader, requestId: string, now: number): Promise<number> {
  const { count } = await reader
    .selectFrom("vendor_strokes as v")
    .innerJoin("impressions as i", "i.impression_id", "v.impression_id")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("i.request_id", "=", requestId)
    .where("i.evidence_id", "is", null)
    .where("v.seen_at", ">", new Date(now - photoDebtHours.reminded * hours(1)))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** After a reset of his credentials nobody decides on an important seal for a day. */
async function requireRested(tx: Tx, env: Environment, personId: string): Promise<void> {
  const person = await tx
    .selectFrom("people")
    .select("credential_reset_at")
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  const left = restLeft(person.credential_reset_at?.getTime() ?? null, env.clock.now());
  if (left > 0) throw refusedBy([refuse("approval.reset-lately", { hours: Math.ceil(left / 3_600_000) }, "C11")]);
}

async function tellWrong(
  tx: Tx,
  env: Environment,
  { loaded: { row } }: GateView,
  impressions: readonly HandImpressionRow[],
  personId: string,
  wrong: PhotosSeen["wrong"],
): Promise<void> {
  for (const { impressionId, reason } of wrong) {
    const at = impressions.findIndex((one) => one.impressionId === impressionId);
    const impression = impressions[at];
    if (!impression) continue;
    await openFinding(tx, env, {
      ...{ control: "C17", source: "stamping.not-right", subjectKey: impressionId, entityId: row.entity_id },
      ...{ sealId: impression.sealId, bodyId: impression.bodyId, actorId: personId },
      // What is confidential is told to nobody who does not read it.
      facts: { subject: row.number, nth: at + 1, reason: row.confidential_reason === null ? reason : "…" },
    });
  }
}
