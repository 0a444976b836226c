import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** The question who could act alone with the matrix of duties, and delegation while one is away. */
export const separationPages: readonly Page[] = [
  {
    path: paths.separation,
    title: "separation",
    frame: "shell",
    areas: ["separation"],
    load: () => import("./separation-page.tsx").then((module) => module.SeparationPage),
  },
  {
    path: paths.away,
    title: "away",
    frame: "shell",
    areas: ["separation"],
    load: () => import("./away-page.tsx").then((module) => module.AwayPage),
  },
];
