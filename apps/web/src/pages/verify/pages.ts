import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** Verifying a file, for anyone. */
export const verifyPages: readonly Page[] = [
  {
    path: paths.verify,
    title: "verify",
    frame: "public",
    areas: ["verify"],
    load: () => import("./verify-page.tsx").then((module) => module.VerifyPage),
    menu: { group: "records", icon: "verify", sees: () => true },
  },
];
