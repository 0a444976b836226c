import { Fragment, type ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { FactTag } from "../../parts/state-tag.tsx";
import type { Difference } from "./queries.ts";

/** Articles that differ, each with the words that were taken out and put in. */
export function Changes(props: { title: string; differences: readonly Difference[] }): ReactElement {
  const t = useText("ruleBook");
  const language = useLanguage();
  return (
    <section className="card" aria-labelledby="changes-title">
      <header>
        <h2 id="changes-title">{props.title}</h2>
      </header>
      <ul className="rows">
        {props.differences.map((one) => (
          <li key={one.id} className="rows-line book-change">
            <div className="row">
              <strong>{t("article", { number: one.number })}</strong>
              <span className="note">{one.chapter[language]}</span>
              <FactTag>{t(`changes.kinds.${one.kind}`)}</FactTag>
            </div>
            <p className="book-words">
              {one[language].map((run, at) => (
                // The runs of one difference never change their order.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <Fragment key={at}>
                  {run.kind === "same" && run.text}
                  {run.kind === "removed" && (
                    <del>
                      <span className="unseen">{t("changes.removed")} </span>
                      {run.text}
                    </del>
                  )}
                  {run.kind === "added" && (
                    <ins>
                      <span className="unseen">{t("changes.added")} </span>
                      {run.text}
                    </ins>
                  )}
                </Fragment>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
