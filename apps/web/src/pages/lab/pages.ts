import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** The virtual seal controller, where the server says that there is one. */
export const labPages: readonly Page[] = [
  {
    path: paths.lab,
    title: "lab",
    frame: "shell",
    areas: ["lab"],
    load: () => import("./lab-page.tsx").then((module) => module.LabPage),
    opens: (session) => session.lab,
    menu: { group: "control", icon: "lab", sees: (session) => session.lab },
  },
];
