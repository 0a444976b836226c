import MinusOutlined from "@ant-design/icons/MinusOutlined";
import PlusOutlined from "@ant-design/icons/PlusOutlined";
import { Button } from "antd";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { findProblem } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { faceOf, SealFace } from "../../parts/seal-face.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import type { Disagreement } from "./facts-words.ts";
import { PdfPage } from "./pdf-page.tsx";
import { fitWidth, TRUE_SIZE, zoomBy } from "./placement.ts";
import type { RequestDetail, RequestDocument } from "./queries.ts";
import { saveFile } from "./save-file.ts";
import { useDocument } from "./use-document.ts";
import { useWidth } from "./use-width.ts";

/**
 * A document to be read, page under page, with the seals pale where they will stand. It fits the width of its column;
 * made larger, the pages pan inside their frame and the window does not scroll sideways.
 */
export function DocumentReader(props: {
  document: RequestDocument;
  seals: RequestDetail["sealList"];
  /** The other side of a joint request, whose seals stand on the same paper. */
  otherSide?: RequestDetail["otherSide"];
  /** What the documents say otherwise: where a page shows something else than can be read is marked on it. */
  disagreements?: readonly Disagreement[];
  /** Called once its pages are here to be read. */
  onShown?: () => void;
}): ReactElement {
  const { document, onShown } = props;
  const t = useText("requests");
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [chosen, setChosen] = useState<number | null>(null);
  const { opened, file, error } = useDocument(document.documentId);
  const refused = isRefused(error);
  useEffect(() => {
    if (opened) onShown?.();
  }, [opened, onShown]);
  const widest = Math.max(1, ...document.pages.map((page) => page.widthMm));
  const scale = chosen ?? Math.min(fitWidth(widest, width), TRUE_SIZE * 1.25);
  const scrolls = widest * scale > width + 1;
  // The frame takes the focus only while there is something to pan.
  useEffect(() => {
    if (frame.current) frame.current.tabIndex = scrolls ? 0 : -1;
  }, [scrolls]);
  return (
    <section className="reader" aria-label={t("reader.document", { name: document.name })}>
      <div className="reader-tools" role="toolbar" aria-label={t("reader.tools")}>
        <Button
          aria-label={t("reader.zoomOut")}
          icon={<MinusOutlined aria-hidden />}
          onClick={() => setChosen(zoomBy(scale, -1))}
        />
        <span className="reader-zoom" aria-live="polite">
          {t("reader.zoom", { percent: Math.round((scale / TRUE_SIZE) * 100) })}
        </span>
        <Button
          aria-label={t("reader.zoomIn")}
          icon={<PlusOutlined aria-hidden />}
          onClick={() => setChosen(zoomBy(scale, 1))}
        />
        <Button onClick={() => setChosen(null)}>{t("reader.fit")}</Button>
      </div>
      {refused && <ErrorPanel error={error} />}
      {Boolean(error) && !refused && (
        <Message
          tone="problem"
          live
          title={t("reader.unreadable")}
          {...(file
            ? { action: <Button onClick={() => saveFile(file, document.name)}>{t("reader.download")}</Button> }
            : {})}
        >
          {t("reader.unreadableWhy")}
        </Message>
      )}
      <div ref={frame} className="reader-pages">
        {refused ? null : width === 0 ? (
          <LinesSkeleton lines={8} />
        ) : (
          document.pages.map((page, index) => (
            <figure key={`page-${index.toString()}`} className="reader-page">
              <PdfPage
                document={opened}
                page={index}
                total={document.pages.length}
                widthMm={page.widthMm}
                heightMm={page.heightMm}
                pxPerMm={scale}
              >
                <FutureSeals document={document} page={index} seals={props.seals} pxPerMm={scale} />
                <ShownPlaces
                  places={(props.disagreements ?? []).filter(
                    (one) => one.fact === "shown" && one.documentId === document.documentId && one.page === index,
                  )}
                  pxPerMm={scale}
                />
                {props.otherSide && (
                  <OtherSeals side={props.otherSide} document={document} page={index} pxPerMm={scale} />
                )}
              </PdfPage>
              <figcaption className="note small">
                {t("reader.page", { page: index + 1, total: document.pages.length })}
              </figcaption>
            </figure>
          ))
        )}
      </div>
    </section>
  );
}

/** A rule that keeps the file from this reader is told as a rule, and not as a file that cannot be drawn. */
const isRefused = (error: unknown): boolean => (findProblem(error)?.refusals.length ?? 0) > 0;

/** Where a page shows something else than what can be read there. */
function ShownPlaces(props: { places: readonly Disagreement[]; pxPerMm: number }): ReactElement {
  const t = useText("templates");
  const { pxPerMm } = props;
  return (
    <>
      {props.places.map(({ key, box }) => (
        <span
          key={key}
          className="shown-place"
          role="img"
          aria-label={t("said.shown")}
          title={t("said.shown")}
          style={{
            ...{ left: box.x * pxPerMm - 4, top: box.y * pxPerMm - 4 },
            ...{ width: box.width * pxPerMm + 8, height: box.height * pxPerMm + 8 },
          }}
        />
      ))}
    </>
  );
}

/** Where seals will stand on a page: the face over the text, as ink lies. */
function FutureSeals(props: {
  document: RequestDocument;
  page: number;
  seals: RequestDetail["sealList"];
  pxPerMm: number;
}): ReactElement {
  return (
    <>
      {props.document.placements
        .filter((placement) => placement.page === props.page)
        .map((placement) => {
          const seal = props.seals.find((one) => one.sealId === placement.sealId);
          return (
            seal && (
              <span
                key={placement.placementId}
                className="future-seal"
                style={{ left: placement.xMm * props.pxPerMm, top: placement.yMm * props.pxPerMm }}
              >
                <SealFace
                  source={faceOf(seal.sealId)}
                  name={seal.name}
                  widthMm={seal.widthMm}
                  heightMm={seal.heightMm}
                  round={seal.faceShape === "circle"}
                  state={props.document.sealed ? "live" : "pale"}
                  pxPerMm={props.pxPerMm}
                  onPaper
                />
              </span>
            )
          );
        })}
    </>
  );
}

/** Where the other side's seals will stand: their outline under its name, for which seals they are is its own affair. */
function OtherSeals(props: {
  side: NonNullable<RequestDetail["otherSide"]>;
  document: RequestDocument;
  page: number;
  pxPerMm: number;
}): ReactElement {
  const { side, document, page, pxPerMm } = props;
  const t = useText("joint");
  const language = useLanguage();
  const name = t("card.theirSeal", { name: nameIn(side.entity.name, language) });
  return (
    <>
      {side.marks
        .filter((mark) => mark.documentId === document.documentId && mark.page === page)
        .map(({ xMm, yMm, widthMm, heightMm, round }) => (
          <span
            key={`${xMm} ${yMm}`}
            className="other-seal"
            data-round={round}
            role="img"
            aria-label={name}
            style={{
              ...{ left: xMm * pxPerMm, top: yMm * pxPerMm },
              ...{ width: widthMm * pxPerMm, height: heightMm * pxPerMm },
            }}
          >
            <span>{name}</span>
          </span>
        ))}
    </>
  );
}
