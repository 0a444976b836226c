import { ProblemError } from "../../platform/problems.ts";
import type { ThreadOutcome } from "../../platform/run-in-thread.ts";

const sentences = {
  "import.too-large": [
    413,
    "The file is larger than 10 MB (a picture: 30 MB). Split the sheet, or scan at 300 dpi.",
    "文件超过 10 MB（图片 30 MB）。请拆分表格，或以 300 dpi 扫描。",
  ],
  "import.not-a-sheet": [
    422,
    "This is no sheet (XLSX, CSV) and no picture that can be read. Save the sheet as XLSX, or take a template.",
    "该文件不是可读的表格（XLSX、CSV）或图片。请将表格另存为 XLSX，或使用模板。",
  ],
  "import.too-many-lines": [
    422,
    "The file has more than 5,000 lines. Split it and import one part after the other.",
    "文件超过 5000 行。请拆分后依次导入。",
  ],
  "import.too-slow": [
    422,
    "The file took too long to read. Save it anew with values alone, or split it.",
    "读取文件用时过长。请仅保留数值后另存，或拆分文件。",
  ],
  "import.no-impression": [
    422,
    "No impression of a seal can be seen in this picture. Press the seal on white paper and take the picture from straight above.",
    "图片中看不到印模。请将印章盖在白纸上，从正上方拍摄。",
  ],
  "import.not-a-picture": [
    422,
    "The name of the file says that it is a picture, and its content is none. Take the photo again, or send the sheet as XLSX or CSV.",
    "文件名显示为图片，但内容不是图片。请重新拍摄，或将表格存为 XLSX 或 CSV 后上传。",
  ],
  "import.superseded": [
    409,
    "A newer look at your files took the place of this one. Look again if you still want it.",
    "您又发起了新的预览，本次预览已被取代。如仍需要，请重新查看。",
  ],
  "import.busy": [
    503,
    "Many files are being read at this moment. Try again in a minute.",
    "当前正在读取的文件较多。请一分钟后再试。",
  ],
} as const;

export function importProblem(code: keyof typeof sentences): ProblemError {
  const [status, en, zh] = sentences[code];
  return new ProblemError(status, code, { en, zh });
}

/** What a thread answered; throws the problem that says why it did not. */
export function outcomeOf<T>(outcome: ThreadOutcome<T>): T {
  if (outcome.ok) return outcome.answer;
  const codes = { busy: "import.busy", "too-slow": "import.too-slow", failed: "import.not-a-sheet" } as const;
  throw importProblem(codes[outcome.why]);
}
