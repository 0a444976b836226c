import { Button } from "antd";
import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import type { Fault, RuleSet, TableId } from "./queries.ts";

interface Acts {
  readonly onFill: (fault: Fault) => void;
  readonly onGoTo: (table: TableId, rowId: string) => void;
}

/** Everything that keeps a draft from being proposed, and what may be meant so, with the way to mend each. */
export function FaultSummary(
  props: Acts & { faults: readonly Fault[]; rules: RuleSet; current: boolean },
): ReactElement {
  const { faults, rules, current, ...acts } = props;
  const t = useText("rulesOfUse");
  const blocking = faults.filter((fault) => fault.blocking);
  const notes = faults.filter((fault) => !fault.blocking);
  return (
    <div className="stack stack-tight" aria-live="polite">
      {!current && <p className="note small">{t("editor.checking")}</p>}
      {current && blocking.length === 0 && <Message tone="success" title={t("editor.complete")} />}
      {blocking.length > 0 && (
        <Message tone="problem" title={t("editor.blocking", { count: blocking.length })}>
          <FaultLines faults={blocking} rules={rules} {...acts} />
        </Message>
      )}
      {notes.length > 0 && (
        <Message tone="warning" title={t("editor.notes", { count: notes.length })}>
          <FaultLines faults={notes} rules={rules} {...acts} />
        </Message>
      )}
    </div>
  );
}

function FaultLines(props: Acts & { faults: readonly Fault[]; rules: RuleSet }): ReactElement {
  const { faults, rules, onFill, onGoTo } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  return (
    <ul className="rule-faults">
      {faults.map((fault) => (
        <li key={`${fault.table} ${fault.rowIds.join(" ")} ${fault.sentence.en}`} className="row">
          <span>{t("editor.inTable", { table: t(`views.${fault.table}`), sentence: fault.sentence[language] })}</span>
          {fault.kind === "gap" && (
            <Button size="small" onClick={() => onFill(fault)}>
              {t("editor.fill")}
            </Button>
          )}
          {fault.rowIds.map((rowId) => {
            const place = rules[fault.table].rows.findIndex((row) => row.rowId === rowId);
            return place < 0 ? null : (
              <Button key={rowId} size="small" onClick={() => onGoTo(fault.table, rowId)}>
                {t("editor.goTo", { number: place + 1 })}
              </Button>
            );
          })}
        </li>
      ))}
    </ul>
  );
}

/** What may be meant so, for whoever decides on a draft: its writer has seen it and proposed it all the same. */
export function FaultNotes(props: { faults: readonly Fault[] }): ReactElement | null {
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const notes = props.faults.filter((fault) => !fault.blocking);
  if (notes.length === 0) return null;
  return (
    <Message tone="warning" title={t("editor.notes", { count: notes.length })}>
      <ul className="rule-faults">
        {notes.map(({ table, rowIds, sentence }) => (
          <li key={`${table} ${rowIds.join(" ")} ${sentence.en}`}>
            {t("editor.inTable", { table: t(`views.${table}`), sentence: sentence[language] })}
          </li>
        ))}
      </ul>
    </Message>
  );
}

/** What is wrong with one row, beside it. */
export function RowFaults(props: { faults: readonly Fault[] }): ReactElement | null {
  const language = useLanguage();
  if (props.faults.length === 0) return null;
  return (
    <ul className="rule-faults">
      {props.faults.map((fault) => (
        <li
          key={`${fault.kind} ${fault.sentence.en}`}
          className="rule-fault"
          data-tone={fault.blocking ? "problem" : "warning"}
        >
          <SignIcon sign={fault.blocking ? "octagon" : "warning"} />
          <span>{fault.sentence[language]}</span>
        </li>
      ))}
    </ul>
  );
}
