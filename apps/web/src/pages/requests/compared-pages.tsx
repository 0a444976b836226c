import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect, useRef } from "react";
import { useText } from "../../i18n/i18n.ts";
import { templateFileQuery } from "../templates/queries.ts";
import type { ComparedPlace, PlaceOnPage } from "./compared-places.ts";
import type { OpenedDocument } from "./pdf-document.ts";
import { PdfPage } from "./pdf-page.tsx";
import { fitWidth, TRUE_SIZE } from "./placement.ts";
import type { RequestDocument } from "./queries.ts";
import { useDocument, useOpened } from "./use-document.ts";
import { useWidth } from "./use-width.ts";

type Size = RequestDocument["pages"][number];
/** At which the small print of a contract can be read. */
const LEAST_SCALE = TRUE_SIZE * 0.8;
/** Millimetres shown on either side of a line. */
const ASIDE = 4;

/** Template and document side by side (one under the other on a phone), at the place that is looked at. */
export function ComparedPages(props: {
  document: RequestDocument;
  versionId: string;
  templatePages: readonly Size[];
  place: ComparedPlace;
}): ReactElement {
  const { document, versionId, templatePages, place } = props;
  const t = useText("templates");
  const template = useQuery(templateFileQuery(versionId));
  const ofTemplate = useOpened(template.data, template.error);
  const ofDocument = useDocument(document.documentId);
  // Where a side has nothing of its own, the page that lies beside the other one is shown.
  const beside = (own: PlaceOnPage | null, other: PlaceOnPage | null, total: number): PlaceOnPage | null =>
    own ??
    (other && !place.kind.startsWith("page-") && other.page < total
      ? { page: other.page, boxes: [], lines: other.lines }
      : null);
  return (
    <div className="compare-panes">
      <Pane
        title={t("compare.ofTemplate")}
        name={(page) => t("compare.templatePage", { page })}
        side="template"
        place={beside(place.template, place.document, templatePages.length)}
        pages={templatePages}
        opened={ofTemplate.opened}
      />
      <Pane
        title={t("compare.ofDocument")}
        name={(page) => t("compare.documentPage", { page })}
        side="document"
        place={beside(place.document, place.template, document.pages.length)}
        pages={document.pages}
        opened={ofDocument.opened}
      />
    </div>
  );
}

function Pane(props: {
  title: string;
  name: (page: number) => string;
  side: "template" | "document";
  place: PlaceOnPage | null;
  pages: readonly Size[];
  opened: OpenedDocument | null;
}): ReactElement {
  const { title, name, side, place, pages, opened } = props;
  const t = useText("templates");
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const size = place ? pages[place.page] : undefined;
  const fit = size ? Math.min(fitWidth(size.widthMm, width), TRUE_SIZE * 1.25) : 1;
  const lines = place?.lines ?? [];
  const [start, end] = [Math.min(...lines.map(({ x }) => x)), Math.max(...lines.map((one) => one.x + one.width))];
  // A place is shown as large as its whole line allows, for half a line is no sentence; of a whole page all is shown.
  const scale = lines.length > 0 ? Math.max(fit, Math.min(LEAST_SCALE, width / (end - start + 2 * ASIDE))) : fit;
  const [left, top] = lines.length > 0 ? [start, lines[0]?.y] : [undefined, undefined];
  // What scrolls can be scrolled by keyboard; its words stand in the list, and the document's in its reader.
  useEffect(() => {
    if (frame.current) frame.current.tabIndex = 0;
  }, []);
  // The place is brought to the middle of its own frame; the window stays where it is.
  useEffect(() => {
    const shown = frame.current;
    if (!shown || width === 0) return;
    shown.scrollTop = top === undefined ? 0 : Math.max(0, top * scale - shown.clientHeight / 2);
    shown.scrollLeft = left === undefined ? 0 : Math.max(0, (left - ASIDE) * scale);
  }, [left, top, scale, width]);
  return (
    <figure className="compare-pane">
      <figcaption className="note small">{place ? name(place.page + 1) : title}</figcaption>
      <section ref={frame} className="compare-frame" aria-label={title}>
        {place && size && width > 0 ? (
          <PdfPage
            document={opened}
            page={place.page}
            total={pages.length}
            widthMm={size.widthMm}
            heightMm={size.heightMm}
            pxPerMm={scale}
            small
          >
            {place.boxes.map((box) => (
              <span
                key={`${box.x} ${box.y}`}
                className="compare-mark"
                data-side={side}
                aria-hidden
                style={{
                  left: box.x * scale - 2,
                  top: box.y * scale - 2,
                  width: box.width * scale + 4,
                  height: box.height * scale + 4,
                }}
              />
            ))}
          </PdfPage>
        ) : (
          <p className="compare-none note">{t("compare.noPage")}</p>
        )}
      </section>
    </figure>
  );
}
