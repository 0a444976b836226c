import {
  countVerdicts,
  type LocalName,
  listStockRefusals,
  partOfSheet,
  planOf,
  type Refusal,
  SHEET_KINDS,
  STOCK_PARTS,
  type StockRef,
  type StockVerdict,
  sheetColumns,
  sheetKindNames,
  stockMatters,
  tellStockItem,
  verdictsOfPart,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { requireSeesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { type ExaminedStock, examineToShow, listPartRefusals } from "./examine-stock.ts";
import { StockToMake } from "./matters.ts";

type Preview = HandlerAnswer<"POST /v1/imports/preview">;

/** Throws where the person does not bring in anything for that entity: unknown and forbidden look alike. */
export async function requireImportsFor(
  reader: Reader,
  env: Environment,
  personId: string,
  entityId: string,
): Promise<void> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId, entityId });
  const asks: readonly string[] = stockMatters["batch-import"].askedBy;
  if (!grants.some((grant) => asks.includes(grant.role))) throw problems.notFound();
}

/** Every line of the files with what it would make or why not, by what is there now. Nothing is stored of it. */
export async function previewImport(
  env: Environment,
  personId: string,
  wanted: { entityId: string; fileIds: readonly string[] },
): Promise<Preview> {
  const stock = await examineToShow(env, personId, {
    ...{ ...wanted, askerId: personId, what: "look" },
    before: () => requireImportsFor(env.db, env, personId, wanted.entityId),
  });
  return showStock(env, stock);
}

/** What a matter of an import would make now, for everybody who sees the matter. */
export async function previewMatter(env: Environment, personId: string, matterId: string): Promise<Preview> {
  const row = await getMatter(env.db, matterId);
  await requireSeesMatter(env.db, personId, row, env.clock.now());
  const data = StockToMake.safeParse(row.data);
  if (!(row.kind in stockMatters) || !data.success) throw problems.notFound();
  const fileIds = data.data.files.map((file) => file.fileId);
  const wanted = { entityId: row.entity_id, askerId: row.asked_by, fileIds };
  return showStock(env, await examineToShow(env, personId, { ...wanted, what: "act" }));
}

async function showStock(env: Environment, stock: ExaminedStock): Promise<Preview> {
  const { verdicts } = stock;
  const nameOf = readNames(stock);
  const parts: Preview["parts"] = [];
  for (const part of STOCK_PARTS) {
    const own = verdictsOfPart(verdicts, part);
    // What there is nothing of needs no reason why it cannot be sent.
    const refusals: readonly Refusal[] =
      own.length === 0 ? listStockRefusals([], part) : await listPartRefusals(env.db, env, stock, part);
    parts.push({
      part,
      lines: own.length,
      ...countVerdicts(own),
      things: planOf(verdicts, part).length,
      refusals: refusals.map(toRefusalView),
    });
  }
  return {
    files: [
      ...stock.files.map((file) => ({
        ...file,
        kind: file.kind === "picture" ? ("picture" as const) : ("sheet" as const),
      })),
    ],
    sheets: stock.read.sheets.map((sheet) => ({
      ...{
        file: sheet.file,
        title: sheet.title,
        lines: sheet.lines,
        kind: sheet.kind,
        unknownHeads: [...sheet.unknownHeads],
      },
      ...{
        kindName: sheet.kind ? sheetKindNames[sheet.kind] : null,
        refusal: sheet.refusal ? toRefusalView(sheet.refusal) : null,
      },
    })),
    parts,
    // Errors first: what has to be done stands at the top.
    lines: [...verdicts]
      .sort((a, b) => rank(a) - rank(b) || sheetOf(a) - sheetOf(b))
      .map((one) => showLine(one, nameOf)),
  };
}

const rank = (one: StockVerdict): number => ({ refused: 0, make: 1, there: 2 })[one.verdict];

const sheetOf = (one: StockVerdict): number => SHEET_KINDS.indexOf(one.kind);

type NameOf = (ref: StockRef) => LocalName | readonly [];

/** Names of people, whether they are there already or a line of the sheets makes them. */
function readNames({ facts, verdicts }: ExaminedStock): NameOf {
  const known = new Map(facts.people.map((one) => [one.personId, one.name]));
  const made = new Map(
    verdicts
      .flatMap((one) => one.items)
      .flatMap((item) => (item.kind === "person" ? [[item.key, item.name] as const] : [])),
  );
  return (ref) => ("known" in ref ? known.get(ref.known) : made.get(ref.line)) ?? [];
}

const showLine = (one: StockVerdict, nameOf: NameOf): Preview["lines"][number] => ({
  ...{
    file: one.file,
    sheet: one.sheet,
    row: one.row,
    kind: one.kind,
    part: partOfSheet(one.kind),
    subject: one.subject,
  },
  ...{ verdict: one.verdict, waits: one.waits, makes: one.items.map(tellStockItem) },
  custodians: one.items.flatMap((item) => (item.kind === "seal" ? item.custodians.flatMap(nameOf) : [])),
  pictures: one.items.flatMap((item) => (item.kind === "seal" ? item.specimens.flatMap((id) => id ?? []) : [])),
  faults: one.faults.map(({ column, refusal }) => ({
    column: sheetColumns[one.kind].find((each) => each.id === column)?.name ?? null,
    refusal: toRefusalView(refusal),
  })),
});
