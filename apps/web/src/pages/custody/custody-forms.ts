import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterKind } from "../matters/queries.ts";
import { ConditionConfirmation, HandoverConfirmation } from "./custody-confirmation.tsx";
import { HandoverFacts, ShortHandoverFacts, TakeOutChangeFacts, TakeOutFacts } from "./custody-facts.tsx";
import { HandoverFields } from "./handover-fields.tsx";
import { ShortHandoverFields, ShortReturnFields } from "./short-fields.tsx";
import { TakeOutExtensionFields, TakeOutFields, TakeOutPaperFields, TakeOutReturnFields } from "./take-out-fields.tsx";

/** Seals that somebody keeps for use; of the others there is nothing to hand over or to take out. */
const kept = ["in-use", "frozen", "in-handover", "taken-out"] as const;

/** What matters of custody ask for, show and have confirmed. */
export const custodyForms: Partial<Record<MatterKind, MatterForm>> = {
  handover: {
    concerns: ["seal"],
    sealStates: kept,
    pieces: true,
    Fields: HandoverFields,
    Facts: HandoverFacts,
    Confirmation: HandoverConfirmation,
  },
  "short-handover": {
    concerns: ["seal"],
    sealStates: kept,
    pieces: true,
    Fields: ShortHandoverFields,
    Facts: ShortHandoverFacts,
  },
  "short-return": { concerns: ["seal"], sealStates: kept, Fields: ShortReturnFields, Facts: ShortHandoverFacts },
  "take-out": {
    concerns: ["seal"],
    sealStates: kept,
    Fields: TakeOutFields,
    Facts: TakeOutFacts,
    Confirmation: ConditionConfirmation,
  },
  "take-out-extension": {
    concerns: ["seal"],
    sealStates: kept,
    Fields: TakeOutExtensionFields,
    Facts: TakeOutChangeFacts,
  },
  "take-out-paper": { concerns: ["seal"], sealStates: kept, Fields: TakeOutPaperFields, Facts: TakeOutChangeFacts },
  "take-out-return": {
    concerns: ["seal"],
    sealStates: kept,
    Fields: TakeOutReturnFields,
    Facts: TakeOutChangeFacts,
    Confirmation: ConditionConfirmation,
  },
};
