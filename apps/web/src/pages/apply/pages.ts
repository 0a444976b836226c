import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** Applying for the use of a seal, and changing what was returned. */
export const applyPages: readonly Page[] = [
  {
    path: paths.apply,
    title: "apply",
    frame: "shell",
    areas: ["apply", "requests", "confidential", "forms", "templates", "series", "joint", "matters", "custody"],
    load: () => import("./apply-page.tsx").then((module) => module.ApplyPage),
  },
  {
    path: paths.editRequest("$requestId"),
    title: "editRequest",
    frame: "shell",
    areas: ["apply", "requests", "confidential", "forms", "templates", "series", "joint", "matters", "custody"],
    load: () => import("./edit-page.tsx").then((module) => module.EditPage),
  },
];
