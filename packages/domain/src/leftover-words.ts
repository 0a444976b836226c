/** What people write where they do not know yet, and what a writer of texts leaves behind: notes and tracked changes. */
const notes =
  /\[批注|批注\s?\[|删除的内容\s?[::]|带格式的\s?[::]|插入的内容\s?[::]|\bcomment(?:ed)? \[|\bdeleted:|\bformatted:|\b(?:TODO|TBD|FIXME)\b|\blorem ipsum|待定|待补充|待确认|待填|请填写|\[(?:insert|enter|name|date|amount|company|to be (?:agreed|confirmed|determined|advised|completed|filled))\b|\{\{[^{}]{0,60}\}\}|<<[^<>]{1,60}>>|«[^«»]{1,60}»|□{2,}|\[[●•]\]/iu;
/** Crosses for a name or a number to come; three of them after such a word are a Roman thirty. */
const crosses =
  /(?<![A-Za-z0-9])[X×]{2,9}(?=\p{Script=Han})|(?<![A-Za-z0-9]|(?:[Aa]rticle|[Cc]hapter|[Pp]art|[Ss]ection|[Aa]nnex|[Tt]itle|[Aa]ppendix|[Nn]o\.?) )(?:X{3}|X{5,9}|x{3,9})(?![A-Za-z0-9])/u;
/** Two crosses are a Roman twenty behind a name and before a century; before what is counted, or behind a currency, they are none. */
const twoCrosses =
  /(?:^|(?<=(?:^|[\s(,;:])\p{Ll}{1,12}[,:;]? ))(?<!(?:article|chapter|part|section|annex|title|appendix|volume|schedule|clause|item|no|the) )(?:XX|xx) (?!centur|and |or |of |to |in |shall |is |are |was )\p{Ll}{3}|(?:(?<![A-Za-z])(?:CNY|RMB|USD|EUR|GBP|HKD)|[¥$€£])\s?(?:XX|xx)(?![A-Za-z])|(?<![A-Za-z0-9])XX\s?%/u;

/** A field that somebody is told to fill in: (insert name of seller), <Seller>, （此处填写卖方名称）. */
const field =
  "(?:names?|dates?|amounts?|numbers?|address(?:es)?|prices?|titles?|company|companies|descriptions?|places?|periods?|currency|details|party|parties|sum|quantity|here|text|your|seller|buyer|days?|months?|years?)";
const told = new RegExp(
  `[(<{\\[]\\s?(?:please )?(?:insert|enter|fill in|specify|state|add|complete|type|give)\\s(?:(?:the|a|an|full|your|its|their|registered|legal|contract)\\s){0,3}${field}\\b[^()<>{}\\[\\]]{0,80}[)>}\\]]`,
  "iu",
);
const toldInChinese =
  /(?:此处|在此|这里)(?:请|应|需|待|可)?(?:填|插入|输入|写|补充|粘贴)|[(<【[〔{](?:请|应|需|待)?(?:填写|填入|插入|输入|补充)[\p{Script=Han}、/]{1,20}[)>】\]〕}]/u;
/** The name of a field in braces, as programs that fill in forms leave it: {金额}, ${amount}. */
const braced = new RegExp(`[{]\\s?(?:\\p{Script=Han}{1,12}|${field})\\s?[}]`, "iu");
/** A mark of a program or an address stands in such brackets, too, and so does what is less than something. */
const angled =
  /(?<![\p{L}\p{N}<=])<(?:\p{Script=Latin}[\p{Script=Latin} '/-]{1,38}\p{Script=Latin}|\s\p{Script=Latin}{3,20}\s|(?:[甲乙丙]方|[买卖租借贷]方|公司|客户|供应商|承包方|日期|金额|编号|姓名|地址)[\p{Script=Han}]{0,8}|\p{Script=Han}{0,6}(?:名称|全称))>(?![=>])/u;

/** The same in square brackets and between signs; and what stands for a figure that is not known: [*], ##, xx.x, TBA. */
const bracketed = new RegExp(
  `\\[\\s?(?:${field}|rate|term|percentage|[*＊]{1,3})\\s?\\]|\\$[A-Za-z][A-Za-z_]{1,30}\\$`,
  "iu",
);
const figures =
  /(?<=[\p{L}\p{N}:：]\s?)#{2,9}(?![\p{L}\p{N}#])|(?<![\p{L}\p{N}.])[xX]{1,3}\.[xX]{1,3}(?![\p{L}\p{N}.])/u;
const later =
  /(?:[:：(]|\b(?:is|are|be|of|within|by|on|for|at|until))\s?TB[AC]\b(?! (?:Bank|\p{Lu}))|\bTB[AC] (?:months?|days?|weeks?|years?|per ?cent|pieces?)\b|\bPLEASE (?:COMPLETE|INSERT|FILL IN|SPECIFY)\b|[:：]\s?[Pp]lease (?:complete|insert|fill in|specify)[\s.)\]]*$/u;

/** Names that stand for any: N.N., 某某公司; and marks that stand for none yet: ???, △△△. */
const anybody =
  /(?<![\p{L}.])N\.\s?N\.(?!\p{L}|\s\p{Lu}\p{Ll})|某{2,3}(?=公司|有限|集团|单位|学校|医院|银行|局|厂|[市省县区路]|项目|工程|产品)|(?<=[:：为与和由向]\s?)某{2,3}$|[:为与和向由]\s?某{1,3}(?:公司|单位)|\?{3,}|？{2,}|[:：]\s{0,3}\?{1,2}$|\*{2,9}(?=有限|公司|集团|元|年|月)|(?<![△◇◯○])[△◇◯]{2,9}(?![△◇◯○])|(?<![○一二三四五六七八九〇\p{L}\p{N}])○{2,9}(?=\p{Script=Han})(?![一二三四五六七八九年])/u;
/** One of several wordings is still to be chosen. */
const undecided =
  /[([【][^()[\]【】]{0,40}\b(?:delete|strike (?:out|through)|cross out|circle|tick|choose|select|keep)\b[^()[\]【】]{0,40}\b(?:appropriate|applicable|necessary|required|one|either)\b[^()[\]【】]{0,30}[)\]】]|\*\s?delete (?:as|where|if) |[(【[](?:请)?(?:[二三四五多]选一|[任择]选?其?一|择一(?:填写|适用)?|勾选|选择(?:其一|适用项?)|划[掉去](?:不适用|不需要)(?:者|项|的)?|删除?[除去]?(?:不适用|不需要)(?:者|项|的)?|不适用者?(?:请)?(?:删除?|划[掉去]))[^()【】[\]]{0,12}[)】\]]/iu;
/** A paper that says of itself that it is a draft; a regulation that was cited as one, or a draught of air, is none. */
const draft =
  /[([【]\s?draft(?: (?:version|copy|only|for (?:discussion|review|comments?|approval|signature)|contract|agreement))?[\s,:-]{0,3}(?:(?:version|ver|rev(?:ision)?|v|no|nr)\.?\s?)?[\d.]{0,6}[^()[\]\p{L}]{0,12}[)\]】]|^\s*draft(?: (?:version|copy|for (?:discussion|review|comments?|approval)))?[\s,:-]{0,3}(?:(?:version|ver|rev(?:ision)?|v|no)\.?\s?)?[\d.]{0,6}\s*$|\bdraft\s(?:version|ver\.|rev\.|v)\s?\d/iu;
const draftInChinese =
  /(?<!《[^《》]{0,60})[(【[〔]\s?(?:内部|公开)?(?:征求意见|讨论|送审|报审|审议|审阅|初|草|修改|修订|待审|待定|未定|未定)稿?(?:第?[一二三四五六七八九十\d.vV]{1,5}[稿版]?)?\s?[)】\]〕](?![^《》]{0,60}》)|^[^。，,《》]{0,30}(?:征求意见稿|讨论稿|送审稿|草稿|待审稿)\s?[v\d.]{0,6}$/iu;

const kinds: readonly RegExp[] = [
  ...[
    notes,
    crosses,
    twoCrosses,
    told,
    toldInChinese,
    braced,
    bracketed,
    figures,
    later,
    angled,
    anybody,
    undecided,
    draft,
    draftInChinese,
  ],
];
/** What is read for such words of one line: more of it is no line. */
const longest = 600;

/** Whether a line holds a note, a placeholder, an open choice or the mark of a draft. */
export const hasLeftover = (text: string): boolean => {
  const line = text.slice(0, longest);
  return notes.test(text) || crosses.test(text) || kinds.some((pattern) => pattern.test(line));
};

const box = /[□☐▢◻]\s{0,2}(?=[\p{L}\p{N}])/gu;
/** A box that somebody ticked, however his font writes it. */
const ticked = /[☑☒✓✔√■▣⊠◼þ\uf052\uf0fe\uf0fc]|[([][xX×√][)\]]/u;
/** Boxes beside each other of which none is ticked; the choice may go on in the line above and below. */
export function isOpenChoice(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? "").slice(0, longest);
  if ((line.match(box)?.length ?? 0) < 2) return false;
  return ![lines[at - 1] ?? "", line, lines[at + 1] ?? ""].some((one) => ticked.test(one.slice(0, longest)));
}
