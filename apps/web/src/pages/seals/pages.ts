import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** The wall of seals, registering one, and the page of each. */
export const sealPages: readonly Page[] = [
  {
    path: paths.seals,
    title: "seals",
    frame: "shell",
    areas: ["seals"],
    load: () => import("./seals-page.tsx").then((module) => module.SealsPage),
    menu: { group: "seals", icon: "seals", sees: (session) => mayUse(session, "seal.read"), thumb: () => 4 },
  },
  {
    path: paths.registerSeal,
    title: "registerSeal",
    frame: "shell",
    areas: ["seals", "matters"],
    load: () => import("./register-page.tsx").then((module) => module.RegisterPage),
  },
  {
    path: paths.seal("$sealId"),
    title: "seal",
    frame: "shell",
    areas: ["seals", "lodgings", "matters", "custody"],
    load: () => import("./seal-page.tsx").then((module) => module.SealPage),
  },
];
