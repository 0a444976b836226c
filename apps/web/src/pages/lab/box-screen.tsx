import { codeShown } from "@chancery/seallink";
import type { ReactElement } from "react";
import { sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useClock } from "../../i18n/use-format.ts";
import type { Lab } from "./lab.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { useWords } from "./use-words.ts";

/** The screen of the box: its state, what may be stamped, and why it refused. */
export function BoxScreen(props: { lab: Lab; now: LabSnapshot }): ReactElement {
  const { lab, now } = props;
  const t = useText("lab");
  const clock = useClock();
  const { view } = now;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a screen is no set of fields
    <div className="lab-screen" role="group" aria-label={t("box.screen")} data-off={!now.power}>
      {view === undefined ? (
        <strong>{t("box.off")}</strong>
      ) : (
        <>
          <div className="lab-screen-head">
            <strong>{t(`states.${view.state}`)}</strong>
            <span className="mono">{clock(new Date(now.boardClock).toISOString())}</span>
          </div>
          {now.pairing && (
            <p>
              {t("box.pairing")}
              <span className="lab-digits">{now.pairing.digits}</span>
            </p>
          )}
          {view.order && <p>{t("box.order", { present: view.order.present.length })}</p>}
          {view.dev !== "" && Object.keys(view.slots).length > 0 && <Pending lab={lab} now={now} />}
          {now.refusal && <Refusal code={now.refusal} />}
        </>
      )}
    </div>
  );
}

function Pending(props: { lab: Lab; now: LabSnapshot }): ReactElement {
  const { lab, now } = props;
  const t = useText("lab");
  const language = useLanguage();
  const clock = useClock();
  const { tokens = [], session, state } = now.view ?? {};
  if (tokens.length === 0) return <p className="lab-dim">{t("box.nothing")}</p>;
  const waits =
    state === "CLEARED" ? "box.ready" : session?.op === undefined ? "box.waitsOperator" : "box.waitsSupervisor";
  return (
    <ul className="lab-pending" aria-label={t("box.choose")}>
      {tokens.map(({ claims, left }) => {
        const [doc] = claims.doc;
        const chosen = session?.jti === claims.jti;
        return (
          <li key={claims.jti}>
            <button type="button" aria-pressed={chosen} onClick={() => void lab.do(() => lab.choose(claims.jti))}>
              <span>{doc ? sayHalf(doc.t, language) : t("box.emergency")}</span>
              <span className="lab-pending-facts">
                <b className="mono">{codeShown(claims)}</b>
                <span>{t("box.left", { count: left })}</span>
                {claims.use.mode === "console" && <span>{t("box.onlyDocked")}</span>}
                <span>{t("box.until", { time: clock(new Date(claims.exp * 1000).toISOString()) })}</span>
              </span>
              {chosen && <span className="lab-dim">{`${t("box.chosen")}: ${t(waits)}`}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Refusal(props: { code: NonNullable<LabSnapshot["refusal"]> }): ReactElement {
  const words = useWords();
  const { say, todo } = words.code(props.code);
  return (
    <div className="lab-refusal">
      <code>{props.code}</code> <strong>{say}</strong>
      <p>{todo}</p>
    </div>
  );
}
