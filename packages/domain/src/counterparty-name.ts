import type { CounterpartyKind } from "./fact-sheet.ts";
import { isOwnParty } from "./parties-in-text.ts";

const authority =
  /(?:政府|法院|检察院|公安(?:局|厅|分局)?|海关|税务局|管理局|监督局|委员会|[\p{Script=Han}]{2,}(?:局|厅|署|部门))$|\b(?:court|ministry|government|customs|tax (?:office|bureau|authority)|municipal|bureau|department of)\b/iu;
const bank =
  /(?:银行|信用社|分行|支行)(?:股份)?(?:有限)?(?:责任)?(?:公司)?(?:[\p{Script=Han}]{0,12}(?:分行|支行|营业部))?$|\bbank\b(?!\s+of\s+\w+\s+street)/iu;
const company =
  /公司|集团|厂|企业|合作社|事务所|商行|商店|工作室|研究院|研究所|大学|学院|医院|学校|中心|协会|基金会|\b(?:ltd|limited|inc|llc|corp|corporation|company|co|gmbh|ag|s\.?a|b\.?v|plc|llp|kg|oy|ab|pte|university|institute|school|hospital|foundation|association|partners?|group|holdings?)\b/iu;
/** The hundred commonest surnames; a short name that begins with none of them may be a firm's. */
const surnames =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
/** A Chinese name of a person: a surname and one or two characters, and nothing else. */
const person = new RegExp(`^[${surnames}]\\p{Script=Han}{1,2}$`, "u");

/**
 * What kind of counterparty a name shows; null where it shows none. A company may belong to the state or to anybody: of its
 * name only what it cannot be is known.
 */
export function readCounterpartyKind(name: string, ownNames: readonly string[]): CounterpartyKind | null {
  const plain = name.normalize("NFKC").trim();
  if (plain === "") return null;
  if (isOwnParty(plain, ownNames)) return "affiliate";
  if (bank.test(plain)) return "bank";
  if (company.test(plain)) return "company";
  if (authority.test(plain)) return "authority";
  return person.test(plain) ? "individual" : null;
}

/** Kinds that a name which shows a company may have: whose it is, and what it deals in, stands nowhere in it. */
const ofCompanies: ReadonlySet<CounterpartyKind> = new Set(["company", "state-owned", "affiliate", "bank"]);

/** Whether a declared kind is one that the name does not have. Whoever states none has nothing held against him. */
export function contradictsName(kind: CounterpartyKind, name: string, ownNames: readonly string[]): boolean {
  if (kind === "none" || kind === "unknown") return false;
  const seen = readCounterpartyKind(name, ownNames);
  if (seen === null || seen === kind) return false;
  return !(seen === "company" && ofCompanies.has(kind)) && !(seen === "bank" && kind === "state-owned");
}
