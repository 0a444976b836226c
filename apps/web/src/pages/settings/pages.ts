import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** What this installation is; the numbers of the rules; working calendars. */
export const settingsPages: readonly Page[] = [
  {
    path: paths.settings,
    title: "settings",
    frame: "shell",
    areas: ["settings"],
    load: () => import("./settings-page.tsx").then((module) => module.SettingsPage),
    menu: {
      group: "control",
      icon: "settings",
      sees: (session) => mayUse(session, "settings.manage", "settings.confirm"),
    },
  },
  {
    path: paths.rules,
    title: "rules",
    frame: "shell",
    areas: ["settings"],
    load: () => import("./rules-page.tsx").then((module) => module.RulesPage),
  },
  {
    path: paths.calendar,
    title: "calendar",
    frame: "shell",
    areas: ["settings"],
    load: () => import("./calendar-page.tsx").then((module) => module.CalendarPage),
  },
];
