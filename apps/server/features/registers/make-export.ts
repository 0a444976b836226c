import { formatTime, listLineKinds, type Register, registerNames } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { findNewestCheckpoint } from "../ledger/read-tiles.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { findByNumber, findNewest, type LineFilter, type LinesWanted } from "./find-lines.ts";
import { readRegisterReach } from "./reach.ts";
import { type SheetCheckpoint, type SheetFormat, type SheetHead, type SheetLanguage, toRow } from "./sheet.ts";
import { openSheetThread, type SheetThread } from "./sheet-thread.ts";
import { type LineView, showLines } from "./show-lines.ts";

export interface ExportToMake {
  readonly exportId: string;
  readonly personId: string;
  readonly register: Register;
  readonly format: SheetFormat;
  readonly language: SheetLanguage;
  readonly filter: LineFilter;
}

const batch = 500;

/** Makes the file in batches and tells of it in the ledger; only then it can be fetched. */
export async function makeExport(env: Environment, ledger: Ledger, wanted: ExportToMake): Promise<void> {
  const { exportId, personId, register, format, filter } = wanted;
  const reach = await readRegisterReach(env.db, personId, env.clock.now());
  const entity = await readBookEntity(env, filter.entityId, reach.watched);
  let thread: SheetThread | null = null;
  let lines = 0;
  try {
    for await (const views of readBatches(env, { register, filter, reach }, format)) {
      thread ??= openSheetThread(format, describeHead(wanted, entity, views, env.clock.now()));
      await thread.add(
        views.map((view) => toRow(view, wanted.language, entity.zones.get(view.entity.entityId) ?? "UTC")),
      );
      lines += views.length;
      await env.db.updateTable("register_exports").set({ done: lines }).where("export_id", "=", exportId).execute();
    }
    thread ??= openSheetThread(format, describeHead(wanted, entity, [], env.clock.now()));
    const bytes = await thread.end(await readCheckpoint(env, ledger));
    const stored = await env.files.storeBytes(bytes);
    await transact(env.db, async (tx) => {
      await tx
        .updateTable("register_exports")
        .set({
          ...{ state: "ready", done: lines, total: lines, digest: stored.digest, size_bytes: stored.sizeBytes },
          ended_at: new Date(env.clock.now()),
        })
        .where("export_id", "=", exportId)
        .execute();
      await recordEvent(tx, env, {
        type: "RegisterExported",
        actorId: personId,
        sealId: filter.sealId ?? null,
        facts: {
          ...{ export: exportId, register, format, lines, digest: stored.digest },
          ...{ entity: filter.entityId ?? null, from: filter.from ?? null, to: filter.to ?? null },
        },
      });
    });
  } finally {
    await thread?.close();
  }
}

async function* readBatches(
  env: Environment,
  wanted: LinesWanted,
  format: SheetFormat,
): AsyncGenerator<readonly LineView[]> {
  const viewer = { personId: wanted.reach.personId, now: env.clock.now() };
  if (format === "book") {
    let place: Awaited<ReturnType<typeof findByNumber>>["next"] = null;
    do {
      const page = await findByNumber(env.db, wanted, place, batch);
      if (page.lineIds.length > 0) yield await showLines(env.db, page.lineIds, viewer);
      place = page.next;
    } while (place !== null);
    return;
  }
  let after: string | null = null;
  do {
    const page = await findNewest(env.db, wanted, after, batch);
    if (page.lineIds.length > 0) yield await showLines(env.db, page.lineIds, viewer);
    after = page.next;
  } while (after !== null);
}

interface BookEntity {
  readonly name: { readonly en: string; readonly zh: string };
  readonly zone: string;
  readonly zones: ReadonlyMap<string, string>;
}

/** Whose book it is: the one entity it is about, or the organisation. */
async function readBookEntity(
  env: Environment,
  entityId: string | undefined,
  watched: readonly string[],
): Promise<BookEntity> {
  const entities = await env.db
    .selectFrom("entities")
    .select(["entity_id", "name_en", "name_zh", "time_zone"])
    .execute();
  const organisation = await env.db.selectFrom("installation").select(["name_en", "name_zh"]).executeTakeFirst();
  const only = watched.length === 1 && entities.length === 1 ? watched[0] : undefined;
  const entity = entities.find((one) => one.entity_id === (entityId ?? only));
  return {
    name: {
      en: entity?.name_en ?? organisation?.name_en ?? "",
      zh: entity?.name_zh ?? organisation?.name_zh ?? "",
    },
    zone: entity?.time_zone ?? entities[0]?.time_zone ?? "UTC",
    zones: new Map(entities.map((one) => [one.entity_id, one.time_zone])),
  };
}

function describeHead(
  { register, language, filter }: ExportToMake,
  entity: BookEntity,
  first: readonly LineView[],
  now: number,
): SheetHead {
  const zh = language === "zh";
  const until = filter.to ?? dayIn(entity.zone, now);
  const since = filter.from ?? (zh ? "自启用" : "the beginning");
  return {
    language,
    register: registerNames[register][language],
    entity: entity.name[language],
    period: zh ? `${since}${filter.from ? " " : ""}至 ${until}` : `${since} to ${until}`,
    narrowed: nameNarrowing(register, filter, first, language).join(zh ? "；" : "; "),
    madeAt: formatTime(new Date(now).toISOString(), entity.zone),
  };
}

/** By what it is narrowed. Names are taken from its own lines: nothing is named that the reader does not see. */
function nameNarrowing(
  register: Register,
  filter: LineFilter,
  [line]: readonly LineView[],
  language: SheetLanguage,
): string[] {
  const zh = language === "zh";
  const kind = listLineKinds(register).find((one) => one.kind === filter.kind)?.name[language];
  const person = line?.people.find((one) => one.personId === filter.personId)?.name[language];
  const parts: readonly (readonly [boolean, string, string, string])[] = [
    [filter.sealId !== undefined, "Seal", "印章", line?.seal ? `${line.seal.number} ${line.seal.name[language]}` : "–"],
    [filter.unitId !== undefined, "Unit", "部门", line?.unit?.name[language] ?? "–"],
    [filter.personId !== undefined, "Person", "人员", person ?? "–"],
    [filter.kind !== undefined, "Kind", "类别", kind ?? "–"],
    [filter.search !== undefined, "Search", "搜索", filter.search ?? ""],
  ];
  return parts.flatMap(([applies, en, chinese, value]) =>
    applies ? [zh ? `${chinese}：${value}` : `${en}: ${value}`] : [],
  );
}

/** A checkpoint that covers every line read: what was waiting is taken first. */
async function readCheckpoint(env: Environment, ledger: Ledger): Promise<SheetCheckpoint> {
  await ledger.drain();
  const newest = await findNewestCheckpoint(env.db);
  if (!newest) throw new Error("the ledger has no checkpoint though lines were written");
  return { size: newest.size, root: newest.root.toString("hex"), keyName: ledger.key.origin, note: newest.note };
}
