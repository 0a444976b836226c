import { formatAmount } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useClassName } from "../document-classes/queries.ts";
import type { RequestDetail } from "./queries.ts";

export type Disagreement = RequestDetail["facts"]["disagreements"][number];

/** What only a reviewer can read: pages that are pictures, that show something else than was read of them, or are in a language that is not read; a paper that says nothing of what it is. */
export const isForReaders = (fact: Disagreement["fact"]): boolean =>
  ["unread", "shown", "language", "paper"].includes(fact);

/** `say(fact, value)`: what was declared or read, in words. */
export function useFactWords(): (fact: Disagreement["fact"], value: string) => string {
  const t = useText("templates");
  const className = useClassName();
  const language = useLanguage();
  return (fact, value) => {
    if (fact === "class") return className(value);
    if (fact === "entity") return sayEntity(value, (name) => t("said.sister", { name }));
    if (fact === "external") return t(value === "true" ? "said.yes" : "said.no");
    if (fact === "amount" && value === "unstated") return t("said.noneEither");
    const recurring = /^recurs (.*)$/u.exec(fact === "amount" ? value : "")?.[1];
    if (recurring !== undefined) return t("said.recurs", { amount: recurring });
    // What was declared comes as the application has it; what was read, as it stands in the text.
    const [, currency, amount] = /^([A-Z]{3}) (\d+(?:\.\d+)?)$/.exec(fact === "amount" ? value : "") ?? [];
    if (currency && amount) return formatAmount(amount, currency, language);
    return value === "" ? t("said.unstated") : value;
  };
}

/** Whose seal is asked for, and whom the paper names: `others A · B`, or `sister A` where it is another of our entities. */
const sayEntity = (value: string, saySister: (name: string) => string): string => {
  const [, mark, names] = /^(sister|others) (.*)$/u.exec(value) ?? [];
  return names === undefined ? value : mark === "sister" ? saySister(names) : names;
};
