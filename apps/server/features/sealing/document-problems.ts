import type { SealRefusal } from "@chancery/pdf-seal/seal";

/** Why a file can not be sealed and what to do, in both languages, by the engine's code. */
const sentences: Readonly<Record<string, { en: string; zh: string }>> = {
  "pdf.empty": { en: "The file is empty. Upload the finished document.", zh: "文件是空的。请上传完成的文件。" },
  "pdf.not-pdf": {
    en: "This is not a PDF. Save the document as PDF and upload that.",
    zh: "这不是 PDF 文件。请另存为 PDF 后上传。",
  },
  "pdf.encrypted": {
    en: "The PDF needs a password to be opened. Save it without protection and upload that.",
    zh: "打开该 PDF 需要密码。请保存为无保护的版本后上传。",
  },
  "pdf.restricted": {
    en: "The author's restrictions on this PDF allow neither comments nor signatures. Ask him for a version without them.",
    zh: "作者设置的权限不允许对此 PDF 批注或签章。请向作者索取不受限制的版本。",
  },
  "pdf.broken": {
    en: "The PDF is damaged, and repairing it could change what it shows. Print it to a new PDF and upload that.",
    zh: "PDF 已损坏，修复可能改变其内容。请重新打印为 PDF 后上传。",
  },
  "pdf.junk-before-header": {
    en: "Something stands before the beginning of the PDF. Save it anew as PDF and upload that.",
    zh: "PDF 文件开头之前有多余内容。请重新另存为 PDF 后上传。",
  },
  "pdf.xfa": {
    en: "This is a dynamic form (XFA) whose pages are made by the viewer. Print it to a PDF and upload that.",
    zh: "这是动态表单（XFA），页面由阅读器生成。请打印为 PDF 后上传。",
  },
  "pdf.certified": {
    en: "The author certified this PDF against changes; a further seal would break that. Ask him for a version that allows signatures.",
    zh: "作者已对此 PDF 进行不可更改认证，再加盖会破坏认证。请向作者索取允许签章的版本。",
  },
  "pdf.too-large": { en: "The PDF is too large to be sealed.", zh: "PDF 过大，无法加盖。" },
};

export function documentProblem(refusal: SealRefusal): { code: string; sentence: { en: string; zh: string } } {
  return {
    code: refusal.code,
    sentence: sentences[refusal.code] ?? {
      en: `This document can not be sealed: ${refusal.message}`,
      zh: `该文件不能加盖电子印章（${refusal.code}）。`,
    },
  };
}
