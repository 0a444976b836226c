import { isDeepStrictEqual } from "node:util";
import { PersonId } from "@chancery/api";
import { countItems, planOf, type Refusal, refuse, type StockMatterKind, type StockPart } from "@chancery/domain";
import { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type MatterHandler, type MatterOf, matterHandler } from "../matters/matter-handler.ts";
import { holdTree } from "../organisation/unit-impact.ts";
import {
  type ExaminedStock,
  examineBeforehand,
  examineStock,
  listConcerned,
  listPartRefusals,
  type StockToExamine,
} from "./examine-stock.ts";
import { makeOrganisation } from "./make-organisation.ts";
import { makeStock } from "./make-stock.ts";

/** Most files that one import names: its sheets, and a picture for each of hundreds of seals. */
export const mostFiles = 600;
export const StockToMake = z.object({
  files: z
    .array(z.object({ fileId: z.string().regex(/^imf_[0-9a-f-]{36}$/), digest: z.string().max(80) }))
    .min(1)
    .max(mostFiles),
  /** People there already whom it names; they do not decide it. */
  concerned: z.array(PersonId).max(5000),
  /** How many of what it makes, as it was asked for and is decided on. */
  counts: z.record(z.string().max(20), z.number().int()),
});
export type StockToMakeData = z.output<typeof StockToMake>;

/** What of an examined part a matter says, and is held to. */
export function describePart(stock: ExaminedStock, part: StockPart): StockToMakeData {
  const items = planOf(stock.verdicts, part);
  return {
    files: stock.files.map(({ fileId, digest }) => ({ fileId, digest })),
    concerned: listConcerned(items),
    counts: countItems(items),
  };
}

/**
 * One handler for both parts: nothing is kept but the files, so that what is asked for, decided on and carried out is
 * read from the same bytes and judged anew each time. It is carried out whole or not at all.
 */
function stockMatter(
  part: StockPart,
  make: (
    tx: Tx,
    env: Environment,
    matter: MatterOf<StockToMakeData>,
    stock: ExaminedStock,
    actorId: string | null,
  ) => Promise<void>,
): MatterHandler {
  const wantedOf = ({ row, data }: MatterOf<StockToMakeData>): StockToExamine => ({
    ...{ entityId: row.entity_id, askerId: row.asked_by, fileIds: data.files.map((file) => file.fileId) },
  });
  const examine = (tx: Tx, env: Environment, matter: MatterOf<StockToMakeData>): Promise<ExaminedStock> =>
    examineStock(tx, env, wantedOf(matter));
  return matterHandler<StockToMakeData>({
    data: StockToMake,
    // One stock of an entity at a time: the second is judged when the first is there.
    subjects: ({ row }) => [`${part}:${row.entity_id}`],
    concerned: ({ data }) => data.concerned,
    prepare: (env, matter) => examineBeforehand(env, wantedOf(matter)),
    check: async (tx, env, matter) => {
      // Roles are given one after the other, and the tree changes under one hand: what is judged here is so when it is written.
      await holdTree(tx, matter.row.entity_id);
      await tx.selectFrom("installation").select("only_row").forUpdate().executeTakeFirstOrThrow();
      const stock = await examine(tx, env, matter);
      const refusals = await listPartRefusals(tx, env, stock, part);
      return refusals.length > 0 ? refusals : listChanges(matter.data, describePart(stock, part));
    },
    carryOut: async (tx, env, matter, actor) => make(tx, env, matter, await examine(tx, env, matter), actor.personId),
  });
}

/** What is carried out is what was asked for and decided on, or nothing. */
function listChanges(asked: StockToMakeData, now: StockToMakeData): Refusal[] {
  const inOrder = ({ files, concerned, counts }: StockToMakeData) => ({
    ...{
      files: files.map((file) => `${file.fileId} ${file.digest}`).toSorted(),
      concerned: concerned.toSorted(),
      counts,
    },
  });
  return isDeepStrictEqual(inOrder(asked), inOrder(now)) ? [] : [refuse("import.changed-since", {}, "C24")];
}

export const stockMatterHandlers: Readonly<Record<StockMatterKind, MatterHandler>> = {
  "batch-import": stockMatter("batch-import", makeOrganisation),
  "opening-stock": stockMatter("opening-stock", makeStock),
};
