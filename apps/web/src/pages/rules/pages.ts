import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** The rules of use: those in force with their versions and drafts; one version, which a draft is written on. */
export const rulesPages: readonly Page[] = [
  {
    path: paths.rulesOfUse,
    title: "rulesOfUse",
    frame: "shell",
    areas: ["rulesOfUse", "requests"],
    load: () => import("./rules-page.tsx").then((module) => module.RulesPage),
    menu: { group: "records", icon: "rulesOfUse", sees: (session) => mayUse(session, "rules.read") },
  },
  {
    path: paths.rulesVersion("$versionId"),
    title: "rulesVersion",
    frame: "shell",
    areas: ["rulesOfUse", "requests"],
    load: () => import("./version-page.tsx").then((module) => module.VersionPage),
  },
];
