import assert from "node:assert/strict";
import { test } from "node:test";
import { readDocumentText } from "./document-text.ts";
import type { PageText } from "./page-text.ts";
import { isPageNumber } from "./running-lines.ts";
import { compareWithTemplate } from "./template-comparison.ts";
import { readTemplate } from "./template-text.ts";
import { layOut } from "./test-pages.ts";

const clauses = [
  "采购合同",
  "甲方：北京远山仪表有限公司",
  ...Array.from({ length: 12 }, (_, at) => `第${at + 1}条 乙方对第${at + 1}批压力表的质量承担全部责任。`),
];
const pages = layOut(clauses, { lines: 9 });
/** The same pages with lines at their heads and feet. */
const withLines = (lines: (page: number) => { head?: string; foot?: string }): PageText[] =>
  pages.map((page) => {
    const { head, foot } = lines(page.index);
    const at = (text: string, y: number) => ({ text, x: 90, y, width: text.length * 3, height: 4 });
    return {
      ...page,
      runs: [...(head ? [at(head, 10)] : []), ...page.runs, ...(foot ? [at(foot, 285)] : [])],
    };
  });
const compare = (template: readonly PageText[], document: readonly PageText[]): string =>
  compareWithTemplate(readTemplate(readDocumentText(template), []), readDocumentText(document)).verdict;

test("C03: page numbers, and heads that say nothing of their own, may be missing where a contract is typed anew", () => {
  const numbered = withLines((page) => ({ head: "采购合同（2026版）", foot: `第${page + 1}页 共2页` }));
  assert.equal(pages.length, 2);
  assert.equal(compare(numbered, pages), "same");
  assert.equal(
    compare(
      pages,
      withLines((page) => ({ foot: `Page ${page + 1} of 2` })),
    ),
    "same",
  );
  assert.equal(
    compare(
      numbered,
      withLines((page) => ({ foot: `- ${page + 1} -` })),
    ),
    "same",
  );
  // One page has no other that shows which of its lines run; its number is known by itself.
  const onlyPage = withLines(() => ({ foot: "第1页 共1页" })).slice(0, 1);
  assert.equal(compare(onlyPage, pages.slice(0, 1)), "same");
});

test("C03: what a head or foot says of its own has to stand there, and no other may say anything", () => {
  const bound = withLines(() => ({ foot: "适用甲方一般交易条款" }));
  assert.equal(compare(bound, pages), "changed");
  assert.equal(compare(pages, bound), "changed");
  assert.equal(
    compare(
      pages,
      withLines(() => ({ head: "乙方不对质量承担责任" })),
    ),
    "changed",
  );
  const numbered = withLines((page) => ({ foot: `${page + 1}` }));
  const edited = numbered.map((page) => ({
    ...page,
    runs: page.runs.map((run) => ({ ...run, text: run.text.replace("全部责任", "部分责任") })),
  }));
  assert.equal(compare(numbered, edited), "changed", "words of the body");
});

test("a page number is a number with its words alone", () => {
  for (const text of ["3", "- 3 -", "3/12", "第 3 页", "第3页 共12页", "第3页,共12页", "Page 3 of 12", "page 3"])
    assert.ok(isPageNumber(text), text);
  for (const text of ["", "12,800", "12.5", "页", "Page", "3 gauges", "第3条", "12345", "2026-11-24"])
    assert.ok(!isPageNumber(text), text);
});
