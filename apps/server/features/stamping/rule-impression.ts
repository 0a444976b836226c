import {
  decideRequest,
  decideRuling,
  holdersFor,
  isOfOtherPaper,
  mayDutiesSettle,
  type PhotoUse,
  type Profile,
  type RulingEvidence,
  refuse,
  rulingRoles,
  type StampVerdict,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { isOtherCopy, readSeen } from "../printed-copies/read-seen.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { endTasks } from "../tasks/open-task.ts";
import { changeImpression, partsOf, registerWhole } from "./follow-stamping.ts";
import { tellCountCases } from "./four-counts.ts";
import { isFreezingCase, readHeldByCase } from "./freezing-cases.ts";
import { type GateView, readGateFacts } from "./gate-facts.ts";
import { readHandImpressions, readStamping, type StampingRow } from "./open-stamping.ts";
import { requireStamping } from "./report.ts";
import { findPhotoUse } from "./used-photos.ts";

/** What was said of impressions that nobody could tell, and nobody has agreed to yet. */
export async function readProposals(reader: Reader, requestId: string) {
  const rows = await reader
    .selectFrom("impression_rulings as r")
    .innerJoin("impressions as i", "i.impression_id", "r.impression_id")
    .leftJoin("evidence as e", "e.evidence_id", "r.evidence_id")
    .select(["r.impression_id", "r.verdict", "r.reason", "r.evidence_id", "r.by_person", "r.at", "e.media_type"])
    .where("i.request_id", "=", requestId)
    .where("i.state", "=", "unknown")
    .orderBy("r.at")
    .orderBy("r.event_id")
    .execute();
  // Of several the last one stands.
  return new Map(rows.map((row) => [row.impression_id, { ...row, verdict: row.verdict as StampVerdict }]));
}

/** Who may decide what nobody can tell: supervisors of its seals, signatories and inspectors, without a part in it. */
export async function listRulers(reader: Reader, env: Environment, { loaded: { row, sealIds } }: GateView) {
  const entityId = row.entity_id ?? "";
  const today = dayIn((await readPlaceInTime(reader, entityId)).timeZone, env.clock.now());
  const grants = await readGrants(reader, { entityId });
  const holders = sealIds.flatMap((sealId) =>
    rulingRoles.flatMap((role) => holdersFor(grants, role, { sealId, entityId }, today)),
  );
  return new Set(holders);
}

/** One of two says what an impression was that nobody could tell; when another says the same, it is so. */
export async function ruleImpression(
  env: Environment,
  personId: string,
  of: { requestId: string; impressionId: string },
  said: { verdict: StampVerdict; reason: string; evidenceId: string | null },
): Promise<{ decided: boolean }> {
  const evidence = said.evidenceId === null ? null : await requireSeesEvidence(env, personId, said.evidenceId);
  if (evidence && evidenceKind(evidence.media_type) === null)
    throw refusedBy([refuse("ruling.evidence-kind", {}, "C09")]);
  return transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, of.requestId, { lock: true });
    const stamping = await requireStamping(tx, view);
    const impressions = await readHandImpressions(tx, of.requestId);
    const impression = impressions.find((one) => one.impressionId === of.impressionId);
    if (!impression) throw problems.notFound();
    const proposal = (await readProposals(tx, of.requestId)).get(of.impressionId);
    const given = [evidence, await readPaper(tx, proposal?.evidence_id ?? null)];
    const decided = decideRuling({
      ...{ actorId: personId, state: impression.state, verdict: said.verdict },
      ...(await readRuleFacts(tx, env, view, stamping, personId)),
      reason: said.reason,
      // A photo of another copy speaks against the word that came with it.
      pressed: impression.pressed && !isOtherCopy(await readSeen(tx, [of.requestId]), impression.impressionId),
      ...{ evidence: evidence && evidenceKind(evidence.media_type) },
      photoUse: await findUse(tx, of.requestId, impression.copy, given),
      proposed: proposal
        ? {
            ...{ by: proposal.by_person, verdict: proposal.verdict },
            evidence: proposal.media_type === null ? null : evidenceKind(proposal.media_type),
          }
        : null,
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const command = decided.events[0]?.command ?? null;
    const { row } = view.loaded;
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "ImpressionRuled", actorId: personId, requestId: row.request_id, sealId: impression.sealId },
      facts: {
        ...{ impressionId: impression.impressionId, number: row.number, copy: impression.copy },
        ...{ verdict: said.verdict, agrees: command !== null, ...(evidence ? { paper: evidence.digest } : {}) },
      },
      comment: said.reason,
    });
    await tx
      .insertInto("impression_rulings")
      .values({
        ...{ event_id: eventId, impression_id: impression.impressionId, verdict: said.verdict, reason: said.reason },
        ...{ evidence_id: said.evidenceId, by_person: personId, agrees: command !== null },
        at: new Date(env.clock.now()),
      })
      .execute();
    if (command === null) return { decided: false };
    if (command !== "rule-settled" && command !== "rule-spoiled" && command !== "rule-released")
      throw new Error("two people decided what they cannot");
    // A statement is no photo of the impression: it stays with the ruling.
    const paper = given
      .filter((one) => one !== null && evidenceKind(one.media_type) === "photo")
      .map((one) => one && { evidenceId: one.evidence_id, digest: one.digest })[0];
    await changeImpression(tx, env, view, impression, command, {
      actorId: personId,
      ...(paper && impression.evidenceId === null && command !== "rule-released" ? { photo: paper } : {}),
    });
    await followCopies(tx, env, row.request_id, personId);
    await tellCountCases(tx, env, view, stamping);
    await followRuling(tx, env, view, personId);
    return { decided: true };
  });
}

async function readPaper(tx: Tx, evidenceId: string | null) {
  if (evidenceId === null) return null;
  return tx
    .selectFrom("evidence")
    .select(["evidence_id", "digest", "media_type"])
    .where("evidence_id", "=", evidenceId)
    .executeTakeFirstOrThrow();
}

/** Where the photos among what two people gave were given before: a statement may tell of several papers. */
async function findUse(
  tx: Tx,
  requestId: string,
  copy: number,
  given: readonly ({ readonly digest: string; readonly media_type: string } | null)[],
): Promise<PhotoUse> {
  const uses: PhotoUse[] = [];
  for (const one of given)
    if (one && evidenceKind(one.media_type) === "photo")
      uses.push(await findPhotoUse(tx, one.digest, { requestId, copies: [copy] }));
  return uses.find(isOfOtherPaper) ?? uses[0] ?? "nowhere";
}

const evidenceKind = (mediaType: string): RulingEvidence | null =>
  mediaType.startsWith("image/") ? "photo" : mediaType === "application/pdf" ? "statement" : null;

/** Whoever released, approved, signed or supervised the use: none of them settles alone what is not known of it (C11). */
export const dutiesOf = ({ loaded: { row, steps } }: GateView): string[] => [
  ...[row.released_by, row.confirmed_by].filter((one) => one !== null),
  ...steps.flatMap(({ decidedBy }) => (decidedBy === null ? [] : [decidedBy])),
];

/** Who may rule, and who of them had a part or a duty in the use. */
async function readRuleFacts(
  reader: Reader,
  env: Environment,
  view: GateView,
  stamping: StampingRow,
  personId: string,
) {
  const rulers = await listRulers(reader, env, view);
  const { profile } = await reader.selectFrom("installation").select("profile").executeTakeFirstOrThrow();
  const [parts, duties] = [partsOf(view, stamping), dutiesOf(view)];
  const dutiesMaySettle = mayDutiesSettle({ profile: profile as Profile, entitled: [...rulers], parts, duties });
  return { entitled: rulers.has(personId), parts, duties, dutiesMaySettle };
}

/** With the last of them decided the task is done, and a frozen request goes on to be registered. */
async function followRuling(tx: Tx, env: Environment, { loaded: { row } }: GateView, personId: string): Promise<void> {
  const requestId = row.request_id;
  if ((await readHandImpressions(tx, requestId)).some(({ state }) => state === "unknown")) return;
  await endTasks(tx, env, { kind: "rule-impression", subjectKey: requestId }, { state: "done", actorId: personId });
  await goOnFrozen(tx, env, requestId, personId);
  await registerWhole(tx, env, requestId);
}

/** A frozen request goes on where it stood once nothing of it is unknown and no case holds it. */
async function goOnFrozen(tx: Tx, env: Environment, requestId: string, personId: string): Promise<void> {
  const { row } = await loadRequest(tx, requestId, true);
  const untold = (await readHandImpressions(tx, requestId)).some(({ state }) => state === "unknown");
  const held = (await readHeldByCase(tx, [requestId])).has(requestId);
  if (row.state !== "frozen" || untold || held) return;
  const ended = (await readStamping(tx, requestId))?.ended_at != null;
  const back = decideRequest(row.state, ended ? "unfreeze-closed" : "unfreeze-opened");
  if (!back.ok) throw refusedBy(back.refusals);
  await recordEvent(tx, env, {
    ...{ type: "SealUseUnfrozen", actorId: personId, requestId, facts: { number: row.number } },
  });
  await tx
    .updateTable("seal_use_requests")
    .set({ state: back.events[0]?.to ?? "closed", updated_at: new Date(env.clock.now()) })
    .where("request_id", "=", requestId)
    .execute();
}

/**
 * Somebody closed a case that froze a request: with the last of them it goes on. Whoever asked for it, stamped it or had a duty in
 * it closes none, unless nobody else is there.
 */
export async function followClosedCase(
  tx: Tx,
  env: Environment,
  finding: { readonly source: string; readonly subject_key: string },
  personId: string,
): Promise<void> {
  if (!isFreezingCase(finding.source)) return;
  const [requestId = ""] = finding.subject_key.split(" ");
  const view = await readGateFacts(tx, env, requestId, { lock: true });
  const { parts, duties, dutiesMaySettle } = await readRuleFacts(
    tx,
    env,
    view,
    await requireStamping(tx, view),
    personId,
  );
  if (parts.includes(personId) || (duties.includes(personId) && !dutiesMaySettle))
    throw refusedBy([refuse("finding.own", {}, "C11")]);
  await goOnFrozen(tx, env, requestId, personId);
  await registerWhole(tx, env, requestId);
}
