import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** The first page after signing in. */
export const overviewPages: readonly Page[] = [
  {
    path: paths.overview,
    title: "overview",
    frame: "shell",
    areas: ["overview", "firstUse"],
    load: () => import("./overview-page.tsx").then((module) => module.OverviewPage),
    menu: { group: "work", icon: "overview", sees: () => true, thumb: () => 2 },
  },
];
