import type { MatterKind, MatterState } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { listToConfirm } from "../matters/to-confirm.ts";

type Mine = HandlerAnswer<"GET /v1/custody/mine">;
const ofCustody: readonly MatterKind[] = ["handover", "short-handover", "short-return", "take-out", "take-out-return"];

/** Approved matters of custody in which the person is named for a part nobody has confirmed yet. */
export async function listMattersToConfirm(env: Environment, personId: string): Promise<Mine["matters"]> {
  const rows = (await listToConfirm(env.db, env, personId)).filter((row) => ofCustody.includes(row.kind));
  const sealIds = rows.flatMap((row) => row.seal_id ?? []);
  const seals = await env.db
    .selectFrom("seals")
    .select(["seal_id", "number", "name_en", "name_zh"])
    .where("seal_id", "in", ["", ...sealIds])
    .execute();
  return rows.map((row) => {
    const seal = seals.find((one) => one.seal_id === row.seal_id);
    return {
      ...{ matterId: row.matter_id, kind: row.kind, state: row.state as MatterState, title: row.title },
      seal: seal ? { sealId: seal.seal_id, number: seal.number, name: { en: seal.name_en, zh: seal.name_zh } } : null,
    };
  });
}
