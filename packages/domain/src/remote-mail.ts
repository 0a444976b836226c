import { type MailText, onOneLine } from "./alarm-mail.ts";
import type { MailLanguage } from "./mail-address.ts";
import type { LocalName } from "./vocabulary.ts";

/** What a mail says of a press that waits: nothing of its request, so that nothing confidential leaves by it. */
export interface PressMailFacts {
  readonly controller: LocalName;
  readonly serial: string;
  /** Until when he can answer, as the place of the box tells the time. */
  readonly until: string;
  readonly organisation: LocalName;
  /** The address of the page from which he comes to it. */
  readonly address: string;
}

const words = {
  en: {
    subject: (box: string) => `A press waits for your word: seal controller ${box}`,
    lines: (facts: PressMailFacts) => [
      "You supervise a stamping from elsewhere, and its next press waits for your word.",
      "",
      `Seal controller: ${onOneLine(facts.controller.en)}, serial number ${onOneLine(facts.serial)}`,
      `Answer by: ${facts.until}. After that nothing is pressed, and another picture is taken.`,
      "",
      "Look at the picture, and agree or refuse, at:",
      facts.address,
    ],
    foot: (organisation: string) => `Sent by Chancery of ${organisation}. Answers to this mail are not read.`,
  },
  zh: {
    subject: (box: string) => `等待您同意盖章：印控仪 ${box}`,
    lines: (facts: PressMailFacts) => [
      "您正在远程监印，下一枚等待您的答复。",
      "",
      `印控仪：${onOneLine(facts.controller.zh)}，序列号 ${onOneLine(facts.serial)}`,
      `请于 ${facts.until} 前答复。逾时不会盖章，需重新拍照。`,
      "",
      "请打开以下页面查看照片，同意或拒绝：",
      facts.address,
    ],
    foot: (organisation: string) => `由 ${organisation} 的 Chancery 发送，请勿回复。`,
  },
} as const;

/** The mail that asks a supervisor elsewhere for his word, in one language, or in both for who chose none. */
export function composePressMail(language: MailLanguage | null, facts: PressMailFacts): MailText {
  const languages: readonly MailLanguage[] = language === null ? ["en", "zh"] : [language];
  const parts = languages.map((one) =>
    [...words[one].lines(facts), "", words[one].foot(onOneLine(facts.organisation[one]))].join("\n"),
  );
  return {
    subject: onOneLine(languages.map((one) => words[one].subject(onOneLine(facts.controller[one]))).join(" · "), 200),
    text: `${parts.join("\n\n----\n\n")}\n`,
  };
}
