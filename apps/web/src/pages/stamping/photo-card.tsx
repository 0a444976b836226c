import { type ReactElement, type ReactNode, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import { ApprovedPage } from "./approved-page.tsx";
import type { Impression, StampingView } from "./queries.ts";
import { usePlaceWords } from "./use-place-words.ts";

/** One photo with where it was taken for; large, beside the approved page. */
export function PhotoCard(props: { view: StampingView; impression: Impression; children?: ReactNode }): ReactElement {
  const { view, impression } = props;
  const t = useText("stamping");
  const words = usePlaceWords(view);
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
        <button type="button" className="photo-picture" onClick={() => setOpen(true)}>
          <img src={evidenceAddress.preview(photo.evidenceId)} alt={t("said.photo", { nth })} loading="lazy" />
        </button>
      )}
      <div className="card-body stack stack-tight">
        <p className="note small">
          {words(impression)} · {moment(impression.at)}
        </p>
        {props.children}
      </div>
      {open && photo && (
        <div className="dialog-wide">
          <Dialog title={`${t("turn.nth", { nth })} · ${words(impression)}`} onClose={() => setOpen(false)}>
            <div className="photo-beside">
              <figure>
                <img src={evidenceAddress.preview(photo.evidenceId)} alt={t("photos.large", { nth })} />
                <figcaption>
                  <a href={evidenceAddress.file(photo.evidenceId)} download={`${view.number}-${nth}.jpg`}>
                    {t("photos.file")}
                  </a>
                </figcaption>
              </figure>
              <div>
                <h3>{t("photos.approved")}</h3>
                <ApprovedPage view={view} impression={impression} startLarge />
              </div>
            </div>
          </Dialog>
        </div>
      )}
    </section>
  );
}
