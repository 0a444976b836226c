import type { DocumentPage, DocumentWord } from "./document-text.ts";
import { joinWords } from "./template-fields.ts";
import { matchTemplate } from "./template-match.ts";
import type { TemplateItem } from "./template-text.ts";

/** What counts pages and versions, and binds nobody. */
const counting =
  /第|共|页|编号|版本|版|标准|范本|文本|模板|\b(?:page|of|no|number|rev|version|form|standard|template|v)\b|[\p{N}\p{P}\p{S}\s]/giu;

/** A line that only counts pages: 3, - 3 -, 3/12, 第3页 共12页, Page 3 of 12. */
export const isPageNumber = (text: string): boolean =>
  /^[\s\-(（]*(?:第?\s*\d{1,4}\s*页?(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|(?:page\s*)?\d{1,4}(?:\s*(?:of|\/)\s*\d{1,4})?)[\s\-)）]*$/iu.test(
    text,
  );

const close = (text: string): string => text.replace(/\s+/gu, "").toLowerCase();

interface Line<T> {
  readonly page: number;
  readonly parts: readonly T[];
}

function groupLines<T>(parts: readonly T[], wordOf: (part: T) => Pick<DocumentWord, "page" | "line">): Line<T>[] {
  const lines = Map.groupBy(parts, (part) => `${wordOf(part).page} ${wordOf(part).line}`);
  return [...lines.values()].map((ofLine) => ({ page: ofLine[0] ? wordOf(ofLine[0]).page : 0, parts: ofLine }));
}

/** Fields without a word of their own stand on no line, and are a line of their own. */
const placeOf = (item: TemplateItem): Pick<DocumentWord, "page" | "line"> =>
  item.kind === "word" ? item.word : (item.field.words[0] ?? { page: item.field.page, line: -1 });

const textOf = (line: Line<TemplateItem>): string =>
  joinWords(line.parts.flatMap((item) => (item.kind === "word" ? [item.word] : item.field.words)));

/**
 * Running heads and feet as far as they have to agree. Whoever types a document anew leaves out its page numbers and heads:
 * what merely counts pages may differ or be missing, and a head may be missing whose words the body says too. What a head
 * or foot says of its own has to stand there, and nothing may be said there that the template does not say.
 */
export function leaveOutRunning(
  template: { readonly running: readonly TemplateItem[]; readonly pages: readonly DocumentPage[] },
  running: readonly DocumentWord[],
  body: readonly DocumentWord[],
): { readonly items: TemplateItem[]; readonly words: DocumentWord[] } {
  const asked = groupLines(template.running, placeOf);
  const found = groupLines(running, (word) => word);
  // Asked only where a line is missing: a long document has many words.
  let said: string | null = null;
  const taken = new Set<Line<DocumentWord>>();
  const isRepeated = (text: string): boolean => {
    said ??= close(body.map((word) => word.text).join(""));
    const all = said;
    return text
      .split(counting)
      .map(close)
      .every((part) => all.includes(part));
  };
  const items = asked.filter((line) => {
    const same = found.find(
      (one) => one.page === line.page && !taken.has(one) && matchTemplate(line.parts, one.parts) !== null,
    );
    if (same) taken.add(same);
    return same !== undefined || !(line.parts.every(({ kind }) => kind === "word") && isRepeated(textOf(line)));
  });
  const words = found.filter((line) => taken.has(line) || !isPageNumber(joinWords(line.parts)));
  return { items: items.flatMap(({ parts }) => parts), words: words.flatMap(({ parts }) => parts) };
}
