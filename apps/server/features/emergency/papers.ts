import {
  type AttachmentKind,
  attachmentNames,
  decidePaperGiven,
  type FiredRows,
  findKnownPaper,
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
import { namesKind, readPaperOnce } from "../requests/read-paper.ts";
import { readPeople } from "../requests/read-people.ts";
import { endTasks } from "../tasks/open-task.ts";

export const papersTask = "emergency-papers";

/** The papers that followed, of each kind the one that was given last. */
export async function readFollowed(reader: Reader, requestId: string) {
  const rows = await reader
    .selectFrom("emergency_papers as p")
    .innerJoin("evidence as e", "e.evidence_id", "p.evidence_id")
    .leftJoin("paper_readings as read", "read.digest", "e.digest")
    .select(["p.kind", "p.evidence_id", "p.title", "p.given_by", "p.given_at", "e.name", "e.digest"])
    .select(["read.page_words", "read.kinds"])
    .where("p.request_id", "=", requestId)
    .orderBy("p.given_at")
    .execute();
  const last = new Map(rows.map((row) => [row.kind, row]));
  return [...last.values()].map((row) => ({
    ...{ ...row, kind: row.kind as AttachmentKind, pageWords: (row.page_words ?? []) as string[] },
  }));
}

/**
 * The papers that a use owes, by the rules it was submitted under. Of any but an emergency the rules asked at once, and the gate
 * asks again.
 */
export async function readOwedPapers(
  reader: Reader,
  { row, attachments }: Pick<LoadedRequest, "row" | "attachments">,
): Promise<AttachmentKind[]> {
  const rules = await readRulesOf(reader, row.rules_version);
  if (rules === null) return [];
  const followed = row.emergency_until === null ? [] : await readFollowed(reader, row.request_id);
  return listOwedPapers({
    ...{ state: row.state, scope: rules.scope },
    fired: (row.rules_fired as unknown as FiredRows | null)?.scope ?? {},
    given: [...attachments.map(({ kind }) => kind), ...followed.map(({ kind }) => kind)],
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
  const review = await readReviewOf(reader, loaded.row.request_id);
  const person = await readPeople(
    reader,
    followed.map((one) => one.given_by),
  );
  const named = (kind: AttachmentKind) => ({ kind, name: { ...attachmentNames[kind] } });
  const { applicant_id: applicantId, handler_id: handlerId, authorised_at: authorisedAt } = loaded.row;
  return {
    owed: owed.map(named),
    followed: followed.map((one) => ({
      ...named(one.kind),
      named: namesKind(one.kinds, one.kind),
      ...{ evidenceId: one.evidence_id, file: one.name, title: one.title, at: one.given_at.toISOString() },
      ...{ by: person(one.given_by), confirmed: review ? review.papers.includes(one.evidence_id) : null },
    })),
    mayGive: review === undefined && authorisedAt !== null && [applicantId, handlerId].includes(personId),
  };
}

const readReviewOf = (reader: Reader, requestId: string) =>
  reader.selectFrom("emergency_reviews").select("papers").where("request_id", "=", requestId).executeTakeFirst();

/** Adds a paper that an emergency use owes; once none is owed, nobody is reminded any longer. */
export async function givePaper(
  env: Environment,
  personId: string,
  requestId: string,
  paper: { readonly kind: AttachmentKind; readonly title: string; readonly evidenceId: string },
): Promise<void> {
  await requireMaySee(env.db, personId, requestId, env.clock.now());
  const file = await env.db
    .selectFrom("evidence")
    .select(["digest", "media_type"])
    .where("evidence_id", "=", paper.evidenceId)
    .where("uploaded_by", "=", personId)
    .executeTakeFirst();
  const read = file ? await readPaperOnce(env, file) : null;
  await transact(env.db, async (tx) => {
    const loaded = await loadRequest(tx, requestId, true);
    const { row } = loaded;
    const followed = await readFollowed(tx, requestId);
    const known = [
      ...loaded.documents.flatMap(({ digest, sealedDigest, pageWords }) => [
        { digest, pageWords },
        ...(sealedDigest === null ? [] : [{ digest: sealedDigest, pageWords }]),
      ]),
      ...loaded.attachments,
      ...followed,
    ];
    const isReviewed = (await readReviewOf(tx, requestId)) !== undefined;
    const decided = decidePaperGiven({
      ...{ actorId: personId, applicantId: row.applicant_id, handlerId: row.handler_id },
      ...{
        kind: paper.kind,
        title: paper.title,
        fault: read?.fault ?? null,
        known: file && read ? findKnownPaper({ digest: file.digest, pageWords: read.pageWords }, known) : null,
      },
      owed: row.authorised_at === null || row.emergency_until === null ? [] : await readOwedPapers(tx, loaded),
      mayReplace: isReviewed ? [] : followed.map(({ kind }) => kind),
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    if (!file) throw problems.notFound();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "EmergencyPaperGiven", actorId: personId, requestId },
      facts: { number: row.number, paper: paper.kind, title: paper.title, file: file.digest },
    });
    await tx
      .insertInto("emergency_papers")
      .values({
        ...{ request_id: requestId, kind: paper.kind, evidence_id: paper.evidenceId, title: paper.title },
        given_by: personId,
        ...{ given_at: new Date(env.clock.now()), event_id: eventId },
      })
      .execute();
    if (decided.events[0]?.left.length === 0)
      await endTasks(tx, env, { kind: papersTask, subjectKey: requestId }, { state: "done", actorId: personId });
  });
}
