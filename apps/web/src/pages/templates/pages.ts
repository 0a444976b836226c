import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** Templates with their versions; one of them, on whose pages fields are drawn. */
export const templatePages: readonly Page[] = [
  {
    path: paths.templates,
    title: "templates",
    frame: "shell",
    areas: ["templates"],
    load: () => import("./templates-page.tsx").then((module) => module.TemplatesPage),
  },
  {
    path: paths.template("$versionId"),
    title: "template",
    frame: "shell",
    areas: ["templates", "requests"],
    load: () => import("./template-page.tsx").then((module) => module.TemplatePage),
  },
];
