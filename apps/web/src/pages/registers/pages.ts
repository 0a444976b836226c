import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** The registers, and each of them with its lines. */
export const registerPages: readonly Page[] = [
  {
    path: paths.registers,
    title: "registers",
    frame: "shell",
    areas: ["registers"],
    load: () => import("./registers-page.tsx").then((module) => module.RegistersPage),
    menu: { group: "records", icon: "registers", sees: (session) => mayUse(session, "register.read") },
  },
  {
    path: paths.register("$register"),
    title: "register",
    frame: "shell",
    areas: ["registers", "forms"],
    load: () => import("./register-page.tsx").then((module) => module.RegisterPage),
  },
];
