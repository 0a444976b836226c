import {
  articleSourceName,
  compareRuleBooks,
  type LocalName,
  type MatterState,
  matterDefinition,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { seesMatterOfVersion } from "../matters/about-version.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { listBound } from "./bound-people.ts";
import { readingDigest } from "./confirm.ts";
import { type BookInBoth, findInForce, readVersions, type VersionRow, writeBookOfNow } from "./write-version.ts";

type Answer = HandlerAnswer<"GET /v1/rule-book">;
type VersionView = Answer["versions"][number];

/** The articles in which two books differ, told in both languages side by side. */
function showDifferences(before: BookInBoth, after: BookInBoth): Answer["differences"] {
  const zh = new Map(compareRuleBooks(before.zh, after.zh).map((one) => [one.id, one]));
  const en = compareRuleBooks(before.en, after.en);
  const both = [...en, ...[...zh.values()].filter((one) => !en.some((known) => known.id === one.id))];
  return both.map((one) => {
    const [english, chinese] = [en.find((known) => known.id === one.id), zh.get(one.id)];
    return {
      ...{ id: one.id, kind: one.kind, number: one.number },
      chapter: { en: english?.chapter ?? one.chapter, zh: chinese?.chapter ?? one.chapter },
      ...{ en: [...(english?.words ?? [])], zh: [...(chinese?.words ?? [])] },
    };
  });
}

function nameSources(book: BookInBoth): Record<string, LocalName> {
  const keys = book.en.chapters.flatMap((chapter) => chapter.articles.flatMap((article) => article.from));
  return Object.fromEntries(
    [...new Set(keys)].flatMap((key) => {
      const name = articleSourceName(key);
      return name === null ? [] : [[key, name]];
    }),
  );
}

const copy = (book: BookInBoth): Answer["text"] => structuredClone(book) as Answer["text"];

/** The matters that ask for a version's publication, the newest of each. */
async function readMatters(env: Environment, rows: readonly VersionRow[]) {
  if (rows.length === 0) return () => null;
  const matters = await env.db
    .selectFrom("matters")
    .select(["matter_id", "number", "state", "data"])
    .where("kind", "=", "publish-rule-book")
    .orderBy("created_at", "desc")
    .execute();
  return (row: VersionRow): VersionView["matter"] => {
    const own =
      matters.find((one) => one.matter_id === row.matter_id) ??
      matters.find((one) => one.data.versionId === row.version_id && one.state !== "cancelled");
    return own ? { matterId: own.matter_id, number: own.number, state: own.state as MatterState } : null;
  };
}

async function showVersions(env: Environment, rows: readonly VersionRow[], mayWrite: boolean): Promise<VersionView[]> {
  const person = await readPeople(
    env.db,
    rows.map((row) => row.written_by),
  );
  const matterOf = await readMatters(env, rows);
  const inForce = rows.find((row) => row.published_at !== null)?.version_id;
  return rows.map((row) => ({
    ...{ versionId: row.version_id, version: row.version, digest: row.digest },
    ...{ writtenBy: person(row.written_by), writtenAt: row.written_at.toISOString() },
    matter: mayWrite ? matterOf(row) : null,
    ...{ inForceOn: row.in_force_on, confirmBy: row.confirm_by?.toISOString() ?? null },
    state: row.published_at === null ? "draft" : row.version_id === inForce ? "in-force" : "replaced",
  }));
}

/** What the page shows: the text in force, what settings of today would change in it, and what the reader has to do. */
export async function readRuleBook(env: Environment, personId: string, mayWrite: boolean): Promise<Answer> {
  const now = env.clock.now();
  const rows = await readVersions(env.db);
  const inForce = rows.find((row) => row.published_at !== null);
  const today = await writeBookOfNow(env.db, now);
  const [own] = inForce ? await listBound(env.db, inForce, now, personId) : [];
  // Drafts are for those who write them, and for whoever decides on one.
  const shown = mayWrite ? rows : rows.filter((row) => row.published_at !== null);
  const versions = await showVersions(env, shown, mayWrite);
  const { askedBy } = matterDefinition("publish-rule-book");
  const grants = await readGrantsInForce(env.db, now, { personId });
  const asking = grants.filter((grant) => askedBy.includes(grant.role)).map((grant) => grant.entityId);
  const entities = await env.db
    .selectFrom("entities")
    .select(["entity_id", "name_en", "name_zh", "code"])
    .where("entity_id", "in", ["", ...asking])
    .orderBy("created_at")
    .execute();
  const text = inForce?.text ?? today.text;
  return {
    ...{ text: copy(text), sources: nameSources(text) },
    inForce: versions.find((one) => one.state === "in-force") ?? null,
    versions,
    differences: inForce ? showDifferences(inForce.text, today.text) : [],
    mine: {
      bound: own !== undefined,
      confirmedAt: own?.confirmedAt?.toISOString() ?? null,
      confirmBy: own?.confirmBy.toISOString() ?? null,
      digest: inForce && own && own.confirmedAt === null ? readingDigest(inForce.digest, personId) : null,
    },
    mayWrite,
    mayAskIn: entities.map((row) => ({
      ...{ entityId: row.entity_id, name: { en: row.name_en, zh: row.name_zh }, code: row.code },
    })),
  };
}

export interface RuleBookReader {
  readonly personId: string;
  readonly mayWrite: boolean;
}

/**
 * A version that a person may read: one in force or replaced by anybody, a draft by those who write it and those who see
 * the matter that asks for it. Throws `subject.not-found`: unknown and forbidden look alike.
 */
export async function requireReadsVersion(
  env: Environment,
  rows: readonly VersionRow[],
  versionId: string,
  { personId, mayWrite }: RuleBookReader,
): Promise<VersionRow> {
  const row = rows.find((one) => one.version_id === versionId);
  if (!row) throw problems.notFound();
  if (row.published_at !== null || mayWrite) return row;
  if (await seesMatterOfVersion(env, "publish-rule-book", versionId, personId)) return row;
  throw problems.notFound();
}

/** One version as it was written, with what it changed in the one in force before it. */
export async function readRuleBookVersion(
  env: Environment,
  versionId: string,
  reader: RuleBookReader,
): Promise<HandlerAnswer<"GET /v1/rule-book/versions/:versionId">> {
  const rows = await readVersions(env.db);
  const row = await requireReadsVersion(env, rows, versionId, reader);
  const versions = await showVersions(env, rows, reader.mayWrite);
  const before = rows.find((one) => one.version < row.version && one.published_at !== null);
  const version = versions.find((one) => one.versionId === versionId);
  if (!version) throw problems.notFound();
  return {
    ...{ text: copy(row.text), sources: nameSources(row.text), version },
    before: versions.find((one) => one.versionId === before?.version_id) ?? null,
    differences: before ? showDifferences(before.text, row.text) : [],
  };
}

/** Who is bound by the version in force: who has not confirmed stands first, the longest overdue before the others. */
export async function listConfirmations(
  env: Environment,
  entityIds: readonly string[],
): Promise<HandlerAnswer<"GET /v1/rule-book/confirmations">> {
  const now = env.clock.now();
  const version = await findInForce(env.db);
  if (!version) return { version: null, items: [] };
  const bound = (await listBound(env.db, version, now)).filter((one) => entityIds.includes(one.entityId));
  const person = await readPeople(
    env.db,
    bound.map((one) => one.personId),
  );
  const rank = (one: (typeof bound)[number]): number => (one.confirmedAt ? 1 : 0);
  return {
    version: version.version,
    items: bound
      .toSorted((a, b) => rank(a) - rank(b) || a.confirmBy.getTime() - b.confirmBy.getTime())
      .flatMap((one) => {
        const who = person(one.personId);
        if (!who) return [];
        const confirmedAt = one.confirmedAt?.toISOString() ?? null;
        const overdue = one.confirmedAt === null && one.confirmBy.getTime() < now;
        return [{ person: who, confirmedAt, confirmBy: one.confirmBy.toISOString(), overdue }];
      }),
  };
}
