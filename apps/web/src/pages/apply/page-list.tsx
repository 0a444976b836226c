import { memo, type ReactElement, useEffect, useRef } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { faceOf, SealFace } from "../../parts/seal-face.tsx";
import { faceStateOf } from "../../parts/states.ts";
import type { OpenedDocument } from "../requests/pdf-document.ts";
import { PdfPage } from "../requests/pdf-page.tsx";
import type { SizeMm } from "../requests/placement.ts";
import { useApply } from "./apply-context.ts";
import type { DraftDocument, PlacedSeal, UploadedFile } from "./draft.ts";
import { listOpenPlaces } from "./steps.ts";
import type { Placing } from "./use-placing.ts";

const WIDTH_PX = 84;
const HIGHEST_PX = 118;

/** Every page as a small picture with its seals; on narrow windows a strip above the page. */
export function PageList(props: { placing: Placing }): ReactElement {
  const { placing } = props;
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
                    file={document.file}
                    page={index}
                    size={page}
                    placed={document.placed.filter((one) => one.page === index)}
                    open={countOpen(document, index)}
                    current={placing.document === document && placing.page === index}
                    opened={opened[document.file.documentId]?.opened ?? null}
                    findSeal={placing.findSeal}
                    show={placing.show}
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

function countOpen(document: DraftDocument, page: number): number {
  return document.file.unfinished.length === 0
    ? 0
    : listOpenPlaces(document).filter((place) => place.page === page && place.box !== null).length;
}

interface PageButtonProps {
  readonly file: UploadedFile;
  readonly page: number;
  readonly size: SizeMm;
  readonly placed: readonly PlacedSeal[];
  /** Places on this page that are not filled in. */
  readonly open: number;
  readonly current: boolean;
  readonly opened: OpenedDocument | null;
  readonly findSeal: Placing["findSeal"];
  readonly show: Placing["show"];
}

/** Drawn again only when something of its own changes: a long document has hundreds of them beside a seal being dragged. */
const PageButton = memo(function PageButton(props: PageButtonProps): ReactElement {
  const { file, page, size, placed, open, current, findSeal } = props;
  const t = useText("apply");
  const language = useLanguage();
  const button = useRef<HTMLButtonElement>(null);
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
      onClick={() => props.show(file.documentId, page, placed[0]?.key ?? null)}
    >
      <PdfPage
        document={props.opened}
        page={page}
        total={file.pages.length}
        widthMm={size.widthMm}
        heightMm={size.heightMm}
        pxPerMm={pxPerMm}
        small
      >
        {placed.map((one) => {
          const seal = findSeal(one.sealId);
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
              {[...new Set(placed.map((one) => findSeal(one.sealId)))]
                .flatMap((seal) => (seal ? [nameIn(seal.name, language)] : []))
                .join(", ")}
            </span>
          </b>
        )}
        {open > 0 && <span className="page-button-open"> {t("pages.open", { count: open })}</span>}
      </span>
    </button>
  );
}, isSame);

function isSame(before: PageButtonProps, now: PageButtonProps): boolean {
  const { placed, ...rest } = now;
  return (
    placed.length === before.placed.length &&
    placed.every((one, index) => one === before.placed[index]) &&
    Object.entries(rest).every(([name, value]) => before[name as keyof typeof rest] === value)
  );
}
