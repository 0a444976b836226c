import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useRef } from "react";
import { useText } from "../../i18n/i18n.ts";
import { PdfPage } from "../requests/pdf-page.tsx";
import { fitWidth } from "../requests/placement.ts";
import { requestQuery } from "../requests/queries.ts";
import { useDocument } from "../requests/use-document.ts";
import { useWidth } from "../requests/use-width.ts";
import { type FinalPage, sheetAddress } from "./final-queries.ts";

/** What a page of the final copy shows: the sheet beside the approved page, on which the places are marked. */
export function FinalPageView(props: { requestId: string; finalCopyId: string; page: FinalPage }): ReactElement {
  const { requestId, finalCopyId, page } = props;
  const t = useText("copies");
  return (
    <div className="stack stack-tight">
      <p>
        {t(`final.verdicts.${page.verdict}`)}
        {page.hint && ` · ${t(`final.hints.${page.hint}`)}`}
      </p>
      <div className="final-panes">
        {page.documentId !== null && page.page !== null && (
          <ApprovedSheet requestId={requestId} documentId={page.documentId} number={page.page} places={page.places} />
        )}
        {page.sheet !== null && (
          <figure className="final-pane">
            <figcaption className="note small">{t("final.sheet", { sheet: page.sheet })}</figcaption>
            <img
              src={sheetAddress(requestId, finalCopyId, page.sheet)}
              alt={t("final.sheet", { sheet: page.sheet })}
              loading="lazy"
            />
          </figure>
        )}
      </div>
    </div>
  );
}

function ApprovedSheet(props: {
  requestId: string;
  documentId: string;
  number: number;
  places: FinalPage["places"];
}): ReactElement {
  const { documentId, number, places } = props;
  const t = useText("copies");
  const frame = useRef<HTMLElement>(null);
  const width = useWidth(frame);
  const { data: request } = useQuery(requestQuery(props.requestId));
  const { opened } = useDocument(documentId);
  const document = request?.documentList.find((one) => one.documentId === documentId);
  const size = document?.pages[number - 1];
  const pxPerMm = size ? fitWidth(size.widthMm, width) : 1;
  return (
    <figure ref={frame} className="final-pane">
      <figcaption className="note small">{t("final.approved", { page: number })}</figcaption>
      {document && size && width > 0 && (
        <PdfPage
          document={opened}
          page={number - 1}
          total={document.pages.length}
          widthMm={size.widthMm}
          heightMm={size.heightMm}
          pxPerMm={pxPerMm}
          small
        >
          {places.map((place, at) => (
            <span
              key={`${place.xMm} ${place.yMm}`}
              className="final-mark"
              role="img"
              aria-label={t("final.place", { nth: at + 1 })}
              style={{
                ...{ left: place.xMm * pxPerMm, top: place.yMm * pxPerMm },
                ...{ width: place.widthMm * pxPerMm, height: place.heightMm * pxPerMm },
              }}
            />
          ))}
        </PdfPage>
      )}
    </figure>
  );
}
