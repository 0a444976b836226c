import { findUnfinishedPlaces, type PaperFault } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { documentBusy } from "./read-upload.ts";

/**
 * What speaks against a file as a paper that rules ask for, before anybody reads it: it is no PDF that can be read, or says
 * nothing. Read once, before any transaction: the same bytes are the same paper.
 */
export async function findPaperFault(
  env: Environment,
  file: { readonly digest: string; readonly media_type: string },
): Promise<PaperFault | null> {
  const known = await env.db
    .selectFrom("paper_readings")
    .select("fault")
    .where("digest", "=", file.digest)
    .executeTakeFirst();
  if (known) return known.fault;
  const fault = await readPaper(env, file);
  await env.db
    .insertInto("paper_readings")
    .values({ digest: file.digest, fault, read_at: new Date(env.clock.now()) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return fault;
}

async function readPaper(
  env: Environment,
  file: { readonly digest: string; readonly media_type: string },
): Promise<PaperFault | null> {
  if (file.media_type !== "application/pdf") return "not-readable";
  const stored = await env.files.read(file.digest);
  if (!stored.ok) throw new Error(`a file of evidence cannot be read: ${stored.code}`);
  const texts = await readPageTexts(stored.bytes, []);
  if (!texts.ok && texts.code === "text.busy") throw documentBusy();
  if (!texts.ok || texts.pages.length === 0) return "not-readable";
  const places = findUnfinishedPlaces(texts.pages, []);
  // Of a scanned paper the back of a page may be empty; of one that was handed in to have something there each page is.
  const empty = new Set(places.flatMap(({ kind, page }) => (kind === "empty-page" ? [page] : [])));
  return empty.size === texts.pages.length || places.some(({ kind }) => kind === "no-content") ? "blank" : null;
}

/** Reads the papers of a request that nobody has read yet, of a joint one on both sides. */
export async function preparePapers(env: Environment, requestId: string): Promise<void> {
  const files = await env.db
    .selectFrom("request_attachments as a")
    .innerJoin("evidence as e", "e.evidence_id", "a.evidence_id")
    .innerJoin("seal_use_requests as r", "r.request_id", "a.request_id")
    .leftJoin("paper_readings as read", "read.digest", "e.digest")
    .select(["e.digest", "e.media_type"])
    .where("read.read_at", "is", null)
    .where((eb) => eb.or([eb("r.request_id", "=", requestId), eb("r.joint_id", "=", ownJoint(env.db, requestId))]))
    .execute();
  for (const file of files) await findPaperFault(env, file);
}

const ownJoint = (reader: Reader, requestId: string) =>
  reader.selectFrom("seal_use_requests as own").select("own.joint_id").where("own.request_id", "=", requestId);
