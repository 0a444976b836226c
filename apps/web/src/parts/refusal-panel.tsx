import CheckOutlined from "@ant-design/icons/CheckOutlined";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import type { RouteAnswer } from "../api.ts";
import { formatNames, nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { useMoment } from "../i18n/use-format.ts";
import { paths } from "../paths.ts";
import { OctagonIcon } from "./icons.tsx";
import { SignIcon } from "./state-tag.tsx";

export type Gate = RouteAnswer<"GET /v1/seal-use-requests/:requestId/gate">;
export type GateCondition = Gate["conditions"][number];
export type Refusal = RouteAnswer<"POST /v1/grants/check">["refusals"][number];

/**
 * "Why can I not seal?": every condition of the gate that is not met, with its rule, its reason and who can do what; the
 * met ones below. `renderAction` gives the one button of a condition, where the reader may press it.
 */
export function RefusalPanel(props: {
  gate: Gate;
  id: string;
  renderAction?: (condition: GateCondition) => ReactNode;
}): ReactElement {
  const t = useText("parts");
  const language = useLanguage();
  const moment = useMoment();
  const unmet = props.gate.conditions.filter((condition) => !condition.met);
  const met = props.gate.conditions.filter((condition) => condition.met);
  const total = props.gate.conditions.length;
  const refused = unmet.length > 0;
  return (
    <section className="refusal" data-refused={refused} id={props.id} aria-live="polite">
      <header>
        <span className="refusal-sign">{refused ? <OctagonIcon size={20} /> : <SignIcon sign="check" />}</span>
        <div>
          <h2>{refused ? t("gate.title", { count: unmet.length, total }) : t("gate.open", { total })}</h2>
          {refused && <p>{t("gate.asked", { at: moment(props.gate.askedAt) })}</p>}
        </div>
      </header>
      <ul>
        {unmet.map((condition) => (
          <li key={condition.id} className="refusal-row">
            <span className="rule">{condition.control}</span>
            <div>
              <strong>{condition.sentence[language]}</strong>
              {condition.why && <p className="note">{condition.why[language]}</p>}
              {condition.wayOut && <p className="note">{condition.wayOut[language]}</p>}
            </div>
            <div className="refusal-action">
              {props.renderAction?.(condition)}
              {condition.who.length > 0 && (
                <p className="note small">
                  {t("gate.who", {
                    names: formatNames(
                      condition.who.map((person) => nameIn(person.name, language)),
                      language,
                    ),
                  })}
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {met.length > 0 && (
        <details className="refusal-met" open={met.length <= 9}>
          <summary>
            <SignIcon sign="check" /> {t("gate.met", { count: met.length })}
          </summary>
          <ul>
            {met.map((condition) => (
              <li key={condition.id}>
                <CheckOutlined aria-hidden /> {condition.sentence[language]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/**
 * "Why can I not unfreeze it?": an act that rules refuse, with every rule, its reason and the way out. `renderAction`
 * gives the one button of a refusal, where the reader may press it.
 */
export function RefusedAct(props: {
  title: string;
  id: string;
  refusals: readonly Refusal[];
  renderAction?: (refusal: Refusal) => ReactNode;
}): ReactElement {
  const t = useText("parts");
  const language = useLanguage();
  return (
    <section className="refusal" data-refused="true" aria-labelledby={props.id}>
      <header>
        <span className="refusal-sign">
          <OctagonIcon size={20} />
        </span>
        <h2 id={props.id}>{props.title}</h2>
      </header>
      <ul>
        {props.refusals.map((refusal) => (
          <li key={`${refusal.code} ${refusal.sentence.en}`} className="refusal-row">
            {refusal.rule ? <span className="rule">{refusal.rule}</span> : <span aria-hidden />}
            <div>
              <strong>{refusal.sentence[language]}</strong>
              {refusal.wayOut && <p className="note">{t("refusal.wayOut", { text: refusal.wayOut[language] })}</p>}
              <InTheWay facts={refusal.facts} />
            </div>
            <div className="refusal-action">{props.renderAction?.(refusal)}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way to the matter that stands in the way, where it is one. */
function InTheWay(props: { facts: Refusal["facts"] }): ReactElement | null {
  const { matterId, number } = props.facts;
  const t = useText("parts");
  if (typeof matterId !== "string") return null;
  return (
    <p>
      <Link to={paths.matter(matterId)}>{t("refusal.toMatter", { number: String(number ?? "") })}</Link>
    </p>
  );
}

/** Refusals by rule, as an act answered them: what is not possible, which rule, why, and the way out. */
export function RefusalList(props: { refusals: readonly Refusal[]; live?: boolean }): ReactElement | null {
  const t = useText("parts");
  const language = useLanguage();
  if (props.refusals.length === 0) return null;
  const list = (
    <ul className="refusal-list">
      {props.refusals.map((refusal) => (
        <li key={`${refusal.code} ${refusal.sentence.en}`} className="message" data-tone="problem">
          <span className="message-sign">
            <OctagonIcon />
          </span>
          <div className="message-text">
            <strong>{refusal.sentence[language]}</strong>
            {refusal.wayOut && <p>{t("refusal.wayOut", { text: refusal.wayOut[language] })}</p>}
            <InTheWay facts={refusal.facts} />
            {refusal.rule && <p className="note small">{t("refusal.rule", { rule: refusal.rule })}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
  return props.live ? <div role="alert">{list}</div> : list;
}
