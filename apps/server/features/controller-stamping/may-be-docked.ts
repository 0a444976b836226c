import { listDockRefusals, type Refusal } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import { isOfAnyCloud } from "../vendor-clouds/vendor-box.ts";

/** Why these pieces cannot be pressed in a docking station alone. */
export async function listDockHindrances(
  reader: Reader,
  view: Pick<GateView, "loaded" | "facts">,
  bodyIds: readonly string[],
): Promise<Refusal[]> {
  const ofCloud = await isOfAnyCloud(reader, view.facts.entityId, bodyIds);
  return listDockRefusals({ emergency: view.loaded.row.emergency_until !== null, direct: !ofCloud });
}
