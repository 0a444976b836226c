import { Link, useRouterState } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { paths } from "../paths.ts";

/** An address that leads nowhere. */
export function NotFoundPage(): ReactElement {
  const t = useText("shell");
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <main id="main" tabIndex={-1} className="public-main stack">
      <h1>{t("notFound.title")}</h1>
      <p className="note">{t("notFound.why", { path })}</p>
      <p>
        <Link to={paths.firstRun}>{t("notFound.home")}</Link>
      </p>
    </main>
  );
}
