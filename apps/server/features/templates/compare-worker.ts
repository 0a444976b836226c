import {
  followTemplate,
  type PageText,
  readDocumentText,
  readTemplate,
  type TemplateFollowed,
  type TemplateMark,
} from "@chancery/domain/compare";
import { answerTasks } from "../../platform/answer-tasks.ts";
import type { CompareAnswer, CompareTask } from "./compare-document.ts";

const rank = { same: 0, "same-but-fields": 1, changed: 2, other: 3 } as const;

/** The best of the templates a document may be made from; of equals the one with the fewest differences. */
function compareBest({ templates, pages }: CompareTask): CompareAnswer {
  const document = readDocumentText(pages);
  let best: ({ versionId: string } & TemplateFollowed) | null = null;
  for (const { versionId, texts, marks } of templates) {
    const template = readTemplate(readDocumentText(texts as PageText[]), marks as TemplateMark[]);
    const followed = followTemplate(template, document);
    const { comparison } = followed;
    const isBetter =
      best === null ||
      rank[comparison.verdict] < rank[best.comparison.verdict] ||
      (comparison.verdict === best.comparison.verdict &&
        comparison.differences.length < best.comparison.differences.length);
    if (isBetter) best = { versionId, ...followed };
    if (comparison.verdict === "same") break;
  }
  return best?.comparison.verdict === "other" ? null : best;
}

answerTasks(compareBest);
