import type { PageText, TemplateComparison, TemplateFollowed } from "@chancery/domain";
import { differsInWordsAlone, readDocumentText } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { documentBusy } from "../requests/read-upload.ts";
import { compareDrawn } from "./compare-drawn.ts";
import { type Candidate, isEmptyShelf, loadShelf, readCandidates } from "./shelf.ts";

export interface CompareTask {
  readonly templates: readonly { readonly versionId: string; readonly texts: unknown; readonly marks: unknown }[];
  readonly pages: readonly PageText[];
}
/** The template a document was made from, or is a changed copy of. */
export type CompareAnswer = ({ readonly versionId: string } & TemplateFollowed) | null;

/** A text can be made so that comparing it takes long: it is done aside, with a limit. */
const compare = createThreadPool<CompareTask, CompareAnswer>(new URL("./compare-worker.ts", import.meta.url), {
  ...{ timeMs: 10_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 20 },
});

/**
 * Where the words are the template's, what is drawn is looked at, too: a clause can be a picture or an outline, and words can
 * be struck through or covered. A document whose pages cannot be drawn, or not in time, counts as changed.
 */
async function lookAtDrawn(
  env: Environment,
  documentId: string,
  { versionId, texts }: Candidate,
  pages: readonly PageText[],
  followed: TemplateFollowed,
): Promise<{ verdict: string; comparison: TemplateComparison | null }> {
  const changed = { verdict: "changed", comparison: null };
  const digests = await env.db
    .selectFrom(["documents as d", "template_versions as v"])
    .select(["d.digest as document", "v.file_digest as template"])
    .where("d.document_id", "=", documentId)
    .where("v.version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  const [file, form] = await Promise.all([env.files.read(digests.document), env.files.read(digests.template)]);
  if (!file.ok || !form.ok) return changed;
  // The very bytes of the template are drawn as it is.
  const { comparison } = followed;
  if (digests.document === digests.template) return { verdict: comparison.verdict, comparison };
  const outcome = await compareDrawn({
    template: { digest: digests.template, bytes: new Uint8Array(form.bytes), pages: texts as PageText[] },
    document: { bytes: new Uint8Array(file.bytes), pages },
    followed,
  });
  if (!outcome.ok && outcome.why === "busy") throw documentBusy();
  if (!outcome.ok || outcome.answer === null) return changed;
  return { verdict: outcome.answer.verdict, comparison: outcome.answer };
}

/**
 * Compares a document with the templates in force and keeps what was found beside it, once for each set of templates.
 * What can not be compared in time counts as changed: it is never taken for the template.
 */
export async function compareDocument(
  env: Environment,
  documentId: string,
  entityId: string,
  pages: readonly PageText[],
): Promise<void> {
  const shelf = await loadShelf(env.db, entityId);
  if (isEmptyShelf(shelf.name)) return;
  const templates = await readCandidates(env.db, shelf, readDocumentText(pages));
  const [likeliest] = templates;
  let found: { versionId: string; verdict: string; comparison: TemplateComparison | null } | null = null;
  if (likeliest) {
    const outcome = await compare({ templates, pages });
    if (!outcome.ok && outcome.why === "busy") throw documentBusy();
    if (!outcome.ok) found = { versionId: likeliest.versionId, verdict: "changed", comparison: null };
    else if (outcome.answer)
      found = {
        ...{ versionId: outcome.answer.versionId, comparison: outcome.answer.comparison },
        verdict: outcome.answer.comparison.verdict,
      };
    const followed = templates.find((one) => one.versionId === found?.versionId);
    const isLookedAt = found?.comparison && (found.verdict !== "changed" || differsInWordsAlone(found.comparison));
    if (outcome.ok && outcome.answer && found && isLookedAt && followed)
      found = { ...found, ...(await lookAtDrawn(env, documentId, followed, pages, outcome.answer)) };
  }
  await env.db
    .insertInto("document_comparisons")
    .values({
      ...{ document_id: documentId, shelf: shelf.name, version_id: found?.versionId ?? null },
      ...{
        verdict: found?.verdict ?? "other",
        comparison: found?.comparison ? JSON.stringify(found.comparison) : null,
      },
      compared_at: new Date(env.clock.now()),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
