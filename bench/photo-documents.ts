import type { Place } from "@chancery/printed-copy";
import { bookFontFile } from "@chancery/seal-image/font";
import PDFDocument from "pdfkit";
import { pickValue, standardTexts } from "./entry-texts.ts";
import type { Lot } from "./photo-random.ts";

/** A line as it stands on a page, in points. */
interface SetLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
}
/** A document as it is set: what is changed in it later stands where it stood. */
export interface SetDocument {
  readonly language: "zh" | "en";
  readonly font: string;
  readonly pages: readonly (readonly SetLine[])[];
  /** Where seal and signature go, on the last page. */
  readonly block: Place;
}
export const changeKinds = ["digit", "number", "name", "word", "sentence"] as const;
export type ChangeKind = (typeof changeKinds)[number];

const sheet = { width: 595.28, height: 841.89 };
const mm = 25.4 / 72;

/** A contract or letter of one to three pages, with the signature block at its end. */
export function setDocument(lot: Lot): SetDocument {
  const text = lot.pick(standardTexts);
  const { language } = text;
  const font = language === "zh" ? bookFontFile() : lot.pick(["Times-Roman", "Helvetica", bookFontFile()]);
  const size = lot.pick([10.5, 11, 12]);
  const margin = lot.pick([62, 72, 80]);
  const spacing = lot.pick([1.5, 1.7, 2]);
  const fill = (line: string): string =>
    line.replace(/\[\[(\w+)\]\]/g, (_, kind: string) => pickValue(language, kind, lot.whole(0, 99)));
  const others = standardTexts.filter((one) => one.language === language);
  const more = Array.from({ length: lot.whole(4, 16) }, () => lot.pick(lot.pick(others).lines));
  const document = new PDFDocument({ font, autoFirstPage: false });
  document.fontSize(size);
  const pages: SetLine[][] = [];
  let y = Number.POSITIVE_INFINITY;
  const put = (line: string, x = margin, of = size): void => {
    if (y + size * spacing > sheet.height - margin) {
      pages.push([]);
      y = margin;
    }
    pages.at(-1)?.push({ text: line, x, y, size: of });
    y += of * spacing;
  };
  put(text.title, 230, size * 1.6);
  for (const line of [...text.lines, ...more])
    for (const part of breakLine(fill(line), (one) => document.widthOfString(one) <= sheet.width - 2 * margin))
      put(part);
  // The block stays together, with room for an impression.
  if (y + 190 > sheet.height - margin) y = Number.POSITIVE_INFINITY;
  const end = text.signature;
  put(end[0] ?? "", margin);
  const top = y - size * spacing;
  y += 22;
  for (const line of end.slice(1)) {
    put(line, margin);
    y += 22;
  }
  const block = { xMm: margin * mm, yMm: (top - 14) * mm, widthMm: (sheet.width - 2 * margin) * mm, heightMm: 62 };
  return { language, font, pages, block };
}

function breakLine(text: string, fits: (line: string) => boolean): string[] {
  const broken: string[] = [];
  let line = "";
  for (const piece of text.match(/[\p{Script=Latin}\p{N}.,'’&/()-]+\s*|[\s\S]/gu) ?? []) {
    if (line !== "" && !fits((line + piece).trimEnd())) {
      broken.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return [...broken, line];
}

/** The same document with one thing changed on a page, and where; null where the page has nothing of that kind. */
export function changeDocument(
  document: SetDocument,
  page: number,
  kind: ChangeKind,
  lot: Lot,
): { readonly document: SetDocument; readonly told: string } | null {
  const lines = document.pages[page] ?? [];
  const possible = lines.flatMap((line, at) => {
    const text = changeText(line.text, kind, document.language, lot);
    return text === null || text === line.text ? [] : [{ at, text }];
  });
  if (possible.length === 0) return null;
  const { at, text } = lot.pick(possible);
  const pages = document.pages.map((one, index) =>
    index === page ? one.map((line, row) => (row === at ? { ...line, text } : line)) : one,
  );
  return { document: { ...document, pages }, told: `${lines[at]?.text} → ${text}` };
}

const words: Readonly<Record<"zh" | "en", readonly (readonly [string, string])[]>> = {
  zh: [
    ...([
      ["三十", "六十"],
      ["应当", "可以"],
      ["甲方", "乙方"],
      ["乙方", "甲方"],
      ["全部", "部分"],
      ["书面", "口头"],
      ["不得", "亦可"],
    ] as const),
    ...([
      ["直接", "间接"],
      ["免费", "收费"],
      ["千分之三", "千分之五"],
      ["百分之九十五", "百分之八十五"],
      ["二十四", "二十一"],
      ["七日", "十日"],
    ] as const),
    ...([
      ["五日", "三日"],
      ["日内", "月内"],
      ["承担", "免除"],
      ["原告", "被告"],
      ["生效", "失效"],
      ["最高", "最低"],
      ["无息", "计息"],
    ] as const),
  ],
  en: [
    ...([
      ["thirty", "ninety"],
      ["may", "must"],
      ["Party A", "Party B"],
      ["Party B", "Party A"],
      ["direct", "indirect"],
      ["not", "now"],
    ] as const),
    ...([
      ["ninety-five", "eighty-five"],
      ["written", "oral"],
      ["twelve", "twenty"],
      ["without", "within"],
      ["England", "Ireland"],
      ["before", "after"],
    ] as const),
    ...([
      ["valid", "void"],
      ["twenty-four", "twenty-one"],
      ["fixed", "basic"],
      ["five", "nine"],
      ["other", "first"],
      ["irrevocably", "revocably"],
    ] as const),
  ],
};
const names: Readonly<Record<"zh" | "en", readonly (readonly [string, string])[]>> = {
  zh: [
    ...([
      ["近水", "近山"],
      ["南岭", "南陵"],
      ["锦里", "锦江"],
      ["科技", "科枝"],
      ["远山", "远水"],
      ["张伟", "张玮"],
      ["李娜", "李妮"],
      ["王芳", "王方"],
      ["明月", "明朋"],
    ] as const),
    ...([
      ["上海", "上饶"],
      ["北京", "南京"],
      ["成都", "成安"],
      ["苏州", "苏川"],
      ["仪表", "仪器"],
    ] as const),
  ],
  en: [
    ...([
      ["Nearwater", "Nearwalter"],
      ["Smith", "Smyth"],
      ["O'Hara", "O'Mara"],
      ["Farhill", "Fairhill"],
      ["Jane", "June"],
      ["Doe", "Dole"],
      ["Roe", "Rowe"],
    ] as const),
    ...([
      ["GmbH", "AG"],
      ["Leeds", "Lewes"],
      ["Hamburg", "Homburg"],
      ["Limited", "Holding"],
      ["London", "Louden"],
      ["Gauges", "Gouges"],
      ["Li Na", "Li Ma"],
    ] as const),
  ],
};
const sentences: Readonly<Record<"zh" | "en", readonly string[]>> = {
  zh: [
    "甲方有权随时单方解除本合同，且无需向乙方支付任何补偿或赔偿。",
    "乙方对因此产生的一切损失承担无限连带责任，并放弃抗辩的权利。",
  ],
  en: [
    "Party A may end this agreement at any time without notice and without any payment.",
    "All claims under it are waived by the other party, now and in future, whatever the cause.",
  ],
};

function changeText(text: string, kind: ChangeKind, language: "zh" | "en", lot: Lot): string | null {
  const swap = (pairs: readonly (readonly [string, string])[]): string | null => {
    const there = pairs.filter(([from]) => text.includes(from));
    if (there.length === 0) return null;
    const [from, to] = lot.pick(there);
    return text.replace(from, to);
  };
  switch (kind) {
    case "digit": {
      // Numbers of clauses at the beginning are no facts.
      const places = [...text.matchAll(/\d/g)].map((match) => match.index).filter((at) => at > 2);
      if (places.length === 0) return null;
      const at = lot.pick(places);
      const digit = (Number(text[at]) + lot.whole(1, 9)) % 10;
      return text.slice(0, at) + digit + text.slice(at + 1);
    }
    case "number": {
      const found = [...text.matchAll(/\d[\d,]{2,}(?:\.\d+)?/g)];
      if (found.length === 0) return null;
      const match = lot.pick(found);
      const other = match[0].replace(/\d/g, () => String(lot.whole(1, 9)));
      return text.slice(0, match.index) + other + text.slice(match.index + match[0].length);
    }
    case "name":
      return swap(names[language]);
    case "word":
      return swap(words[language]);
    case "sentence": {
      if (text.length < (language === "zh" ? 24 : 50)) return null;
      const other = lot.pick(sentences[language]);
      return text.length > other.length ? other + text.slice(other.length) : other.slice(0, text.length);
    }
  }
}

/** The document as a PDF. */
export function writeSetDocument({ pages, font }: SetDocument): Promise<Uint8Array> {
  const document = new PDFDocument({
    ...{ size: "A4", autoFirstPage: false, compress: true, pdfVersion: "1.7", font },
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    info: { CreationDate: new Date(0), Producer: "bench", Creator: "bench" },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (part: Buffer) => void parts.push(part));
    document.once("end", () => resolve(Buffer.concat(parts)));
    document.once("error", reject);
  });
  for (const [at, lines] of pages.entries()) {
    document.addPage();
    for (const { text, x, y, size } of lines) document.fontSize(size).text(text, x, y, { lineBreak: false });
    document.fontSize(9).text(`- ${at + 1} / ${pages.length} -`, 280, 800, { lineBreak: false });
  }
  document.end();
  return whole;
}
