import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { paths } from "../paths.ts";
import { installationQuery, sessionQuery } from "../session.ts";
import { Mark } from "./icons.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** The frame of pages that need no account: the mark, whose installation this is, the languages. */
export function PublicFrame(): ReactElement {
  const t = useText("shell");
  const language = useLanguage();
  const { data: installation } = useQuery(installationQuery);
  const { data: session } = useQuery(sessionQuery);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const settled = installation?.state === "live" || installation?.state === "sample";
  return (
    <div className="public">
      <header className="top public-top">
        <Link className="brand" to={paths.firstRun}>
          <Mark />
          <span>{t("product")}</span>
        </Link>
        {installation?.name && <span className="note">{t("at", { name: nameIn(installation.name, language) })}</span>}
        <span className="grow" />
        {session && (
          <Link className="plain-link" to={paths.overview}>
            {t("pages.overview")}
          </Link>
        )}
        {!session && settled && pathname !== paths.signIn && (
          <Link className="plain-link" to={paths.signIn}>
            {t("pages.signIn")}
          </Link>
        )}
        <ThemeSwitch />
        <LanguageSwitch />
      </header>
      <main id="main" tabIndex={-1} className="public-main">
        <Outlet />
      </main>
      {pathname !== paths.verify && (
        <footer className="public-foot note">
          {t("verifyAsk")} <Link to={paths.verify}>{t("pages.verify")}</Link>
        </footer>
      )}
    </div>
  );
}
