import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { MatterRow } from "./store.ts";

type Touched = HandlerAnswer<"GET /v1/matters/:matterId">["touched"];

/**
 * What a change of a unit or of the legal representative did when it was carried out, read from its own events: what it
 * would touch stood on its page before, and what it touched stays there. Null for other matters and before.
 */
export async function readTouched(reader: Reader, row: MatterRow): Promise<Touched> {
  if (row.state !== "done") return null;
  const events = await reader
    .selectFrom("events")
    .select(["type", "facts", "seal_id"])
    .where("matter_id", "=", row.matter_id)
    .where("type", "in", [
      ...(["UnitClosed", "UnitMerged", "UnitRenamed", "LegalRepresentativeChanged"] as const),
      ...(["SealStateChanged", "SealMoved"] as const),
    ])
    .execute();
  const made = events.find((one) => one.type !== "SealStateChanged" && one.type !== "SealMoved");
  if (!made) return null;
  const count = (name: string): number => Number(made.facts[name] ?? 0);
  const of = (type: "SealStateChanged" | "SealMoved") =>
    events.filter((one) => one.type === type).flatMap((one) => one.seal_id ?? []);
  const [stopped, moved] = [of("SealStateChanged"), of("SealMoved")];
  const seals = await reader
    .selectFrom("seals")
    .select(["seal_id", "number", "name_en", "name_zh"])
    .where("seal_id", "in", ["", ...stopped, ...moved])
    .orderBy("number")
    .execute();
  const show = (ids: readonly string[]) =>
    seals
      .filter((seal) => ids.includes(seal.seal_id))
      .map((seal) => ({ sealId: seal.seal_id, number: seal.number, name: { en: seal.name_en, zh: seal.name_zh } }));
  return {
    ...{ stopped: show(stopped), moved: show(moved) },
    ...{ grants: count("grants"), people: count("people"), requests: count("requests") },
  };
}
