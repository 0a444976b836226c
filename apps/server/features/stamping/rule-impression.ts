import { decideRequest, decideRuling, holdersFor, refuse, rulingRoles, type StampVerdict } from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { followCopies } from "../stamped-copies/follow-copies.ts";
import { endTasks } from "../tasks/open-task.ts";
import { changeImpression, partsOf, registerWhole } from "./follow-stamping.ts";
import { tellCountCases } from "./four-counts.ts";
import { type GateView, readGateFacts } from "./gate-facts.ts";
import { readHandImpressions } from "./open-stamping.ts";
import { requireStamping } from "./report.ts";

/** What was said of impressions that nobody could tell, and nobody has agreed to yet. */
export async function readProposals(reader: Reader, requestId: string) {
  const rows = await reader
    .selectFrom("impression_rulings as r")
    .innerJoin("impressions as i", "i.impression_id", "r.impression_id")
    .select(["r.impression_id", "r.verdict", "r.reason", "r.evidence_id", "r.by_person", "r.at"])
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
  if (evidence && !evidence.media_type.startsWith("image/"))
    throw refusedBy([refuse("stamping.photo-not-a-picture", {}, "C09")]);
  return transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, of.requestId, { lock: true });
    const stamping = await requireStamping(tx, view);
    const impressions = await readHandImpressions(tx, of.requestId);
    const impression = impressions.find((one) => one.impressionId === of.impressionId);
    if (!impression) throw problems.notFound();
    const proposal = (await readProposals(tx, of.requestId)).get(of.impressionId);
    const decided = decideRuling({
      ...{ actorId: personId, state: impression.state, parts: partsOf(view, stamping), verdict: said.verdict },
      entitled: (await listRulers(tx, env, view)).has(personId),
      ...{ reason: said.reason, pressed: impression.pressed, photographed: evidence !== null },
      proposed: proposal
        ? { by: proposal.by_person, verdict: proposal.verdict, photographed: proposal.evidence_id !== null }
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
    const paper = evidence
      ? { evidenceId: evidence.evidence_id, digest: evidence.digest }
      : await readPaper(tx, proposal?.evidence_id ?? null);
    await changeImpression(tx, env, view, impression, command, {
      actorId: personId,
      ...(paper && impression.evidenceId === null ? { photo: paper } : {}),
    });
    await followCopies(tx, env, row.request_id, personId);
    await tellCountCases(tx, env, view, stamping);
    await followRuling(tx, env, view, personId);
    return { decided: true };
  });
}

async function readPaper(tx: Tx, evidenceId: string | null) {
  if (evidenceId === null) return null;
  const row = await tx
    .selectFrom("evidence")
    .select(["evidence_id", "digest"])
    .where("evidence_id", "=", evidenceId)
    .executeTakeFirstOrThrow();
  return { evidenceId: row.evidence_id, digest: row.digest };
}

/** With the last of them decided the task is done, and a frozen request goes on to be registered. */
async function followRuling(tx: Tx, env: Environment, { loaded: { row } }: GateView, personId: string): Promise<void> {
  const requestId = row.request_id;
  if ((await readHandImpressions(tx, requestId)).some(({ state }) => state === "unknown")) return;
  await endTasks(tx, env, { kind: "rule-impression", subjectKey: requestId }, { state: "done", actorId: personId });
  await goOnFrozen(tx, env, requestId, personId);
  await registerWhole(tx, env, requestId);
}

/** A frozen request goes on once nothing of it is unknown, and nobody has to explain any more what was one too many. */
async function goOnFrozen(tx: Tx, env: Environment, requestId: string, personId: string): Promise<void> {
  const { row } = await loadRequest(tx, requestId, true);
  const untold = (await readHandImpressions(tx, requestId)).some(({ state }) => state === "unknown");
  const excess = await tx
    .selectFrom("findings")
    .select("finding_id")
    .where("source", "=", "stamping.excess")
    .where("subject_key", "like", `${requestId} %`)
    .where("state", "=", "open")
    .executeTakeFirst();
  if (row.state !== "frozen" || untold || excess) return;
  const back = decideRequest(row.state, "unfreeze-closed");
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
 * Somebody closed the finding that a controller pressed more than was authorised: with that the request goes on. Whoever asked
 * for it or stamped it does not close it.
 */
export async function followClosedExcess(
  tx: Tx,
  env: Environment,
  finding: { readonly source: string; readonly subject_key: string },
  personId: string,
): Promise<void> {
  if (finding.source !== "stamping.excess") return;
  const [requestId = ""] = finding.subject_key.split(" ");
  const view = await readGateFacts(tx, env, requestId, { lock: true });
  if (partsOf(view, await requireStamping(tx, view)).includes(personId))
    throw refusedBy([refuse("finding.own", {}, "C11")]);
  await goOnFrozen(tx, env, requestId, personId);
  await registerWhole(tx, env, requestId);
}
