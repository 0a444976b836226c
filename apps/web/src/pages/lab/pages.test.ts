import assert from "node:assert/strict";
import { test } from "node:test";
import { listMenu, pageTable } from "../../page-table.ts";
import { paths } from "../../paths.ts";
import { labPages } from "./pages.ts";

type Session = Parameters<typeof listMenu>[0];

test("the lab is there and in the menu where the server says so, and nowhere else", () => {
  const [page] = labPages;
  for (const lab of [true, false]) {
    const session = { lab } as Session;
    assert.equal(page?.opens?.(session), lab);
    assert.equal(listMenu(session, labPages).length, lab ? 1 : 0);
  }
  assert.ok(pageTable.some(({ path }) => path === paths.lab));
});
