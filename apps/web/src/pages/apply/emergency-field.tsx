import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextLines } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { Tick } from "../custody/custody-choices.tsx";
import { useApply } from "./apply-context.ts";

/** Whether it can wait for the ordinary route; where not, why. */
export function EmergencyField(): ReactElement {
  const { draft, store } = useApply();
  const { emergency } = draft.facts;
  const t = useText("apply");
  const change = (reason: string | null): void => store.change({ type: "fact", change: { emergency: reason } });
  return (
    <div className="stack stack-tight">
      <Tick label={t("emergency.ask")} checked={emergency !== null} onChange={(on) => change(on ? "" : null)} />
      {emergency !== null && (
        <>
          <Field label={t("emergency.reason")} hint={t("emergency.hint")}>
            {(control) => (
              <TextLines
                {...control}
                rows={2}
                maxLength={500}
                value={emergency}
                onChange={(event) => change(event.target.value)}
              />
            )}
          </Field>
          <p className="note small">
            {t("emergency.what")} <Link to={paths.emergency}>{t("emergency.onCall")}</Link>
          </p>
        </>
      )}
    </div>
  );
}
