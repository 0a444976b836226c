import { Link } from "@tanstack/react-router";
import { type ReactElement, useId } from "react";
import { useText } from "../../i18n/i18n.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { DutyLine } from "../../parts/duty-line.tsx";
import type { SealSummary } from "../../parts/seal-card.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { useHolders } from "../../parts/use-holders.ts";
import { paths } from "../../paths.ts";
import { groupByEntity, groupByUnit, type SealGroup, type SealWall } from "./seal-list.ts";
import { EntityHead } from "./seal-wall.tsx";

/** Seals by the unit that uses them; those of the entity as a whole first. */
export function SealUnits(props: { seals: readonly SealSummary[]; counts: SealWall["entities"] }): ReactElement {
  return (
    <div className="stack">
      {groupByEntity(props.seals).map((group) => (
        <EntityUnits key={group.of.entityId} group={group} counts={props.counts} />
      ))}
    </div>
  );
}

function EntityUnits(props: { group: SealGroup<SealSummary["entity"]>; counts: SealWall["entities"] }): ReactElement {
  const t = useText("seals");
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <EntityHead id={id} entity={props.group.of} counts={props.counts} />
      <div className="card">
        {groupByUnit(props.group.seals).map(({ of: unit, seals }) => (
          <section key={unit?.unitId ?? "entity"} className="unit-seals">
            <h3>{unit ? <BothNames name={unit.name} /> : t("units.whole")}</h3>
            <ul className="rows">
              {seals.map((seal) => (
                <li key={seal.sealId}>
                  <SealLine seal={seal} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  );
}

function SealLine(props: { seal: SealSummary }): ReactElement {
  const { seal } = props;
  const holdersOf = useHolders();
  return (
    <Link to={paths.seal(seal.sealId)} className="seal-line">
      <span className="mono">{seal.number}</span>
      <strong>
        <BothNames name={seal.name} />
      </strong>
      <StateTag kind="seal" state={seal.state} />
      <span className="note">{holdersOf(seal)}</span>
      <DutyLine seal={seal} />
    </Link>
  );
}
