import WarningOutlined from "@ant-design/icons/WarningOutlined";
import { type ReactElement, useId } from "react";
import { useText } from "../../i18n/i18n.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { OctagonIcon } from "../../parts/icons.tsx";
import { SealCard, type SealSummary } from "../../parts/seal-card.tsx";
import { groupByEntity, type SealGroup, type SealWall as SealWallAnswer } from "./seal-list.ts";

/** How many seals each entity has that fit, whether they are shown yet or not. */
type EntityCounts = SealWallAnswer["entities"];
const noneOf = { count: 0, soon: 0, late: 0 };

/** Seals as cards by entity, their faces at one scale. */
export function SealWall(props: {
  seals: readonly SealSummary[];
  counts: EntityCounts;
  pxPerMm: number;
}): ReactElement {
  return (
    <div className="stack seal-wall">
      {groupByEntity(props.seals).map((group) => (
        <EntitySeals key={group.of.entityId} {...{ group, counts: props.counts, pxPerMm: props.pxPerMm }} />
      ))}
    </div>
  );
}

function EntitySeals(props: {
  group: SealGroup<SealSummary["entity"]>;
  counts: EntityCounts;
  pxPerMm: number;
}): ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <EntityHead id={id} entity={props.group.of} counts={props.counts} />
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
export function EntityHead(props: { id: string; entity: SealSummary["entity"]; counts: EntityCounts }): ReactElement {
  const { entity } = props;
  const t = useText("seals");
  const { count, soon, late } = props.counts.find((one) => one.entityId === entity.entityId) ?? noneOf;
  return (
    <div className="entity-head">
      <h2 id={props.id}>
        <BothNames name={entity.name} />
      </h2>
      <span className="note">{t("count", { count })}</span>
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
