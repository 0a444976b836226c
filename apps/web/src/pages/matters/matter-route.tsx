import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { SignIcon } from "../../parts/state-tag.tsx";
import { findLook } from "../../parts/states.ts";
import { useSession } from "../../session.ts";
import { isChoice } from "./matters.ts";
import type { MatterDetail } from "./queries.ts";

type Person = MatterDetail["steps"][number]["candidates"][number];

/** Names as the reader reads them, himself marked; with "one", as those of whom one is enough. */
export function useNames(): (people: readonly Person[], asked?: "all" | "one") => string {
  const t = useText("matters");
  const language = useLanguage();
  const me = useSession().person.personId;
  return (people, asked = "all") => {
    const names = formatNames(
      people.map((person) => {
        const name = nameIn(person.name, language);
        return person.personId === me ? t("route.you", { name }) : name;
      }),
      language,
    );
    return asked === "one" && isChoice(people) ? t("route.one", { names }) : names;
  };
}

/** Who decided or decides each step of a matter, and who confirms each part of carrying it out. */
export function MatterRoute(props: { matter: MatterDetail }): ReactElement | null {
  const { matter } = props;
  const t = useText("matters");
  const word = useWord();
  const language = useLanguage();
  const recent = useRecent();
  const names = useNames();
  if (matter.steps.length === 0 && matter.confirmations.length === 0) return null;
  const method = (value: string | null): string =>
    value === "passkey" || value === "password" || value === "sample" || value === "session"
      ? ` · ${t(`route.method.${value}`)}`
      : "";
  return (
    <section className="card" aria-labelledby="route-title">
      <header>
        <h2 id="route-title">{t("route.title")}</h2>
      </header>
      <ol className="rows">
        {matter.steps.map((step) => {
          const look = findLook("step", step.state);
          return (
            <li
              key={step.stepId}
              className="rows-line route-line"
              aria-current={step.state === "current" ? "step" : undefined}
            >
              <span className="route-sign" data-tone={look.tone}>
                <SignIcon sign={look.sign} />
              </span>
              <div className="grow">
                <strong>{word("roles", step.role)}</strong>{" "}
                <span>{step.decidedBy ? names([step.decidedBy]) : names(step.candidates, "one")}</span>
                <p className="note small">{word("states.step", step.state)}</p>
                {step.comment && <p className="typed">{step.comment}</p>}
              </div>
              {step.decidedAt && (
                <span className="note small">
                  {recent(step.decidedAt)}
                  {method(step.method)}
                </span>
              )}
            </li>
          );
        })}
        {matter.confirmations.map((part) => {
          const complete = part.confirmed.length >= part.count;
          const look = findLook("step", complete ? "approved" : matter.state === "approved" ? "current" : "waiting");
          const candidates = part.candidates.length > 0 ? names(part.candidates, "one") : t("route.anyone");
          return (
            <li key={part.part} className="rows-line route-line">
              <span className="route-sign" data-tone={look.tone}>
                <SignIcon sign={look.sign} />
              </span>
              <div className="grow">
                <strong>{nameIn(part.name, language)}</strong>{" "}
                <span className="note">{t("route.count", { done: part.confirmed.length, count: part.count })}</span>
                {part.confirmed.map((one) => (
                  <p key={one.person.personId}>
                    {names([one.person])}{" "}
                    <span className="note small">
                      {recent(one.at)}
                      {method(one.method)}
                    </span>
                  </p>
                ))}
                {!complete && <p className="note small">{candidates}</p>}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
