import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { paths } from "../../paths.ts";

const TABS = { installation: paths.settings, rules: paths.rules, calendar: paths.calendar } as const;

/** The parts of the settings, each a page. */
export function SettingsTabs(props: { current: keyof typeof TABS }): ReactElement {
  const t = useText("settings");
  return (
    <nav className="tabs" aria-label={t("tabs.label")}>
      {(["installation", "rules", "calendar"] as const).map((tab) => (
        <Link
          key={tab}
          to={TABS[tab]}
          activeOptions={{ exact: true }}
          aria-current={tab === props.current ? "page" : undefined}
        >
          {t(`tabs.${tab}`)}
        </Link>
      ))}
    </nav>
  );
}
