import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Classes of documents with their versions. */
export const documentClassPages: readonly Page[] = [
  {
    path: paths.documentClasses,
    title: "documentClasses",
    frame: "shell",
    areas: ["documentClasses", "custody"],
    load: () => import("./document-classes-page.tsx").then((module) => module.DocumentClassesPage),
    menu: { group: "records", icon: "documentClasses", sees: (session) => mayUse(session, "rules.read") },
  },
];
