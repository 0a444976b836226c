import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import type { Session } from "./api.ts";
import { text as shellText } from "./i18n/shell.en.ts";
import type { Page } from "./page.ts";
import { countWaitingElsewhere, findMenuPage, listMenu, listThumbPlaces, pageTable } from "./page-table.ts";
import { paths } from "./paths.ts";
import { testSession } from "./test-session.ts";

const nobody: Session = { ...testSession, roles: [], permissions: [], sample: false, hasPassword: true };

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
      "alarms",
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
      "controllers",
      "rule-book",
      "rules",
      "emergency",
      "standing",
      "templates",
      "document-classes",
      "lab",
      "stamping",
    ];
    const found = areas.some((area) => existsSync(join(import.meta.dirname, "pages", area, file)));
    assert.ok(found, `${page.path}: ${file}`);
  }
});

/** The modules a page brings with it, itself included; types bring nothing. */
function listModules(entry: string): string[] {
  const seen = new Set<string>();
  const left = [entry];
  for (let file = left.pop(); file; file = left.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const imports = readFileSync(file, "utf8").matchAll(/^import (?!type)[^;]*?from "(\.[^"]+\.tsx?)";/gm);
    for (const [, path = ""] of imports) left.push(join(dirname(file), path));
  }
  return [...seen];
}

test("every page loads the texts that any part of it speaks with: a text that is not there shows its key", () => {
  const everywhere = ["shell", "terms", "parts"];
  const folder = join(import.meta.dirname, "pages");
  const missing = pageTable.flatMap((page) => {
    const file = /import\((?:"|')\.\/([\w./-]+\.tsx)(?:"|')\)/.exec(page.load.toString())?.[1] ?? "";
    const entry = readdirSync(folder)
      .filter((area) => existsSync(join(folder, area, "pages.ts")))
      .filter((area) => readFileSync(join(folder, area, "pages.ts"), "utf8").includes(`title: "${page.title}"`))
      .map((area) => join(folder, area, file))
      .find((one) => existsSync(one));
    assert.ok(entry, page.path);
    return listModules(entry)
      .filter((module) => !module.endsWith("i18n.ts"))
      .flatMap((module) =>
        [...readFileSync(module, "utf8").matchAll(/\buseText\("(\w+)"\)/g)].map(([, area = ""]) => area),
      )
      .filter((area) => !everywhere.includes(area) && !page.areas.some((one) => one === area))
      .map((area) => `${page.path}: ${area}`);
  });
  assert.deepEqual([...new Set(missing)], []);
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

test("what waits at a place that the bottom bar does not show is counted behind its last entry", () => {
  const waits = (page: Page, count: number): Page =>
    page.menu ? { ...page, menu: { ...page.menu, waiting: () => count } } : page;
  const pages = [
    waits(place("/shown", true, 1), 7),
    waits(place("/matters", true), 2),
    waits(place("/tasks", true), 3),
    waits(place("/not-seen", false), 5),
  ];
  assert.equal(countWaitingElsewhere(nobody, pages), 5);
});

test("a page lies under the longest place of the menu that begins its address", () => {
  const pages = [place("/requests", true), place("/requests/new", true), place("/req", true)];
  assert.equal(findMenuPage("/requests/new", pages)?.path, "/requests/new");
  assert.equal(findMenuPage("/requests/req_1", pages)?.path, "/requests");
  assert.equal(findMenuPage("/requestsx", pages), undefined);
});
