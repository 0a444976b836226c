import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { mayUse } from "../../session.ts";

/** The ledger: its newest checkpoint, its entries, its checks. */
export const ledgerPages: readonly Page[] = [
  {
    path: paths.ledger,
    title: "ledger",
    frame: "shell",
    areas: ["ledger"],
    load: () => import("./ledger-page.tsx").then((module) => module.LedgerPage),
    menu: {
      group: "records",
      icon: "ledger",
      sees: (session) => mayUse(session, "ledger.check", "ledger.read-entries", "audit.read"),
    },
  },
];
