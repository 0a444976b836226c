import type { RouteKey } from "@chancery/api/client";
import { closeOldBook } from "../features/opening-stock/old-books.ts";
import { askForImportInTest, handSheetsInTest } from "../features/opening-stock/test-import.ts";
import { newId } from "../platform/ids.ts";
import type { Access } from "./access-table.ts";
import { type Actor, both, everyone, except, foreign, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

const importers = "seal-administrator system-administrator" as const;
const watchers = own("seal-administrator inspector system-administrator");
const readers = own("signatory seal-administrator inspector system-administrator");
const asker = own("system-administrator");

/** What is brought in by sheets: who runs seals or accounts does, each for his own entity. */
export const openingStockAccess = {
  "GET /v1/import-templates/:kind": [{ of: "", allowed: both(importers) }],
  "POST /v1/import-files": [{ of: "", allowed: both(importers) }],
  "POST /v1/imports/preview": [{ of: "in the own entity", allowed: own(importers), hidden: foreign(importers) }],
  // A file that nobody handed in is not there to be imported.
  "POST /v1/imports": [{ of: "in the own entity", allowed: own(importers), answers: 409, hidden: foreign(importers) }],
  "GET /v1/imports/:matterId": [{ of: "of the own entity", allowed: readers, hidden: except(everyone, readers) }],
  "POST /v1/imports/:matterId/invitations": [
    { of: "of one's own import", allowed: asker, hidden: except(both(importers), asker) },
  ],
  "GET /v1/old-books": [{ of: "of the own entity", allowed: watchers, absent: except(everyone, watchers) }],
  "POST /v1/old-books": [{ of: "of the own entity", allowed: own(importers), hidden: foreign(importers) }],
} as const satisfies Partial<Record<RouteKey, readonly Access[]>>;

type Make = (world: World, who: Actor) => Promise<TestCall> | TestCall;
type Calls = Readonly<Record<string, Make>>;

const made = new WeakMap<World, Promise<string>>();
/** An import of the own entity that waits for its decision, asked for by its system administrator. */
function importOf(world: World): Promise<string> {
  const there = made.get(world) ?? ask(world);
  made.set(world, there);
  return there;
}
async function ask(world: World): Promise<string> {
  const personId = world.person("own system-administrator");
  const fileIds = [await handSheetsInTest(world.env, personId, ["people", "login|姓名", "walk.one|行一"])];
  const asked = { entityId: world.own.entityId, part: "batch-import", fileIds } as const;
  return (await askForImportInTest(world.env, personId, asked)).matterId;
}

const someFile = (world: World) => ({ entityId: world.own.entityId, fileIds: [newId("imf", Date.now())] });
const oldBook = async (world: World, who: Actor): Promise<TestCall> => ({
  keeps: true,
  body: {
    ...{ entityId: world.own.entityId, register: "use", title: "Book 3", from: "2020-01-01", to: "2024-12-31" },
    ...{ lastNumber: newId("book", Date.now()), place: "Archive" },
    evidenceIds: [await world.subjects.evidenceOf(world.person(who === "nobody" ? "own member" : who))],
  },
});

export const openingStockCalls = {
  "GET /v1/import-templates/:kind": {
    "": () => ({ params: { kind: "people" }, query: { language: "en", format: "csv" } }),
  },
  "POST /v1/import-files": {
    "": () => ({
      keeps: true,
      file: { name: "people.csv", bytes: new Uint8Array(Buffer.from("login,姓名\na.b,甲\n")) },
    }),
  },
  "POST /v1/imports/preview": { "in the own entity": (world) => ({ keeps: true, body: someFile(world) }) },
  "POST /v1/imports": {
    "in the own entity": (world) => ({ body: { ...someFile(world), part: "batch-import", title: "T", reason: "R" } }),
  },
  "GET /v1/imports/:matterId": {
    "of the own entity": async (world) => ({ params: { matterId: await importOf(world) } }),
  },
  "POST /v1/imports/:matterId/invitations": {
    "of one's own import": async (world) => ({ keeps: true, params: { matterId: await importOf(world) } }),
  },
  "GET /v1/old-books": {
    "of the own entity": async (world) => {
      const { bookId } = await bookOf(world);
      return { shows: (answer) => answer.includes(bookId) };
    },
  },
  "POST /v1/old-books": { "of the own entity": oldBook },
} as const satisfies Record<keyof typeof openingStockAccess, Calls>;

const books = new WeakMap<World, Promise<{ bookId: string }>>();
function bookOf(world: World): Promise<{ bookId: string }> {
  const there = books.get(world) ?? closeBook(world);
  books.set(world, there);
  return there;
}
async function closeBook(world: World): Promise<{ bookId: string }> {
  const personId = world.person("own seal-administrator");
  return closeOldBook(world.env, personId, {
    ...{ entityId: world.own.entityId, register: "use", title: "Book 2", from: "2018-01-01", to: "2019-12-31" },
    ...{ lastNumber: "77", place: "Archive", evidenceIds: [await world.subjects.evidenceOf(personId)] },
  });
}
