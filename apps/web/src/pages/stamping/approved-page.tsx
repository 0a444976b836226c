import { Button } from "antd";
import { type ReactElement, type ReactNode, useRef, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { faceOf, SealFace } from "../../parts/seal-face.tsx";
import { PdfPage } from "../requests/pdf-page.tsx";
import { fitWidth } from "../requests/placement.ts";
import { useDocument } from "../requests/use-document.ts";
import { useWidth } from "../requests/use-width.ts";
import type { Comparison, Impression, StampingView } from "./queries.ts";

type Place = Comparison["places"][number];

/** The small page leaves room for words beside it. */
const SMALL_PX = 176;

/** The approved page with the place of one seal marked; beside it what is said of it. */
export function ApprovedPage(props: {
  view: Pick<StampingView, "documents" | "seals">;
  impression: Pick<Impression, "documentId" | "sealId" | "placement">;
  startLarge?: boolean;
  /** Where a photo differs from the page, in millimetres of the page. */
  places?: readonly Place[];
  children?: ReactNode;
}): ReactElement {
  const { view, impression } = props;
  const t = useText("stamping");
  const language = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [large, setLarge] = useState(props.startLarge ?? false);
  const document = view.documents.find((one) => one.documentId === impression.documentId);
  const seal = view.seals.find((one) => one.sealId === impression.sealId);
  const { opened, error } = useDocument(impression.documentId);
  const size = document?.pages[impression.placement.page];
  if (!document || !size) return <>{props.children}</>;
  const pxPerMm = fitWidth(size.widthMm, large ? width : Math.min(width, SMALL_PX));
  return (
    <div ref={frame} className="approved-page" data-large={large}>
      <ErrorPanel error={error} />
      {width > 0 && (
        <figure aria-label={t("turn.page")}>
          <PdfPage
            document={opened}
            page={impression.placement.page}
            total={document.pages.length}
            widthMm={size.widthMm}
            heightMm={size.heightMm}
            pxPerMm={pxPerMm}
            small={!large}
          >
            {props.places?.map((place, at) => (
              <span
                key={`${place.xMm} ${place.yMm}`}
                className="differs-mark"
                role="img"
                aria-label={t("comparison.place", { nth: at + 1 })}
                style={{
                  ...{ left: place.xMm * pxPerMm, top: place.yMm * pxPerMm },
                  ...{ width: place.widthMm * pxPerMm, height: place.heightMm * pxPerMm },
                }}
              />
            ))}
            {seal && (
              <span
                className="stamp-mark"
                data-round={seal.round}
                style={{ left: impression.placement.xMm * pxPerMm, top: impression.placement.yMm * pxPerMm }}
              >
                <SealFace source={faceOf(seal.sealId)} state="pale" pxPerMm={pxPerMm} onPaper {...seal} />
              </span>
            )}
          </PdfPage>
        </figure>
      )}
      <div className="approved-words">
        {seal && (
          <strong>
            {nameIn(seal.name, language)} <span className="note">{seal.number}</span>
          </strong>
        )}
        {props.children}
        <Button size="small" aria-expanded={large} onClick={() => setLarge(!large)}>
          {t(large ? "turn.smaller" : "turn.larger")}
        </Button>
      </div>
    </div>
  );
}
