import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** What this installation is. */
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
      sees: (session) => mayUse(session, "settings.manage"),
    },
  },
];
