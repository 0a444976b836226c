import { documentClasses } from "./document-class.ts";
import { keepingMessages } from "./messages-keeping.ts";
import { accountMessages } from "./messages-people.ts";
import { useMessages } from "./messages-use.ts";
import type { FactValue, Refusal } from "./refusal.ts";
import { sealStateNames } from "./seal-state-names.ts";
import { type LocalName, roleNames, sealTypeDefaults } from "./vocabulary.ts";

/** Answer and reason in `sentence`, what to do and who can in `wayOut` (look: answer, reason, way out). */
export interface Message {
  readonly sentence: LocalName;
  readonly wayOut: LocalName | null;
}

export const messages: Readonly<Record<string, Message>> = {
  ...accountMessages,
  ...useMessages,
  ...keepingMessages,
};

/** Facts whose values are the domain's own words are shown under the words' names. */
function showFact(name: string, value: FactValue, language: keyof LocalName): string {
  if (value === null) return language === "en" ? "open" : "未定";
  const text = String(value);
  const named =
    (/role$/i.test(name) ? roleNames[text as keyof typeof roleNames] : undefined) ??
    (name === "sealType" ? sealTypeDefaults[text as keyof typeof sealTypeDefaults]?.name : undefined) ??
    (name === "documentClass" ? documentClasses[text as keyof typeof documentClasses]?.name : undefined) ??
    (/state$/i.test(name) ? sealStateNames[text] : undefined) ??
    (/duty$/i.test(name) ? dutyNames[text] : undefined);
  return named ? named[language] : text;
}

const dutyNames: Readonly<Record<string, LocalName>> = {
  applicant: { en: "applicant", zh: "申请人" },
  handler: { en: "handler", zh: "经办人" },
  approver: { en: "approver", zh: "审批人" },
  signatory: { en: "signatory", zh: "签批人" },
  custodian: { en: "custodian", zh: "保管人" },
  supervisor: { en: "supervisor", zh: "监印人" },
};

function fill(template: string, facts: Readonly<Record<string, FactValue>>, language: keyof LocalName): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => showFact(name, facts[name] ?? null, language));
}

/** The sentence of a code with today's facts, in both languages. A code without one is a fault the tests find. */
export function describe(
  code: string,
  facts: Readonly<Record<string, FactValue>> = {},
): { sentence: LocalName; wayOut: LocalName | null } {
  const message = messages[code];
  if (!message) return { sentence: { en: code, zh: code }, wayOut: null };
  const both = (name: LocalName): LocalName => ({ en: fill(name.en, facts, "en"), zh: fill(name.zh, facts, "zh") });
  return { sentence: both(message.sentence), wayOut: message.wayOut === null ? null : both(message.wayOut) };
}

export function describeRefusal(refusal: Refusal): { sentence: LocalName; wayOut: LocalName | null } {
  return describe(refusal.code, refusal.facts);
}
