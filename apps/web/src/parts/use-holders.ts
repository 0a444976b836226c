import { formatNames, nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { useDay } from "../i18n/use-format.ts";
import type { SealSummary } from "./seal-card.tsx";

type Held = Pick<SealSummary, "custodians" | "custodyEndedAt" | "state">;

/** Who answers for a seal, in words: names, since when nobody does any more, or that nobody is named yet. */
export function useHolders(): (seal: Held) => string {
  const t = useText("parts");
  const language = useLanguage();
  const day = useDay();
  return ({ custodians, custodyEndedAt, state }) => {
    if (custodians.length > 0)
      return formatNames(
        custodians.map((person) => nameIn(person.name, language)),
        language,
      );
    if (custodyEndedAt === null) return t("seal.nobody");
    return t(state === "destroyed" ? "seal.destroyedOn" : "seal.keptUntil", { on: day(custodyEndedAt) });
  };
}
