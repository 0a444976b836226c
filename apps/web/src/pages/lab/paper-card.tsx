import { type ReactElement, useEffect, useState } from "react";
import { sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import face from "./face.svg";
import type { LabPaper, LabSnapshot } from "./lab-state.ts";
import { papers } from "./people.ts";

/** The paper under the seal, and the picture that the camera took of it. */
export function PaperCard(props: { now: LabSnapshot }): ReactElement {
  const { paper, picture } = props.now;
  const t = useText("lab");
  return (
    <section className="card" aria-labelledby="lab-paper">
      <header>
        <h2 id="lab-paper">{t("paper.title")}</h2>
      </header>
      <div className="card-body lab-papers">
        {paper === undefined ? <p className="note">{t("paper.none")}</p> : <Sheet paper={paper} />}
        <figure>
          {picture === undefined ? (
            <p className="note">{t("paper.noPicture")}</p>
          ) : (
            <>
              <Photo bytes={picture.bytes} />
              <figcaption className="small note">
                {t("paper.digest")} <span className="mono digest">{`${picture.hash.slice(0, 23)}…`}</span>
              </figcaption>
            </>
          )}
        </figure>
      </div>
    </section>
  );
}

function Sheet(props: { paper: LabPaper }): ReactElement {
  const { paper } = props;
  const t = useText("lab");
  const language = useLanguage();
  const { code } = papers[paper.paper];
  const shown = sayHalf(paper.title, language);
  const size = 50;
  return (
    <svg
      className="lab-paper"
      viewBox="0 0 210 160"
      role="img"
      aria-label={t("paper.label", { title: shown, count: paper.impressions.length })}
    >
      <rect className="lab-sheet" width="210" height="160" />
      <text x="14" y="24" className="lab-paper-title">
        {shown}
      </text>
      <text x="196" y="24" textAnchor="end" className="lab-paper-code">
        {code}
      </text>
      <path
        className="lab-lines"
        d="M14 38h182M14 50h182M14 62h120M14 78h182M14 90h182M14 102h96M14 118h182M14 130h140"
      />
      {paper.impressions.map(({ x, y, turn }, at) => (
        <image
          // biome-ignore lint/suspicious/noArrayIndexKey: the impressions of a paper never change places
          key={at}
          className="lab-impression"
          href={face}
          x={x * 210 - size / 2}
          y={y * 160 - size / 2}
          width={size}
          height={size}
          transform={`rotate(${turn} ${x * 210} ${y * 160})`}
        />
      ))}
    </svg>
  );
}

function Photo(props: { bytes: Uint8Array }): ReactElement {
  const t = useText("lab");
  const [url, setUrl] = useState<string>();
  const { bytes } = props;
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return <img className="lab-photo" src={url} alt={t("paper.camera")} width={480} height={340} />;
}
