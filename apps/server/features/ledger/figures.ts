import type { Environment } from "../../platform/environment.ts";
import type { Telemetry } from "../../platform/telemetry.ts";
import { readCheckState } from "./read-model.ts";

/** What whoever runs the machine wants to hear of: leaves that wait, and whether the ledger was found whole. */
export function addLedgerFigures(env: Environment, telemetry: Telemetry): void {
  telemetry.addGauge(
    "chancery_ledger_pending_leaves",
    "Leaves the sequencer has not taken yet",
    async () => (await readCheckState(env.db)).pending,
  );
  telemetry.addGauge(
    "chancery_ledger_findings",
    "Findings of the last self-check; anything but 0 wants a person",
    async () => (await readCheckState(env.db)).last?.findings.length ?? 0,
  );
}
