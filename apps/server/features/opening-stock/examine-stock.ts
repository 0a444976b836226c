import {
  findLoneChains,
  type Grant,
  joinSeal,
  listNewChains,
  listStockRefusals,
  planOf,
  type ReadSheets,
  type Refusal,
  refuse,
  refuseLoneChain,
  type StockFacts,
  type StockItem,
  type StockPart,
  type StockRef,
  type StockVerdict,
} from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readProofFacts } from "../separation/read-proof.ts";
import { readImportFiles, readSheetsOf } from "./files.ts";
import { judgeOnce, judgeStock } from "./judge-stock.ts";
import { importProblem } from "./problems.ts";
import { type PictureOfImport, readStockFacts } from "./stock-facts.ts";
import { createTurns, Superseded, TooManyWait } from "./turns.ts";

export interface StockToExamine {
  readonly entityId: string;
  /** Who asks, and handed the files in. */
  readonly askerId: string;
  readonly fileIds: readonly string[];
}

export interface ExaminedStock {
  readonly read: ReadSheets;
  readonly verdicts: readonly StockVerdict[];
  readonly facts: StockFacts;
  readonly pictures: readonly PictureOfImport[];
  readonly files: readonly {
    readonly fileId: string;
    readonly name: string;
    readonly kind: string;
    readonly digest: string;
  }[];
  /** Files that were named and are not there for the asker, or not as they were. */
  readonly lost: number;
}

/**
 * Every line as it is judged by what is there now, in the transaction that is to decide by it: nothing may change before
 * it is over. What was judged beforehand, of the same files by the same facts, is not judged again while rows are held.
 * Nothing is stored.
 */
export async function examineStock(reader: Reader, env: Environment, wanted: StockToExamine): Promise<ExaminedStock> {
  const files = await readFiles(reader, wanted);
  return judgeFiles(env, files, await readFacts(reader, env, wanted, files.pictures));
}

/** Judges before a transaction begins what it is going to ask. */
export async function examineBeforehand(env: Environment, wanted: StockToExamine): Promise<void> {
  const files = await readFiles(env.db, wanted);
  await judgeFiles(env, files, await transact(env.db, (tx) => readFacts(tx, env, wanted, files.pictures)));
}

const inTurn = createTurns(2);

/**
 * The same to be looked at: judging can take half a minute, so no transaction and none of the database's connections
 * wait for it, and one person has a few under way at most: a further
 * one waits for them, and takes the place of what he asked for before it.
 */
export async function examineToShow(
  env: Environment,
  personId: string,
  wanted: StockToExamine & {
    /** A mere look gives its place to a newer one of the same person. */
    readonly what: "look" | "act";
    /** Asked within the turn, so that turns are taken in the order in which they were asked for. */
    readonly before?: () => Promise<void>;
  },
): Promise<ExaminedStock> {
  try {
    return await inTurn(personId, wanted.what, async () => {
      await wanted.before?.();
      const files = await readFiles(env.db, wanted);
      return judgeFiles(env, files, await transact(env.db, (tx) => readFacts(tx, env, wanted, files.pictures)));
    });
  } catch (error) {
    if (error instanceof Superseded) throw importProblem("import.superseded");
    if (error instanceof TooManyWait) throw importProblem("import.busy");
    throw error;
  }
}

interface FilesOfStock {
  readonly sheets: readonly { readonly digest: string; readonly name: string }[];
  readonly pictures: readonly PictureOfImport[];
  readonly files: ExaminedStock["files"];
  readonly lost: number;
}

async function readFiles(reader: Reader, wanted: StockToExamine): Promise<FilesOfStock> {
  const rows = await readImportFiles(reader, wanted.askerId, wanted.fileIds);
  const pictures = rows.flatMap((row): PictureOfImport[] =>
    row.kind === "sheet" || row.evidence_id === null || row.cleaned_digest === null
      ? []
      : [
          {
            ...{ evidenceId: row.evidence_id, name: row.name, digest: row.cleaned_digest },
            ...{ widthPx: row.width_px ?? 0, heightPx: row.height_px ?? 0 },
          },
        ],
  );
  return {
    sheets: rows.filter((row) => row.kind === "sheet"),
    ...{ pictures, lost: new Set(wanted.fileIds).size - rows.length },
    files: rows.map((row) => ({ fileId: row.file_id, name: row.name, kind: row.kind, digest: row.digest })),
  };
}

const readFacts = (
  reader: Reader,
  env: Environment,
  { entityId, askerId }: StockToExamine,
  pictures: readonly PictureOfImport[],
): Promise<StockFacts> => readStockFacts(reader, env, { entityId, actorId: askerId, pictures });

async function judgeFiles(
  env: Environment,
  { sheets, lost, ...files }: FilesOfStock,
  facts: StockFacts,
): Promise<ExaminedStock> {
  const digests = sheets.map((sheet) => [sheet.digest, sheet.name]);
  const { unread, ...judged } = await judgeOnce([digests, facts], async () => {
    const read = await Promise.all(sheets.map((sheet) => readSheetsOf(env, sheet)));
    const raw = read.flatMap((one) => one ?? []);
    return { ...(await judgeStock({ raw, facts })), unread: read.filter((one) => !one).length };
  });
  return { ...files, ...judged, lost: lost + unread, facts };
}

/** Why a part may not be sent, or carried out, as it stands: its sheets, its lines, and whether anybody could act alone. */
export async function listPartRefusals(
  reader: Reader,
  env: Environment,
  stock: ExaminedStock,
  part: StockPart,
): Promise<Refusal[]> {
  const refusals = [
    ...(stock.lost > 0 ? [refuse("import.file-changed", {}, "C24")] : []),
    ...stock.read.sheets.flatMap((sheet) => sheet.refusal ?? []),
    ...listStockRefusals(stock.verdicts, part),
  ];
  return refusals.length > 0 ? refusals : listHoles(reader, env, stock, planOf(stock.verdicts, part));
}

const idOf = (ref: StockRef): string => ("known" in ref ? ref.known : ref.line);
/** A stock could open as many holes as it has seals; the first ones tell enough. */
const mostTold = 10;

async function listHoles(
  reader: Reader,
  env: Environment,
  { facts }: ExaminedStock,
  items: readonly StockItem[],
): Promise<Refusal[]> {
  const { entityId } = facts.entity;
  const wanted = items.flatMap((item, at): Grant[] => {
    if (item.kind !== "grant") return [];
    const scope =
      item.scope.kind === "entity"
        ? { kind: "entity" as const, id: entityId }
        : { kind: item.scope.kind, id: idOf(item.scope.of) };
    const grantId = `line:${at}`;
    return [{ grantId, personId: idOf(item.person), role: item.role, scope, entityId, from: item.from, to: item.to }];
  });
  const proof = await readProofFacts(reader, env.clock.now(), facts.grants);
  const seals = items.flatMap((item) =>
    item.kind === "seal"
      ? [
          {
            ...{ sealId: item.key, entityId, type: item.type, live: item.state === "in-use" },
            important: facts.important[item.type],
          },
        ]
      : [],
  );
  const holes = listNewChains(
    findLoneChains(proof),
    findLoneChains({ ...proof, seals: [...proof.seals, ...seals], grants: [...facts.grants, ...wanted] }),
  );
  const sealOf = new Map([
    ...facts.seals.map((seal) => [seal.sealId, joinSeal(seal)] as const),
    ...items.flatMap((item) => (item.kind === "seal" ? [[item.key, joinSeal(item)] as const] : [])),
  ]);
  return holes.slice(0, mostTold).map((hole) => refuseLoneChain(hole, sealOf.get(hole.sealId) ?? hole.sealId));
}

/** People who are there already and whom a part gives a role, or names: they do not decide it. */
export function listConcerned(items: readonly StockItem[]): string[] {
  const refs = items.flatMap((item) => {
    if (item.kind === "grant") return [item.person];
    if (item.kind === "seal") return item.custodians;
    return item.kind === "container" ? item.locks.flatMap((lock) => lock.holder ?? []) : [];
  });
  return [...new Set(refs.flatMap((ref) => ("known" in ref ? [ref.known] : [])))].toSorted();
}
