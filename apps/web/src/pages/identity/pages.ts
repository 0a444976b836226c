import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** Beginning, signing in, one's own account. */
export const identityPages: readonly Page[] = [
  {
    path: paths.firstRun,
    title: "firstRun",
    frame: "gate",
    areas: ["identity"],
    load: () => import("./first-run-page.tsx").then((module) => module.FirstRunPage),
  },
  {
    path: paths.signIn,
    title: "signIn",
    frame: "gate",
    areas: ["identity"],
    load: () => import("./sign-in-page.tsx").then((module) => module.SignInPage),
  },
];
