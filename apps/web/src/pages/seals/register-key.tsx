import { type ReactElement, useId } from "react";
import { useText } from "../../i18n/i18n.ts";
import type { SectionProps } from "./register-form.tsx";
import { KEY_ALGORITHMS } from "./registration.ts";

/** The kind of key the seal signs with; it is made and kept on this server. */
export function KeySection(props: SectionProps): ReactElement {
  const { form, change } = props;
  const t = useText("seals");
  const name = useId();
  return (
    <section className="card register-key" aria-labelledby="key-title">
      <header>
        <h2 id="key-title">{t("new.key.title")}</h2>
      </header>
      <div className="card-body stack">
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
      </div>
    </section>
  );
}
