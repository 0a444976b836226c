import type { BothTexts } from "../../platform/problems.ts";

/** What the self-check found: a stable code, and the sentence people read. */
export interface LedgerFinding {
  readonly code: LedgerFindingCode;
  readonly text: BothTexts;
}

type Sentence = (at: string) => BothTexts;

const sentences = {
  "ledger.entry-changed": (at) => ({
    en: `Entry ${at} is not what was hashed into the tree.`,
    zh: `第 ${at} 条目与写入账本树时的内容不同。`,
  }),
  "ledger.entry-missing": (at) => ({
    en: `Entry ${at} is missing; what follows it could not be checked.`,
    zh: `缺少第 ${at} 条目，其后的内容无法核对。`,
  }),
  "ledger.entry-beyond-head": (at) => ({
    en: `Entry ${at} stands behind the end of the tree.`,
    zh: `第 ${at} 条目位于账本树的末端之后。`,
  }),
  "ledger.event-missing": (at) => ({
    en: `Entry ${at} has no event that people can read.`,
    zh: `第 ${at} 条目没有可供查阅的事件记录。`,
  }),
  "ledger.event-differs": (at) => ({
    en: `The event that people read for entry ${at} says something else than the ledger.`,
    zh: `第 ${at} 条目供查阅的事件记录与账本不符。`,
  }),
  "ledger.tile-missing": (at) => ({ en: `Hash tile ${at} is missing.`, zh: `缺少哈希块 ${at}。` }),
  "ledger.tile-differs": (at) => ({
    en: `Hash tile ${at} does not hold the hashes of what lies below it.`,
    zh: `哈希块 ${at} 与其下内容的哈希不符。`,
  }),
  "ledger.head-differs": (at) => ({
    en: `The head of the tree at size ${at} is not the head of these entries.`,
    zh: `规模 ${at} 的账本树头与这些条目不符。`,
  }),
  "ledger.head-behind": (at) => ({
    en: `A checkpoint of size ${at} was signed, but the tree is smaller now.`,
    zh: `曾为规模 ${at} 签发检查点，但账本树现在更小。`,
  }),
  "ledger.checkpoint-signature": (at) => ({
    en: `The checkpoint of size ${at} does not carry the ledger's signature.`,
    zh: `规模 ${at} 的检查点没有账本的有效签名。`,
  }),
  "ledger.checkpoint-root": (at) => ({
    en: `The checkpoint of size ${at} was signed over another tree.`,
    zh: `规模 ${at} 的检查点是对另一棵树签发的。`,
  }),
  "ledger.pending-old": (at) => ({
    en: `${at} changes have waited for more than a minute to be written into the ledger.`,
    zh: `有 ${at} 项变更等待写入账本已超过一分钟。`,
  }),
} as const satisfies Record<string, Sentence>;

export type LedgerFindingCode = keyof typeof sentences;

/** `at` is the place: an entry's index, a tile's level/index, a tree's size, or a count. */
export const ledgerFinding = (code: LedgerFindingCode, at: string | number): LedgerFinding => ({
  code,
  text: sentences[code](String(at)),
});
