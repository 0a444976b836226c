import { asSimplified } from "./chinese-forms.ts";
import type { Disagreement, FactsRead } from "./declared-facts.ts";
import type { DocumentLine } from "./document-text.ts";
import { isCompanyName, isOwnParty, nameTwo, type PartyRead, plainName } from "./parties-in-text.ts";
import { isProse, signatureWords } from "./signature-blocks.ts";
import type { LocalName } from "./vocabulary.ts";

/** The entity whose seal is asked for, and the organisation's others, each by its names in both languages. */
export interface House {
  readonly own: readonly string[];
  readonly sisters: readonly (readonly string[])[];
}

/** Parts of whoever a paper is between; whom a letter is for, and who stands for a debt, is none of them. */
const aside = /^(?:致|受益人|担保|保证人|named$|messrs|beneficiary|guarantor|applicant)/iu;
/** What a company is called by law and what every company of its kind is called say nothing of which one it is. */
const legalForms =
  /(?:集团|股份|有限|责任|控股)*(?:总公司|公司|集团)|[（(](?:中国|集团|控股)[)）]|\b(?:co|company|ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|gmbh|ag|group|holdings?|the)\b\.?/giu;
const coreOf = (name: string): string => plainName(asSimplified(name).replace(legalForms, " "));
const leastCore = 2;

/** Whether a name is an entity's: as it is registered, without its legal form, with more before or behind it, or for short. */
function isNameOf(name: string, names: readonly string[]): boolean {
  if (isOwnParty(name, names)) return true;
  const said = coreOf(name);
  return names.some((one) => {
    const core = coreOf(one);
    if (core.length < leastCore || said.length < leastCore) return false;
    return said.includes(core) || (core.startsWith(said) && !isCompanyName(name));
  });
}

/** Which lines may hold a name beside the place of a seal: those of signature blocks, and the last that are no sentences. */
const lastLines = 14;
const mostClosing = 80;
export function listClosing(lines: readonly DocumentLine[]): number[] {
  const blocks = lines.flatMap(({ text }, at) =>
    signatureWords.test(text.slice(0, 400)) ? [at - 1, at, at + 1] : at >= lines.length - lastLines ? [at] : [],
  );
  const isName = (at: number): boolean => {
    const line = lines[at];
    return line !== undefined && !isProse(line);
  };
  return [...new Set(blocks)].filter(isName).slice(-mostClosing);
}

/** Whether an entity's name stands in a line, and not only as a part of a sister's. */
function isInLine(text: string, { own, sisters }: House): boolean {
  const cores = own.map(coreOf).filter(({ length }) => length >= leastCore);
  const hiding = sisters
    .flatMap((names) => names.map(coreOf))
    .filter((one) => cores.some((core) => one.includes(core)));
  const rest = hiding
    .filter((one) => !cores.includes(one))
    .reduce((line, one) => line.replaceAll(one, " "), plainName(asSimplified(text)));
  return cores.some((core) => rest.includes(core));
}

/** As it is kept in a disagreement: whether one of the parties is a sister, and who they are. */
const marks = { sister: "sister ", others: "others " } as const;

/**
 * Where a paper names who it is between, and the entity of the seal is none of them (C07): another company's seal is the
 * wrong one, whatever it is used for. Null where it is named, for short or beside its seal only, or where one side is open.
 */
export function findUnnamedEntity(read: FactsRead, house: House): Disagreement | null {
  const { parties, lines, closing } = read;
  if (closing === undefined || house.own.every((name) => coreOf(name).length < leastCore)) return null;
  const sisterOf = ({ name }: PartyRead): readonly string[] | undefined =>
    house.sisters.find((names) => isOwnParty(name, names) || names.some((one) => coreOf(one) === coreOf(name)));
  const isOwn = (party: PartyRead): boolean =>
    party.name !== "" &&
    (isOwnParty(party.name, house.own) || (sisterOf(party) === undefined && isNameOf(party.name, house.own)));
  if (parties.some(isOwn)) return null;
  const sides = parties.filter(({ name, role }) => !aside.test(role) && name !== "" && isCompanyName(name));
  const sister = sides.find((party) => sisterOf(party) !== undefined);
  const first = sister ?? sides[0];
  if (!first || (!sister && !nameTwo(sides))) return null;
  if (closing.some((line) => isInLine(lines[line]?.text ?? "", house))) return null;
  const { page = 0, text = "", box = { x: 0, y: 0, width: 0, height: 0 } } = lines[first.line] ?? {};
  const names = sister ? [sister.name] : [...new Set(sides.map(({ name }) => name))].slice(0, mostNames);
  const said = `${sister ? marks.sister : marks.others}${names.join(separator)}`;
  return { fact: "entity", read: said, stricter: "read", page, text: text.slice(0, 200), box };
}
const mostNames = 4;
const separator = " · ";

/** The name of the entity in the script of who the paper names. */
export function sayOwnName({ own }: House, said: string): string {
  const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
  return own.find((name) => isHan(name) === isHan(said)) ?? own[0] ?? "";
}

/** What a disagreement on the entity says, both ways of it. */
export function sayUnnamedEntity(value: string): LocalName {
  if (value.startsWith(marks.sister)) {
    const name = value.slice(marks.sister.length);
    return { en: `names ${name}: use its seal`, zh: `文件载明的是${name}：应使用其印章` };
  }
  const names = value.startsWith(marks.others) ? value.slice(marks.others.length) : value;
  return { en: names, zh: names };
}
