import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Alarms of seal controllers: who was told, what they said, and who acknowledged. */
export const alarmPages: readonly Page[] = [
  {
    path: paths.alarms,
    title: "alarms",
    frame: "shell",
    areas: ["alarms"],
    load: () => import("./alarms-page.tsx").then((module) => module.AlarmsPage),
    menu: {
      group: "work",
      icon: "alarms",
      // Whoever was told of one finds it, whatever his role; who watches over controllers finds what was.
      sees: (session) => session.waiting.alarms > 0 || mayUse(session, "controller.read", "audit.read"),
      waiting: (session) => session.waiting.alarms,
    },
  },
];
