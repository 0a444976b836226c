import { Button } from "antd";
import { type ReactElement, useRef } from "react";
import { useText } from "../../i18n/i18n.ts";
import { SealIcon } from "../../parts/icons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { SealingTheme } from "../../theme/sealing-theme.tsx";
import { BoxPicture } from "./box-picture.tsx";
import { BoxScreen } from "./box-screen.tsx";
import type { Lab } from "./lab.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { personNames } from "./people.ts";

/** How long the button has to be kept down to count as kept down, in milliseconds. */
const holdFrom = 900;

/** The box with its screen, finger pad and button, as it stands on the desk. */
export function BoxCard(props: { lab: Lab; now: LabSnapshot }): ReactElement {
  const { lab, now } = props;
  const t = useText("lab");
  return (
    <section className="card lab-box" aria-labelledby="lab-box">
      <header>
        <h2 id="lab-box">{t("box.title")}</h2>
        <Tag tone={now.online ? "success" : "frozen"} sign={now.online ? "check" : "pause"}>
          {t(now.online ? "box.online" : "box.offline")}
        </Tag>
        <CounterWheel count={now.counter} />
      </header>
      <div className="lab-stand" data-tamper={now.siren}>
        <BoxScreen lab={lab} now={now} />
        <BoxPicture lab={now} />
      </div>
      <div className="card-body stack">
        <fieldset className="lab-fingers">
          <legend>{t("box.fingers")}</legend>
          {personNames.map((person) => (
            <button key={person} type="button" onClick={() => void lab.do(() => lab.finger(person))}>
              <FingerIcon />
              <span>{t(`people.${person}`)}</span>
            </button>
          ))}
        </fieldset>
        <PressButton lab={lab} />
      </div>
    </section>
  );
}

/** The press button; kept down, the seal stays down as long. The second button does it for who cannot keep one down. */
function PressButton(props: { lab: Lab }): ReactElement {
  const { lab } = props;
  const t = useText("lab");
  const since = useRef<number>(undefined);
  const down = (): void => {
    since.current ??= performance.now();
  };
  const press = (): void => {
    const held = since.current !== undefined && performance.now() - since.current > holdFrom;
    since.current = undefined;
    void lab.do(() => lab.press(held));
  };
  return (
    <div className="lab-press">
      <SealingTheme>
        <Button
          type="primary"
          size="large"
          icon={<SealIcon />}
          title={t("box.holdHint")}
          onPointerDown={down}
          onPointerLeave={() => {
            since.current = undefined;
          }}
          onKeyDown={(event) => event.key === " " && down()}
          onClick={press}
        >
          {t("box.press")}
        </Button>
      </SealingTheme>
      <Button size="large" onClick={() => void lab.do(() => lab.press(true))}>
        {t("box.hold")}
      </Button>
    </div>
  );
}

/** The drive's own counter, which no memory of the box can set back. */
function CounterWheel(props: { count: number }): ReactElement {
  const t = useText("lab");
  const digits = [...props.count.toString().padStart(4, "0")];
  return (
    <span className="lab-wheel" role="img" aria-label={`${t("box.counter")}: ${props.count}`} title={t("box.counter")}>
      {digits.map((digit, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a wheel is its place
        <span key={at} aria-hidden>
          {digit}
        </span>
      ))}
    </span>
  );
}

function FingerIcon(): ReactElement {
  return (
    <svg className="icon" width="18" height="18" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d="M6 11a6 6 0 0 1 12 0v2M9 20c-1-2-1.500-4.500-1.500-9a4.500 4.500 0 0 1 9 0c0 3 .2 5 .8 7M12 21c-1-2.500-1.500-5.500-1.500-10a1.500 1.500 0 0 1 3 0c0 4 .4 6.500 1.300 9M4.500 15V11"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.500"
        strokeLinecap="round"
      />
    </svg>
  );
}
