import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Tag } from "../../parts/state-tag.tsx";
import { tryCheat } from "./cheats.ts";
import type { Lab } from "./lab.ts";
import { type CheatName, type CheatResult, cheatNames } from "./lab-log.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { type AnyCode, useWords } from "./use-words.ts";

/** Tricks to try, and side by side what the box did and what the platform says. */
export function CheatsCard(props: { lab: Lab; now: LabSnapshot }): ReactElement {
  const { lab, now } = props;
  const t = useText("lab");
  const tried = cheatNames.filter((name) => now.cheats.has(name)).length;
  const tryAll = async (): Promise<void> => {
    for (const name of cheatNames) await lab.do(() => tryCheat(lab, name));
  };
  return (
    <section className="card" aria-labelledby="lab-cheats">
      <header>
        <h2 id="lab-cheats">{t("cheats.title")}</h2>
        <p className="note small">
          {tried > 0 ? t("cheats.tried", { count: tried, total: cheatNames.length }) : t("cheats.note")}
        </p>
        <Button onClick={() => void tryAll()}>{t("cheats.all")}</Button>
      </header>
      <ul className="lab-cheats">
        {cheatNames.map((name) => (
          <Cheat key={name} lab={lab} name={name} result={now.cheats.get(name)} />
        ))}
      </ul>
    </section>
  );
}

function Cheat(props: { lab: Lab; name: CheatName; result: CheatResult | undefined }): ReactElement {
  const { lab, name, result } = props;
  const t = useText("lab");
  return (
    <li>
      <div className="lab-cheat-head">
        <div>
          <h3>{t(`cheats.names.${name}`)}</h3>
          <p className="note">{t(`cheats.how.${name}`)}</p>
        </div>
        <Button
          aria-label={`${t(result ? "cheats.again" : "cheats.run")}: ${t(`cheats.names.${name}`)}`}
          onClick={() => void lab.do(() => tryCheat(lab, name))}
        >
          {t(result ? "cheats.again" : "cheats.run")}
        </Button>
      </div>
      {result && (
        <div className="lab-verdicts">
          <div>
            <h4>{t("cheats.box")}</h4>
            {result.box === undefined ? <p>{t("cheats.unseen")}</p> : <Said code={result.box} />}
          </div>
          <div>
            <h4>{t("cheats.platform")}</h4>
            {result.platform.length === 0 ? (
              <p>{t("cheats.nothing")}</p>
            ) : (
              result.platform.map((code) => <Said key={code} code={code} detail={result.box} />)
            )}
          </div>
        </div>
      )}
    </li>
  );
}

function Said(props: { code: AnyCode; detail?: string | undefined }): ReactElement {
  const t = useText("lab");
  const words = useWords();
  const { say, todo } = words.code(props.code, props.detail);
  return (
    <div className="lab-said">
      <Tag tone="problem" sign="octagon">
        {props.code}
      </Tag>
      <p>{say}</p>
      <p className="note small">{t("cheats.todo", { todo })}</p>
    </div>
  );
}
