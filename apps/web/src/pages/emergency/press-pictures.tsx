import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { SignIcon, StateTag, Tag } from "../../parts/state-tag.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import { type Press, type PressPicture, pressPicturesQuery } from "./queries.ts";
import "../stamping/stamping.css";

/** Each press of an emergency with what lay under the seal before it and what was there after it; what is missing is said. */
export function PressPictures(props: { requestId: string }): ReactElement {
  const t = useText("emergency");
  const { data, error, refetch } = useQuery(pressPicturesQuery(props.requestId));
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <LinesSkeleton lines={4} />;
  if (data.presses.length === 0) return <p className="note">{t("presses.none")}</p>;
  return (
    <div className="stack">
      {data.lacking > 0 ? (
        <Message tone="problem" title={t("presses.lacking", { count: data.lacking, of: data.pictures })}>
          {t("presses.lackingWhy")}
        </Message>
      ) : (
        <p className="note">{t("presses.lead")}</p>
      )}
      <ol className="press-list" aria-label={t("presses.title")}>
        {data.presses.map((press) => (
          <li key={press.nth}>
            <OnePress press={press} />
          </li>
        ))}
      </ol>
    </div>
  );
}

const TELLS = { done: null, aborted: "presses.aborted", unknown: "presses.unknown" } as const;

function OnePress(props: { press: Press }): ReactElement {
  const { press } = props;
  const { impression, stroke } = press;
  const t = useText("emergency");
  const language = useLanguage();
  const moment = useMoment();
  const [large, setLarge] = useState(false);
  const title = useTitle(press);
  const tells = stroke === null ? null : TELLS[stroke.out];
  const grade = impression?.grade;
  return (
    <section className="stack stack-tight" aria-label={title}>
      <div className="row">
        <h3 className="grow">{title}</h3>
        {impression && <StateTag kind="impression" state={impression.state} />}
      </div>
      <p className="note small">
        {moment(press.at)}
        {stroke && ` · ${t("presses.stroke", { serial: stroke.serial, n: stroke.n, counter: stroke.counter })}`}
      </p>
      {grade && (
        <p className="small">
          {t("presses.grade", { grade: grade.grade, name: grade.name[language] })}{" "}
          <span className="note">{grade.says[language]}</span>
        </p>
      )}
      {tells && <p className="small">{t(tells)}</p>}
      {stroke?.out === "done" && impression === null && (
        <Tag tone="problem" sign="octagon">
          {t("presses.excess")}
        </Tag>
      )}
      <div className="press-pair">
        <Side press={press} side="before" onLarge={() => setLarge(true)} />
        <Side press={press} side="after" onLarge={() => setLarge(true)} />
      </div>
      {large && (
        <div className="dialog-wide">
          <Dialog title={title} onClose={() => setLarge(false)}>
            <div className="photo-beside">
              <Side press={press} side="before" />
              <Side press={press} side="after" />
            </div>
          </Dialog>
        </div>
      )}
    </section>
  );
}

/** Its place in the sequence, and which impression it made. */
function useTitle({ nth, impression }: Press): string {
  const t = useText("emergency");
  if (impression === null) return t("presses.noImpression", { nth });
  const { nth: number, copy, page, document } = impression;
  const where = { nth, number, copy, page };
  return document === null ? t("presses.press", where) : t("presses.pressOf", { ...where, document });
}

type Which = "before" | "after";

/** What was seen on one side of a press; large, with the file as it was taken. */
function Side(props: { press: Press; side: Which; onLarge?: () => void }): ReactElement {
  const { press, side, onLarge } = props;
  const t = useText("emergency");
  const pictures = press[side];
  return (
    <div className="stack stack-tight">
      <p className="press-side">{t(`presses.${side}`)}</p>
      {pictures.length === 0 && (
        <p className="press-gap" data-lacking="false">
          {press.told === "record" ? t("presses.nothingAfter") : t(`presses.neverBefore.${press.told}`)}
        </p>
      )}
      {pictures.map((picture) => (
        <OnePicture
          key={picture.evidenceId ?? `${picture.sight} ${picture.at}`}
          press={press}
          side={side}
          picture={picture}
          onLarge={onLarge}
        />
      ))}
    </div>
  );
}

function OnePicture(props: {
  press: Press;
  side: Which;
  picture: PressPicture;
  onLarge?: (() => void) | undefined;
}): ReactElement {
  const { side, onLarge } = props;
  const { sight, at, evidenceId } = props.picture;
  const { nth } = props.press;
  const t = useText("emergency");
  const moment = useMoment();
  const taken = at === null ? null : t("presses.taken", { at: moment(at) });
  if (sight !== "shown" && (sight !== "dark" || evidenceId === null))
    return (
      <p className="press-gap" data-lacking={sight !== "on-its-way"}>
        <span>
          <SignIcon sign={sight === "on-its-way" ? "clock" : "octagon"} /> {t(`presses.sights.${sight}`)}
        </span>
        {taken && <span className="note small">{taken}</span>}
      </p>
    );
  // What is shown has been looked at, and is evidence.
  if (evidenceId === null) throw new Error("a picture that is shown has no evidence");
  const words = t(`presses.alt.${side}`, { nth });
  const image = <img src={evidenceAddress.preview(evidenceId)} alt={words} loading="lazy" />;
  return (
    <figure className="stack stack-tight">
      {onLarge ? (
        <button
          type="button"
          className="photo-picture"
          aria-label={t("presses.enlarge", { what: words })}
          onClick={onLarge}
        >
          {image}
        </button>
      ) : (
        image
      )}
      <figcaption className="row note small">
        {sight === "dark" && (
          <span>
            <SignIcon sign="octagon" /> {t("presses.sights.dark")}
          </span>
        )}
        {taken && <span>{taken}</span>}
        {!onLarge && (
          <a href={evidenceAddress.file(evidenceId)} download={`${side}-${nth}.jpg`}>
            {t("presses.file")}
          </a>
        )}
      </figcaption>
    </figure>
  );
}
