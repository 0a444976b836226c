import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** What an organisation brings with it: its sheets, and its old books. */
export const openingStockPages: readonly Page[] = [
  {
    path: paths.importStock,
    title: "importStock",
    frame: "shell",
    areas: ["stock", "organisation"],
    load: () => import("./import-page.tsx").then((module) => module.ImportPage),
    menu: { group: "control", icon: "import", sees: (session) => mayUse(session, "stock.import") },
  },
  {
    path: paths.oldBooks,
    title: "oldBooks",
    frame: "shell",
    areas: ["stock", "matters", "registers"],
    load: () => import("./old-books-page.tsx").then((module) => module.OldBooksPage),
  },
];
