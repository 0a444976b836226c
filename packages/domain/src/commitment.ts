import type { LocalName } from "./vocabulary.ts";

/** The version of the letter's text; who signed an earlier one has signed, and is shown the newer one at the next signing. */
export const commitmentVersion = 1;

/** What a custodian commits himself to, paragraph by paragraph; signed in the platform with a proof of presence. */
export const commitmentLetter: readonly LocalName[] = [
  {
    en: "I keep the seals that are entrusted to me myself. I lend them to nobody, and give nobody my key, code or passkey.",
    zh: "本人亲自保管所托付的印章，不转借他人，不将钥匙、密码或通行密钥交予他人。",
  },
  {
    en: "I seal only what an approved request covers, after the last approval, and only the very document that was approved.",
    zh: "本人只在最后一步审批完成之后，对已批准的申请所列文件用印，且只用于经批准的那份文件。",
  },
  {
    en: "I seal nothing blank or unfinished, whoever asks me to.",
    zh: "无论何人要求，本人均不在空白或未完成的文件上用印。",
  },
  {
    en: "A seal stays in my sight while it is out, and goes back into its container when the use is over.",
    zh: "印章取出期间不离开本人视线，用毕即归位。",
  },
  {
    en: "When I am away or leave my post, I hand the seal over as the rules say, before I go.",
    zh: "本人外出或离岗前，按规定办理印章交接。",
  },
  {
    en: "A seal that is lost, or used without approval, I report at once.",
    zh: "如发现印章遗失或未经批准被使用，本人立即报告。",
  },
  {
    en: "I know that every use is recorded, and that I answer for what I do with a seal and for what I leave undone.",
    zh: "本人知悉每次用印均有记录，并对自己的用印行为和失职承担责任。",
  },
];

/** What the signature is bound to: the text in both languages, its version, and who signs. */
export function commitmentDigestInput(personId: string): string {
  const paragraphs = commitmentLetter.map(({ en, zh }) => `${en}\n${zh}`).join("\n");
  return `chancery commitment v${commitmentVersion}\n${personId}\n${paragraphs}`;
}
