import type { Session } from "../../api.ts";
import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** Roles that have to do with containers; a signatory may hold the second lock where the organisation is small. */
const withContainers: Session["roles"] = ["custodian", "supervisor", "seal-administrator", "inspector", "signatory"];

/** Seals in one's custody, containers, take-outs, handing over, and who held a seal when. */
export const custodyPages: readonly Page[] = [
  {
    path: paths.custody,
    title: "custody",
    frame: "shell",
    areas: ["custody", "matters"],
    load: () => import("./my-custody-page.tsx").then((module) => module.MyCustodyPage),
    menu: {
      group: "seals",
      icon: "custody",
      sees: (session) => mayUse(session, "custody.move") || session.waiting.openings > 0,
      waiting: (session) => session.waiting.openings,
    },
  },
  {
    path: paths.handOver,
    title: "handOver",
    frame: "shell",
    areas: ["custody", "matters"],
    load: () => import("./handover-page.tsx").then((module) => module.HandoverPage),
  },
  {
    path: paths.containers,
    title: "containers",
    frame: "shell",
    areas: ["custody"],
    load: () => import("./containers-page.tsx").then((module) => module.ContainersPage),
    menu: {
      group: "seals",
      icon: "containers",
      sees: ({ roles }) => roles.some((role) => withContainers.includes(role)),
    },
  },
  {
    path: paths.takeOuts,
    title: "takeOuts",
    frame: "shell",
    areas: ["custody"],
    load: () => import("./take-outs-page.tsx").then((module) => module.TakeOutsPage),
    menu: { group: "seals", icon: "takeOuts", sees: (session) => mayUse(session, "custody.read") },
  },
  {
    path: paths.sealCustody("$sealId"),
    title: "sealCustody",
    frame: "shell",
    areas: ["custody"],
    load: () => import("./custody-history-page.tsx").then((module) => module.CustodyHistoryPage),
  },
];
