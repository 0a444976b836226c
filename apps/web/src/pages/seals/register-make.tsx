import { type ReactElement, useId } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import type { SectionProps } from "./register-form.tsx";
import { KEY_ALGORITHMS } from "./registration.ts";

/** What is made of the seal: numbered pieces for the hand, a key on this server, or both. */
export function MakeSection(props: SectionProps): ReactElement {
  const { form, change, problems } = props;
  const t = useText("seals");
  const wrong = problems.includes("make");
  return (
    <section className="card register-key" aria-labelledby="make-title">
      <header>
        <h2 id="make-title">{t("new.make.title")}</h2>
      </header>
      <div className="card-body stack">
        <fieldset className="choices choices-row" {...(wrong ? { "aria-invalid": true } : {})}>
          <legend className="unseen">{t("new.make.title")}</legend>
          {(["electronic", "physical"] as const).map((kind) => (
            <label key={kind} className="choice">
              <input
                type="checkbox"
                checked={form[kind]}
                {...(wrong ? { "aria-invalid": true } : {})}
                onChange={(event) => change({ [kind]: event.target.checked })}
              />
              <span>
                <strong>{t(`new.make.${kind}`)}</strong>
                <br />
                <span className="note small">{t(`new.make.${kind}Why`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {wrong && (
          <p className="field-problem" role="alert">
            {t("new.problems.make")}
          </p>
        )}
        {form.physical && (
          <div className="field-pair">
            <Field
              label={t("new.make.pieces")}
              problem={problems.includes("pieces") ? t("new.problems.pieces") : undefined}
            >
              {(control) => (
                <TextInput
                  {...control}
                  inputMode="numeric"
                  maxLength={1}
                  value={form.pieces}
                  onChange={(event) => change({ pieces: event.target.value })}
                />
              )}
            </Field>
            <Field label={t("new.make.material")}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={60}
                  value={form.material}
                  onChange={(event) => change({ material: event.target.value })}
                />
              )}
            </Field>
          </div>
        )}
        {form.electronic && <KeyChoice {...props} />}
      </div>
    </section>
  );
}

/** The kind of key the seal signs with; it is made and kept on this server. */
function KeyChoice(props: SectionProps): ReactElement {
  const { form, change } = props;
  const t = useText("seals");
  const name = useId();
  return (
    <>
      <h3>{t("new.key.title")}</h3>
      <p className="note">{t("new.key.why")}</p>
      <fieldset className="choices choices-row">
        <legend className="unseen">{t("new.key.title")}</legend>
        {KEY_ALGORITHMS.map((algorithm) => (
          <label key={algorithm} className="choice">
            <input
              type="radio"
              name={name}
              checked={form.keyAlgorithm === algorithm}
              onChange={() => change({ keyAlgorithm: algorithm })}
            />
            <span>
              <strong>{t(`algorithms.${algorithm}`)}</strong>
              <br />
              <span className="note small">{t(`new.key.about.${algorithm}`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label className="choice">
        <input type="checkbox" checked={form.filing} onChange={(event) => change({ filing: event.target.checked })} />
        <span>{t("new.make.filing")}</span>
      </label>
    </>
  );
}
