import {
  containerAccount,
  decidePosting,
  formatBodyNumber,
  peopleAccount,
  peopleOf,
  planOf,
  type StockItem,
  stateOfSeal,
  walkToOpeningState,
} from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { type EventToRecord, recordEvents } from "../ledger/record-event.ts";
import type { MatterOf } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { writeRegisterLines } from "../registers/write-line.ts";
import { makeFace, type StoredFace } from "../seals/face.ts";
import { readSealTypes } from "../seals/seal-types.ts";
import type { ExaminedStock } from "./examine-stock.ts";
import { giveGrantsOfStock } from "./give-grants.ts";
import { inParts, itemsOf } from "./make-organisation.ts";
import type { PictureOfImport } from "./stock-facts.ts";

type SealItem = Extract<StockItem, { kind: "seal" }>;
interface Made {
  readonly item: SealItem;
  readonly sealId: string;
  readonly face: StoredFace;
  readonly custodians: readonly string[];
  readonly bodies: readonly {
    readonly bodyId: string;
    readonly piece: number;
    readonly number: string;
    readonly picture: PictureOfImport | null;
    readonly walk: ReturnType<typeof walkToOpeningState>;
  }[];
}

/** What stands in the middle of a face that nobody has seen yet. */
const unseen = "印模待留";

/**
 * The seals of the opening stock with their pieces, people and custody, all in the caller's transaction: each piece stands
 * where the sheet says, its books begin today, and it is to be confirmed by a stock-take before it is used (C23).
 */
export async function makeStock(
  tx: Tx,
  env: Environment,
  { row }: MatterOf<unknown>,
  stock: ExaminedStock,
  actorId: string | null,
): Promise<void> {
  const items = planOf(stock.verdicts, "opening-stock");
  const seals = itemsOf(items, "seal").map((item) => plan(env, item, stock.pictures));
  const sealIds = new Map(seals.map(({ item, sealId }) => [item.key, sealId]));
  await insertSeals(tx, env, row, seals);
  await insertBodies(tx, env, row, seals);
  await giveGrantsOfStock(
    tx,
    env,
    row,
    itemsOf(items, "grant").flatMap((grant) => {
      if (grant.scope.kind !== "seal" || !("known" in grant.person)) return [];
      const { of } = grant.scope;
      const id = "known" in of ? of.known : (sealIds.get(of.line) ?? "");
      return [
        {
          ...{ personId: grant.person.known, role: grant.role, scope: { kind: "seal" as const, id } },
          ...{ from: grant.from, to: grant.to, purpose: grant.purpose },
        },
      ];
    }),
  );
  await tellSeals(tx, env, row, seals, actorId);
  await beginCustody(tx, env, row, seals, actorId);
}

function plan(env: Environment, item: SealItem, pictures: readonly PictureOfImport[]): Made {
  const now = env.clock.now();
  const bodies = item.specimens.map((evidenceId, at) => {
    const picture = pictures.find((one) => one.evidenceId === evidenceId) ?? null;
    return {
      ...{ bodyId: newId("body", now), piece: at + 1, picture },
      number: formatBodyNumber(item.number, "physical", at + 1),
      walk: walkToOpeningState(item.state, picture !== null),
    };
  });
  const custodians = item.custodians.flatMap((ref) => ("known" in ref ? [ref.known] : []));
  return { item, sealId: newId("seal", now), face: faceOf(item, bodies[0]?.picture ?? null), custodians, bodies };
}

/** The kept impression is the face; without one its outline stands there, and says that it is still to come. */
function faceOf(item: SealItem, picture: PictureOfImport | null): StoredFace {
  const { shape, widthMm, heightMm } = item;
  if (picture === null) return makeFace({ shape, widthMm, heightMm, centre: "none", centreText: unseen });
  const { digest, widthPx, heightPx } = picture;
  return { kind: "image", digest, widthPx, heightPx, widthMm, heightMm };
}

async function insertSeals(tx: Tx, env: Environment, row: MatterRow, seals: readonly Made[]): Promise<void> {
  const types = await readSealTypes(tx, [...new Set(seals.map(({ item }) => item.type))]);
  const at = new Date(env.clock.now());
  for (const part of inParts(seals))
    await tx
      .insertInto("seals")
      .values(
        part.map(({ item, sealId, face, bodies }) => {
          const type = types.find((one) => one.type === item.type);
          const { widthMm, heightMm } = face.kind === "generated" ? face.outline : face;
          return {
            ...{ seal_id: sealId, number: item.number, type: item.type, entity_id: row.entity_id },
            ...{ unit_id: item.unit && "known" in item.unit ? item.unit.known : null },
            ...{ name_en: item.name.en, name_zh: item.name.zh, frozen_reason: null, face: JSON.stringify(face) },
            ...{
              external: type?.external ?? false,
              important: type?.important ?? true,
              type_version: type?.version ?? 1,
            },
            state: stateOfSeal(bodies.map(({ walk }) => ({ kind: "physical" as const, state: walk.state }))),
            ...{
              width_mm: widthMm,
              height_mm: heightMm,
              registered_at: at,
              matter_id: row.matter_id,
              replaces_seal_id: null,
            },
          };
        }),
      )
      .execute();
}

async function insertBodies(tx: Tx, env: Environment, row: MatterRow, seals: readonly Made[]): Promise<void> {
  const at = new Date(env.clock.now());
  const rows = seals.flatMap(({ item, sealId, bodies }) =>
    bodies.map(({ bodyId, piece, number, picture, walk }) => ({
      ...{ body_id: bodyId, seal_id: sealId, kind: "physical" as const, piece, number, state: walk.state },
      ...{ material: item.material || null, matter_id: row.matter_id, created_at: at, to_confirm: true },
      ...{ filing_number: item.filing || null, engraved_on: item.engravedOn, remark: item.remark || null },
      ...{ specimen_evidence_id: picture?.evidenceId ?? null, specimen_digest: picture?.digest ?? null },
      specimen_mm_per_px: picture === null ? null : item.widthMm / picture.widthPx,
    })),
  );
  for (const part of inParts(rows)) await tx.insertInto("seal_bodies").values(part).execute();
}

async function tellSeals(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  seals: readonly Made[],
  actorId: string | null,
): Promise<void> {
  const about = { actorId, matterId: row.matter_id };
  const eventIds = await recordEvents(
    tx,
    env,
    seals.map(({ item, sealId, face, bodies }) => ({
      ...{ type: "SealRegistered" as const, ...about, sealId },
      facts: {
        ...{ entity: row.entity_id, number: item.number, type: item.type, pieces: bodies.length, keyAlgorithm: null },
        ...{ face: face.kind, replaces: null, opening: true },
      },
    })),
  );
  await recordEvents(
    tx,
    env,
    seals.flatMap(({ sealId, bodies }) =>
      bodies.map(
        ({ bodyId, walk, picture }): EventToRecord => ({
          ...{ type: "OpeningStockEntered", ...about, sealId },
          facts: { body: bodyId, to: walk.state, by: walk.commands.join(" "), specimen: picture?.digest ?? null },
        }),
      ),
    ),
  );
  await writeRegisterLines(
    tx,
    env,
    seals.map(({ item, sealId, custodians, bodies }, at) => ({
      ...{ register: "seal" as const, kind: "opening-stock" as const, entityId: row.entity_id, sealId },
      ...{ eventId: eventIds[at] ?? "", matterId: row.matter_id, personIds: [row.asked_by, ...custodians] },
      unitId: item.unit && "known" in item.unit ? item.unit.known : null,
      facts: {
        ...{ number: row.number, type: item.type, pieces: bodies.length, engravedOn: item.engravedOn },
        ...{ filing: item.filing || null, remark: item.remark || null },
      },
      words: [row.title, row.reason, item.remark],
    })),
  );
}

/** Both books of every piece begin now: who answers for it, and where it is. */
async function beginCustody(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  seals: readonly Made[],
  actorId: string | null,
): Promise<void> {
  const at = env.clock.now();
  const moves = seals.flatMap(({ item, sealId, custodians, bodies }) => {
    const [first] = custodians;
    if (first === undefined) throw new Error("a seal of a sheet was checked and has no custodian");
    const place =
      item.container && "known" in item.container ? containerAccount(item.container.known) : peopleAccount([first]);
    return bodies.flatMap(({ bodyId }) => [
      { sealId, bodyId, kind: "physical" as const, book: "custodian" as const, to: peopleAccount(custodians) },
      { sealId, bodyId, kind: "physical" as const, book: "place" as const, to: place },
    ]);
  });
  const postings = moves.map((move) => {
    const decided = decidePosting(null, { ...move, at });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const posting = decided.events[0]?.posting;
    if (!posting) throw new Error("the rule allowed a move and named no posting");
    return { move, posting };
  });
  const eventIds = await recordEvents(
    tx,
    env,
    postings.map(({ move, posting }) => ({
      ...{ type: "CustodyMoved" as const, actorId, sealId: move.sealId, matterId: row.matter_id },
      personId: peopleOf(posting.to)[0] ?? null,
      facts: {
        ...{ body: move.bodyId, book: move.book, seq: posting.seq, people: peopleOf(posting.to).length, ended: false },
        container: posting.to.startsWith("container:") ? posting.to.slice("container:".length) : null,
      },
    })),
  );
  const rows = postings.map(({ posting }, nth) => ({
    ...{ posting_id: newId("post", at), body_id: posting.bodyId, book: posting.book, seq: posting.seq },
    ...{ from_account: posting.from, to_account: posting.to, from_at: null, at: new Date(posting.at) },
    ...{ matter_id: row.matter_id, event_id: eventIds[nth] ?? "", recorded_by: actorId },
  }));
  for (const part of inParts(rows)) await tx.insertInto("custody_postings").values(part).execute();
  const eventOf = new Map(
    postings.flatMap(({ move }, nth) =>
      move.book === "custodian" ? [[move.bodyId, eventIds[nth] ?? ""] as const] : [],
    ),
  );
  await writeRegisterLines(
    tx,
    env,
    seals.flatMap(({ sealId, custodians, bodies }) =>
      bodies.map(({ bodyId, number }) => ({
        ...{ register: "custody" as const, kind: "opening" as const, entityId: row.entity_id, sealId, bodyId },
        ...{ eventId: eventOf.get(bodyId) ?? "", matterId: row.matter_id, personIds: custodians },
        facts: { body: number, custodians: custodians.join(" ") },
      })),
    ),
  );
}
