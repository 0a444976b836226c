import type { RuleBook } from "@chancery/domain";
import { bookFontFile } from "@chancery/seal-image/font";
import PDFDocument from "pdfkit";

/** What is printed: one language of a version, with what it is called at the foot of each page. */
export interface PdfTask {
  readonly book: RuleBook;
  readonly language: "en" | "zh";
  /** Version, day and digest, as one line. */
  readonly foot: string;
}

/** A4, standing; points. */
const page = { width: 595.28, height: 841.89, side: 64, top: 64, bottom: 72 };
const ink = "#14171f";
const numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
const words = {
  en: {
    chapter: (at: number) => `Chapter ${at + 1}`,
    article: (number: number) => `Article ${number}`,
    serves: "Serves",
    page: (at: number, of: number) => `${at} / ${of}`,
  },
  zh: {
    chapter: (at: number) => `第${numerals[at] ?? at + 1}章`,
    article: (number: number) => `第 ${number} 条`,
    serves: "对应",
    page: (at: number, of: number) => `第 ${at} 页，共 ${of} 页`,
  },
} as const;

/** The rule book as a document to print, sign and hang up: title, chapters, articles, and at each foot what it is. */
export function writeRuleBookPdf({ book, language, foot }: PdfTask): Promise<Uint8Array> {
  const say = words[language];
  const document = new PDFDocument({
    ...{ size: "A4", bufferPages: true, pdfVersion: "1.7", compress: true, displayTitle: true, font: bookFontFile() },
    margins: { top: page.top, bottom: page.bottom, left: page.side, right: page.side },
    lang: language === "zh" ? "zh-CN" : "en",
    info: { Title: book.title, Subject: foot, Creator: "Chancery" },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (part: Buffer) => void parts.push(part));
    document.once("end", () => resolve(Buffer.concat(parts)));
    document.once("error", reject);
  });
  const width = page.width - 2 * page.side;
  const indent = 62;
  document.fillColor(ink).fontSize(18).text(book.title, { align: "center" }).moveDown(1.2);
  for (const [at, chapter] of book.chapters.entries()) {
    // A heading does not stand alone at the foot of a page.
    if (document.y > page.height - page.bottom - 90) document.addPage();
    document
      .fillColor(ink)
      .moveDown(0.8)
      .fontSize(12.5)
      .text(`${say.chapter(at)}  ${chapter.title}`, page.side, document.y, { width });
    document.outline.addItem(`${say.chapter(at)} ${chapter.title}`);
    document.moveDown(0.5);
    for (const article of chapter.articles) {
      document.fontSize(10.5);
      const text = document.heightOfString(article.text, { width: width - indent });
      if (document.y + Math.min(text, 120) > page.height - page.bottom) document.addPage();
      const { y } = document;
      document.fillColor(ink).text(say.article(article.number), page.side, y, { width: indent });
      document.text(article.text, page.side + indent, y, { width: width - indent, lineGap: 2 });
      for (const item of article.items)
        document.text(`· ${item}`, page.side + indent, document.y + 1, { width: width - indent, lineGap: 2 });
      if (article.controls.length > 0)
        document
          .fontSize(7.5)
          .fillColor("#4a5263")
          .text(
            `${say.serves} ${article.controls.join(language === "zh" ? "、" : ", ")}`,
            page.side + indent,
            document.y + 1,
          );
      document.moveDown(0.6);
    }
  }
  const { count } = document.bufferedPageRange();
  for (let at = 0; at < count; at += 1) {
    document.switchToPage(at);
    // Below the margin, where text would else begin a page of its own.
    document.page.margins.bottom = 0;
    const y = page.height - page.bottom + 28;
    document
      .fontSize(7)
      .fillColor("#4a5263")
      .text(foot, page.side, y, { width: width - 70, lineBreak: false });
    document.text(say.page(at + 1, count), page.width - page.side - 70, y, {
      width: 70,
      align: "right",
      lineBreak: false,
    });
  }
  document.end();
  return whole;
}
