import { useLanguage, useText } from "../../i18n/i18n.ts";
import { findFieldSaid } from "./field-name.ts";

/** The name of a field as it is said on this page. */
export function useFieldName(): (name: string) => string {
  const t = useText("templates");
  const language = useLanguage();
  return (name) => {
    const said = findFieldSaid(name, language);
    if (said.key === "newField") return t("newField", { number: said.number });
    return said.key === "fieldCalled" ? t("fieldCalled", { name: said.name }) : said.name;
  };
}
