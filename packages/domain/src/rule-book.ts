import type { ControlId } from "./controls.ts";
import type { ClassBook } from "./document-class.ts";
import { listCareArticles, listEndArticles } from "./rule-book-care.ts";
import { listCrewArticles, listSealArticles } from "./rule-book-people.ts";
import { listUseArticles } from "./rule-book-use.ts";
import type { RuleSet } from "./rule-set.ts";
import type { SettingKey, Settings } from "./settings.ts";
import type { LocalName, Profile, SealType } from "./vocabulary.ts";

/** What an article is written from, besides settings: a change there makes it say something else. */
export type ArticleSource =
  | SettingKey
  | "profile"
  | "calendars"
  | "seal-types"
  | "document-classes"
  | "rules"
  | "organisation";

/** What the rule book is written from: what the organisation chose, as it stands on one day. */
export interface RuleBookFacts {
  readonly organisation: LocalName;
  readonly profile: Profile;
  readonly settings: Settings;
  /** The rules of use in force. */
  readonly rules: RuleSet;
  /** Classes of documents that can be chosen. */
  readonly classes: ClassBook;
  /** The names of own kinds of seals, by id. */
  readonly kindNames: Readonly<Record<string, LocalName>>;
  readonly entities: readonly {
    readonly name: LocalName;
    readonly timeZone: string;
    /** ISO weekdays nobody works on. */
    readonly weekend: readonly number[];
  }[];
  readonly sealTypes: readonly {
    readonly type: SealType;
    readonly important: boolean;
    readonly external: boolean;
    readonly filing: "none" | "pieces" | "all";
  }[];
}

/** An article before its language is chosen. The id stays when its words change: versions are compared by it. */
export interface ArticleDraft {
  readonly id: string;
  /** The controls it serves. */
  readonly controls: readonly ControlId[];
  readonly from: readonly ArticleSource[];
  readonly text: LocalName;
  readonly items?: readonly LocalName[];
}

export interface RuleArticle {
  readonly id: string;
  /** Counted through the whole book. */
  readonly number: number;
  readonly text: string;
  readonly items: readonly string[];
  readonly controls: readonly ControlId[];
  /** Sources as they were called when it was written. */
  readonly from: readonly string[];
}
export interface RuleChapter {
  readonly id: string;
  readonly title: string;
  readonly articles: readonly RuleArticle[];
}
export interface RuleBook {
  readonly title: string;
  readonly chapters: readonly RuleChapter[];
}

export const RULE_CHAPTERS = [
  "general",
  "people",
  "seals",
  "making",
  "use",
  "custody",
  "loss",
  "ending",
  "registers",
  "supervision",
  "exceptions",
] as const;
export type ChapterId = (typeof RULE_CHAPTERS)[number];

const chapterNames: Readonly<Record<ChapterId, LocalName>> = {
  general: { en: "General", zh: "总则" },
  people: { en: "People and separation of duties", zh: "岗位与职责分离" },
  seals: { en: "Kinds of seals", zh: "印章种类" },
  making: { en: "Making, filing and issue", zh: "刻制、备案与启用" },
  use: { en: "Use of seals", zh: "用印" },
  custody: { en: "Custody, handover and take-out", zh: "保管、交接与外借" },
  loss: { en: "Loss", zh: "遗失" },
  ending: { en: "Stop, surrender and destruction", zh: "停用、收缴与销毁" },
  registers: { en: "Registers and evidence", zh: "台账与凭证" },
  supervision: { en: "Training, rotation and checks", zh: "培训、轮岗与检查" },
  exceptions: { en: "Exceptions and closing provisions", zh: "例外与附则" },
};

/** The rule book's articles by chapter, in both languages. */
export function listArticles(facts: RuleBookFacts): Readonly<Record<ChapterId, readonly ArticleDraft[]>> {
  return {
    ...listCrewArticles(facts),
    ...listSealArticles(facts),
    ...listUseArticles(facts),
    ...listCareArticles(facts),
    ...listEndArticles(facts),
  };
}

/** Writes the organisation's seal rules from its settings, in one language. The same facts always give the same text. */
export function writeRuleBook(facts: RuleBookFacts, language: keyof LocalName): RuleBook {
  const drafts = listArticles(facts);
  let number = 0;
  const title = { en: `Rules on the seals of ${facts.organisation.en}`, zh: `${facts.organisation.zh}印章管理办法` };
  return {
    title: title[language],
    chapters: RULE_CHAPTERS.map((id) => ({
      id,
      title: chapterNames[id][language],
      articles: drafts[id].map((draft) => {
        number += 1;
        return {
          ...{ id: draft.id, number, text: draft.text[language] },
          items: (draft.items ?? []).map((item) => item[language]),
          ...{ controls: draft.controls, from: draft.from },
        };
      }),
    })),
  };
}

/** The words of a book, as a digest is taken of them: nothing of it can change and leave the digest the same. */
export function ruleBookDigestInput(book: { readonly en: RuleBook; readonly zh: RuleBook }): string {
  const write = ({ title, chapters }: RuleBook): unknown => [
    title,
    chapters.map((chapter) => [
      chapter.title,
      chapter.articles.map((one) => [one.number, one.text, [...one.items], [...one.controls]]),
    ]),
  ];
  return `chancery rule book v1\n${JSON.stringify([write(book.en), write(book.zh)])}`;
}

/** What a person confirms to have read: this very text, by this person. */
export function ruleBookConfirmationInput(versionDigest: string, personId: string): string {
  return `chancery rule book confirmation v1\n${versionDigest}\n${personId}`;
}
