import type { OpeningState } from "./opening-stock-sheets.ts";
import { decideSeal, type SealCommand, type SealLifeContext, type SealState } from "./seal-life.ts";

export interface OpeningWalk {
  readonly commands: readonly SealCommand[];
  readonly state: SealState;
}

/** What a piece of the opening stock has behind it; a piece without a specimen has that still before it. */
const before: readonly SealCommand[] = ["approve-engraving", "make", "file"];
const onwards: Readonly<Record<OpeningState, readonly SealCommand[]>> = {
  "in-use": [],
  stopped: ["stop"],
  "sealed-up": ["stop", "surrender", "seal-up"],
};

/** None of these commands leads into use, so nothing of it is asked. */
const context: SealLifeContext = {
  ...{ body: "physical", important: false, certificateValid: false, actorFroze: false, awaiting: [] },
  ...{ lossOpen: false, wasInUse: true },
  needed: { custodian: 0, deputy: 0, signatory: 0, supervisor: 0, "certificate-keeper": 0, inspector: 0 },
  crew: { custodians: 0, signatories: 0, supervisors: 0, certificateKeepers: 0, inspectors: 0 },
};

/**
 * The steps that bring a piece of the opening stock to where it stands, by the machine of every seal's life: one that is
 * used waits before its issue until somebody has confirmed it.
 */
export function walkToOpeningState(wanted: OpeningState, hasSpecimen: boolean): OpeningWalk {
  const commands: SealCommand[] = [...before, ...(hasSpecimen ? (["keep-specimen"] as const) : []), ...onwards[wanted]];
  let state: SealState = "requested";
  for (const command of commands) {
    const decided = decideSeal(state, command, context);
    const to: SealState | undefined = decided.ok ? decided.events[0]?.to : undefined;
    if (to === undefined) throw new Error(`the life of a seal has no way from ${state} by ${command}`);
    state = to;
  }
  return { commands, state };
}
