import type { AlarmSpeed } from "./alarm.ts";
import type { MailLanguage } from "./mail-address.ts";
import type { LocalName } from "./vocabulary.ts";

/** What a mail says of an alarm: nothing of any request, so that nothing confidential leaves by it. */
export interface AlarmMailFacts {
  readonly says: LocalName;
  readonly todo: LocalName;
  readonly controller: LocalName;
  readonly serial: string;
  readonly place: LocalName | null;
  readonly seals: readonly { readonly name: LocalName; readonly number: string }[];
  /** As the place of the box tells the time. */
  readonly at: string;
  readonly speed: AlarmSpeed;
  readonly level: number;
  readonly organisation: LocalName;
  /** The address of the page where it is acknowledged. */
  readonly address: string;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const mostName = 120;
const mostSubject = 200;

/** A name on one line: no line ends, no controls, nothing that turns the direction of what follows. */
export function onOneLine(text: string, most = mostName): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim();
  const signs = [...line];
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : line;
}

const words = {
  en: {
    subject: (box: string, level: number) =>
      level === 0 ? `Alarm: seal controller ${box}` : `Alarm, not acknowledged yet: seal controller ${box}`,
    lines: (facts: AlarmMailFacts) => [
      facts.says.en,
      facts.level === 0 ? "" : "Nobody has acknowledged it yet, so that you are told now.",
      "",
      `What to do: ${facts.todo.en}`,
      "",
      `Seal controller: ${onOneLine(facts.controller.en)}, serial number ${onOneLine(facts.serial)}`,
      facts.place === null ? "" : `Place: ${onOneLine(facts.place.en)}`,
      `Seals in it: ${facts.seals.map(({ name, number }) => `${onOneLine(name.en)} ${onOneLine(number)}`).join("; ") || "none"}`,
      `Time: ${facts.at}`,
      "",
      facts.speed === "at-once"
        ? "Acknowledge it at once, with your reason, at:"
        : "Acknowledge it today, with your reason, at:",
      facts.address,
    ],
    foot: (organisation: string) => `Sent by Chancery of ${organisation}. Answers to this mail are not read.`,
  },
  zh: {
    subject: (box: string, level: number) => (level === 0 ? `报警：印控仪 ${box}` : `报警尚未确认：印控仪 ${box}`),
    lines: (facts: AlarmMailFacts) => [
      facts.says.zh,
      facts.level === 0 ? "" : "尚无人确认该报警，因此通知您。",
      "",
      `处理办法：${facts.todo.zh}`,
      "",
      `印控仪：${onOneLine(facts.controller.zh)}，序列号 ${onOneLine(facts.serial)}`,
      facts.place === null ? "" : `存放处：${onOneLine(facts.place.zh)}`,
      `机内印章：${facts.seals.map(({ name, number }) => `${onOneLine(name.zh)} ${onOneLine(number)}`).join("；") || "无"}`,
      `时间：${facts.at}`,
      "",
      facts.speed === "at-once" ? "请立即打开以下页面确认并说明理由：" : "请于当日打开以下页面确认并说明理由：",
      facts.address,
    ],
    foot: (organisation: string) => `由 ${organisation} 的 Chancery 发送，请勿回复。`,
  },
} as const;

/** The mail about an alarm in plain text, in one language, or in both for who chose none. */
export function composeAlarmMail(language: MailLanguage | null, facts: AlarmMailFacts): MailText {
  const languages: readonly MailLanguage[] = language === null ? ["en", "zh"] : [language];
  const subject = languages.map((one) => words[one].subject(onOneLine(facts.controller[one]), facts.level)).join(" · ");
  const parts = languages.map((one) =>
    [
      // A line that has nothing to say leaves no gap of two.
      ...words[one].lines(facts).filter((line, at, lines) => line !== "" || (at > 0 && lines[at - 1] !== "")),
      "",
      words[one].foot(onOneLine(facts.organisation[one])),
    ].join("\n"),
  );
  return { subject: onOneLine(subject, mostSubject), text: `${parts.join("\n\n----\n\n")}\n` };
}
