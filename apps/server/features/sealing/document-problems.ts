import type { SealRefusal } from "@chancery/pdf-seal/seal";

/** Why a file can not be sealed and what to do, in both languages, by the engine's code. */
const sentences = {
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
    en: "This is a dynamic form (XFA), whose pages each viewer makes anew. Rule C05. Print it to a PDF and upload that.",
    zh: "这是动态表单（XFA），页面由阅读器生成。规则 C05。请打印为 PDF 后上传。",
  },
  "pdf.certified": {
    en: "The author certified this PDF against changes; a further seal would break that. Ask him for a version that allows signatures.",
    zh: "作者已对此 PDF 进行不可更改认证，再加盖会破坏认证。请向作者索取允许签章的版本。",
  },
  "pdf.too-large": { en: "The PDF is too large to be sealed.", zh: "PDF 过大，无法加盖。" },
  "pdf.script": {
    en: "A script (JavaScript) in this PDF can change what its pages show. Rule C05. Print it to a PDF and upload that.",
    zh: "此 PDF 含有脚本（JavaScript），可改变页面内容。规则 C05。请打印为 PDF 后上传。",
  },
  "pdf.launch": {
    en: "This PDF starts another program when it is read. Rule C05. Print it to a PDF and upload that.",
    zh: "此 PDF 在阅读时会启动其他程序。规则 C05。请打印为 PDF 后上传。",
  },
  "pdf.action": {
    en: "An action in this PDF hides, shows or fills in what its pages say. Rule C05. Print it to a PDF and upload that.",
    zh: "此 PDF 含有可隐藏、显示或填写页面内容的动作。规则 C05。请打印为 PDF 后上传。",
  },
  "pdf.external": {
    en: "Parts of this PDF's pages come from another file. Rule C05. Print it to a PDF and upload that.",
    zh: "此 PDF 的部分页面内容来自其他文件。规则 C05。请打印为 PDF 后上传。",
  },
  "pdf.pages-repeated": {
    en: "This PDF names the same page twice, and viewers differ on what its pages are. Rule C05. Print it to a PDF and upload that.",
    zh: "此 PDF 重复引用同一页面，不同阅读器显示的页面不同。规则 C05。请打印为 PDF 后上传。",
  },
  "pdf.too-many-pages": {
    en: "This PDF has more than 2,000 pages. Rule C05. Divide it and upload the parts.",
    zh: "此 PDF 超过 2000 页。规则 C05。请拆分后分别上传。",
  },
  "pdf.too-complex": {
    en: "This PDF is too complex to be checked as a whole. Rule C05. Print it to a PDF and upload that.",
    zh: "此 PDF 过于复杂，无法完整检查。规则 C05。请打印为 PDF 后上传。",
  },
  "document.busy": {
    en: "Many files are being checked just now. Upload it again in a minute.",
    zh: "当前正在检查的文件较多。请一分钟后重新上传。",
  },
} as const satisfies Readonly<Record<string, { en: string; zh: string }>>;

export type DocumentProblemCode = keyof typeof sentences;
type Problem = { code: string; sentence: { en: string; zh: string } };

export function documentProblem(code: DocumentProblemCode): Problem {
  return { code, sentence: sentences[code] };
}

/** What the engine refuses; a code without a sentence of its own is told in the engine's words. */
export function engineProblem({ code, message }: SealRefusal): Problem {
  const known: Readonly<Record<string, Problem["sentence"]>> = sentences;
  const sentence = known[code] ?? {
    en: `This document can not be sealed: ${message}`,
    zh: `该文件不能加盖电子印章（${code}）。`,
  };
  return { code, sentence };
}
