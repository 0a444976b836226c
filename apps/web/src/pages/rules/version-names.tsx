import type { ReactElement } from "react";
import { nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Tag } from "../../parts/state-tag.tsx";
import type { RulesPageData, Version } from "./queries.ts";

/** `nameOf(version)`: what a version is called: its number, what a draft is for, or the kind of organisation. */
export function useVersionName(
  starterSets: RulesPageData["starterSets"],
): (version: Pick<Version, "versionId" | "number" | "note">) => string {
  const t = useText("rulesOfUse");
  const language = useLanguage();
  return ({ versionId, number, note }) => {
    const starter = starterSets.find((one) => one.id === versionId);
    if (starter) return t("starter", { name: nameIn(starter.name, language) });
    if (number !== null) return t("version", { number });
    return note === "" ? t("draft") : t("draftOf", { note: sayHalf(note, language) });
  };
}

export function VersionTag({ state }: Pick<Version, "state">): ReactElement {
  const t = useText("rulesOfUse");
  const looks = {
    draft: { tone: "waiting", sign: "dashed" },
    "in-force": { tone: "success", sign: "check" },
    replaced: { tone: "ended", sign: "box" },
    starter: { tone: "ended", sign: "box" },
  } as const;
  return <Tag {...looks[state]}>{t(`states.${state}`)}</Tag>;
}
