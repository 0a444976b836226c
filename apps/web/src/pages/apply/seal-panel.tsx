import { Button } from "antd";
import { type ReactElement, useMemo } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useApply } from "./apply-context.ts";
import { PlaceAlerts } from "./place-alerts.tsx";
import { PlaceFields } from "./place-fields.tsx";
import { PlacedList } from "./placed-list.tsx";
import { SealChoice } from "./seal-choice.tsx";
import { listOpenPlaces } from "./steps.ts";
import { UnfinishedList } from "./unfinished-list.tsx";
import type { Placing } from "./use-placing.ts";

/** Beside the page: which seal, where exactly, what is to be said about the place, and what is not filled in. */
export function SealPanel(props: { placing: Placing }): ReactElement {
  const { placing } = props;
  const { draft } = useApply();
  const t = useText("apply");
  const language = useLanguage();
  const { selected, inHand, others } = placing;
  const open = useMemo(() => draft.documents.reduce((sum, one) => sum + listOpenPlaces(one).length, 0), [draft]);
  return (
    <aside className="card seal-panel" aria-labelledby="apply-seal">
      <SealChoice placing={placing} headingId="apply-seal" />
      <div className="seal-panel-body">
        {open > 0 && (
          <a className="inline-link" href="#apply-unfinished">
            {t("place.unfinishedBelow", { count: open })}
          </a>
        )}
        {inHand && <PlaceFields placing={placing} />}
        {selected && <PlaceAlerts placing={placing} />}
        {selected && others.length > 0 && inHand && (
          <div className="put-on-others">
            <span>{t("place.others", { count: others.length })}</span>
            <Button size="small" onClick={placing.putOnOthers}>
              {t("place.putOnOthers", { name: nameIn(inHand.name, language) })}
            </Button>
          </div>
        )}
        <PlacedList placing={placing} />
        <UnfinishedList placing={placing} />
      </div>
    </aside>
  );
}
