import { useQuery } from "@tanstack/react-query";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { ClassForm, ClassPart } from "./class-form.ts";
import { documentClassesQuery } from "./queries.ts";

/** What a class says, each part in words. */
export function useClassWords(): (one: Pick<ClassForm, ClassPart>) => Readonly<Record<ClassPart, string>> {
  const t = useText("documentClasses");
  const language = useLanguage();
  const { data } = useQuery(documentClassesQuery);
  const yes = (on: boolean): string => t(on ? "yes" : "no");
  const kindName = (id: string): string => {
    const found = data?.kinds.find((kind) => kind.kindId === id);
    return found ? nameIn(found.name, language) : id;
  };
  return (one) => ({
    name: nameIn(one.name, language),
    ...{ makesRights: yes(one.makesRights), external: yes(one.external) },
    ...{ confidential: yes(one.confidential), retired: yes(one.retired) },
    electronic: t(`electronicUses.${one.electronic}`),
    electronicReason: one.electronicReason[language] || t("none"),
    sealKinds: formatNames(one.sealKinds.map(kindName), language) || t("none"),
    words: formatNames([...one.words], language) || t("none"),
  });
}
