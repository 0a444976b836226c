import { type Refusal, refuse } from "./refusal.ts";
import { leastWords } from "./template-comparison.ts";
import type { TemplateText } from "./template-text.ts";

/** Why a file is no template: whatever follows it goes a shorter route, so it has to say something, and be read whole. */
export function listTemplateFaults(template: TemplateText): Refusal[] {
  const refusals: Refusal[] = [];
  if (template.truncated) refusals.push(refuse("template.too-long", {}, "C03"));
  const words = template.body.filter((item) => item.kind === "word").length;
  if (words < leastWords) refusals.push(refuse("template.too-little-text", { least: leastWords }, "C03"));
  return refusals;
}
