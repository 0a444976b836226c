import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** Beginning, setting up, signing in, one's own account. */
export const identityPages: readonly Page[] = [
  {
    path: paths.firstRun,
    title: "firstRun",
    frame: "gate",
    areas: ["identity"],
    load: () => import("./first-run-page.tsx").then((module) => module.FirstRunPage),
  },
  {
    path: paths.setup,
    title: "setup",
    frame: "gate",
    areas: ["identity"],
    load: () => import("./setup-page.tsx").then((module) => module.SetupPage),
  },
  {
    path: paths.signIn,
    title: "signIn",
    frame: "gate",
    areas: ["identity"],
    load: () => import("./sign-in-page.tsx").then((module) => module.SignInPage),
  },
  {
    path: "/invitations/$token",
    title: "invitation",
    frame: "public",
    areas: ["identity"],
    load: () => import("./invitation-page.tsx").then((module) => module.InvitationPage),
  },
  {
    path: paths.crew,
    title: "crew",
    frame: "shell",
    areas: ["identity", "firstUse"],
    load: () => import("./crew-page.tsx").then((module) => module.CrewPage),
  },
  {
    path: paths.account,
    title: "account",
    frame: "shell",
    areas: ["identity", "ruleBook"],
    load: () => import("./account-page.tsx").then((module) => module.AccountPage),
    menu: {
      group: "work",
      icon: "account",
      sees: () => true,
      waiting: (session) => session.waiting.positions,
      thumb: () => 9,
    },
  },
];
