import { askGate, type GateAnswer } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import type { LookRow } from "./look-rows.ts";

/** The gate's answer for the one impression that would be pressed. */
export async function askGateForLook(
  reader: Reader,
  env: Environment,
  look: Pick<LookRow, "request_id" | "impression_id">,
): Promise<GateAnswer> {
  const view = await readGateFacts(reader, env, look.request_id, { checkFiles: true, wanted: [look.impression_id] });
  return askGate(view.facts);
}
