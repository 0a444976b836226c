import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** When it can not wait: who is on call, reviews that are open, slips. */
export const emergencyPages: readonly Page[] = [
  {
    path: paths.emergency,
    title: "emergency",
    frame: "shell",
    areas: ["emergency", "matters", "lodgings", "custody"],
    load: () => import("./emergency-page.tsx").then((module) => module.EmergencyPage),
    menu: {
      group: "work",
      icon: "emergency",
      sees: (session) => mayUse(session, "emergency.read") && !session.person.guest,
    },
  },
];
