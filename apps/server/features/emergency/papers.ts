import {
  type AttachmentKind,
  attachmentNames,
  decidePaperGiven,
  type FiredRows,
  listOwedPapers,
} from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readRulesOf } from "../requests/list-waiting.ts";
import { type LoadedRequest, loadRequest } from "../requests/load-request.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { endTasks } from "../tasks/open-task.ts";

export const papersTask = "emergency-papers";

async function readFollowed(reader: Reader, requestId: string) {
  return reader
    .selectFrom("emergency_papers as p")
    .innerJoin("evidence as e", "e.evidence_id", "p.evidence_id")
    .select(["p.kind", "p.evidence_id", "p.given_at", "e.name"])
    .where("p.request_id", "=", requestId)
    .orderBy("p.given_at")
    .execute();
}

/** The papers that an emergency use owes, by the rules it was submitted under. Of any other request the rules asked at once. */
export async function readOwedPapers(
  reader: Reader,
  { row, attachments }: Pick<LoadedRequest, "row" | "attachments">,
): Promise<AttachmentKind[]> {
  if (row.emergency_until === null) return [];
  const rules = await readRulesOf(reader, row.rules_version);
  if (rules === null) return [];
  const followed = await readFollowed(reader, row.request_id);
  return listOwedPapers({
    ...{ state: row.state, scope: rules.scope },
    fired: (row.rules_fired as unknown as FiredRows | null)?.scope ?? {},
    given: [...attachments.map(({ kind }) => kind), ...followed.map(({ kind }) => kind as AttachmentKind)],
  });
}

/** An emergency use of the same applicant that owes papers: until they are there he asks for no further one. */
export async function findOwing(
  reader: Reader,
  { row }: Pick<LoadedRequest, "row">,
): Promise<{ subject: string; papers: readonly AttachmentKind[] } | null> {
  const earlier = await reader
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("applicant_id", "=", row.applicant_id)
    .where("request_id", "<>", row.request_id)
    .where("emergency_until", "is not", null)
    .where("rules_version", "is not", null)
    .orderBy("submitted_at")
    .execute();
  for (const { request_id: requestId } of earlier) {
    const loaded = await loadRequest(reader, requestId);
    const papers = await readOwedPapers(reader, loaded);
    if (papers.length > 0) return { subject: loaded.row.number ?? "", papers };
  }
  return null;
}

/** Papers of an emergency use, as its page shows them: what is owed, and what followed. */
export async function showPapers(reader: Reader, loaded: LoadedRequest, personId: string) {
  if (loaded.row.emergency_until === null) return null;
  const owed = await readOwedPapers(reader, loaded);
  const followed = await readFollowed(reader, loaded.row.request_id);
  const named = (kind: AttachmentKind) => ({ kind, name: { ...attachmentNames[kind] } });
  const { applicant_id: applicantId, handler_id: handlerId, authorised_at: authorisedAt } = loaded.row;
  return {
    owed: owed.map(named),
    followed: followed.map((one) => ({
      ...named(one.kind as AttachmentKind),
      ...{ evidenceId: one.evidence_id, file: one.name, at: one.given_at.toISOString() },
    })),
    mayGive: authorisedAt !== null && [applicantId, handlerId].includes(personId),
  };
}

/** Adds a paper that an emergency use owes; once none is owed, nobody is reminded any longer. */
export async function givePaper(
  env: Environment,
  personId: string,
  requestId: string,
  paper: { readonly kind: AttachmentKind; readonly evidenceId: string },
): Promise<void> {
  await requireMaySee(env.db, personId, requestId, env.clock.now());
  await transact(env.db, async (tx) => {
    const loaded = await loadRequest(tx, requestId, true);
    const { row } = loaded;
    const decided = decidePaperGiven({
      ...{ actorId: personId, applicantId: row.applicant_id, handlerId: row.handler_id, kind: paper.kind },
      owed: row.authorised_at === null ? [] : await readOwedPapers(tx, loaded),
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const own = await tx
      .selectFrom("evidence")
      .select("digest")
      .where("evidence_id", "=", paper.evidenceId)
      .where("uploaded_by", "=", personId)
      .executeTakeFirst();
    if (!own) throw problems.notFound();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "EmergencyPaperGiven", actorId: personId, requestId },
      facts: { number: row.number, paper: paper.kind, file: own.digest },
    });
    await tx
      .insertInto("emergency_papers")
      .values({
        ...{ request_id: requestId, kind: paper.kind, evidence_id: paper.evidenceId, given_by: personId },
        ...{ given_at: new Date(env.clock.now()), event_id: eventId },
      })
      .execute();
    if (decided.events[0]?.left.length === 0)
      await endTasks(tx, env, { kind: papersTask, subjectKey: requestId }, { state: "done", actorId: personId });
  });
}
