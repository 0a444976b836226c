import { type ReactElement, useEffect, useRef } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { faceOf, SealFace } from "../../parts/seal-face.tsx";
import { faceStateOf } from "../../parts/states.ts";
import type { OpenedDocument } from "../requests/pdf-document.ts";
import { PdfPage } from "../requests/pdf-page.tsx";
import { useApply } from "./apply-context.ts";
import type { DraftDocument } from "./draft.ts";
import { listOpenPlaces } from "./steps.ts";
import type { Placing } from "./use-placing.ts";

const WIDTH_PX = 84;
const HIGHEST_PX = 118;

/** Every page as a small picture with its seals; on narrow windows a strip above the page. */
export function PageList(props: { placing: Placing }): ReactElement {
  const { draft, opened } = useApply();
  const t = useText("apply");
  const total = draft.documents.reduce((sum, document) => sum + document.file.pages.length, 0);
  return (
    <nav className="card page-list" aria-labelledby="apply-pages">
      <header>
        <h2 id="apply-pages">{t("pages.title")}</h2>
        <span className="note small">{t("pages.count", { count: total })}</span>
      </header>
      <div className="page-list-scroll">
        {draft.documents.map((document) => (
          <section key={document.file.documentId} aria-label={document.file.name} className="page-list-document">
            {draft.documents.length > 1 && <h3 title={document.file.name}>{document.file.name}</h3>}
            <ol>
              {document.file.pages.map((page, index) => (
                <li key={`page-${index.toString()}`}>
                  <PageButton
                    document={document}
                    page={index}
                    size={page}
                    placing={props.placing}
                    opened={opened[document.file.documentId]?.opened ?? null}
                  />
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
    </nav>
  );
}

function PageButton(props: {
  document: DraftDocument;
  page: number;
  size: { widthMm: number; heightMm: number };
  placing: Placing;
  opened: OpenedDocument | null;
}): ReactElement {
  const { document, page, size, placing } = props;
  const t = useText("apply");
  const language = useLanguage();
  const button = useRef<HTMLButtonElement>(null);
  const current = placing.document === document && placing.page === page;
  const placed = document.placed.filter((one) => one.page === page);
  const open = listOpenPlaces(document).filter((place) => place.page === page && place.box !== null);
  const pxPerMm = Math.min(WIDTH_PX / size.widthMm, HIGHEST_PX / size.heightMm);
  useEffect(() => {
    if (current) button.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <button
      ref={button}
      type="button"
      className="page-button"
      aria-current={current ? "page" : undefined}
      onClick={() => placing.show(document.file.documentId, page, placed[0]?.key ?? null)}
    >
      <PdfPage
        document={props.opened}
        page={page}
        total={document.file.pages.length}
        widthMm={size.widthMm}
        heightMm={size.heightMm}
        pxPerMm={pxPerMm}
        small
      >
        {placed.map((one) => {
          const seal = placing.findSeal(one.sealId);
          return (
            seal && (
              <span
                key={one.key}
                className="future-seal"
                aria-hidden
                style={{ left: one.xMm * pxPerMm, top: one.yMm * pxPerMm }}
              >
                <SealFace
                  source={faceOf(seal.sealId)}
                  name={seal.name}
                  widthMm={seal.widthMm}
                  heightMm={seal.heightMm}
                  state={faceStateOf(seal.state)}
                  pxPerMm={pxPerMm}
                  onPaper
                />
              </span>
            )
          );
        })}
      </PdfPage>
      <span className="page-button-words">
        <span className="unseen">{t("pages.page")} </span>
        {page + 1}
        {placed.length > 0 && (
          <b>
            {" "}
            {t("pages.impressions", { count: placed.length })}
            <span className="unseen">
              {" "}
              {[...new Set(placed.map((one) => placing.findSeal(one.sealId)))]
                .flatMap((seal) => (seal ? [nameIn(seal.name, language)] : []))
                .join(", ")}
            </span>
          </b>
        )}
        {open.length > 0 && <span className="page-button-open"> {t("pages.open", { count: open.length })}</span>}
      </span>
    </button>
  );
}
