import { setTimeout as wait } from "node:timers/promises";
import { type Register, refuse } from "@chancery/domain";
import { type Insertable, type Selectable, sql } from "kysely";
import type { HandlerAnswer, RawAnswer, RouteInput } from "../../platform/call.ts";
import type { Tables } from "../../platform/database-schema.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { selectLines } from "./find-lines.ts";
import { makeExport } from "./make-export.ts";
import { readRegisterReach } from "./reach.ts";
import { nameSheet, type SheetFormat } from "./sheet.ts";

type ExportView = HandlerAnswer<"POST /v1/register-exports">;
type ExportRow = Selectable<Tables["register_exports"]>;

/** Lines that one file may hold: what is made of them lies in memory once. */
export const mostLines: Readonly<Record<SheetFormat, number>> = { csv: 200_000, xlsx: 50_000, book: 10_000 };
/** What takes longer was broken off with the process that made it. */
const longest = 15 * 60_000;
/** A short export is ready in the first answer. */
const patience = 1000;
/** Files of exports hold names; they are kept for a day. */
const keptFor = 24 * 60 * 60_000;

const gone = (): ProblemError =>
  new ProblemError(410, "register.export-gone", {
    en: "Files of exports are kept for a day, and this one is gone. Export again.",
    zh: "导出文件只保留一天，此文件已清除。请重新导出。",
  });

export interface Exports {
  begin(personId: string, wanted: RouteInput<"POST /v1/register-exports">["body"]): Promise<ExportView>;
  get(personId: string, exportId: string): Promise<ExportView>;
  list(personId: string, register: Register): Promise<{ items: ExportView[] }>;
  fetch(personId: string, exportId: string): Promise<RawAnswer>;
}

/** Exports are made one after the other, each in its own thread. */
export function createExports(env: Environment, ledger: Ledger): Exports {
  let last: Promise<void> = Promise.resolve();
  const find = async (personId: string, exportId: string): Promise<ExportRow> => {
    const row = await env.db
      .selectFrom("register_exports")
      .selectAll()
      .where("export_id", "=", exportId)
      .where("person_id", "=", personId)
      .executeTakeFirst();
    if (!row) throw problems.notFound();
    return row;
  };
  const show = async (personId: string, exportId: string): Promise<ExportView> =>
    showExport(await find(personId, exportId), env.clock.now());
  return {
    begin: async (personId, wanted) => {
      const { register, format, language, filter } = wanted;
      const now = env.clock.now();
      const total = await requireFits(env, personId, wanted);
      const exportId = newId("exp", now);
      await insertExport(env, {
        ...{ export_id: exportId, person_id: personId, register, format, language, filter: JSON.stringify(filter) },
        ...{ state: "making", done: 0, total, asked_at: new Date(now) },
        file_name: nameSheet(register, format, language, await readToday(env, filter.entityId, now)),
      });
      const making = last.then(() =>
        makeExport(env, ledger, { exportId, personId, register, format, language, filter }),
      );
      last = making.catch((error: unknown) => breakOff(env, exportId, error));
      const late = new AbortController();
      await Promise.race([last, wait(patience, undefined, { signal: late.signal, ref: false }).catch(() => undefined)]);
      late.abort();
      return show(personId, exportId);
    },
    get: show,
    list: async (personId, register) => {
      const now = env.clock.now();
      const rows = await env.db
        .selectFrom("register_exports")
        .selectAll()
        .where("person_id", "=", personId)
        .where("register", "=", register)
        .where("asked_at", ">", new Date(now - keptFor))
        .where("state", "<>", "gone")
        .orderBy("asked_at", "desc")
        .limit(10)
        .execute();
      return { items: rows.map((row) => showExport(row, now)) };
    },
    fetch: async (personId, exportId) => {
      const row = await find(personId, exportId);
      if (row.state === "gone") throw gone();
      if (row.state !== "ready" || row.digest === null) throw problems.changedMeanwhile();
      const file = await env.files.read(row.digest);
      if (!file.ok) throw gone();
      return { contentType: "application/octet-stream", body: file.bytes, fileName: row.file_name };
    },
  };
}

/** Removes the files of exports a day after they were made; the ledger keeps their digests. */
export async function sweepExports(env: Environment): Promise<void> {
  const old = await env.db
    .selectFrom("register_exports")
    .select(["export_id", "digest"])
    .where("state", "=", "ready")
    .where("ended_at", "<", new Date(env.clock.now() - keptFor))
    .limit(100)
    .execute();
  for (const { export_id, digest } of old) {
    await env.db.updateTable("register_exports").set({ state: "gone" }).where("export_id", "=", export_id).execute();
    // Another export may have the same bytes, or somebody have added them as evidence: then they belong to that.
    if (digest) await forgetFile(env, digest);
  }
}

/** How many lines it will have. Throws where they are more than such a file holds. */
async function requireFits(
  env: Environment,
  personId: string,
  { register, filter, format }: RouteInput<"POST /v1/register-exports">["body"],
): Promise<number> {
  const most = mostLines[format];
  const reach = await readRegisterReach(env.db, personId, env.clock.now());
  const some = (await selectLines(env.db, { register, filter, reach })).select("l.line_id").limit(most + 1);
  const { rows } = await sql<{ count: string }>`select count(*) from (${some}) as found`.execute(env.db);
  const count = Number(rows[0]?.count ?? 0);
  if (count > most) throw refusedBy([refuse("register.export-too-long", { most })]);
  return count;
}

/** Throws where the person has another one under way: a queue would hide what came of the first. */
async function insertExport(env: Environment, row: Insertable<Tables["register_exports"]>): Promise<void> {
  const alive = new Date(env.clock.now() - longest);
  await transact(env.db, async (tx) => {
    await tx.selectFrom("people").select("person_id").where("person_id", "=", row.person_id).forUpdate().execute();
    const other = await tx
      .selectFrom("register_exports")
      .select("export_id")
      .where("person_id", "=", row.person_id)
      .where("state", "=", "making")
      .where("asked_at", ">", alive)
      .executeTakeFirst();
    if (other) throw refusedBy([refuse("register.export-under-way", {})]);
    await tx.insertInto("register_exports").values(row).execute();
  });
}

async function breakOff(env: Environment, exportId: string, error: unknown): Promise<void> {
  env.logger.error({ err: error, exportId }, "an export of a register could not be made");
  await env.db
    .updateTable("register_exports")
    .set({ state: "broken", ended_at: new Date(env.clock.now()) })
    .where("export_id", "=", exportId)
    .where("state", "=", "making")
    .execute()
    // The process is ending; who asks later finds it too old to be under way.
    .catch(() => undefined);
}

const readToday = async (env: Environment, entityId: string | undefined, now: number): Promise<string> => {
  const entities = await env.db.selectFrom("entities").select(["entity_id", "time_zone"]).execute();
  const entity = entities.find((one) => one.entity_id === entityId) ?? entities[0];
  return dayIn(entity?.time_zone ?? "UTC", now);
};

function showExport(row: ExportRow, now: number): ExportView {
  const lost = row.state === "making" && now - row.asked_at.getTime() > longest;
  return {
    ...{ exportId: row.export_id, register: row.register as Register, format: row.format },
    ...{ state: lost ? "broken" : row.state, done: row.done, total: row.total, fileName: row.file_name },
    ...{ sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes), digest: row.digest },
    askedAt: row.asked_at.toISOString(),
  };
}
