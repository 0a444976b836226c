import type { Session } from "./api.ts";
import { MENU_GROUPS, type MenuGroup, type Page } from "./page.ts";
import { alarmPages } from "./pages/alarms/pages.ts";
import { applyPages } from "./pages/apply/pages.ts";
import { checkPages } from "./pages/checks/pages.ts";
import { controllerPages } from "./pages/controllers/pages.ts";
import { custodyPages } from "./pages/custody/pages.ts";
import { documentClassPages } from "./pages/document-classes/pages.ts";
import { emergencyPages } from "./pages/emergency/pages.ts";
import { formPages } from "./pages/forms/pages.ts";
import { identityPages } from "./pages/identity/pages.ts";
import { labPages } from "./pages/lab/pages.ts";
import { ledgerPages } from "./pages/ledger/pages.ts";
import { lifePages } from "./pages/life/pages.ts";
import { lodgingPages } from "./pages/lodgings/pages.ts";
import { matterPages } from "./pages/matters/pages.ts";
import { openingStockPages } from "./pages/opening-stock/pages.ts";
import { organisationPages } from "./pages/organisation/pages.ts";
import { overviewPages } from "./pages/overview/pages.ts";
import { registerPages } from "./pages/registers/pages.ts";
import { requestPages } from "./pages/requests/pages.ts";
import { ruleBookPages } from "./pages/rule-book/pages.ts";
import { rulesPages } from "./pages/rules/pages.ts";
import { sealPages } from "./pages/seals/pages.ts";
import { separationPages } from "./pages/separation/pages.ts";
import { settingsPages } from "./pages/settings/pages.ts";
import { stampingPages } from "./pages/stamping/pages.ts";
import { standingPages } from "./pages/standing/pages.ts";
import { templatePages } from "./pages/templates/pages.ts";
import { trainingPages } from "./pages/training/pages.ts";
import { verifyPages } from "./pages/verify/pages.ts";

/**
 * Every page of the product. A page is added to the list of its area; this table puts the areas together, in the order
 * of the menu.
 */
export const pageTable: readonly Page[] = [
  ...overviewPages,
  ...requestPages,
  ...stampingPages,
  ...matterPages,
  ...emergencyPages,
  ...custodyPages,
  ...alarmPages,
  ...controllerPages,
  ...checkPages,
  ...formPages,
  ...trainingPages,
  ...sealPages,
  ...openingStockPages,
  ...lodgingPages,
  ...registerPages,
  ...standingPages,
  ...rulesPages,
  ...templatePages,
  ...documentClassPages,
  ...ruleBookPages,
  ...lifePages,
  ...ledgerPages,
  ...verifyPages,
  ...applyPages,
  ...organisationPages,
  ...separationPages,
  ...labPages,
  ...settingsPages,
  ...identityPages,
];

/** The menu of a session, by group; groups with nothing to see are left out. */
export function listMenu(
  session: Session,
  pages: readonly Page[] = pageTable,
): readonly { readonly group: MenuGroup; readonly pages: readonly Page[] }[] {
  const seen = pages.filter((page) => page.menu?.sees(session));
  return MENU_GROUPS.map((group) => ({ group, pages: seen.filter((page) => page.menu?.group === group) })).filter(
    (entry) => entry.pages.length > 0,
  );
}

/** The four places of the bottom bar on a phone, in the order that suits the session. */
export function listThumbPlaces(session: Session, pages: readonly Page[] = pageTable): readonly Page[] {
  return pages
    .filter((page) => page.menu?.thumb !== undefined && page.menu.sees(session))
    .sort((a, b) => (a.menu?.thumb?.(session) ?? 0) - (b.menu?.thumb?.(session) ?? 0))
    .slice(0, 4);
}

/** How many things wait for the reader at places that the bottom bar has no room for; they stand behind its last entry. */
export function countWaitingElsewhere(session: Session, pages: readonly Page[] = pageTable): number {
  const shown = listThumbPlaces(session, pages);
  return pages
    .filter((page) => page.menu?.sees(session) && !shown.includes(page))
    .reduce((sum, page) => sum + (page.menu?.waiting?.(session) ?? 0), 0);
}

/** The menu's page that an address lies under: `/seals/seal_1` lies under Seals. */
export function findMenuPage(path: string, pages: readonly Page[] = pageTable): Page | undefined {
  return pages
    .filter((page) => page.menu && (path === page.path || path.startsWith(`${page.path}/`)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}
