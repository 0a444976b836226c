import type { ReactElement } from "react";
import { setLanguage, useLanguage, useText } from "../i18n/i18n.ts";
import { LANGUAGE_TAG, LANGUAGES } from "../i18n/language.ts";

/** English | 中文: each in its own script, so that it is found by whoever reads only one of them. */
export function LanguageSwitch(): ReactElement {
  const t = useText("shell");
  const now = useLanguage();
  return (
    <fieldset className="switch" aria-label={t("language.label")}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={LANGUAGE_TAG[language]}
          aria-pressed={language === now}
          onClick={() => void setLanguage(language)}
        >
          {t(`language.${language}`)}
        </button>
      ))}
    </fieldset>
  );
}
