import { ConfigProvider, type ConfigProviderProps } from "antd";
import { type ReactElement, type ReactNode, useEffect, useState } from "react";
import { useLanguage } from "../i18n/i18n.ts";
import type { Language } from "../i18n/language.ts";
import { antdTheme, useTheme } from "./theme.ts";

/** The nonce under which antd may write style elements; Vite puts it where the server fills it in. */
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

/** A modal dialog of the browser's own kind covers the whole page: what opens in it has to open inside it. */
const holderOf = (trigger?: HTMLElement): HTMLElement => trigger?.closest("dialog") ?? document.body;

type Locale = NonNullable<ConfigProviderProps["locale"]>;
/** antd's own words, in pickers and lists: only the reader's language is fetched, and the first page has none of them. */
const locales: Readonly<Record<Language, () => Promise<{ default: Locale }>>> = {
  en: () => import("antd/locale/en_GB"),
  zh: () => import("antd/locale/zh_CN"),
};

function useLocale(): Locale | undefined {
  const language = useLanguage();
  const [known, setKnown] = useState<Partial<Record<Language, Locale>>>({});
  const locale = known[language];
  useEffect(() => {
    if (!locale)
      void locales[language]().then((words) => setKnown((before) => ({ ...before, [language]: words.default })));
  }, [language, locale]);
  return locale;
}

/** antd under our tokens, language and content security policy. */
export function Themed(props: { children: ReactNode }): ReactElement {
  const { mode } = useTheme();
  const locale = useLocale();
  return (
    <ConfigProvider
      theme={antdTheme(mode).page}
      {...(locale ? { locale } : {})}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      getPopupContainer={holderOf}
    >
      {props.children}
    </ConfigProvider>
  );
}
