import {
  addDealsTogether,
  type DealsTogether,
  dropOtherTongue,
  isDealOfItsOwn,
  splitPapers,
} from "./deals-together.ts";
import {
  bearsOut,
  type CountedMoney,
  compareDeclared,
  type DeclaredFact,
  type DeclaredFacts,
  type Disagreement,
  type FactsRead,
  isThirdParty,
  readRecurring,
} from "./declared-facts.ts";
import { baseOfClass, type ClassBook, classIn, type DocumentClassId } from "./document-class.ts";
import { findUnnamedEntity, type House, sayOwnName, sayUnnamedEntity } from "./entity-in-text.ts";
import { countAmount, type TemplateVerdict } from "./fact-sheet.ts";
import { isCompanyName, isSameParty } from "./parties-in-text.ts";
import { sayPages } from "./pictured-pages.ts";
import { ATTACHMENT_KINDS, attachmentNames, type StepKind } from "./rule-set.ts";
import { sayShownOtherwise, writeShownOtherwise } from "./shown-otherwise.ts";
import type { TemplateComparison } from "./template-comparison.ts";
import { findUnstatedAmount, unstated } from "./unstated-amount.ts";
import type { LocalName } from "./vocabulary.ts";

/** A document as the platform read it; what could not be read says nothing. */
export interface DocumentSeen {
  readonly documentId: string;
  readonly facts: FactsRead | null;
  /** The template it follows, or is a changed copy of. */
  readonly template: {
    readonly documentClass: DocumentClassId;
    readonly verdict: TemplateComparison["verdict"];
  } | null;
}

/** Where the application says one thing and a document another. */
export interface FactDisagreement extends Disagreement {
  /** The same words against the same words of the same document: a ruling on it holds for as long as they stand. */
  readonly key: string;
  readonly documentId: string;
  readonly declared: string;
  /** So many documents say it together; not there where one does. */
  readonly together?: number;
}

/** What decides: the stricter of what was declared and what the documents say. */
export interface DecisiveFacts {
  readonly documentClass: DocumentClassId;
  readonly external: boolean;
  /** In hundredths of the currency's unit. */
  readonly amountMinor: number | null;
  readonly currency: string;
  readonly template: TemplateVerdict;
}

export type DeclaredForUse = DeclaredFacts & { readonly currency: string };

export const declaredFactNames: Readonly<Record<DeclaredFact, LocalName>> = {
  class: { en: "Class of document", zh: "文件类别" },
  external: { en: "Leaves the organisation", zh: "是否对外" },
  counterparty: { en: "Counterparty", zh: "相对方" },
  amount: { en: "Amount", zh: "金额" },
  unread: { en: "Pages that are pictures and were not read", zh: "系统未读取的图片页" },
  language: { en: "A language that is not read", zh: "系统不识读的语言" },
  shown: { en: "A page shows something else than can be read", zh: "页面显示与可读文字不一致" },
  entity: { en: "Entity of the seal", zh: "用印单位" },
  paper: { en: "A paper that names no such thing", zh: "附件文字与名目不符" },
};

/** A fact as people say it: both of what was declared and of what a document says. */
export function sayFact(fact: DeclaredFact, value: string, book: ClassBook): LocalName {
  if (fact === "class") return book.get(value)?.name ?? { en: value, zh: value };
  if (fact === "unread")
    return value === ""
      ? { en: "what the application says", zh: "申请所载" }
      : { en: `pages ${value} are pictures`, zh: `第 ${value} 页为图片` };
  if (fact === "shown")
    return value === "" ? { en: "what the application says", zh: "申请所载" } : sayShownOtherwise(value);
  if (fact === "language")
    return value === ""
      ? { en: "what the application says", zh: "申请所载" }
      : { en: "neither Chinese nor English", zh: "既非中文也非英文" };
  if (fact === "paper") return sayUnsaidPaper(value);
  if (fact === "entity") return sayUnnamedEntity(value);
  if (fact === "external")
    return value === "true" ? { en: "goes outside", zh: "对外" } : { en: "stays inside", zh: "仅内部使用" };
  if (value === "") return { en: "not stated", zh: "未填" };
  if (fact === "amount" && value === unstated) return { en: "no amount either", zh: "文中也未载明金额" };
  const recurring = fact === "amount" ? readRecurring(value) : null;
  if (recurring !== null)
    return { en: `${recurring} again and again, for how long is not said`, zh: `${recurring}，反复支付，未载明期限` };
  // What was declared comes as the application has it; what was read, as it stands in the text.
  const said = fact === "amount" && declaredAmount.test(value) ? value.replace(/\B(?=(?:\d{3})+\.)/gu, ",") : value;
  return { en: said, zh: said };
}

/** What was handed in as a paper of this kind. */
function sayUnsaidPaper(kind: string): LocalName {
  const known = ATTACHMENT_KINDS.find((one) => one === kind);
  if (!known) return { en: "what the application says", zh: "申请所载" };
  const { en, zh } = attachmentNames[known];
  return { en: `nothing in it says that it is: ${en}`, zh: `其文字中未见「${zh}」字样` };
}

const declaredAmount = /^[A-Z]{3} \d+\.\d{2}$/u;

/** What was declared, as it stands in a disagreement. */
function sayDeclared(fact: Disagreement["fact"], declared: DeclaredForUse): string {
  switch (fact) {
    case "class":
      return declared.documentClass;
    case "external":
      return String(declared.external);
    case "unread":
    case "shown":
    case "language":
    case "entity":
    case "paper":
      return "";
    case "counterparty":
      return declared.counterparty ?? "";
    case "amount":
      return declared.amountMinor === null ? "" : `${declared.currency} ${(declared.amountMinor / 100).toFixed(2)}`;
  }
}

/**
 * The class a template has was decided on; it counts for more than a title. A class that was retired since
 * can not be declared any more: then its base is what was read.
 */
function readWithTemplate({ facts, template }: DocumentSeen, book: ClassBook): FactsRead | null {
  if (facts === null) return facts;
  const { documentClass, line } = facts.documentClass ?? { documentClass: null, line: 0 };
  const known = (id: DocumentClassId): DocumentClassId => (book.get(id)?.retired === false ? id : baseOfClass(id));
  if (follows(template))
    return { ...facts, documentClass: { documentClass: known(template.documentClass), by: "title", line } };
  return documentClass === null || facts.documentClass === null
    ? facts
    : { ...facts, documentClass: { ...facts.documentClass, documentClass: known(documentClass) } };
}

/** What a document says, paper by paper. What follows a template is what the template was found to be. */
function listPapers(document: DocumentSeen, book: ClassBook): (FactsRead | null)[] {
  const facts = readWithTemplate(document, book);
  return facts === null || (follows(document.template) && document.template.verdict !== "changed")
    ? [facts]
    : splitPapers(facts);
}

const follows = (template: DocumentSeen["template"]): template is NonNullable<DocumentSeen["template"]> =>
  template !== null && template.verdict !== "other";

/**
 * Where the application and its documents disagree. A contract may come with an annex: what one document bears out is not
 * held against the application because another says less. Several contracts are added up, and each names its counterparty.
 */
export function listDisagreements(
  declared: DeclaredForUse,
  documents: readonly DocumentSeen[],
  book: ClassBook,
  money?: CountedMoney,
  house?: House,
): FactDisagreement[] {
  const read = dropOtherTongue(
    documents.flatMap((document) =>
      listPapers(document, book).map((facts) => ({ documentId: document.documentId, facts })),
    ),
  );
  const makesRights = (id: string): boolean => classIn(book, id as DocumentClassId).makesRights;
  const together = addDealsTogether(
    declared,
    read.map(({ facts }) => facts),
    book,
    money,
  );
  const isSum = together !== null && together.minor === declared.amountMinor && together.currency === declared.currency;
  const bornOut = {
    class: read.some(
      ({ facts }) => facts?.documentClass && bearsOut(facts.documentClass.documentClass, declared.documentClass),
    ),
    amount: isSum || read.some(({ facts }) => facts?.amounts.some(({ minor }) => minor === declared.amountMinor)),
    counterparty: read.some(({ facts }) =>
      facts?.counterparties.some(({ name }) => isSameParty(name, declared.counterparty ?? "")),
    ),
    external: read.some(({ facts }) => (facts?.counterparties.length ?? 0) > 0 === declared.external),
    ...{ unread: false, shown: false, language: false, entity: false, paper: false },
  };
  const isStricter = ({ fact, stricter, read: said }: Disagreement): boolean =>
    fact === "class"
      ? makesRights(said) && !makesRights(declared.documentClass)
      : fact !== "counterparty" && stricter === "read";
  // What another document says of its counterparty bears nothing out for one that binds somebody else.
  const holds = (one: Disagreement, facts: FactsRead): boolean =>
    isStricter(one) ||
    !bornOut[one.fact] ||
    (one.fact === "counterparty" && (isDealOfItsOwn(facts, book) || isThirdParty(one.read, facts)));
  const tell = (one: Disagreement & { together?: number }, documentId: string): FactDisagreement => {
    const said = sayDeclared(one.fact, declared);
    return { ...one, documentId, declared: said, key: [documentId, one.fact, said, one.read].join("|") };
  };
  const whole = together && compareSum(declared, together, money);
  // The sum says what each of its parts would.
  const isPart = ({ fact, stricter, read: value }: Disagreement, facts: FactsRead): boolean =>
    whole !== null &&
    fact === "amount" &&
    readRecurring(value) === null &&
    stricter === "read" &&
    isDealOfItsOwn(facts, book);
  const found = read.flatMap(({ documentId, facts }) =>
    facts === null
      ? []
      : [
          ...listUnread(facts),
          ...tellShownOtherwise(facts),
          ...(makesRights(declared.documentClass) ? [] : listUnreadLanguage(facts)),
          ...compareDeclared(declared, facts, book, money).filter((one) => holds(one, facts) && !isPart(one, facts)),
        ].map((one) => tell(one, documentId)),
  );
  found.push(...listUnfound(declared, read, book).map(({ documentId, ...one }) => tell(one, documentId)));
  const documentsSeen = documents.map(({ documentId, facts, template }) => ({
    ...{ documentId, facts, isStandard: follows(template) && template.verdict !== "changed" },
  }));
  const open = findUnstatedAmount(declared, documentsSeen);
  if (open) found.push(tell(open, open.documentId));
  if (house) found.push(...listUnnamedEntities(declared, documents, book, house));
  const of = whole ? read[together.at] : undefined;
  if (!whole || !of?.facts) return onlyOnce(found);
  const { page = 0, text = "", box = { x: 0, y: 0, width: 0, height: 0 } } = of.facts.lines[together.line] ?? {};
  return onlyOnce([...found, tell({ ...whole, page, text: text.slice(0, 200), box }, of.documentId)]);
}

/** Two papers of one file may say the same thing against the application. */
const onlyOnce = (found: readonly FactDisagreement[]): FactDisagreement[] =>
  [...new Map(found.toReversed().map((one) => [one.key, one])).values()].toReversed();

/**
 * What is declared of documents that make rights, and stands in none of them as far as they were read: it decides, and
 * whoever decides has to know that nothing bears it out. Of pages that are pictures that is told as a whole.
 */
function listUnfound(
  declared: DeclaredForUse,
  documents: readonly { readonly documentId: string; readonly facts: FactsRead | null }[],
  book: ClassBook,
): (Disagreement & { readonly documentId: string })[] {
  const read = documents.flatMap(({ documentId, facts }) => (facts ? [{ documentId, facts }] : []));
  const makesRights = (id: DocumentClassId): boolean => classIn(book, id).makesRights;
  const ofRights = read.filter(
    ({ facts: { documentClass } }) => documentClass && makesRights(documentClass.documentClass),
  );
  const [first] = [...ofRights, ...read];
  if (!first || (ofRights.length === 0 && !bindsByName(declared.documentClass, book))) return [];
  if (read.some(({ facts: { pictured = [] } }) => pictured.length > 0)) return [];
  const isSaid = {
    amount: declared.amountMinor === null || read.some(({ facts }) => facts.amounts.length > 0),
    counterparty: declared.counterparty === null || read.some(({ facts }) => facts.counterparties.length > 0),
  };
  const place = { page: 0, text: "", box: { x: 0, y: 0, width: 0, height: 0 } };
  return (["counterparty", "amount"] as const)
    .filter((fact) => !isSaid[fact])
    .map((fact) => ({ ...place, fact, read: "", stricter: "declared", documentId: first.documentId }));
}

/**
 * Documents that make rights between others than the entity of the seal: another's seal is the wrong one. Of a letter that
 * names two companies nothing is asked, and of a file with several papers it is enough that one names the entity.
 */
function listUnnamedEntities(
  declared: DeclaredForUse,
  documents: readonly DocumentSeen[],
  book: ClassBook,
  house: House,
): FactDisagreement[] {
  return documents.flatMap(({ documentId, facts }) => {
    const id = facts?.documentClass?.documentClass ?? declared.documentClass;
    const makesRights = [id, declared.documentClass].some((one) => classIn(book, one).makesRights);
    const one = facts && makesRights ? findUnnamedEntity(facts, house) : null;
    const own = one === null ? "" : sayOwnName(house, one.read);
    return one === null
      ? []
      : [{ ...one, documentId, declared: own, key: [documentId, one.fact, own, one.read].join("|") }];
  });
}

/** Whether a class makes rights by what it is, and not only because nobody said what it is. */
const bindsByName = (id: DocumentClassId, book: ClassBook): boolean =>
  baseOfClass(id) !== "other" && classIn(book, id).makesRights;

/** Of pages that are pictures nothing was read: whatever is declared is the applicant's word, until a reviewer read them. */
function listUnread({ pictured = [] }: FactsRead): Disagreement[] {
  const [page] = pictured;
  const box = { x: 0, y: 0, width: 0, height: 0 };
  return page === undefined
    ? []
    : [{ fact: "unread", read: sayPages(pictured), stricter: "read", page, text: "", box }];
}

/** In a language that is not read a letter may be a contract: what makes rights is reviewed anyway. */
function listUnreadLanguage({ unreadLanguage, lines }: FactsRead): Disagreement[] {
  const [line] = lines;
  if (unreadLanguage !== true || !line) return [];
  const { page, text, box } = line;
  return [{ fact: "language", read: "unread", stricter: "read", page, text: text.slice(0, 200), box }];
}

/** A page that shows something else than what was read of it: nobody but a reader knows what it says. */
const tellShownOtherwise = ({ otherwise = [] }: FactsRead): Disagreement[] =>
  otherwise.map((one) => ({
    ...{ fact: "shown", read: writeShownOtherwise(one), stricter: "read" },
    ...{ page: one.page, text: one.text, box: one.box },
  }));

/** What the documents come to together, where that is more than was declared. */
function compareSum(
  declared: DeclaredForUse,
  { minor, currency, counts, text, deals }: DealsTogether,
  money: CountedMoney | undefined,
): (Omit<Disagreement, "page" | "text" | "box"> & { together: number }) | null {
  const own = declared.amountMinor === null ? -1 : declared.amountMinor / 100;
  const asked = money && own >= 0 ? (countAmount(own, declared.currency, money) ?? 0) : own;
  if ((counts ?? minor / 100) <= asked) return null;
  const amount = { minor, currency, ...(counts === null ? {} : { counts }) };
  return { fact: "amount", read: text, stricter: "read", amount, together: deals };
}

/** Whether the document's word decides until a reviewer says that the application is right. */
export const isOpen = ({ stricter, key }: FactDisagreement, settled: ReadonlySet<string>): boolean =>
  stricter === "read" && !settled.has(key);

const weigh = ({ minor, counts }: { readonly minor: number; readonly counts?: number }): number =>
  counts ?? minor / 100;

/** The amount that a document says and that decides in place of the declared one; null where what was declared decides. */
export function findDecidingAmount(
  declared: Pick<DeclaredForUse, "amountMinor" | "currency">,
  disagreements: readonly FactDisagreement[],
  settled: ReadonlySet<string>,
  money?: CountedMoney,
): { readonly minor: number; readonly currency: string } | null {
  const amounts = disagreements.flatMap((one) => (isOpen(one, settled) && one.amount ? [one.amount] : []));
  const [largest] = amounts.toSorted((a, b) => weigh(b) - weigh(a));
  if (!largest) return null;
  const { minor, currency } = { minor: largest.minor, currency: largest.currency ?? declared.currency };
  // Of a series the lines are read one by one: the largest declared one may be larger than what one of them says.
  const own = declared.amountMinor === null ? null : declared.amountMinor / 100;
  const counted = money ? (countAmount(own, declared.currency, money) ?? 0) : 0;
  const isLess =
    currency === declared.currency ? minor <= (declared.amountMinor ?? -1) : money && counted > weigh(largest);
  return isLess ? null : { minor, currency };
}

/** The facts that decide, where a reviewer has settled some disagreements for what was declared (C03). */
export function decideFacts(
  declared: DeclaredForUse,
  documents: readonly DocumentSeen[],
  disagreements: readonly FactDisagreement[],
  settled: ReadonlySet<string>,
  book: ClassBook,
  money?: CountedMoney,
): DecisiveFacts {
  const makesRights = (id: DocumentClassId): boolean => classIn(book, id).makesRights;
  const open = disagreements.filter((one) => isOpen(one, settled));
  const classes = open.flatMap(({ fact, read }) => (fact === "class" ? [read as DocumentClassId] : []));
  const amount = findDecidingAmount(declared, disagreements, settled, money);
  return {
    documentClass: classes.find(makesRights) ?? classes[0] ?? declared.documentClass,
    external: declared.external || open.some(({ fact }) => fact === "external"),
    amountMinor: amount ? amount.minor : declared.amountMinor,
    currency: amount?.currency ?? declared.currency,
    template: joinVerdicts(documents),
  };
}

/** Whether a reviewer may say who is right: what the documents do not say at all he looks for in them. */
export const isSettleable = ({ stricter, read }: Pick<Disagreement, "stricter" | "read">): boolean =>
  stricter === "read" || read === "";

/** What only a reviewer can read, so that no reason of the applicant settles it. */
export const isForReaders = ({ fact }: Pick<Disagreement, "fact">): boolean => readerFacts.has(fact);
const readerFacts: ReadonlySet<DeclaredFact> = new Set(["unread", "shown", "language", "paper"]);
const isReadAsShown = (facts: FactsRead | null): boolean =>
  (facts?.pictured ?? []).length === 0 && (facts?.otherwise ?? []).length === 0;

/** A request follows templates only if each of its documents does; what nobody's program read follows none. */
function joinVerdicts(documents: readonly DocumentSeen[]): TemplateVerdict {
  if (documents.some(({ template }) => template?.verdict === "changed")) return "changed";
  const isSame = ({ template, facts }: DocumentSeen): boolean =>
    (template?.verdict === "same" || template?.verdict === "same-but-fields") && isReadAsShown(facts);
  return documents.length > 0 && documents.every(isSame) ? "same" : "none";
}

/**
 * Whether nobody approves before a reviewer has said who is right: of pages that no program read or that show something else, of a counterparty that is
 * another company by the document (neither word is the stricter one, and what was declared goes into the register), of an entity that the document does not name, of an amount that is due nobody says how often, or that nobody states, and of
 * everything where only the applicant's word lets the request pass (`blocking`). A name in the other script is told and not
 * held: nobody can tell here whether it is the same company's.
 */
export const mustBeSettled = (
  { stricter, fact, read, declared }: Pick<FactDisagreement, "stricter" | "fact" | "read" | "declared">,
  blocking: boolean,
): boolean =>
  stricter === "read" &&
  (blocking ||
    isForReaders({ fact }) ||
    fact === "entity" ||
    (fact === "amount" && (read === unstated || readRecurring(read) !== null)) ||
    (fact === "counterparty" && isCompanyName(read) && isHan.test(read) === isHan.test(declared)));
const isHan = /\p{Script=Han}/u;

/** Who settles such places: legal review where the route has it, else the signatory (C03). */
export function maySettleFacts(kind: StepKind, steps: readonly { readonly kind: StepKind }[]): boolean {
  return steps.some((step) => step.kind === "legal-review") ? kind === "legal-review" : kind === "signatory";
}
