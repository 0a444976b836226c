import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Storage checks, stock-takes, and what was found. */
export const checkPages: readonly Page[] = [
  {
    path: paths.checks,
    title: "checks",
    frame: "shell",
    areas: ["checks", "custody", "matters"],
    load: () => import("./checks-page.tsx").then((module) => module.ChecksPage),
    menu: { group: "seals", icon: "checks", sees: (session) => mayUse(session, "check.answer") },
  },
  {
    path: paths.findings,
    title: "findings",
    frame: "shell",
    areas: ["checks"],
    load: () => import("./findings-page.tsx").then((module) => module.FindingsPage),
    menu: { group: "seals", icon: "findings", sees: (session) => mayUse(session, "audit.read") },
  },
];
