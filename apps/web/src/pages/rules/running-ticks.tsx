import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { TickField } from "../../parts/tick-field.tsx";
import type { Running } from "./queries.ts";
import { RunningLine, usePromised } from "./running-line.tsx";
import { mayTick } from "./running-shown.ts";

/** Running requests to be named one by one; one that may not be named says why. */
export function RunningTicks(props: {
  running: Running;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}): ReactElement {
  const { running, chosen, onChange } = props;
  const t = useText("rulesOfUse");
  const language = useLanguage();
  const promisedOf = usePromised();
  return (
    <fieldset className="running-ticks">
      <legend className="unseen">{t("running.title")}</legend>
      <ul className="rows">
        {running.items.map((request) => {
          const { requestId, refusal } = request;
          return (
            <li key={requestId} className="rows-line running-row">
              <TickField
                className="running-tick"
                checked={chosen.includes(requestId)}
                disabled={!mayTick(request, chosen, running.most)}
                onChange={(checked) =>
                  onChange(checked ? [...chosen, requestId] : chosen.filter((one) => one !== requestId))
                }
              >
                <RunningLine request={request} promised={promisedOf(request)} />
              </TickField>
              {refusal && (
                <p className="note small">
                  {refusal.sentence[language]} {refusal.wayOut?.[language]}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
