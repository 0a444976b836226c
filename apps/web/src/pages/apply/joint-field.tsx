import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useSession } from "../../session.ts";
import { Choice } from "../custody/custody-choices.tsx";
import { organisationQuery } from "../organisation/queries.ts";
import { useApply } from "./apply-context.ts";
import type { DraftFacts } from "./draft.ts";

/** Another of our entities that seals the same paper: shown to whoever may ask for more than one. */
export function JointField(): ReactElement | null {
  const { draft, store } = useApply();
  const { joint, jointFixed, entityId, seriesId, emergency, standingId } = draft.facts;
  const t = useText("joint");
  const language = useLanguage();
  const session = useSession();
  const others = session.entities.filter((entity) => entity.entityId !== entityId);
  const { data } = useQuery({ ...organisationQuery, enabled: joint !== null });
  if (joint === null && (jointFixed || others.length === 0)) return null;
  if (seriesId !== null && joint === null) return <p className="note small">{t("ask.series")}</p>;
  const change = (next: DraftFacts["joint"]): void => store.change({ type: "fact", change: { joint: next } });
  const units = (data?.units ?? []).filter((unit) => unit.entityId === joint?.entityId);
  const other = data?.entities.find((entity) => entity.entityId === joint?.entityId);
  const against =
    joint === null
      ? null
      : seriesId !== null
        ? "series"
        : emergency !== null
          ? "emergency"
          : standingId !== null
            ? "standing"
            : null;
  return (
    <div className="stack stack-tight">
      {jointFixed ? (
        joint !== null && (
          <p className="note small">{t("ask.fixed", { name: other ? nameIn(other.name, language) : "" })}</p>
        )
      ) : (
        <Choice
          label={t("ask.label")}
          hint={t("ask.hint")}
          problem={against ? t(`ask.${against}`) : undefined}
          none={t("ask.none")}
          value={joint?.entityId ?? ""}
          options={others.map((entity) => ({ id: entity.entityId, name: nameIn(entity.name, language) }))}
          onChange={(id) => change(id === "" ? null : { entityId: id, unitId: null })}
        />
      )}
      {joint !== null && units.length > 0 && (
        <Choice
          label={t("ask.unit")}
          hint={t("ask.unitHint")}
          none={t("ask.unitNone")}
          value={joint.unitId ?? ""}
          options={units.map((unit) => ({ id: unit.unitId, name: nameIn(unit.name, language) }))}
          onChange={(id) => change({ ...joint, unitId: id || null })}
        />
      )}
    </div>
  );
}
