import { Button } from "antd";
import { type ReactElement, useId, useState } from "react";
import { useText } from "../i18n/i18n.ts";
import { useMoment } from "../i18n/use-format.ts";
import { Field } from "../parts/field.tsx";
import { Message } from "../parts/message.tsx";
import { TextInput } from "../parts/text-input.tsx";
import { prover } from "./browser-prover.ts";
import type { KnownLedger } from "./known-ledger.ts";

const example = "chancery.ledger/0a1b2c3d+0a1b2c3d+AY…";

/**
 * Where the key that proofs are checked with comes from, said as it is: from this server, unless the reader has compared
 * it with one that he has by another way, which he can do here.
 */
export function KeyTrust(props: { known: KnownLedger }): ReactElement {
  const t = useText("ledger");
  const moment = useMoment();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [outcome, setOutcome] = useState<ReturnType<typeof prover.compareKey> | null>(null);
  const { keySince, comparedAt } = prover.recall() ?? props.known;
  return (
    <div className="stack stack-tight">
      <p className="note">
        {comparedAt
          ? t("trust.compared", { since: moment(keySince), at: moment(comparedAt) })
          : t("trust.server", { since: moment(keySince) })}
      </p>
      <details className="disclosure">
        <summary>{t("trust.compare")}</summary>
        <form
          className="stack stack-tight"
          aria-labelledby={id}
          onSubmit={(event) => {
            event.preventDefault();
            setOutcome(prover.compareKey(typed));
          }}
        >
          <span id={id} className="unseen">
            {t("trust.compare")}
          </span>
          <Field
            label={t("trust.label")}
            hint={t("trust.hint")}
            problem={outcome === "unreadable" ? t("trust.unreadable", { example }) : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                className="mono"
                autoComplete="off"
                spellCheck={false}
                required
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value);
                  setOutcome(null);
                }}
              />
            )}
          </Field>
          <div>
            <Button htmlType="submit" size="small">
              {t("trust.do")}
            </Button>
          </div>
          <div aria-live="polite">
            {outcome === "same" && <Message tone="success" title={t("trust.same")} />}
            {outcome === "differs" && (
              <Message tone="problem" title={t("trust.differs")}>
                {t("trust.differsWhy")}
              </Message>
            )}
          </div>
        </form>
      </details>
    </div>
  );
}
