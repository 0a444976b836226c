import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Seal controllers: the list with the enrolment of new ones, and one of them. */
export const controllerPages: readonly Page[] = [
  {
    path: paths.controllers,
    title: "controllers",
    frame: "shell",
    areas: ["controllers"],
    load: () => import("./controllers-page.tsx").then((module) => module.ControllersPage),
    menu: { group: "seals", icon: "controllers", sees: (session) => mayUse(session, "controller.read") },
  },
  {
    path: paths.controller("$controllerId"),
    title: "controller",
    frame: "shell",
    areas: ["controllers"],
    load: () => import("./controller-page.tsx").then((module) => module.ControllerPage),
  },
];
