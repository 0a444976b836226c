import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** What may be sealed without a new approval each time. */
export const standingPages: readonly Page[] = [
  {
    path: paths.standing,
    title: "standing",
    frame: "shell",
    areas: ["standing", "requests", "matters", "custody"],
    load: () => import("./standing-page.tsx").then((module) => module.StandingPage),
    menu: {
      group: "records",
      icon: "standing",
      sees: (session) => mayUse(session, "standing.read") && !session.person.guest,
    },
  },
];
