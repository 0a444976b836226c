import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Matters, the page of one, where it is written, and the reader's tasks. */
export const matterPages: readonly Page[] = [
  {
    path: paths.matters,
    title: "matters",
    frame: "shell",
    areas: ["matters"],
    load: () => import("./matters-page.tsx").then((module) => module.MattersPage),
    menu: {
      group: "work",
      icon: "matters",
      sees: (session) => mayUse(session, "matter.read"),
      waiting: (session) => session.waiting.matters,
    },
  },
  {
    path: paths.newMatter,
    title: "newMatter",
    frame: "shell",
    areas: ["matters", "custody", "life", "organisation", "ruleBook", "forms", "standing"],
    load: () => import("./matter-form-page.tsx").then((module) => module.NewMatterPage),
  },
  {
    path: paths.matter("$matterId"),
    title: "matter",
    frame: "shell",
    areas: [
      "matters",
      "custody",
      "life",
      "organisation",
      "ruleBook",
      "forms",
      "standing",
      "stock",
      "ledger",
      "rulesOfUse",
    ],
    load: () => import("./matter-page.tsx").then((module) => module.MatterPage),
  },
  {
    path: paths.editMatter("$matterId"),
    title: "editMatter",
    frame: "shell",
    areas: ["matters", "custody", "life", "organisation", "ruleBook", "forms", "standing"],
    load: () => import("./matter-form-page.tsx").then((module) => module.EditMatterPage),
  },
  {
    path: paths.tasks,
    title: "tasks",
    frame: "shell",
    areas: ["matters"],
    load: () => import("./tasks-page.tsx").then((module) => module.TasksPage),
    menu: {
      group: "work",
      icon: "tasks",
      sees: (session) => mayUse(session, "task.read"),
      waiting: (session) => session.waiting.tasks,
    },
  },
];
