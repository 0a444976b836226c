import { Button } from "antd";
import { type ReactElement, useCallback, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import type { OpenedDocument } from "../requests/pdf-document.ts";
import { useApply } from "./apply-context.ts";
import { DocumentOpener } from "./document-opener.tsx";
import type { DraftDocument } from "./draft.ts";
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

/** The documents opened for drawing, each once, for the small pictures and the large one alike. */
export type OpenedDocuments = Readonly<
  Record<string, { readonly opened: OpenedDocument | null; readonly error: unknown }>
>;

function PlaceDesk(props: { first: DraftDocument }): ReactElement {
  const { draft } = useApply();
  const placing = usePlacing(props.first);
  const { opened, openers } = useOpenedDocuments(draft.documents);
  return (
    <div className="place-columns">
      {openers}
      <PageList placing={placing} opened={opened} />
      <Stage placing={placing} opened={opened[placing.document.file.documentId]} />
      <SealPanel placing={placing} opened={opened[placing.document.file.documentId]?.opened ?? null} />
    </div>
  );
}

/** Opens every document of the draft; `openers` has to be drawn and shows nothing. */
export function useOpenedDocuments(documents: readonly DraftDocument[]): {
  readonly opened: OpenedDocuments;
  readonly openers: readonly ReactElement[];
} {
  const [opened, setOpened] = useState<OpenedDocuments>({});
  const onOpened = useCallback(
    (documentId: string, document: OpenedDocument | null, error: unknown) =>
      setOpened((before) => ({ ...before, [documentId]: { opened: document, error } })),
    [],
  );
  return {
    opened,
    openers: documents.map(({ file }) => (
      <DocumentOpener key={file.documentId} documentId={file.documentId} onOpened={onOpened} />
    )),
  };
}
