import i18next, { type TFunction } from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { AREAS, type Area } from "./areas.ts";
import { joinTitle } from "./format.ts";
import { chooseLanguage, LANGUAGE_TAG, type Language } from "./language.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    resources: { [A in Area]: Awaited<ReturnType<(typeof AREAS)[A]["en"]>>["text"] };
  }
}

const STORED = "chancery.language";
const wanted = new Set<Area>();

/** Starts the texts with the areas that every page needs, in the reader's language. */
export async function startTexts(areas: readonly Area[]): Promise<void> {
  const language = chooseLanguage(readStored(), navigator.languages);
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: [],
    defaultNS: "shell",
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18n: "languageChanged" },
  });
  await loadTexts(areas);
  document.documentElement.lang = LANGUAGE_TAG[language];
}

/** Fetches the texts of the areas in the language of the moment; those already here are not fetched again. */
export async function loadTexts(areas: readonly Area[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  await fetchTexts(areas, currentLanguage());
}

/** Changes the language of the page, in place: what was typed stays. */
export async function setLanguage(language: Language): Promise<void> {
  await fetchTexts([...wanted], language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = LANGUAGE_TAG[language];
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A browser without storage forgets the choice at the next visit.
  }
}

/** The language of the moment. */
export function currentLanguage(): Language {
  return i18next.language === "zh" ? "zh" : "en";
}

/** The language of the moment, for components: they are drawn again when it changes. */
export function useLanguage(): Language {
  return useTranslation().i18n.language === "zh" ? "zh" : "en";
}

/** The texts of one area: `const t = useText("requests"); t("apply.title")`. */
export function useText<A extends Area>(area: A): ReturnType<typeof useTranslation<A>>["t"] {
  return useTranslation(area).t;
}

/** A title that the platform makes of its own texts, in both languages at once, whatever the page is read in. */
export async function titleInBoth<A extends Area>(
  area: A,
  make: (t: TFunction<A>, language: Language) => string,
): Promise<string> {
  await Promise.all([fetchTexts([area], "en"), fetchTexts([area], "zh")]);
  const half = (language: Language): string => make(i18next.getFixedT(language, area), language);
  return joinTitle({ en: half("en"), zh: half("zh") });
}

async function fetchTexts(areas: readonly Area[], language: Language): Promise<void> {
  await Promise.all(
    areas.map(async (area) => {
      if (i18next.hasResourceBundle(language, area)) return;
      const { text } = await AREAS[area][language]();
      i18next.addResourceBundle(language, area, text);
    }),
  );
}

function readStored(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
