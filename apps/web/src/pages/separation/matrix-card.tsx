import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import type { Look } from "../../parts/states.ts";
import type { Separation } from "./queries.ts";

type PairState = Separation["pairs"][number]["state"];
const LOOKS: Readonly<Record<PairState, Look>> = {
  apart: { tone: "success", sign: "check" },
  "open-to-guests": { tone: "waiting", sign: "dashed" },
  loosened: { tone: "warning", sign: "warning" },
};

/** The matrix: every pair that the strict profile keeps apart, with what becomes of it in this one. */
export function MatrixCard(props: Pick<Separation, "profile" | "pairs">): ReactElement {
  const t = useText("separation");
  const word = useWord();
  return (
    <section className="card" aria-labelledby="matrix">
      <header>
        <h2 id="matrix">{t("matrix.title")}</h2>
      </header>
      <p className="card-body note">
        {t("matrix.lead", { profile: word("profiles", props.profile) })} {t("matrix.perRequest")}
      </p>
      <table className="table table-rows">
        <caption className="unseen">{t("matrix.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("matrix.first")}</th>
            <th scope="col">{t("matrix.second")}</th>
            <th scope="col">{t("matrix.state")}</th>
          </tr>
        </thead>
        <tbody>
          {props.pairs.map(({ roles: [first, second], state }) => (
            <tr key={`${first} ${second}`}>
              <th scope="row">{word("roles", first)}</th>
              <td data-label={t("matrix.second")}>{word("roles", second)}</td>
              <td data-label={t("matrix.state")}>
                <Tag {...LOOKS[state]}>{t(`matrix.states.${state}`)}</Tag>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Who has two duties that meet only because the profile lets them, until when, and with whose consent. */
export function LoosenedCard(props: Pick<Separation, "loosened">): ReactElement {
  const t = useText("separation");
  const word = useWord();
  const language = useLanguage();
  const day = useDay();
  return (
    <section className="card" aria-labelledby="loosened">
      <header>
        <h2 id="loosened">{t("loosened.title")}</h2>
      </header>
      {props.loosened.length === 0 ? (
        <p className="card-body note">{t("loosened.none")}</p>
      ) : (
        <>
          <ul className="rows">
            {props.loosened.map(({ person, held: [first, second], risk, secondPerson, endsOn }) => (
              <li key={`${first.grantId} ${second.grantId}`} className="rows-line loosened">
                <div className="grow">
                  <strong>
                    <BothNames name={person.name} />
                  </strong>
                  <div>
                    {t("matrix.pair", { first: word("roles", first.role), second: word("roles", second.role) })}
                  </div>
                  {risk && <div className="typed">{risk}</div>}
                  <div className="note small">
                    {secondPerson
                      ? t("loosened.second", { name: nameIn(secondPerson.name, language) })
                      : t("loosened.noSecond")}
                  </div>
                </div>
                <Tag {...(endsOn ? LOOKS["open-to-guests"] : LOOKS.loosened)}>
                  {endsOn ? t("loosened.ends", { on: day(endsOn) }) : t("loosened.open")}
                </Tag>
              </li>
            ))}
          </ul>
          <p className="card-body note">{t("loosened.risk")}</p>
        </>
      )}
    </section>
  );
}
