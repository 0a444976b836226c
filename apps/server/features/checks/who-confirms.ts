import { listPieceConfirmers } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

/**
 * For pieces that came with the opening stock and are still to be confirmed: the people who may, which are neither who
 * asked for the stock nor who answers for the piece. Null for every other piece, which anybody who looks may answer for.
 */
export async function readConfirmers(
  reader: Reader,
  env: Environment,
  bodyIds: readonly string[],
): Promise<(bodyId: string) => readonly string[] | null> {
  const rows = await reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .leftJoin("matters as m", "m.matter_id", "b.matter_id")
    .select(["b.body_id", "s.seal_id", "s.entity_id", "m.asked_by"])
    .where("b.body_id", "in", ["", ...bodyIds])
    .where("b.to_confirm", "=", true)
    .execute();
  if (rows.length === 0) return () => null;
  const grants = await readGrantsInForce(reader, env.clock.now());
  const held = await readHeldNow(
    reader,
    rows.map((row) => row.body_id),
  );
  const found = new Map(
    rows.map((row) => [
      row.body_id,
      listPieceConfirmers(grants, {
        ...{ entityId: row.entity_id, sealId: row.seal_id, askedBy: row.asked_by },
        custodians: custodiansOf(held(row.body_id)),
      }),
    ]),
  );
  return (bodyId) => found.get(bodyId) ?? null;
}
