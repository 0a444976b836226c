import { useTranslation } from "react-i18next";
import type { text as terms } from "./terms.en.ts";

/** Groups of the field's words in `terms`. */
export type WordGroup = Exclude<keyof typeof terms, "states"> | `states.${keyof (typeof terms)["states"] & string}`;

/**
 * `word("roles", role)`: the field's word for what the server names by an id. An id that has no word yet is shown as it
 * is, so that a newer server never leaves a gap.
 */
export function useWord(): (group: WordGroup, id: string) => string {
  const { i18n } = useTranslation("terms");
  return (group, id) => {
    const found: unknown = i18n.getResource(i18n.language, "terms", `${group}.${id}`);
    return typeof found === "string" ? found : id;
  };
}
