import { useQuery } from "@tanstack/react-query";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import type { AppliedFilter } from "../../parts/nothing-found.tsx";
import { paths } from "../../paths.ts";
import { FILTER_KEYS, type FilterKey, type LineFilter, without } from "./line-filter.ts";
import { type Line, organisationQuery, type RegisterCard } from "./queries.ts";

/** What narrows the register, in words, each with the address that takes it away. Names come from the lines shown. */
export function useApplied(card: RegisterCard, filter: LineFilter, lines: readonly Line[]): AppliedFilter[] {
  const t = useText("registers");
  const language = useLanguage();
  const day = useDay();
  const { data: organisation } = useQuery(organisationQuery);
  const seal = lines.find((line) => line.seal?.sealId === filter.sealId)?.seal;
  const person = lines.flatMap((line) => line.people).find((one) => one.personId === filter.personId);
  const entity = organisation?.entities.find((one) => one.entityId === filter.entityId);
  const unit = organisation?.units.find((one) => one.unitId === filter.unitId);
  const kind = card.kinds.find((one) => one.kind === filter.kind);
  const say: Readonly<Record<FilterKey, (value: string) => string>> = {
    entityId: () => t("filter.ofEntity", { name: entity ? nameIn(entity.name, language) : "…" }),
    sealId: () =>
      t("filter.seal", { name: seal ? `${seal.number} ${nameIn(seal.name, language)}` : t("filter.oneSeal") }),
    personId: () => t("filter.person", { name: person ? nameIn(person.name, language) : t("filter.onePerson") }),
    unitId: () => t("filter.ofUnit", { name: unit ? nameIn(unit.name, language) : "…" }),
    kind: (value) => t("filter.ofKind", { name: kind ? nameIn(kind.name, language) : value }),
    from: (value) => t("filter.since", { day: day(value) }),
    to: (value) => t("filter.until", { day: day(value) }),
    search: (value) => t("filter.searched", { words: value }),
  };
  return FILTER_KEYS.flatMap((key) => {
    const value = filter[key];
    if (value === undefined) return [];
    return [{ key, label: say[key](value), to: paths.register(card.register), search: without(filter, key) }];
  });
}
