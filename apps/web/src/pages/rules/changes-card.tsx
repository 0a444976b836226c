import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { FactTag } from "../../parts/state-tag.tsx";
import type { Reading } from "./queries.ts";
import { countChanges, isOnlyWords } from "./shown.ts";

/** Rows and rates that differ, each as it was and as it will be. */
export function ChangeList(props: { reading: Pick<Reading, "changes"> }): ReactElement {
  const { changes } = props.reading;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  return (
    <ul className="rows">
      {changes.map((change) => (
        <li key={`${change.table} ${change.rowId} ${change.kind}`} className="rows-line rule-change">
          <span className="row">
            <FactTag>{t(`changes.kinds.${change.kind}`)}</FactTag>
            <span className="note">{t(`views.${change.table}`)}</span>
          </span>
          {isOnlyWords(change) || change.kind === "moved" ? (
            <p>
              {change.after?.[language]} {isOnlyWords(change) && <span className="note">{t("changes.words")}</span>}
            </p>
          ) : (
            <BeforeAfter before={change.before?.[language]} after={change.after?.[language]} />
          )}
        </li>
      ))}
    </ul>
  );
}

function BeforeAfter({ before, after }: { before: string | undefined; after: string | undefined }): ReactElement {
  const t = useText("rulesOfUse");
  return (
    <>
      {before !== undefined && (
        <p>
          <span className="note small">{t("changes.before")}</span> <del>{before}</del>
        </p>
      )}
      {after !== undefined && (
        <p>
          {before !== undefined && <span className="note small">{t("changes.after")} </span>}
          <ins>{after}</ins>
        </p>
      )}
    </>
  );
}

export function ChangesCard(props: { reading: Pick<Reading, "changes">; title: string }): ReactElement {
  const t = useText("rulesOfUse");
  return (
    <section className="card" aria-labelledby="changes-title">
      <header>
        <h2 id="changes-title">{props.title}</h2>
      </header>
      {countChanges(props.reading) === 0 ? (
        <div className="card-body">
          <EmptyState title={t("changes.none")}>{t("changes.noneWhy")}</EmptyState>
        </div>
      ) : (
        <ChangeList reading={props.reading} />
      )}
    </section>
  );
}
