import type { AttachmentKind } from "./rule-set.ts";

/** What a paper of each kind calls itself, in Chinese or English. */
const words: Readonly<Record<AttachmentKind, RegExp>> = {
  "board-resolution":
    /董事会.{0,20}(?:决议|决定)|(?:决议|决定).{0,20}董事会|\bboard\b.{0,60}\bresol|\bresol.{0,60}\b(?:board|directors)\b/iu,
  "shareholders-resolution":
    /股东(?:大?会)?.{0,20}(?:决议|决定)|\b(?:share|stock)holders?\b.{0,60}\bresol|\bresol.{0,60}\b(?:share|stock)holder/iu,
  "party-committee-minutes": /党委|党组|党总支|党支部|\bparty committee\b/iu,
  "power-of-attorney": /授权委托书|授权书|委托书|\bpower of attorney\b|\bletter of authori[sz]ation\b/iu,
  "counterparty-licence":
    /营业执照|统一社会信用代码|\bbusiness licen[cs]e\b|\bcertificate of incorporation\b|\bcommercial register\b/iu,
  "budget-approval": /预算|\bbudget/iu,
  "tender-result": /中标|成交通知|采购结果|招标|评标|\btender|\bbid(?:ding|der)?\b|\baward/iu,
  "credit-approval": /授信|信贷|贷审会|\bcredit\b|\bfacility\b/iu,
};

const mostRead = 200_000;

/**
 * Kinds of paper that a text names. Null where there is too little text to say: a scan speaks for itself, to people. That a
 * paper names a kind does not make it one; that it names none is worth a look (C01).
 */
export function readPaperKinds(
  pages: readonly { readonly lines: readonly { readonly text: string }[] }[],
): AttachmentKind[] | null {
  const text = pages
    .flatMap(({ lines }) => lines.map((line) => line.text.slice(0, 2000)))
    .join(" ")
    .slice(0, mostRead)
    // A title is often spaced out.
    .replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, "");
  if ((text.match(/[\p{L}\p{N}]/gu) ?? []).length < leastSaid) return null;
  return (Object.keys(words) as AttachmentKind[]).filter((kind) => words[kind].test(text));
}
const leastSaid = 20;
