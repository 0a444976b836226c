import { Button } from "antd";
import { type ReactElement, type ReactNode, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import { ApprovedPage } from "./approved-page.tsx";
import type { Comparison, Impression, StampingView } from "./queries.ts";
import { useBookingWords } from "./use-booking-words.ts";
import { usePlaceWords } from "./use-place-words.ts";

/** One photo with where it was taken for; large, beside the approved page. */
export function PhotoCard(props: {
  view: StampingView;
  impression: Impression;
  /** Whoever shows the card opens it large; left out, the card does. */
  onOpen?: () => void;
  children?: ReactNode;
}): ReactElement {
  const { view, impression } = props;
  const t = useText("stamping");
  const words = usePlaceWords(view);
  const booking = useBookingWords()(impression);
  const moment = useMoment();
  const [open, setOpen] = useState(false);
  const { photo, nth } = impression;
  return (
    <section className="card photo-card" aria-label={t("said.photo", { nth })}>
      <header>
        <h2>{t("turn.nth", { nth })}</h2>
        <StateTag kind="impression" state={impression.state} />
      </header>
      {photo && (
        <button type="button" className="photo-picture" onClick={props.onOpen ?? (() => setOpen(true))}>
          <img src={evidenceAddress.preview(photo.evidenceId)} alt={t("said.photo", { nth })} loading="lazy" />
        </button>
      )}
      <div className="card-body stack stack-tight">
        <p className="note small">
          {words(impression)} · {moment(impression.at)}
          {impression.grade && ` · ${t("grades.of", { grade: impression.grade })}`}
        </p>
        {booking && <p className="note small">{booking}</p>}
        {photo && photo.earlier.length > 0 && <p className="note small">{t("retake.both")}</p>}
        {photo?.comparison ? (
          <ComparisonWords comparison={photo.comparison} />
        ) : (
          photo && <p className="note small">{t("comparison.none")}</p>
        )}
        {props.children}
      </div>
      {open && <LargePhoto view={view} impression={impression} onClose={() => setOpen(false)} />}
    </section>
  );
}

/** A photo large, beside the approved page; `onNext` leads to another one that is to be opened. */
export function LargePhoto(props: {
  view: StampingView;
  impression: Impression;
  onNext?: (() => void) | undefined;
  onClose: () => void;
}): ReactElement | null {
  const { view, impression, onNext } = props;
  const t = useText("stamping");
  const words = usePlaceWords(view);
  const { photo, nth } = impression;
  if (!photo) return null;
  return (
    <div className="dialog-wide">
      <Dialog title={`${t("turn.nth", { nth })} · ${words(impression)}`} onClose={props.onClose}>
        <div className="photo-beside">
          <figure>
            {photo.earlier.map((evidenceId) => (
              <details key={evidenceId}>
                <summary>{t("retake.earlier", { nth })}</summary>
                <img src={evidenceAddress.preview(evidenceId)} alt={t("retake.earlier", { nth })} />
              </details>
            ))}
            <img src={evidenceAddress.preview(photo.evidenceId)} alt={t("photos.large", { nth })} />
            <figcaption>
              <a href={evidenceAddress.file(photo.evidenceId)} download={`${view.number}-${nth}.jpg`}>
                {t("photos.file")}
              </a>
            </figcaption>
          </figure>
          <div>
            <h3>{t("photos.approved")}</h3>
            <ApprovedPage view={view} impression={impression} startLarge places={photo.comparison?.places ?? []} />
          </div>
        </div>
        {onNext && (
          <div className="row row-end photo-next">
            <Button type="primary" onClick={onNext}>
              {t("photos.next")}
            </Button>
          </div>
        )}
      </Dialog>
    </div>
  );
}

const LOOKS = {
  other: { tone: "problem", sign: "octagon" },
  differs: { tone: "warning", sign: "warning" },
  same: { tone: "success", sign: "check" },
  unclear: { tone: "waiting", sign: "dashed" },
} as const;
/** What asks for a word is a warning; what stopped the stamping, or would have, a problem. */
function lookOf({ verdict, demands }: Comparison): (typeof LOOKS)[keyof typeof LOOKS] {
  if (verdict === "same" || verdict === "differs" || verdict === "unclear") return LOOKS[verdict];
  return demands === "answer" ? LOOKS.differs : LOOKS.other;
}
const IMPRESSION_LOOKS = { none: LOOKS.other, untold: LOOKS.unclear } as const;
const FACE_LOOKS = {
  ...{ ours: LOOKS.same, another: LOOKS.other, unknown: LOOKS.differs },
  ...{
    pale: LOOKS.unclear,
    partial: LOOKS.differs,
    doubled: LOOKS.differs,
    beside: LOOKS.differs,
    untold: LOOKS.unclear,
  },
} as const;

/** What the comparison with the printed page found, which page the code names where that is not this one, and whether an impression is there. */
function ComparisonWords(props: { comparison: Comparison }): ReactElement {
  const { verdict, demands, code, places, basis, shows, impression, face } = props.comparison;
  const t = useText("stamping");
  const asksWhich = demands !== "nothing" && verdict !== "same" && verdict !== "differs" && verdict !== "unclear";
  return (
    <div className="stack stack-tight">
      <div>
        <Tag {...lookOf(props.comparison)}>{t(`comparison.verdicts.${verdict}`)}</Tag>
      </div>
      {(impression === "none" || impression === "untold") && (
        <>
          <div>
            <Tag {...IMPRESSION_LOOKS[impression]}>{t(`comparison.impressions.${impression}`)}</Tag>
          </div>
          <p className="note small">{t(`comparison.impressionWhy.${impression}`)}</p>
        </>
      )}
      {face && (
        <>
          <div>
            <Tag {...FACE_LOOKS[face.sight]}>{t(`comparison.faces.${face.sight}`, { seal: face.otherSeal ?? "" })}</Tag>
          </div>
          {face.sight !== "ours" && <p className="note small">{t(`comparison.faceWhy.${face.sight}`)}</p>}
        </>
      )}
      {verdict === "no-code" && <p className="note small">{t("comparison.noCode")}</p>}
      {basis === "scan" && <p className="note small">{t("comparison.byScan")}</p>}
      {verdict === "wrong-page" && shows !== null && (
        <p className="note small">{t("comparison.shows", { page: shows })}</p>
      )}
      {asksWhich && code && (
        <p className="note small">{code.here ? t("comparison.code", code) : t("comparison.elsewhere")}</p>
      )}
      {places.length > 0 && <p className="note small">{t("comparison.places", { count: places.length })}</p>}
    </div>
  );
}
