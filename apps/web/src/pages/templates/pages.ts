import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Templates with their versions; one of them, on whose pages fields are drawn. */
export const templatePages: readonly Page[] = [
  {
    path: paths.templates,
    title: "templates",
    frame: "shell",
    areas: ["templates", "apply", "series", "custody"],
    load: () => import("./templates-page.tsx").then((module) => module.TemplatesPage),
    menu: { group: "records", icon: "templates", sees: (session) => mayUse(session, "rules.read") },
  },
  {
    path: paths.template("$versionId"),
    title: "template",
    frame: "shell",
    areas: ["templates", "requests"],
    load: () => import("./template-page.tsx").then((module) => module.TemplatePage),
  },
];
