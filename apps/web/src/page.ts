import type { ComponentType } from "react";
import type { Session } from "./api.ts";
import type { Area } from "./i18n/areas.ts";
import type { text as shellText } from "./i18n/shell.en.ts";

/** Names of pages: keys of `pages` in the shell's texts. */
export type PageTitle = keyof typeof shellText.pages;
export const MENU_GROUPS = ["work", "seals", "records", "control"] as const;
export type MenuGroup = (typeof MENU_GROUPS)[number];
export type MenuIcon =
  | "overview"
  | "inbox"
  | "requests"
  | "emergency"
  | "standing"
  | "matters"
  | "tasks"
  | "seals"
  | "custody"
  | "containers"
  | "alarms"
  | "controllers"
  | "takeOuts"
  | "training"
  | "rotation"
  | "checks"
  | "findings"
  | "ruleBook"
  | "rulesOfUse"
  | "templates"
  | "documentClasses"
  | "positions"
  | "forms"
  | "import"
  | "specimens"
  | "registers"
  | "ledger"
  | "verify"
  | "organisation"
  | "lab"
  | "settings"
  | "account";

/** A page's place in the menu. */
export interface MenuPlace {
  readonly group: MenuGroup;
  readonly icon: MenuIcon;
  readonly sees: (session: Session) => boolean;
  /** How many things wait there for the reader; 0 shows nothing. */
  readonly waiting?: (session: Session) => number;
  /** The page is one of the four places of the bottom bar on a phone, the lowest number first. */
  readonly thumb?: (session: Session) => number;
}

/**
 * One page: its address, its name, the texts it needs, and the frame it stands in. `shell` needs a session; `public`
 * is for anyone; `gate` is for those who have no session yet, and leads the others on.
 */
export interface Page {
  readonly path: string;
  readonly title: PageTitle;
  readonly frame: "shell" | "public" | "gate";
  readonly areas: readonly Area[];
  readonly load: () => Promise<ComponentType>;
  readonly menu?: MenuPlace;
  /** Where the page is there for some sessions alone: for the others its address leads nowhere. */
  readonly opens?: (session: Session) => boolean;
}
