import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useEffect, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { evidenceAddress } from "../matters/queries.ts";
import type { StampingView } from "./queries.ts";
import type { TakenPhoto } from "./report-queue.ts";
import { SpoiledDialog } from "./spoiled-dialog.tsx";
import { listSaid, type Turn } from "./stamp-turns.ts";
import { useBookingWords } from "./use-booking-words.ts";
import type { Reports } from "./use-report-queue.ts";

const SHOWN = 6;

/** What was said last, newest first: the picture, what it was, and whether it has arrived. */
export function SaidList(props: { view: StampingView; turns: readonly Turn[]; reports: Reports }): ReactElement | null {
  const t = useText("stamping");
  const said = listSaid(props.turns);
  if (said.length === 0) return null;
  return (
    <section className="stack stack-tight" aria-labelledby="said-title">
      <div className="section-head">
        <h2 id="said-title">{t("turn.said")}</h2>
        <Link to={paths.photos(props.view.requestId)}>{t("card.toPhotos")}</Link>
      </div>
      <ul className="stack stack-tight">
        {said.slice(0, SHOWN).map((turn) => (
          <li key={turn.impression.impressionId} className="card said-line">
            <Picture turn={turn} />
            <SaidWords turn={turn} />
            {props.view.actions.includes("spoil") && turn.impression.state === "pressed" && turn.queued === null && (
              <Spoil turn={turn} reports={props.reports} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A sheet that turned out badly: said here until it is settled, by hand and of what a box pressed, also when it was the last. */
function Spoil(props: { turn: Turn; reports: Reports }): ReactElement {
  const { impressionId, nth } = props.turn.impression;
  const t = useText("stamping");
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setAsked(true)}>
        {t("said.spoil", { nth })}
      </Button>
      {asked && (
        <SpoiledDialog
          nth={nth}
          onTaken={(reason, photo) => {
            setAsked(false);
            void props.reports.say(impressionId, "spoiled", reason, photo);
          }}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}

function SaidWords(props: { turn: Turn }): ReactElement {
  const { impression, queued } = props.turn;
  const t = useText("stamping");
  const recent = useRecent();
  const booking = useBookingWords()(impression);
  const at = queued ? new Date(queued.report.at).toISOString() : impression.at;
  return (
    <>
      <span className="grow">
        <strong>{t("turn.nth", { nth: impression.nth })}</strong>
        <br />
        <span className="note small">
          {recent(at)}
          {booking && ` · ${booking}`}
        </span>
      </span>
      {queued ? (
        <Tag tone="waiting" sign="dashed">
          {t(`said.${queued.report.report}`)} · {t("said.onPhone")}
        </Tag>
      ) : (
        <StateTag kind="impression" state={impression.state} />
      )}
    </>
  );
}

function Picture(props: { turn: Turn }): ReactElement {
  const { impression, queued } = props.turn;
  const t = useText("stamping");
  const kept = usePicture(queued?.report.photo ?? null);
  const source = kept ?? (impression.photo ? evidenceAddress.preview(impression.photo.evidenceId) : null);
  if (source === null) return <span className="said-picture note small">{t("said.noPhoto")}</span>;
  return <img className="said-picture" src={source} alt={t("said.photo", { nth: impression.nth })} loading="lazy" />;
}

/** A photo that is on this device, as an address of this page. */
function usePicture(photo: TakenPhoto | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!photo) return;
    const made = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(null);
    };
  }, [photo]);
  return address;
}
