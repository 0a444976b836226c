import {
  type AttachmentKind,
  findUnfinishedPlaces,
  type PaperFault,
  readDocumentText,
  readPaperKinds,
} from "@chancery/domain";
import sharp from "sharp";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { digestPageWords } from "./read-facts.ts";
import { documentBusy } from "./read-upload.ts";

export interface PaperRead {
  readonly fault: PaperFault | null;
  /** Digests of what its pages say; none of a picture. */
  readonly pageWords: readonly string[];
  /** Kinds of paper that it names; null where it cannot be told. */
  readonly kinds: readonly AttachmentKind[] | null;
}

/** Whether a file that was handed in as a paper of a kind names it; null where it cannot be told. */
export const namesKind = (kinds: unknown, kind: AttachmentKind): boolean | null =>
  Array.isArray(kinds) ? kinds.includes(kind) : null;

/**
 * What speaks against a file as a paper that rules ask for, before anybody reads it: it is neither a PDF that can be
 * read nor a picture, or says nothing. Read once, before any transaction: the same bytes are the same paper.
 */
export async function readPaperOnce(
  env: Environment,
  file: { readonly digest: string; readonly media_type: string },
): Promise<PaperRead> {
  const known = await env.db
    .selectFrom("paper_readings")
    .select(["fault", "page_words", "kinds"])
    .where("digest", "=", file.digest)
    .executeTakeFirst();
  if (known)
    return {
      ...{ fault: known.fault, pageWords: known.page_words as string[] },
      kinds: known.kinds as AttachmentKind[] | null,
    };
  const { fault, pageWords, kinds } = await readPaper(env, file);
  await env.db
    .insertInto("paper_readings")
    .values({
      ...{ digest: file.digest, fault, page_words: JSON.stringify(pageWords) },
      kinds: kinds && JSON.stringify(kinds),
      read_at: new Date(env.clock.now()),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { fault, pageWords, kinds };
}

async function readPaper(
  env: Environment,
  file: { readonly digest: string; readonly media_type: string },
): Promise<PaperRead> {
  const wordless = (fault: PaperFault | null): PaperRead => ({ fault, pageWords: [], kinds: null });
  if (file.media_type.startsWith("image/")) return wordless((await isBlankPicture(env, file.digest)) ? "blank" : null);
  if (file.media_type !== "application/pdf") return wordless("not-readable");
  const stored = await env.files.read(file.digest);
  if (!stored.ok) throw new Error(`a file of evidence cannot be read: ${stored.code}`);
  const texts = await readPageTexts(stored.bytes, []);
  if (!texts.ok && texts.code === "text.busy") throw documentBusy();
  if (!texts.ok || texts.pages.length === 0) return wordless("not-readable");
  const places = findUnfinishedPlaces(texts.pages, []);
  // Of a scanned paper the back of a page may be empty; of one that was handed in to have something there each page is.
  const empty = new Set(places.flatMap(({ kind, page }) => (kind === "empty-page" ? [page] : [])));
  const isBlank = empty.size === texts.pages.length || places.some(({ kind }) => kind === "no-content");
  const text = readDocumentText(texts.pages);
  return { fault: isBlank ? "blank" : null, pageWords: digestPageWords(text), kinds: readPaperKinds(text.pages) };
}

/** How much darker or lighter than around it a dot of a picture is that something is written with. */
const inkFrom = 20;
/** The share of such dots below which nothing is written on a paper: a line of a letter has more. */
const leastInk = 0.001;

/** Whether a photographed paper shows nothing, by its preview, which was drawn here. */
async function isBlankPicture(env: Environment, digest: string): Promise<boolean> {
  const { preview_digest: preview } = await env.db
    .selectFrom("evidence")
    .select("preview_digest")
    .where("digest", "=", digest)
    .limit(1)
    .executeTakeFirstOrThrow();
  const stored = preview === null ? null : await env.files.read(preview);
  if (!stored?.ok) throw new Error("the preview of a paper cannot be read");
  const small = sharp(stored.bytes).greyscale().resize({ width: 640, withoutEnlargement: true });
  const dots = await small.clone().raw().toBuffer();
  const around = await small.clone().blur(8).raw().toBuffer();
  const ink = dots.reduce((count, dot, at) => (Math.abs(dot - (around[at] ?? dot)) > inkFrom ? count + 1 : count), 0);
  return ink < leastInk * dots.length;
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
  for (const file of files) await readPaperOnce(env, file);
}

const ownJoint = (reader: Reader, requestId: string) =>
  reader.selectFrom("seal_use_requests as own").select("own.joint_id").where("own.request_id", "=", requestId);
