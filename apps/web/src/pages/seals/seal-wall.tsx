import WarningOutlined from "@ant-design/icons/WarningOutlined";
import { type ReactElement, useId } from "react";
import { countDaysTo } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { OctagonIcon } from "../../parts/icons.tsx";
import { SealCard, type SealSummary } from "../../parts/seal-card.tsx";
import { findDuty } from "../../parts/seal-duty.ts";
import { groupByEntity, type SealGroup } from "./seal-list.ts";

/** Seals as cards by entity, their faces at one scale. */
export function SealWall(props: { seals: readonly SealSummary[]; pxPerMm: number }): ReactElement {
  return (
    <div className="stack seal-wall">
      {groupByEntity(props.seals).map((group) => (
        <EntitySeals key={group.of.entityId} group={group} pxPerMm={props.pxPerMm} />
      ))}
    </div>
  );
}

function EntitySeals(props: { group: SealGroup<SealSummary["entity"]>; pxPerMm: number }): ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <EntityHead id={id} group={props.group} />
      <ul className="seal-cards">
        {props.group.seals.map((seal) => (
          <li key={seal.sealId}>
            <SealCard seal={seal} pxPerMm={props.pxPerMm} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** An entity with the number of its seals, and how many of their duties are near or late. */
export function EntityHead(props: { id: string; group: SealGroup<SealSummary["entity"]> }): ReactElement {
  const { of: entity, seals } = props.group;
  const t = useText("seals");
  const context = useFormatContext();
  const urgencies = seals.map(
    (seal) => findDuty(seal, seal.certificateUntil === null ? 0 : countDaysTo(seal.certificateUntil, context)).urgency,
  );
  const soon = urgencies.filter((urgency) => urgency === "soon").length;
  const late = urgencies.filter((urgency) => urgency === "late").length;
  return (
    <div className="entity-head">
      <h2 id={props.id}>
        <BothNames name={entity.name} />
      </h2>
      <span className="note">{t("count", { count: seals.length })}</span>
      <span className="grow" />
      {late > 0 && (
        <span className="entity-duties" data-urgency="late">
          <OctagonIcon /> {t("duties.late", { count: late })}
        </span>
      )}
      {soon > 0 && (
        <span className="entity-duties" data-urgency="soon">
          <WarningOutlined aria-hidden /> {t("duties.soon", { count: soon })}
        </span>
      )}
    </div>
  );
}
