import { applicationFieldNames } from "./application.ts";
import { readHalf } from "./both-halves.ts";
import { controllerStateNames } from "./controller.ts";
import { documentClasses } from "./document-class.ts";
import type { Duty } from "./duties.ts";
import type { SideEvent } from "./joint.ts";
import { requestPartNames } from "./kept-approvals.ts";
import type { ChainLink } from "./lone-chain.ts";
import type { MatterDefinition } from "./matter.ts";
import { matterDefinitions } from "./matter-kinds.ts";
import { boxSettingsMessages } from "./messages-box-settings.ts";
import { checkMessages } from "./messages-checks.ts";
import { classMessages } from "./messages-classes.ts";
import { confidentialMessages } from "./messages-confidential.ts";
import { controllerUseMessages } from "./messages-controller-use.ts";
import { controllerMessages } from "./messages-controllers.ts";
import { custodyMessages } from "./messages-custody.ts";
import { decidingMessages } from "./messages-deciding.ts";
import { dockedPressMessages } from "./messages-docked-press.ts";
import { epochMessages } from "./messages-epoch.ts";
import { finalCopyMessages } from "./messages-final-copy.ts";
import { fitnessMessages } from "./messages-fitness.ts";
import { formMessages } from "./messages-forms.ts";
import { gateMessages } from "./messages-gate.ts";
import { importMessages } from "./messages-import.ts";
import { jointMessages } from "./messages-joint.ts";
import { keepingMessages } from "./messages-keeping.ts";
import { lifeMessages } from "./messages-life.ts";
import { lightMessages } from "./messages-light.ts";
import { lodgingMessages } from "./messages-lodging.ts";
import { organisationMessages } from "./messages-organisation.ts";
import { accountMessages } from "./messages-people.ts";
import { registerMessages } from "./messages-registers.ts";
import { remotePressMessages } from "./messages-remote-press.ts";
import { ruleBookMessages } from "./messages-rule-book.ts";
import { ruleMessages } from "./messages-rules.ts";
import { seriesMessages } from "./messages-series.ts";
import { sheetMessages } from "./messages-sheets.ts";
import { stampingMessages } from "./messages-stamping.ts";
import { templateMessages } from "./messages-templates.ts";
import { useMessages } from "./messages-use.ts";
import { vendorMessages } from "./messages-vendor.ts";
import type { FactValue, Refusal } from "./refusal.ts";
import { attachmentNames, tableNames } from "./rule-set.ts";
import { stateNamesFor } from "./state-names.ts";
import { type LocalName, type Role, roleNames, sealTypeDefaults } from "./vocabulary.ts";

/** Answer and reason in `sentence`, what to do and who can in `wayOut` (look: answer, reason, way out). */
export interface Message {
  readonly sentence: LocalName;
  readonly wayOut: LocalName | null;
}

/** Every code that has a text: a rule can refuse with no other. */
export type MessageCode =
  | keyof typeof accountMessages
  | keyof typeof useMessages
  | keyof typeof gateMessages
  | keyof typeof keepingMessages
  | keyof typeof custodyMessages
  | keyof typeof registerMessages
  | keyof typeof lifeMessages
  | keyof typeof organisationMessages
  | keyof typeof checkMessages
  | keyof typeof classMessages
  | keyof typeof confidentialMessages
  | keyof typeof boxSettingsMessages
  | keyof typeof epochMessages
  | keyof typeof controllerMessages
  | keyof typeof controllerUseMessages
  | keyof typeof remotePressMessages
  | keyof typeof dockedPressMessages
  | keyof typeof finalCopyMessages
  | keyof typeof fitnessMessages
  | keyof typeof ruleBookMessages
  | keyof typeof decidingMessages
  | keyof typeof ruleMessages
  | keyof typeof templateMessages
  | keyof typeof formMessages
  | keyof typeof sheetMessages
  | keyof typeof importMessages
  | keyof typeof lightMessages
  | keyof typeof jointMessages
  | keyof typeof lodgingMessages
  | keyof typeof seriesMessages
  | keyof typeof stampingMessages
  | keyof typeof vendorMessages
  | keyof typeof vendorMessages;

export const messages: Readonly<Record<MessageCode, Message>> = {
  ...accountMessages,
  ...useMessages,
  ...gateMessages,
  ...keepingMessages,
  ...custodyMessages,
  ...registerMessages,
  ...lifeMessages,
  ...organisationMessages,
  ...boxSettingsMessages,
  ...epochMessages,
  ...controllerMessages,
  ...controllerUseMessages,
  ...remotePressMessages,
  ...dockedPressMessages,
  ...finalCopyMessages,
  ...fitnessMessages,
  ...checkMessages,
  ...classMessages,
  ...confidentialMessages,
  ...ruleBookMessages,
  ...decidingMessages,
  ...ruleMessages,
  ...templateMessages,
  ...formMessages,
  ...sheetMessages,
  ...importMessages,
  ...lightMessages,
  ...jointMessages,
  ...lodgingMessages,
  ...seriesMessages,
  ...stampingMessages,
  ...vendorMessages,
};

const dutyNames: Readonly<Record<Duty, LocalName>> = {
  applicant: { en: "applicant", zh: "申请人" },
  handler: { en: "handler", zh: "经办人" },
  approver: { en: "approver", zh: "审批人" },
  "legal-reviewer": { en: "legal reviewer", zh: "法务审核人" },
  signatory: { en: "signatory", zh: "签批人" },
  custodian: { en: "custodian", zh: "保管人" },
  supervisor: { en: "supervisor", zh: "监印人" },
};

const linkNames: Readonly<Record<ChainLink["by"], LocalName>> = {
  grant: { en: "by a grant", zh: "经授予" },
  delegation: { en: "by a delegation", zh: "经委托" },
  deputy: { en: "as a deputy", zh: "代管" },
};

/** `signatory:grant custodian:deputy` as people say it. */
function showChain(text: string, language: keyof LocalName): string {
  const links = text.split(" ").map((link) => {
    const [duty = "", by = ""] = link.split(":");
    const how = linkNames[by as ChainLink["by"]]?.[language] ?? by;
    const name = dutyNames[duty as Duty]?.[language] ?? duty;
    return language === "en" ? `${name} ${how}` : `${name}（${how}）`;
  });
  return links.join(language === "en" ? ", " : "、");
}

const definitions: readonly MatterDefinition[] = Object.values(matterDefinitions);
/** Parts that people confirm in matters, and papers that belong to them. A word of several kinds is said without its kind. */
const partNames: Readonly<Record<string, LocalName>> = {
  ...Object.fromEntries(definitions.flatMap((one) => one.confirmations.map(({ part, name }) => [part, name]))),
  receiver: { en: "receiver", zh: "接收人" },
  witness: { en: "witness", zh: "见证人" },
  transferor: { en: "transferor", zh: "移交人" },
  executor: { en: "executor", zh: "执行人" },
};
const slotNames: Readonly<Record<string, LocalName>> = {
  ...Object.fromEntries(definitions.flatMap((one) => one.evidence.map(({ slot, name }) => [slot, name]))),
  ground: { en: "what it rests on", zh: "依据材料" },
  impression: { en: "fresh impression", zh: "新印模" },
  filing: { en: "filing document", zh: "备案材料" },
  notice: { en: "notice", zh: "通知或公告" },
  decision: { en: "decision", zh: "决定文件" },
  pieces: { en: "photo of the pieces", zh: "实物照片" },
  register: { en: "register", zh: "登记簿册" },
  tag: { en: "photo of the tag", zh: "封签照片" },
};

/** What happened to one side of a joint request, in a sentence to the other. */
const sideEventNames: Readonly<Record<SideEvent, LocalName>> = {
  returned: { en: "returned", zh: "被退回" },
  rejected: { en: "rejected", zh: "被驳回" },
  withdrawn: { en: "withdrawn", zh: "撤回" },
};

const sealTypeNames: Readonly<Record<string, LocalName>> = Object.fromEntries(
  Object.entries(sealTypeDefaults).map(([type, { name }]) => [type, name]),
);

/** The names of words, by the end of the fact's name that holds one. */
const wordLists: readonly (readonly [RegExp, Readonly<Record<string, LocalName>>])[] = [
  [/role$/i, roleNames],
  [/^sealType$/, sealTypeNames],
  [/^table$/, tableNames],
  [/^documentClass$/, Object.fromEntries(Object.entries(documentClasses).map(([id, { name }]) => [id, name]))],
  [/duty$/i, dutyNames],
  [/^(part|other)$/, partNames],
  [/^slot$/, slotNames],
  [/^controllerState$/, controllerStateNames],
  [/^event$/, sideEventNames],
];

/** Facts that hold several words, one after the other. */
const listsOfWords: Readonly<Record<string, Readonly<Record<string, LocalName>>>> = {
  missing: applicationFieldNames,
  rightSeals: sealTypeNames,
  attachments: attachmentNames,
  parts: requestPartNames,
};
const nothing: LocalName = { en: "none", zh: "无" };

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A day in a sentence as the pages write it: `30 Nov 2026`, `2026-11-30`; undefined for what is no day. */
function sayDay(text: string, language: keyof LocalName): string | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const name = months[Number(month) - 1];
  // What a sheet says in place of a day is told as it stands there.
  if (year === undefined || name === undefined || Number(day) < 1 || Number(day) > 31) return undefined;
  return language === "en" ? `${Number(day)} ${name} ${year}` : text;
}

/** Facts whose values are the domain's own words are shown under the words' names. */
function showFact(code: string, name: string, value: FactValue, language: keyof LocalName): string {
  if (value === null) return language === "en" ? "open" : "未定";
  const text = String(value);
  const many = Object.hasOwn(listsOfWords, name) ? listsOfWords[name] : undefined;
  if (many)
    return text
      .split(" ")
      .map((word) => (Object.hasOwn(many, word) ? many[word]?.[language] : undefined) ?? word)
      .join(language === "en" ? ", " : "、");
  if (/roles$/i.test(name))
    return text === ""
      ? nothing[language]
      : text
          .split(" ")
          .map((role) => roleNames[role as Role]?.[language] ?? role)
          .join(language === "en" ? ", " : "、");
  // Several seals, one on a line, each by its name in the reader's language.
  if (name === "kept")
    return text
      .split("\n")
      .map((one) => readHalf(one, language))
      .join(language === "en" ? ", " : "、");
  if (name === "chain") return showChain(text, language);
  const words = name === "state" ? stateNamesFor(code) : wordLists.find(([pattern]) => pattern.test(name))?.[1];
  return (
    (words && Object.hasOwn(words, text) ? words[text]?.[language] : undefined) ??
    sayDay(text, language) ??
    readHalf(text, language)
  );
}

const hasText = (code: string): code is MessageCode => Object.hasOwn(messages, code);

/** The sentence of a code with today's facts, in both languages. A code without one is shown as it is. */
export function describe(
  code: string,
  facts: Readonly<Record<string, FactValue>> = {},
): { sentence: LocalName; wayOut: LocalName | null } {
  if (!hasText(code)) return { sentence: { en: code, zh: code }, wayOut: null };
  const message: Message = messages[code];
  const fill = (template: string, language: keyof LocalName): string =>
    template
      // One word for one, another for any other number: `{count} {count:place|places}`.
      .replace(/\{(\w+):([^|{}]*)\|([^|{}]*)\}/g, (_, name: string, one: string, many: string) =>
        Number(facts[name]) === 1 ? one : many,
      )
      .replace(/\{(\w+)\}/g, (_, name: string) => showFact(code, name, facts[name] ?? null, language));
  const both = (name: LocalName): LocalName => ({ en: fill(name.en, "en"), zh: fill(name.zh, "zh") });
  return { sentence: both(message.sentence), wayOut: message.wayOut === null ? null : both(message.wayOut) };
}

export function describeRefusal(refusal: Refusal): { sentence: LocalName; wayOut: LocalName | null } {
  return describe(refusal.code, refusal.facts);
}
