import type { Environment } from "../../platform/environment.ts";
import { type BothTexts, ProblemError } from "../../platform/problems.ts";
import { lookAtWord, type WordFault } from "./look-at-word.ts";

const sentences: Readonly<Record<WordFault | "word.no-converter" | "word.too-slow" | "word.not-turned", BothTexts>> = {
  "word.no-converter": {
    en: "This server has no LibreOffice to turn a Word file into a PDF. Save it as PDF in Word and upload that.",
    zh: "本服务器未安装 LibreOffice，无法将 Word 文件转为 PDF。请在 Word 中另存为 PDF 后上传。",
  },
  "word.not-readable": {
    en: "This Word file could not be read. Open it in Word, save it anew as .docx or PDF, and upload that.",
    zh: "无法读取该 Word 文件。请在 Word 中打开并重新另存为 .docx 或 PDF 后上传。",
  },
  "word.macros": {
    en: "This Word file has macros, which may change what it says. Save it as .docx or PDF without them and upload that.",
    zh: "该 Word 文件含有宏，可能改变其内容。请另存为不含宏的 .docx 或 PDF 后上传。",
  },
  "word.embedded": {
    en: "Another file is embedded in this Word file. Take it out, or save the whole as PDF, and upload that.",
    zh: "该 Word 文件内嵌有其他文件。请删除内嵌文件，或另存为 PDF 后上传。",
  },
  "word.external": {
    en: "Parts of this Word file come from elsewhere (a linked picture, template or field). Break those links, or save it as PDF, and upload that.",
    zh: "该 Word 文件的部分内容来自外部（链接的图片、模板或域）。请断开链接，或另存为 PDF 后上传。",
  },
  "word.tracked-changes": {
    en: "This Word file has changes that nobody has accepted or rejected yet. Settle them in Word (Review → Accept) and upload it again.",
    zh: "该 Word 文件含有尚未接受或拒绝的修订。请在 Word 中处理（审阅 → 接受）后重新上传。",
  },
  "word.comments": {
    en: "This Word file has comments, which the PDF would not show. Delete them in Word and upload it again.",
    zh: "该 Word 文件含有批注，PDF 不会显示。请在 Word 中删除批注后重新上传。",
  },
  "word.too-slow": {
    en: "It took longer than a minute to turn this Word file into a PDF. Save it as PDF in Word and upload that.",
    zh: "将该 Word 文件转为 PDF 已超过一分钟。请在 Word 中另存为 PDF 后上传。",
  },
  "word.not-turned": {
    en: "This Word file could not be turned into a PDF. Save it as PDF in Word and upload that.",
    zh: "该 Word 文件未能转为 PDF。请在 Word 中另存为 PDF 后上传。",
  },
};

const problem = (code: keyof typeof sentences): ProblemError => new ProblemError(422, code, sentences[code]);

/**
 * The PDF of a Word file, as LibreOffice of this machine lays it out. `busy` answers where as many wait as may.
 * Throws a problem (`word.…`) for a file that is not turned, with the way out.
 */
export async function turnWord(env: Environment, bytes: Uint8Array, busy: () => ProblemError): Promise<Buffer> {
  if (!env.word) throw problem("word.no-converter");
  const look = lookAtWord(bytes);
  if (!look.ok) throw problem(look.code);
  const turned = await env.word.toPdf(look.bytes);
  if (turned.ok) return turned.bytes;
  if (turned.why === "busy") throw busy();
  if (turned.why === "failed") env.logger.warn({}, "LibreOffice did not turn a Word file into a PDF");
  throw problem(turned.why === "too-slow" ? "word.too-slow" : "word.not-turned");
}
