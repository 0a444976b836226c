import type { PageText, TemplateComparison } from "@chancery/domain";
import { readDocumentText } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { documentBusy } from "../requests/read-upload.ts";
import { isEmptyShelf, loadShelf, readCandidates } from "./shelf.ts";

export interface CompareTask {
  readonly templates: readonly { readonly versionId: string; readonly texts: unknown; readonly marks: unknown }[];
  readonly pages: readonly PageText[];
}
/** The template a document was made from, or is a changed copy of. */
export type CompareAnswer = { readonly versionId: string; readonly comparison: TemplateComparison } | null;

/** A text can be made so that comparing it takes long: it is done aside, with a limit. */
const compare = createThreadPool<CompareTask, CompareAnswer>(new URL("./compare-worker.ts", import.meta.url), {
  ...{ timeMs: 10_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 20 },
});

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
