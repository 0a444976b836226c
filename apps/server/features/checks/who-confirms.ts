import { type CheckKind, listPieceConfirmers, needsOtherLooker } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

/** Who alone may answer for a piece in a check of this kind; null where its keeper and everybody who looks may. */
type ConfirmersOf = (bodyId: string, kind: CheckKind) => readonly string[] | null;

/** The task by which they are asked: of the opening stock as long as a piece of it is to be confirmed. */
type AskKind = "answer-check" | "confirm-pieces" | "look-at-pieces";
export const ASK_KINDS: readonly AskKind[] = ["answer-check", "confirm-pieces", "look-at-pieces"];

/** Reads, for these pieces, who may answer where the word of who keeps them is not enough. */
export async function readConfirmers(
  reader: Reader,
  env: Environment,
  bodyIds: readonly string[],
): Promise<ConfirmersOf> {
  const rows = await reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .leftJoin("matters as m", "m.matter_id", "b.matter_id")
    .select(["b.body_id", "b.to_confirm", "b.matter_id", "s.seal_id", "s.entity_id", "m.asked_by"])
    .where("b.body_id", "in", ["", ...new Set(bodyIds)])
    .execute();
  const decided = await reader
    .selectFrom("matter_steps")
    .select(["matter_id", "decided_by"])
    .where("matter_id", "in", ["", ...rows.filter((row) => row.to_confirm).flatMap((row) => row.matter_id ?? [])])
    .execute();
  const grants = await readGrantsInForce(reader, env.clock.now());
  const held = await readHeldNow(
    reader,
    rows.map((row) => row.body_id),
  );
  const found = new Map(
    rows.map((row) => {
      const deciders = decided.filter((step) => step.matter_id === row.matter_id).map((step) => step.decided_by);
      const confirmers = listPieceConfirmers(grants, {
        ...{ entityId: row.entity_id, sealId: row.seal_id, custodians: custodiansOf(held(row.body_id)) },
        stockBy: row.to_confirm ? [row.asked_by, ...deciders].filter((one) => one !== null) : [],
      });
      return [row.body_id, { toConfirm: row.to_confirm, confirmers }];
    }),
  );
  return (bodyId, kind) => {
    const piece = found.get(bodyId);
    return piece && needsOtherLooker(kind, piece.toConfirm) ? piece.confirmers : null;
  };
}

/** Whom a check asks for these pieces, and by which task. */
export async function readAsked(
  reader: Reader,
  env: Environment,
  kind: CheckKind,
  bodyIds: readonly string[],
): Promise<Readonly<Record<AskKind, ReadonlySet<string>>>> {
  const held = await readHeldNow(reader, bodyIds);
  const confirmers = await readConfirmers(reader, env, bodyIds);
  const others = new Set(bodyIds.flatMap((id) => confirmers(id, kind) ?? []));
  return {
    "answer-check": new Set(bodyIds.flatMap((id) => (confirmers(id, kind) ? [] : custodiansOf(held(id))))),
    "confirm-pieces": kind === "surprise" ? new Set() : others,
    "look-at-pieces": kind === "surprise" ? others : new Set(),
  };
}
