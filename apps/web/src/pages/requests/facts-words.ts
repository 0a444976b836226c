import { useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import type { RequestDetail } from "./queries.ts";

export type Disagreement = RequestDetail["facts"]["disagreements"][number];

/** `say(fact, value)`: what was declared or read, in words. */
export function useFactWords(): (fact: Disagreement["fact"], value: string) => string {
  const t = useText("templates");
  const word = useWord();
  return (fact, value) => {
    if (fact === "class") return word("documentClasses", value);
    if (fact === "external") return t(value === "true" ? "said.yes" : "said.no");
    return value === "" ? t("said.unstated") : value;
  };
}
