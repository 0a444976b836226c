import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn: string, wayZh: string): Message => ({
  sentence: { en, zh },
  wayOut: { en: wayEn, zh: wayZh },
});

/** Sentences on registers and what is made of them. */
export const registerMessages = {
  "register.export-too-long": say(
    "More than {most} {most:line|lines} do not go into one such file.",
    "单个此类文件最多容纳 {most} 条记录。",
    "Choose a shorter period, one seal or one kind, and export again; or choose CSV, which holds the most.",
    "请缩短期间，或限定一枚印章、一种类别后再导出；CSV 容纳的记录最多。",
  ),
  "register.export-under-way": say(
    "An export of yours is being made already.",
    "您已有一份导出正在生成。",
    "Wait until it is ready; it is shown with its progress on the page of its register.",
    "请等待其完成；该台账页面会显示进度。",
  ),
} as const satisfies Record<string, Message>;
