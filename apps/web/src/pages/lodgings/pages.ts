import type { Session } from "../../api.ts";
import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** Who may know which seal lies with whom. */
const knowing: Session["roles"] = ["seal-administrator", "inspector", "signatory", "custodian", "certificate-keeper"];

/** Cards with impressions that banks and offices keep. */
export const lodgingPages: readonly Page[] = [
  {
    path: paths.specimensLodged,
    title: "specimensLodged",
    frame: "shell",
    areas: ["lodgings", "matters", "custody"],
    load: () => import("./lodgings-page.tsx").then((module) => module.LodgingsPage),
    menu: { group: "seals", icon: "specimens", sees: ({ roles }) => roles.some((role) => knowing.includes(role)) },
  },
];
