import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Entities, units, people, grants, and what waits for a second person. */
export const organisationPages: readonly Page[] = [
  {
    path: paths.organisation,
    title: "organisation",
    frame: "shell",
    areas: ["organisation"],
    load: () => import("./organisation-page.tsx").then((module) => module.OrganisationPage),
    menu: {
      group: "control",
      icon: "organisation",
      sees: (session) => mayUse(session, "organisation.read"),
      waiting: (session) => session.waiting.accounts,
    },
  },
  {
    path: paths.unitChange("$unitId"),
    title: "unitChange",
    frame: "shell",
    areas: ["organisation", "matters"],
    load: () => import("./unit-change-page.tsx").then((module) => module.UnitChangePage),
  },
];
