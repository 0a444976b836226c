import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { type ReactElement, useEffect, useRef } from "react";
import { useText } from "../i18n/i18n.ts";
import { installationQuery } from "../session.ts";
import { PageStrips } from "./page-strips.tsx";
import { usePageTitle } from "./use-page-title.ts";

/** Around every page: the mark of a sample, the page's title in the window and, after a step, in the reader's ear. */
export function Root(): ReactElement {
  const t = useText("shell");
  const { data: installation } = useQuery(installationQuery);
  const title = usePageTitle();
  const name = title ? t(`pages.${title}`) : t("product");
  const pathname = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const shown = useRef<string>(undefined);
  useEffect(() => {
    document.title = title ? `${name} · ${t("product")}` : name;
  }, [name, title, t]);
  useEffect(() => {
    const before = shown.current;
    shown.current = pathname;
    if (before === undefined || before === pathname) return;
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      {installation?.state === "sample" && (
        <section className="ribbon" aria-label={t("sample.label")}>
          {t("sample.ribbon")}
        </section>
      )}
      <PageStrips />
      <Outlet />
      <div className="unseen" aria-live="polite">
        {pathname === undefined ? "" : name}
      </div>
    </>
  );
}
