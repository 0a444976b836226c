import { compareDeclared, readFacts } from "./declared-facts.ts";
import { type StarterClassId, starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { layOut } from "./test-pages.ts";

/** For tests: the names of our own companies, in both languages. */
export const ownCompanies = ["澜汐仪器有限公司", "Lanxi Instruments Co., Ltd.", "澜汐精工有限公司"];
/** For tests: what a paper of these paragraphs says. */
export const readPaper = (lines: readonly string[]) =>
  readFacts(readDocumentText(layOut(lines)), ownCompanies, starterBook);
/** For tests: what an application declares that names nobody and a sum as large as any in the papers. */
export const declaredAs = (documentClass: StarterClassId, external: boolean) => ({
  ...{ documentClass, external, counterparty: null, amountMinor: 1_260_000_000, currency: "CNY" },
});
/** For tests: where a paper disagrees on its class and on whom it is for. */
export const tellAs = (documentClass: StarterClassId, external: boolean, lines: readonly string[]): string[] =>
  compareDeclared(declaredAs(documentClass, external), readPaper(lines), starterBook)
    .filter(({ fact }) => fact !== "amount")
    .map(({ fact, read, stricter }) => `${fact} ${read} ${stricter}`);
