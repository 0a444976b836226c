import { type DocumentClassId, listTemplateFaults, type TemplateField, type TemplateMark } from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { trySeries } from "../document-series/try-series.ts";
import { readMattersOfVersions, seesMatterOfVersion } from "../matters/about-version.ts";
import { readPeople } from "../requests/read-people.ts";
import { listWritableEntities } from "./draft-service.ts";
import { textOfTemplate } from "./template-rows.ts";

type Answer = HandlerAnswer<"GET /v1/templates">;
type Version = Answer["items"][number];
type Detail = HandlerAnswer<"GET /v1/templates/versions/:versionId">;

/** Everything of a version but its text, which is large. */
const small = [
  ...(["v.version_id", "v.template_id", "v.entity_id", "v.name_en", "v.name_zh", "v.document_class"] as const),
  ...(["v.language", "v.file_name", "v.pages", "v.written_by", "v.updated_at", "v.number", "v.matter_id"] as const),
  ...(["v.in_force_at", "v.ended_at", "v.ended_by", "v.revision"] as const),
] as const;

async function readRows(env: Environment, versionId?: string) {
  let query = env.db
    .selectFrom("template_versions as v")
    .innerJoin("entities as e", "e.entity_id", "v.entity_id")
    .leftJoin("matters as ending", "ending.matter_id", "v.ended_by")
    .select(small)
    .select(["e.code", "e.name_en as entity_en", "e.name_zh as entity_zh", "ending.kind as ended_as"])
    .orderBy("v.template_id")
    .orderBy(sql`v.number desc nulls first`)
    .orderBy("v.updated_at", "desc");
  if (versionId !== undefined) query = query.where("v.version_id", "=", versionId);
  return query.execute();
}
type Row = Awaited<ReturnType<typeof readRows>>[number];

async function showVersions(env: Environment, rows: readonly Row[]): Promise<Version[]> {
  const person = await readPeople(
    env.db,
    rows.map((row) => row.written_by),
  );
  const matterOf = await readMattersOfVersions(env.db, "register-template", rows);
  const uses = await countUses(
    env,
    rows.map((row) => row.version_id),
  );
  return rows.map((row): Version => {
    return {
      ...{ versionId: row.version_id, templateId: row.template_id, number: row.number, fileName: row.file_name },
      ...{ state: stateOf(row), name: { en: row.name_en, zh: row.name_zh } },
      ...{ documentClass: row.document_class as DocumentClassId, language: row.language as Version["language"] },
      entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
      pages: row.pages as Version["pages"],
      ...{ writtenBy: person(row.written_by), updatedAt: row.updated_at.toISOString() },
      inForceAt: row.in_force_at?.toISOString() ?? null,
      endedAt: row.ended_at?.toISOString() ?? null,
      uses: uses.get(row.version_id) ?? 0,
      matter: matterOf(row.version_id),
    };
  });
}

/** Requests that were submitted with a document made from a version, whether or not it was changed. */
async function countUses(env: Environment, versionIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counted = await env.db
    .selectFrom("document_comparisons as c")
    .innerJoin("request_documents as d", "d.document_id", "c.document_id")
    .innerJoin("seal_use_requests as r", "r.request_id", "d.request_id")
    .select(["c.version_id", (eb) => eb.fn.count<string>("r.request_id").distinct().as("uses")])
    .where("c.version_id", "in", ["", ...versionIds])
    .where("r.number", "is not", null)
    .groupBy("c.version_id")
    .execute();
  return new Map(counted.map((row) => [row.version_id ?? "", Number(row.uses)]));
}

function stateOf(row: Row): Version["state"] {
  if (row.in_force_at === null) return "draft";
  if (row.ended_at === null) return "in-force";
  return row.ended_as === "withdraw-template" ? "withdrawn" : "replaced";
}

/** Whether a person reads a version: what was ever in force everybody does, a draft who writes there and who decides on it. */
async function mayRead(env: Environment, row: Row, personId: string, writable: readonly string[]): Promise<boolean> {
  if (row.in_force_at !== null || writable.includes(row.entity_id)) return true;
  return seesMatterOfVersion(env, "register-template", row.version_id, personId);
}

/** Templates with their versions; drafts for who may write templates of their entity. */
export async function readTemplates(env: Environment, personId: string): Promise<Answer> {
  const writable = await listWritableEntities(env.db, env, personId);
  const rows = await readRows(env);
  const entities = await env.db
    .selectFrom("entities")
    .select(["entity_id", "name_en", "name_zh", "code"])
    .where("entity_id", "in", ["", ...writable])
    .orderBy("created_at")
    .execute();
  return {
    items: await showVersions(
      env,
      rows.filter((row) => row.in_force_at !== null || writable.includes(row.entity_id)),
    ),
    takesWord: env.word !== undefined,
    mayWriteIn: entities.map((row) => ({
      ...{ entityId: row.entity_id, name: { en: row.name_en, zh: row.name_zh }, code: row.code },
    })),
  };
}

/** One version with the fields found in it. Throws `subject.not-found` where it is not for this person. */
export async function readTemplateVersion(env: Environment, personId: string, versionId: string): Promise<Detail> {
  const [row] = await readRows(env, versionId);
  const writable = await listWritableEntities(env.db, env, personId);
  if (!row || !(await mayRead(env, row, personId, writable))) throw problems.notFound();
  const [version] = await showVersions(env, [row]);
  const { texts, marks, digest, file_digest } = await env.db
    .selectFrom("template_versions")
    .select(["texts", "marks", "digest", "file_digest"])
    .where("version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  if (!version) throw problems.notFound();
  const text = textOfTemplate({ texts, marks });
  const drawn = marks as unknown as TemplateMark[];
  const fields = [...text.body, ...text.running].flatMap((item) => (item.kind === "field" ? [item.field] : []));
  return {
    version,
    ...{ revision: row.revision, digest, fileDigest: file_digest, mine: version.writtenBy?.personId === personId },
    marks: drawn.map((mark) => ({ ...mark })) as Detail["marks"],
    fields: fields.map((field) => showField(field, drawn)),
    faults: listTemplateFaults(text).map(toRefusalView),
    seriesFaults: row.in_force_at === null ? (await trySeries(env, versionId)).map(toRefusalView) : [],
  };
}

function showField(field: TemplateField, marks: readonly TemplateMark[]): Detail["fields"][number] {
  const { name, kind, mostCharacters, page, box } = field;
  const mark = marks.findIndex((one) => one.page === page && one.name === name && one.kind === kind);
  return { name, kind, mostCharacters, page, box: { ...box }, mark: mark < 0 ? null : mark };
}

/** The bytes of a version, for who may read it. */
export async function readTemplateFile(
  env: Environment,
  personId: string,
  versionId: string,
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const [row] = await readRows(env, versionId);
  const writable = await listWritableEntities(env.db, env, personId);
  if (!row || !(await mayRead(env, row, personId, writable))) throw problems.notFound();
  const { file_digest: digest } = await env.db
    .selectFrom("template_versions")
    .select("file_digest")
    .where("version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  const file = await env.files.read(digest);
  if (!file.ok) throw problems.notFound();
  return { bytes: file.bytes, fileName: row.file_name };
}
