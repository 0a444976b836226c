import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { DiscardDialog } from "../requests/end-dialogs.tsx";
import { useApply } from "./apply-context.ts";
import { DocumentsCard } from "./documents-card.tsx";
import { FactsForm } from "./facts-form.tsx";
import { NoSealsMessage } from "./no-seals.tsx";
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
  const goOn = (): void => {
    const [first] = gaps;
    setTried(first !== undefined);
    if (first === undefined) goTo("place");
    else focusField(first);
  };
  return (
    <>
      <NoSealsMessage />
      <div className="apply-columns">
        <DocumentsCard problem={tried && gaps.includes("documents") && !coming} />
        <FactsForm gaps={tried ? gaps : gaps.filter((gap) => gap === "amount")} />
      </div>
      <WizardBar note={t("documents.note")}>
        {props.canDiscard && <Button onClick={() => setDiscarding(true)}>{t("bar.discard")}</Button>}
        <Button className="wizard-next" type="primary" onClick={goOn}>
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
