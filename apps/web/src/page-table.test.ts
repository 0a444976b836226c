import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Session } from "./api.ts";
import { text as shellText } from "./i18n/shell.en.ts";
import type { Page } from "./page.ts";
import { findMenuPage, listMenu, listThumbPlaces, pageTable } from "./page-table.ts";
import { paths } from "./paths.ts";

const nobody: Session = {
  person: { personId: "per_1", name: { en: "Gao Minzhi", zh: "高敏之" }, login: "gao", guest: false },
  unit: null,
  entities: [],
  timeZone: null,
  roles: [],
  permissions: [],
  organisation: { en: "Lanxi", zh: "澜汐" },
  sample: false,
  hasPasskey: false,
  hasPassword: true,
  expiresAt: "2026-11-24T12:00:00Z",
  awayUntil: null,
  csrfToken: "t",
  waiting: { inbox: 0, releases: 0, confirmations: 0, accounts: 0, matters: 0, tasks: 0, ruleBook: 0, positions: 0 },
};

/** An address with its parameters unnamed. */
const pattern = (path: string): string => path.replace(/\$\w*/g, "$");

test("every page has its own address, a name and a file that exists", () => {
  assert.equal(new Set(pageTable.map((page) => page.path)).size, pageTable.length);
  const addresses = Object.values(paths).map((path) => pattern(typeof path === "string" ? path : path("$")));
  for (const page of pageTable) {
    assert.match(page.path, /^\/[\w$/-]*$/, page.path);
    assert.ok(addresses.includes(pattern(page.path)), `${page.path} is not among the addresses`);
    assert.ok(shellText.pages[page.title], page.path);
    const file = /import\((?:"|')\.\/([\w./-]+\.tsx)(?:"|')\)/.exec(page.load.toString())?.[1];
    assert.ok(file, `${page.path} is not loaded when it is asked for`);
    const areas = [
      "identity",
      "organisation",
      "separation",
      "requests",
      "apply",
      "seals",
      "verify",
      "ledger",
      "overview",
      "settings",
      "matters",
      "custody",
      "training",
      "checks",
      "forms",
      "registers",
      "opening-stock",
      "life",
      "lodgings",
      "rule-book",
      "rules",
      "emergency",
      "standing",
      "templates",
    ];
    const found = areas.some((area) => existsSync(join(import.meta.dirname, "pages", area, file)));
    assert.ok(found, `${page.path}: ${file}`);
  }
});

test("every fixed address that is linked leads to a page, once its area is there", () => {
  const known = new Set(pageTable.map((page) => page.path));
  for (const path of [paths.firstRun, paths.signIn]) assert.ok(known.has(path), path);
});

test("pages for those without a session are never in the menu", () => {
  for (const page of pageTable) if (page.frame === "gate") assert.equal(page.menu, undefined, page.path);
});

const place = (path: string, sees: boolean, thumb?: number): Page => ({
  path,
  title: "overview",
  frame: "shell",
  areas: [],
  load: async () => () => null,
  menu: { group: "work", icon: "overview", sees: () => sees, ...(thumb === undefined ? {} : { thumb: () => thumb }) },
});

test("the menu leaves out what the session may not see, and empty groups", () => {
  assert.deepEqual(listMenu(nobody, [place("/a", false)]), []);
  const menu = listMenu(nobody, [place("/a", true), place("/b", false)]);
  assert.deepEqual(
    menu.map(({ group, pages }) => [group, pages.map((page) => page.path)]),
    [["work", ["/a"]]],
  );
});

test("the bottom bar holds at most four places, in the session's order", () => {
  const pages = [
    place("/a", true, 5),
    place("/b", true, 1),
    place("/c", true, 3),
    place("/d", true, 2),
    place("/e", true, 4),
    place("/f", true),
  ];
  assert.deepEqual(
    listThumbPlaces(nobody, pages).map((page) => page.path),
    ["/b", "/d", "/c", "/e"],
  );
});

test("a page lies under the longest place of the menu that begins its address", () => {
  const pages = [place("/requests", true), place("/requests/new", true), place("/req", true)];
  assert.equal(findMenuPage("/requests/new", pages)?.path, "/requests/new");
  assert.equal(findMenuPage("/requests/req_1", pages)?.path, "/requests");
  assert.equal(findMenuPage("/requestsx", pages), undefined);
});
