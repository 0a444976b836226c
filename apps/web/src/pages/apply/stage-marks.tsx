import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import type { DraftDocument } from "./draft.ts";

/** What is not filled in on a page, framed where it stands, with the number it has in the list. */
export function StageMarks(props: { document: DraftDocument; page: number; pxPerMm: number }): ReactElement {
  const { document, page, pxPerMm } = props;
  const t = useText("apply");
  return (
    <>
      {document.file.unfinished.map((place, index) => {
        if (place.page !== page || !place.box) return null;
        const answered = place.answerable && (document.answers[place.placeId] ?? "").trim() !== "";
        return (
          <span
            key={place.placeId}
            className="stage-mark"
            data-answered={answered}
            data-place={place.placeId}
            style={{
              left: place.box.x * pxPerMm - 3,
              top: place.box.y * pxPerMm - 3,
              width: place.box.width * pxPerMm + 6,
              height: place.box.height * pxPerMm + 6,
            }}
          >
            <b>
              <span className="unseen">{t("stage.mark")} </span>
              {index + 1}
            </b>
          </span>
        );
      })}
    </>
  );
}
