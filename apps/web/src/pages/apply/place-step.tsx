import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { useApply } from "./apply-context.ts";
import { countPlaced, type DraftDocument } from "./draft.ts";
import { NoSealsMessage } from "./no-seals.tsx";
import { PageList } from "./page-list.tsx";
import { SealPanel } from "./seal-panel.tsx";
import { Stage } from "./stage.tsx";
import { usePlacing } from "./use-placing.ts";
import { WizardBar } from "./wizard-bar.tsx";

/** The second step: the pages at the left, the page at its true size in the middle, the seal and its place at the right. */
export function PlaceStep(): ReactElement {
  const { draft, goTo } = useApply();
  const t = useText("apply");
  const [first] = draft.documents;
  return (
    <>
      <NoSealsMessage />
      {first ? (
        <PlaceDesk first={first} />
      ) : (
        <EmptyState
          title={t("place.noDocument")}
          action={
            <Button type="primary" onClick={() => goTo("documents")}>
              {t("place.toDocuments")}
            </Button>
          }
        >
          {t("place.noDocumentWhy")}
        </EmptyState>
      )}
      <WizardBar back={<Button onClick={() => goTo("documents")}>{t("bar.back")}</Button>} note={t("place.note")}>
        <Button className="wizard-next" type="primary" onClick={() => goTo("review")}>
          {t("bar.toReview")}
        </Button>
      </WizardBar>
    </>
  );
}

function PlaceDesk(props: { first: DraftDocument }): ReactElement {
  const { draft } = useApply();
  const placing = usePlacing(props.first);
  return (
    <div className="place-columns" data-empty={countPlaced(draft.documents) === 0}>
      <PageList placing={placing} />
      <Stage placing={placing} />
      <SealPanel placing={placing} />
    </div>
  );
}
