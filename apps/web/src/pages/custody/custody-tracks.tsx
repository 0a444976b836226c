import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { Tag } from "../../parts/state-tag.tsx";
import { StayList } from "./stay-list.tsx";
import { type CustodyBody, isWhole, listTracks, personOfBar, placeBar, shareOf, type TrackBar } from "./tracks.ts";

const DAY_MS = 86_400_000;

/** Custody as tracks: its holders and its place, amber where it is with a deputy or out of its container. */
export function CustodyTracks(props: { body: CustodyBody }): ReactElement {
  const { body } = props;
  const t = useText("custody");
  const day = useDay();
  const now = Date.now();
  const tracks = listTracks(body, now);
  const start = Math.min(...tracks.flatMap((track) => track.bars.map((bar) => bar.from)));
  const whole = isWhole(body);
  return (
    <div className="stack stack-tight">
      <div className="row">
        <h3 className="grow">{t("history.tracks")}</h3>
        <Tag tone={whole ? "success" : "problem"} sign={whole ? "check" : "octagon"}>
          {whole ? t("history.whole", { count: Math.floor((now - start) / DAY_MS) }) : t("history.broken")}
        </Tag>
      </div>
      {/* The list below says the same in words. */}
      <div className="tracks" aria-hidden>
        {tracks.map((track) => (
          <div key={`${track.kind} ${track.number}`} className="track">
            <span className="track-name">
              {track.kind === "holder" ? t("history.holder", { number: track.number }) : t("history.container")}
            </span>
            <span className="track-line">
              {track.bars.map((bar) => (
                <Bar key={bar.key} bar={bar} start={start} now={now} kind={track.kind} />
              ))}
            </span>
          </div>
        ))}
        <div className="track track-scale">
          <span className="track-name" />
          <span className="track-ends">
            <span>{day(new Date(start).toISOString())}</span>
            <span>{day(new Date(now).toISOString())}</span>
          </span>
        </div>
      </div>
      <StayList body={body} />
    </div>
  );
}

function Bar(props: { bar: TrackBar; start: number; now: number; kind: "holder" | "place" }): ReactElement {
  const { bar, start, now, kind } = props;
  const t = useText("custody");
  const language = useLanguage();
  const [from, to] = [shareOf(bar.from, start, now), shareOf(bar.to, start, now)];
  const named = to - from > 12;
  const container = bar.stay.account.container;
  const person = personOfBar(bar);
  const name = container ? nameIn(container.name, language) : person ? nameIn(person.name, language) : "";
  const more = kind === "holder" ? (bar.amber ? t("history.deputy") : "") : bar.amber ? t("history.inHand") : "";
  return (
    <span
      className="track-bar"
      data-amber={bar.amber}
      data-now={bar.stay.to === null}
      data-kind={kind}
      data-named={named}
      style={placeBar(from, to)}
      title={more ? `${name} · ${more}` : name}
    >
      {named && (more ? `${name} · ${more}` : name)}
    </span>
  );
}
