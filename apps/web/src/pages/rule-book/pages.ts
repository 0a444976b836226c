import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** The rule book with its versions, differences and readers; the list of people by seal. */
export const ruleBookPages: readonly Page[] = [
  {
    path: paths.ruleBook,
    title: "ruleBook",
    frame: "shell",
    areas: ["ruleBook"],
    load: () => import("./rule-book-page.tsx").then((module) => module.RuleBookPage),
    menu: {
      group: "records",
      icon: "ruleBook",
      sees: (session) => mayUse(session, "rule-book.read"),
      waiting: (session) => session.waiting.ruleBook,
    },
  },
  {
    path: paths.positions,
    title: "positions",
    frame: "shell",
    areas: ["ruleBook"],
    load: () => import("./people-by-seal-page.tsx").then((module) => module.PeopleBySealPage),
    menu: { group: "seals", icon: "positions", sees: (session) => mayUse(session, "separation.read") },
  },
];
