import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Controlled forms: all series, and each with its numbers. */
export const formPages: readonly Page[] = [
  {
    path: paths.forms,
    title: "forms",
    frame: "shell",
    areas: ["forms", "custody"],
    load: () => import("./forms-page.tsx").then((module) => module.FormsPage),
    menu: { group: "seals", icon: "forms", sees: (session) => mayUse(session, "form.read") },
  },
  {
    path: paths.formSeries("$seriesId"),
    title: "formSeries",
    frame: "shell",
    areas: ["forms", "custody", "matters", "apply", "series"],
    load: () => import("./series-page.tsx").then((module) => module.SeriesPage),
  },
];
