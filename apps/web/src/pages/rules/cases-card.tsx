import { Button } from "antd";
import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { useClassName } from "../document-classes/queries.ts";
import { CaseForm } from "./case-form.tsx";
import { MOST_CASES } from "./cases.ts";
import { writeNumber } from "./cells.ts";
import type { CaseAnswer, CaseFacts, Column } from "./queries.ts";
import type { Cases } from "./use-cases.ts";

/** Cases beside the tables: what the rules would answer each, as they are written now. */
export function CasesCard(props: {
  columns: readonly Column[];
  cases: Cases;
  answers: readonly CaseAnswer[] | undefined;
}): ReactElement {
  const { columns, answers } = props;
  const { items, chosen, choose, change } = props.cases;
  const t = useText("rulesOfUse");
  const sayCase = useCaseWords();
  const one = items[chosen];
  return (
    <section className="card" aria-labelledby="cases-title">
      <header>
        <h2 id="cases-title">{t("cases.title")}</h2>
        <span className="note rule-how">{t("cases.lead")}</span>
      </header>
      <div className="card-body stack">
        <div className="case-tabs">
          {items.map((item, at) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a case has nothing of its own but its place
              key={at}
              type="button"
              className="chip"
              aria-pressed={at === chosen}
              onClick={() => choose(at)}
            >
              {sayCase(item)}
            </button>
          ))}
          {one && items.length < MOST_CASES && (
            <Button onClick={() => change([...items, one], items.length)}>{t("cases.add")}</Button>
          )}
        </div>
        {one && (
          <div className="case-grid">
            <div className="stack">
              <h3>{t("cases.facts")}</h3>
              <CaseForm
                key={chosen}
                columns={columns}
                value={one}
                onChange={(value) => change(items.with(chosen, value), chosen)}
              />
              {items.length > 1 && (
                <div className="row">
                  <Button onClick={() => change(items.toSpliced(chosen, 1), Math.max(0, chosen - 1))}>
                    {t("cases.drop")}
                  </Button>
                </div>
              )}
            </div>
            <div className="stack" aria-live="polite">
              <h3>{t("cases.answer")}</h3>
              {answers?.[chosen] ? <Answer answer={answers[chosen]} /> : <LinesSkeleton lines={4} />}
            </div>
          </div>
        )}
      </div>
    </section>
  );
}

/** `sayCase(case)`: a case in a line. */
function useCaseWords(): (one: CaseFacts) => string {
  const t = useText("rulesOfUse");
  const word = useWord();
  const className = useClassName();
  return ({ sealType, documentClass, external, amount, currency }) =>
    [
      word("sealTypes", sealType),
      className(documentClass),
      t(external ? "cases.outside" : "cases.inside"),
      amount === null ? t("cases.noAmount") : `${currency} ${writeNumber(amount)}`,
    ].join(" · ");
}

function Answer({ answer }: { answer: CaseAnswer }): ReactElement {
  const { scope, route, limits, refusals } = answer;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const nothing = <span className="note">{t("cases.nothing")}</span>;
  return (
    <>
      <RefusalList refusals={refusals} />
      <dl className="facts">
        <dt>{t("cases.seal")}</dt>
        <dd>{scope ? scope.what[language] : nothing}</dd>
        <dt>{t("cases.route")}</dt>
        <dd>
          {route.length === 0 ? (
            t("cases.noStep")
          ) : (
            <ul>
              {route.map((row) => (
                <li key={row.rowId}>{row.what[language]}</li>
              ))}
            </ul>
          )}
        </dd>
        <dt>{t("cases.limits")}</dt>
        <dd>{limits ? limits.what[language] : nothing}</dd>
      </dl>
    </>
  );
}
