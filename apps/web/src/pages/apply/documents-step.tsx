import { Button } from "antd";
import { type ReactElement, useEffect, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { DiscardDialog } from "../requests/end-dialogs.tsx";
import { useApply } from "./apply-context.ts";
import { DocumentsCard } from "./documents-card.tsx";
import { FactsForm } from "./facts-form.tsx";
import { NoSealsMessage } from "./no-seals.tsx";
import { SeriesChosen } from "./series-card.tsx";
import { type FactGap, listFactGaps } from "./steps.ts";
import { WizardBar } from "./wizard-bar.tsx";

/** The first step: the documents on the left, what they are about on the right. */
export function DocumentsStep(props: { canDiscard: boolean }): ReactElement {
  const { draft, saved, uploads, goTo } = useApply();
  const t = useText("apply");
  const [tried, setTried] = useState(false);
  const [discarding, setDiscarding] = useState(false);
  const gaps = listFactGaps(draft);
  const coming = uploads.some((upload) => ["waiting", "sending", "reading"].includes(upload.state.kind));
  // Pressed while the first document is still on its way, the button goes on as soon as it has arrived; the title
  // comes with it.
  const [going, setGoing] = useState(false);
  const goOn = (): void => {
    const [first] = gaps.filter((gap) => !(coming && (gap === "documents" || gap === "title")));
    setTried(first !== undefined);
    if (first !== undefined) focusField(first);
    else if (gaps.length > 0) setGoing(true);
    else goTo("place");
  };
  const ready = gaps.length === 0;
  useEffect(() => {
    if (!going || (coming && !ready)) return;
    setGoing(false);
    setTried(!ready);
    if (ready) goTo("place");
  }, [going, coming, ready, goTo]);
  return (
    <>
      <NoSealsMessage />
      <div className="apply-columns">
        {draft.facts.seriesId === null ? (
          <DocumentsCard problem={tried && gaps.includes("documents") && !coming} />
        ) : (
          <SeriesChosen seriesId={draft.facts.seriesId} />
        )}
        <FactsForm gaps={tried ? gaps : gaps.filter((gap) => gap === "amount")} />
      </div>
      <WizardBar note={t("documents.note")}>
        {/* Always in its place: a button that comes late pushes the next one from under the finger. */}
        <Button disabled={!props.canDiscard} onClick={() => setDiscarding(true)}>
          {t("bar.discard")}
        </Button>
        <Button className="wizard-next" type="primary" loading={going} onClick={goOn}>
          {t("bar.toPlace")}
        </Button>
      </WizardBar>
      {discarding && saved && <DiscardDialog requestId={saved.requestId} onClose={() => setDiscarding(false)} />}
    </>
  );
}

/** The field that has to be filled in first; its complaint is read out with it. */
function focusField(gap: FactGap): void {
  const field = document.querySelector<HTMLElement>(
    `[data-gap="${gap}"] :is(input:not([type=file]), select, textarea, button)`,
  );
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}
