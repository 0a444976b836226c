import { listRemoteRefusals, type Refusal } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import { findVendorBox } from "../vendor-clouds/vendor-box.ts";

/** Why these pieces cannot be pressed with their supervisor elsewhere. */
export async function listRemoteHindrances(
  reader: Reader,
  view: Pick<GateView, "loaded" | "facts" | "supervisionNeeded">,
  bodyIds: readonly string[],
): Promise<Refusal[]> {
  const { row, sheets } = view.loaded;
  let direct = true;
  for (const bodyId of bodyIds) if ((await findVendorBox(reader, view.facts.entityId, bodyId)) !== null) direct = false;
  return listRemoteRefusals({
    ...{ supervised: view.supervisionNeeded, emergency: row.emergency_until !== null, direct },
    blankSheets: sheets.length > 0,
  });
}
