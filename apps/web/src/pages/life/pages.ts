import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** The kinds of seals; matters of a seal's life stand on the pages of matters. */
export const lifePages: readonly Page[] = [
  {
    path: paths.sealTypes,
    title: "sealTypes",
    frame: "shell",
    areas: ["seals", "life", "custody"],
    load: () => import("./seal-types-page.tsx").then((module) => module.SealTypesPage),
  },
];
