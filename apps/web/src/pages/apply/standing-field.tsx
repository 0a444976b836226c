import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Choice } from "../custody/custody-choices.tsx";
import { standingQuery } from "../standing/queries.ts";
import { useApply } from "./apply-context.ts";

/** What may be sealed without a new approval: shown where the entity has something in force that could be used. */
export function StandingField(): ReactElement | null {
  const { draft, store } = useApply();
  const { entityId, standingId } = draft.facts;
  const t = useText("apply");
  const language = useLanguage();
  const { data } = useQuery({ ...standingQuery(entityId ?? ""), retry: false });
  const open = (data?.items ?? []).filter(
    (one) => one.standingId === standingId || (one.inForce && one.used < one.count),
  );
  if (open.length === 0) return null;
  return (
    <Choice
      label={t("standing.label")}
      hint={t("standing.hint")}
      value={standingId ?? ""}
      none={t("standing.none")}
      options={open.map((one) => ({
        id: one.standingId,
        name: `${one.template[language]} · ${nameIn(one.seal.name, language)} · ${t("standing.left", { count: Math.max(0, one.count - one.used) })}`,
      }))}
      onChange={(chosen) => store.change({ type: "fact", change: { standingId: chosen || null } })}
    />
  );
}
