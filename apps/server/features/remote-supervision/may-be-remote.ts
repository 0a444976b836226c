import { listRemoteRefusals, type Refusal } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import { isOfAnyCloud } from "../vendor-clouds/vendor-box.ts";

/** Why these pieces cannot be pressed with their supervisor elsewhere. */
export async function listRemoteHindrances(
  reader: Reader,
  view: Pick<GateView, "loaded" | "facts" | "supervisionNeeded">,
  bodyIds: readonly string[],
): Promise<Refusal[]> {
  const { row, sheets } = view.loaded;
  const direct = !(await isOfAnyCloud(reader, view.facts.entityId, bodyIds));
  return listRemoteRefusals({
    ...{ supervised: view.supervisionNeeded, emergency: row.emergency_until !== null, direct },
    blankSheets: sheets.length > 0,
  });
}
