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

/** Words that a bank's name has somewhere, its own or a word of what banks do. */
const bankWord =
  /银行|信用社|信用合作|农商行|农信|储蓄|金融|财务(?:有限)?(?:责任)?公司|bank|banc[ao]|banque|sparkasse|\bcredit union|\bsavings\b|\bfinanc/iu;
/** Words that an authority's name has somewhere, also where it ends in an office or a branch of it. */
const authorityWord =
  /政府|法院|检察院|公安|海关|[局厅署庭院部]|委员会|管委会|仲裁|使馆|领事馆|办公室|办事处|服务中心|登记中心|\b(?:court|ministry|minister|government|customs|tax|revenue|municipal\w*|bureau|department|authority|commission\w*|committee|council|agency|office|administration|tribunal|embassy|consulate|registry|police|parliament|senate|federal|public prosecutor|city of|state of)\b/iu;
/** What stands before the name proper of a Chinese company: where it is. */
const places =
  /^(?:(?:中国|中华|北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|台湾|深圳|广州|杭州|南京|苏州|无锡|宁波|青岛|大连|厦门|成都|武汉|西安|长沙|郑州|合肥|济南|沈阳|福州|东莞|佛山)[省市]?|\p{Script=Han}{2,6}?(?:省|自治区|市|区|县))/u;
const commonWords = new Set(
  [
    "the",
    "new",
    "china",
    "chinese",
    "shanghai",
    "beijing",
    "shenzhen",
    "guangzhou",
    "hong",
    "kong",
    "asia",
    "europe",
  ].concat([
    "national",
    "general",
    "international",
    "global",
    "united",
    "first",
    "north",
    "south",
    "east",
    "west",
    "company",
  ]),
);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** What the companies of a group have in common in their names: two Chinese characters, or the first word of one's own. */
function stemOf(name: string): string {
  let han = (name.match(/\p{Script=Han}+/gu) ?? []).join("");
  for (let rest = han.replace(places, ""); rest !== han && rest.length >= 2; rest = han.replace(places, "")) han = rest;
  if (han.length >= 2) return han.slice(0, 2);
  return wordsOf(name).find((word) => word.length >= 4 && !commonWords.has(word)) ?? "";
}

/** Whether a name is one of the group's: of an entity of ours, or with what their names have in common. */
function bearsOurName(name: string, ownNames: readonly string[]): boolean {
  const [han, words] = [name.match(/\p{Script=Han}+/gu)?.join("") ?? "", wordsOf(name)];
  return (
    isOwnParty(name, ownNames) ||
    ownNames.some((own) => {
      const stem = stemOf(own.normalize("NFKC"));
      return stem !== "" && (/\p{Script=Han}/u.test(stem) ? han.includes(stem) : words.includes(stem));
    })
  );
}

/** Kinds that a name which shows a company may have without a word of it: whose it is stands nowhere in it. */
const ofCompanies: ReadonlySet<CounterpartyKind> = new Set(["company", "state-owned", "affiliate", "bank"]);

/**
 * Whether a declared kind lacks what a name of that kind always has: a bank its word, an authority its office, a company of the
 * group the group's name. Who declares one of these is believed once somebody who decides agreed to it.
 */
export function lacksNameOfKind(kind: CounterpartyKind, name: string, ownNames: readonly string[]): boolean {
  const plain = name.normalize("NFKC").trim();
  if (plain === "") return false;
  switch (kind) {
    case "bank":
      return !bankWord.test(plain);
    case "authority":
      return !authorityWord.test(plain);
    case "affiliate":
      return !bearsOurName(plain, ownNames);
    default:
      return false;
  }
}

/** Whether a declared kind is one that the name does not have. Whoever states none has nothing held against him. */
export function contradictsName(kind: CounterpartyKind, name: string, ownNames: readonly string[]): boolean {
  if (kind === "none" || kind === "unknown") return false;
  if (lacksNameOfKind(kind, name, ownNames)) return true;
  const seen = readCounterpartyKind(name, ownNames);
  if (seen === null || seen === kind) return false;
  // A bank of the group is both.
  return (
    !(seen === "company" && ofCompanies.has(kind)) && !(seen === "bank" && ["state-owned", "affiliate"].includes(kind))
  );
}
