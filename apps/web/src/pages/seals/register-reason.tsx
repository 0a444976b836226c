import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextLines } from "../../parts/text-input.tsx";
import type { SectionProps } from "./register-form.tsx";

/** Why the seal is needed: what whoever approves it reads first. */
export function ReasonSection(props: SectionProps): ReactElement {
  const { form, change, problems } = props;
  const t = useText("seals");
  return (
    <section className="card" aria-labelledby="why-title">
      <header>
        <h2 id="why-title">{t("new.why.title")}</h2>
      </header>
      <div className="card-body">
        <Field
          label={t("new.why.reason")}
          hint={t("new.why.hint")}
          problem={problems.includes("reason") ? t("new.problems.reason") : undefined}
        >
          {(control) => (
            <TextLines
              {...control}
              rows={3}
              maxLength={2000}
              value={form.reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Field>
      </div>
    </section>
  );
}
