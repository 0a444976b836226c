import { plainName, splitName } from "./parties-in-text.ts";

/**
 * Whose name it is that a branch bears: a branch has no legal personality of its own, its company answers for what it signs
 * (Company Law of the PRC, article 13), so that what is split among branches is split with one party. A subsidiary is a
 * company of its own. Only the name tells here; who signs is compared elsewhere, and there a branch is another.
 */
const hanForm = "(?:公司|[银銀]行|集[团團]|信用社|合作社)";
const hanBranch =
  "(?:分公司|分行|支行|分理[处處]|[营營][业業]部|[经經][营營]部|[办辦]事[处處]|代表[处處]|分部|分[厂廠])";
const latinForm =
  "(?:ltd|limited|inc|incorporated|llc|corp|corporation|company|co|gmbh|ag|plc|llp|bank(?! of\\b)|group)";
const latinBranch = "(?:branch|representative office|rep\\.? office)(?: office| company)?";

const hanName = new RegExp(`^(.*${hanForm})[\\s(]*[\\p{Script=Han}\\d]{0,24}?${hanBranch}[\\s)]*$`, "u");
const latinName = new RegExp(`^(.*\\b${latinForm}\\b\\.?)[\\s,(-]+(?:.{0,40}?\\s)?${latinBranch}[\\s).]*$`, "iu");
const latinOf = new RegExp(`^(?:the )?(?:[^,]{0,40}? )?${latinBranch} of (.{4,})$`, "iu");
const subsidiary = /子公司|subsidiary/iu;
const branchEnd = new RegExp(`${hanBranch}$|(?:branch|representativeoffice|repoffice)(?:office|company)?$`, "u");

/** The company of a branch by its name; any other name as it is. */
export function companyOf(name: string): string {
  const plain = name.normalize("NFKC").trim();
  if (subsidiary.test(plain)) return plain;
  return splitName(plain)
    .map((part) => (latinOf.exec(part) ?? hanName.exec(part) ?? latinName.exec(part))?.[1]?.trim() ?? part)
    .join(" ");
}

/** What follows a company's own name in front of its form. */
const form =
  /(?:有限责任公司|股份有限公司|集团有限公司|有限公司|公司|companylimited|coltd|limited|ltd|incorporated|inc|corporation|corp|company|llc|gmbh|plc)$/u;
const stemOf = (name: string): string => plainName(name).replace(form, "");
const shortestStem = 4;
const longestPlace = 12;

/** A branch named without its company's form, 华兴贸易上海分公司: where the place begins only the company's name tells. */
const isShortBranch = (branch: string, company: string): boolean => {
  const [plain, stem] = [plainName(branch), stemOf(company)];
  if (subsidiary.test(plain) || !branchEnd.test(plain) || stem.length < shortestStem) return false;
  const rest = plain.startsWith(stem) ? plain.slice(stem.length).replace(branchEnd, "") : null;
  return rest !== null && rest.length <= longestPlace && !form.test(rest);
};

/** Whether two names are one company's: the company and its branches, or two branches of it. */
export function isSameCompany(a: string, b: string, isSame: (one: string, other: string) => boolean): boolean {
  const [x, y] = [companyOf(a), companyOf(b)];
  return isSame(x, y) || isShortBranch(x, y) || isShortBranch(y, x);
}

/** What the names of a company's branches hold, folded, without its form; branches named otherwise are not found by it. */
export const stemForBranches = (name: string): string => {
  const [first = ""] = splitName(companyOf(name));
  // In its own characters, as names are kept.
  const folded = first.toLowerCase().replaceAll(/[\s\p{P}]/gu, "");
  const stem = folded.slice(0, stemOf(first).length);
  return stem.length >= shortestStem ? stem : "";
};
