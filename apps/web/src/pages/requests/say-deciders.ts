import { type FormatContext, formatNames, nameIn } from "../../i18n/format.ts";
import type { useText } from "../../i18n/i18n.ts";
import type { groupSteps } from "./route-groups.ts";

type Group = Pick<ReturnType<typeof groupSteps>[number], "candidates" | "needed">;

/** Who decides a step: one of them, all of them, or a number of them. */
export function sayDeciders(
  { candidates, needed }: Group,
  language: FormatContext["language"],
  words: ReturnType<typeof useText<"requests">>,
): string {
  const names = formatNames(
    candidates.map((person) => nameIn(person.name, language)),
    language,
  );
  if (candidates.length === 1) return names;
  if (needed === 1) return words("route.one", { names });
  return needed === candidates.length
    ? words("route.all", { names })
    : words("route.some", { names, needed, total: candidates.length });
}
