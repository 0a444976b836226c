import { isOpenDay, mustBeSettled, type TemplateComparison } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import type { FactsSeen, FollowedTemplate, RequestFactsView } from "./facts-seen.ts";
import { loadRequest } from "./load-request.ts";
import { readPeople } from "./read-people.ts";

type Shown = HandlerAnswer<"GET /v1/seal-use-requests/:requestId">["facts"];
type Compared = HandlerAnswer<"GET /v1/seal-use-requests/:requestId/comparisons/:documentId">;

/** What the documents say, as applicant and reviewers are shown it. */
export async function showFacts(
  reader: Reader,
  { rulings, answers }: Pick<RequestFactsView, "rulings" | "answers">,
  seen: FactsSeen,
): Promise<Shown> {
  const person = await readPeople(
    reader,
    rulings.map((ruling) => ruling.by),
  );
  const { documentClass, external, amountMinor, currency, template } = seen.decisive;
  return {
    decisive: {
      ...{ documentClass, external, currency, template },
      amount: amountMinor === null ? null : (amountMinor / 100).toFixed(2),
    },
    disagreements: seen.disagreements.map((one) => {
      const ruling = rulings.find((ruled) => ruled.key === one.key);
      return {
        ...{ key: one.key, documentId: one.documentId, fact: one.fact, declared: one.declared, read: one.read },
        together: one.together ?? null,
        ...{ stricter: one.stricter, page: one.page, text: one.text, box: { ...one.box } },
        toSettle: mustBeSettled(one, seen.blocking),
        answer: answers.find((answer) => answer.key === one.key)?.reason ?? null,
        ruling: ruling ? { ruling: ruling.ruling, reason: ruling.reason, by: person(ruling.by), at: ruling.at } : null,
      };
    }),
    templates: seen.templates.map(showTemplate),
  };
}

const showTemplate = ({ filled: _, ...one }: FollowedTemplate): Shown["templates"][number] => ({
  ...{ ...one, name: { ...one.name } },
  ...{ toRead: one.toRead ?? false, layout: one.layout ?? 0 },
  values: (one.values ?? []).map(({ name, text, anyWords = true }) => ({ name, text, anyWords })),
});

/** What differs between a document of a request and the template it follows. Whether he may see it the caller asked. */
export async function readComparison(reader: Reader, requestId: string, documentId: string): Promise<Compared> {
  const { facts } = await loadRequest(reader, requestId);
  const template = facts.seen.templates.find((one) => one.documentId === documentId);
  if (!template) throw problems.notFound();
  const row = await reader
    .selectFrom("document_comparisons as c")
    .innerJoin("template_versions as v", "v.version_id", "c.version_id")
    .select(["c.comparison", "v.pages"])
    .where("c.document_id", "=", documentId)
    .where("c.version_id", "=", template.versionId)
    .orderBy("c.compared_at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  const comparison = row.comparison as unknown as TemplateComparison | null;
  const none = { fields: [], differences: [], pages: { inserted: [], removed: [], swapped: [] } };
  // It was kept as the engine gave it; what is not of its shape the answer's own schema refuses.
  const { fields, differences, pages } = (comparison ?? none) as unknown as Pick<Compared, "fields" | "pages"> & {
    readonly differences: readonly KeptDifference[];
  };
  return {
    ...{ template: showTemplate(template), templatePages: row.pages as Compared["templatePages"] },
    ...{
      compared: comparison !== null,
      // A day that nobody wrote is no value, though its words are printed there.
      fields: fields.map(({ name, text, page, box }) => ({ name, text: isOpenDay(text) ? "" : text, page, box })),
      pages,
    },
    differences: differences.map(({ context, ...one }) => ({
      ...{ ...one, template: showPassage(one.template), document: showPassage(one.document) },
      ...{ before: context?.before ?? "", after: context?.after ?? "" },
    })),
  };
}

type Difference = Compared["differences"][number];
type Passage = Difference["template"];
type Place = Passage["places"][number];
/** As it was kept; older ones know neither what stands around a difference nor the whole of its lines. */
type KeptDifference = Omit<Difference, "before" | "after" | "template" | "document"> & {
  readonly context?: { readonly before: string; readonly after: string };
  readonly template: KeptPassage;
  readonly document: KeptPassage;
};
type KeptPassage = Omit<Passage, "places"> & { readonly places: readonly (Omit<Place, "line"> & Partial<Place>)[] };

const showPassage = ({ text, places }: KeptPassage): Passage => ({
  text,
  places: places.map((place) => ({ ...place, line: place.line ?? place.box })),
});
