import { decideOtherSide, type SideEvent } from "@chancery/domain";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { bringBack } from "../requests/bring-back.ts";
import { closeRequest } from "../requests/close-request.ts";
import { type LoadedRequest, loadRequest } from "../requests/load-request.ts";

/**
 * What becomes of the other side when something happens to one, in the same transaction: it comes back to the applicant with
 * the reason, or ends where a seal is on the paper already. Both sides are held. Tells what becomes of this one; of a request
 * of one entity nothing else follows.
 */
export async function followOtherSide(
  tx: Tx,
  env: Environment,
  { row, joint }: LoadedRequest,
  event: SideEvent,
  by: { actorId: string | null; comment: string | null; matterId?: string | null },
): Promise<"goes" | "ends"> {
  if (joint === null) return "goes";
  const settled = await countSettled(tx, row.request_id);
  const decided = decideOtherSide(event, { state: row.state, settled }, joint.other);
  if (!decided.ok) throw refusedBy(decided.refusals);
  const [follows] = decided.events;
  const other = await loadRequest(tx, joint.other.requestId);
  if (follows?.other === "returns") await comeBack(tx, env, other, { ...by, event, number: row.number });
  const ends = follows?.own === "ends";
  if (follows?.other === "ends") {
    const authorised = other.documents.reduce((sum, document) => sum + document.placements.length, 0);
    const { actorId, comment } = by;
    await closeRequest(tx, env, other.row, { actorId, comment, settled: joint.other.settled, authorised });
  }
  if (ends && settled > 0) await voidHalf(tx, env, { row, joint }, by);
  if (ends && joint.other.settled > 0) await voidHalf(tx, env, other, by);
  return follows?.own ?? "goes";
}

/**
 * Both sides end and one has sealed: what was sealed stays in the registers, and its file, which nobody was given, is void for
 * ever. That stands in the book of exceptions beside the use, and whoever verifies such a file is told.
 */
async function voidHalf(
  tx: Tx,
  env: Environment,
  { row, joint }: Pick<LoadedRequest, "row" | "joint">,
  by: { actorId: string | null; comment: string | null; matterId?: string | null },
): Promise<void> {
  const { request_id: requestId, number } = row;
  const other = await tx
    .selectFrom("seal_use_requests")
    .select("number")
    .where("request_id", "=", joint?.other.requestId ?? "")
    .executeTakeFirst();
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: "JointPaperAbandoned", actorId: by.actorId, requestId },
    ...{ matterId: by.matterId ?? null, comment: by.comment, facts: { number, other: other?.number ?? null } },
  });
  const files = await tx
    .selectFrom("request_documents as rd")
    .innerJoin("documents as d", "d.document_id", "rd.document_id")
    .select(["d.name", "rd.sealed_digest"])
    .where("rd.request_id", "=", requestId)
    .where("rd.sealed_digest", "is not", null)
    .orderBy("rd.position")
    .execute();
  await writeRegisterLines(
    tx,
    env,
    files.map((file) => ({
      ...{ register: "exceptions", kind: "half-sealed", eventId, requestId, unitId: row.unit_id },
      entityId: row.entity_id ?? "",
      personIds: [row.applicant_id, by.actorId].flatMap((id) => (id ? [id] : [])),
      facts: {
        ...{ request: number, joint: other?.number ?? null, documentName: file.name },
        ...{ digest: file.sealed_digest, reason: by.comment, applicant: row.applicant_id, by: by.actorId },
      },
      words: [number, other?.number, row.title, file.name, by.comment].flatMap((word) => (word ? [word] : [])),
    })),
  );
}

async function countSettled(tx: Tx, requestId: string): Promise<number> {
  const { count } = await tx
    .selectFrom("impressions")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("request_id", "=", requestId)
    .where("state", "=", "settled")
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function comeBack(
  tx: Tx,
  env: Environment,
  { row }: LoadedRequest,
  by: {
    actorId: string | null;
    comment: string | null;
    matterId?: string | null;
    event: SideEvent;
    number: string | null;
  },
): Promise<void> {
  await bringBack(tx, env, row, "return-with-other");
  await recordEvent(tx, env, {
    ...{ type: "SealUseWithOtherSideReturned", actorId: by.actorId, requestId: row.request_id },
    ...{ matterId: by.matterId ?? null, comment: by.comment },
    facts: { number: row.number, other: by.number, event: by.event },
  });
}

/**
 * A rejected side is over, and the other one came back: a copy of the rejected one takes its place, so that both can be
 * changed and asked for again. It is a new draft with a number of its own to come.
 */
export async function replaceRejected(tx: Tx, env: Environment, rejected: LoadedRequest): Promise<void> {
  const { row, joint } = rejected;
  if (joint === null) return;
  const now = env.clock.now();
  const requestId = newId("req", now);
  await tx
    .insertInto("seal_use_requests")
    .values({
      ...{ request_id: requestId, state: "draft", joint_id: joint.jointId, joint_side: joint.side },
      ...{ entity_id: row.entity_id, unit_id: row.unit_id, applicant_id: row.applicant_id },
      ...{ handler_id: row.handler_id, title: row.title, document_class: row.document_class },
      ...{ external: row.external, counterparty: row.counterparty, counterparty_kind: row.counterparty_kind },
      ...{ amount: row.amount, currency: row.currency, purpose: row.purpose, wanted_by: row.wanted_by },
      ...{ valid_until: row.valid_until, confidential_reason: row.confidential_reason },
      ...{ fact_answers: JSON.stringify(row.fact_answers), created_at: new Date(now), updated_at: new Date(now) },
      question_answers: JSON.stringify(row.question_answers),
    })
    .execute();
  for (const { document_id, position, placements, answers } of await tx
    .selectFrom("request_documents")
    .selectAll()
    .where("request_id", "=", row.request_id)
    .execute())
    await tx
      .insertInto("request_documents")
      .values({
        ...{ request_id: requestId, document_id, position },
        ...{ placements: JSON.stringify(placements), answers: JSON.stringify(answers) },
      })
      .execute();
  for (const table of ["request_attachments", "request_readers"] as const)
    await sql`insert into ${sql.table(table)} select (jsonb_populate_record(t, jsonb_build_object('request_id', ${requestId}::text))).*
      from ${sql.table(table)} t where t.request_id = ${row.request_id}`.execute(tx);
  await recordEvent(tx, env, { type: "SealUseRequestDrafted", actorId: row.applicant_id, requestId, facts: {} });
}
