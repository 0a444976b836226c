import type { MatterForm } from "../matters/matter-forms.ts";
import type { MatterKind } from "../matters/queries.ts";
import { ConditionConfirmation, countPieces, HandoverConfirmation } from "./custody-confirmation.tsx";
import { listConfirmationGaps } from "./custody-data.ts";
import { HandoverFacts, ShortHandoverFacts, TakeOutChangeFacts, TakeOutFacts } from "./custody-facts.tsx";
import { custodyGaps } from "./custody-gaps.ts";
import { HandoverFields } from "./handover-fields.tsx";
import { ShortHandoverFields, ShortReturnFields } from "./short-fields.tsx";
import { TakeOutExtensionFields, TakeOutFields, TakeOutPaperFields, TakeOutReturnFields } from "./take-out-fields.tsx";

/** Seals that somebody keeps for use; of the others there is nothing to take out. */
const kept = ["in-use", "frozen", "in-handover", "taken-out"] as const;
/** Which seal it is about is said by what their fields choose: its pieces, the short handover, the take-out. */
const followsSeal = { concerns: [], followsSeal: true } as const;

/** What matters of custody ask for, show and have confirmed. */
export const custodyForms: Partial<Record<MatterKind, MatterForm>> = {
  handover: {
    ...followsSeal,
    pieces: true,
    listMissing: custodyGaps.handover,
    Fields: HandoverFields,
    Facts: HandoverFacts,
    listUnconfirmed: (matter, part, facts) => listConfirmationGaps(part, facts, countPieces(matter)),
    Confirmation: HandoverConfirmation,
  },
  "short-handover": {
    ...followsSeal,
    pieces: true,
    listMissing: custodyGaps.shortHandover,
    Fields: ShortHandoverFields,
    Facts: ShortHandoverFacts,
  },
  "short-return": {
    ...followsSeal,
    listMissing: custodyGaps.shortReturn,
    Fields: ShortReturnFields,
    Facts: ShortHandoverFacts,
  },
  "take-out": {
    concerns: ["seal"],
    sealStates: kept,
    listMissing: custodyGaps.takeOut,
    Fields: TakeOutFields,
    Facts: TakeOutFacts,
    Confirmation: ConditionConfirmation,
  },
  "take-out-extension": {
    ...followsSeal,
    listMissing: custodyGaps.takeOutExtension,
    Fields: TakeOutExtensionFields,
    Facts: TakeOutChangeFacts,
  },
  "take-out-paper": {
    ...followsSeal,
    listMissing: custodyGaps.takeOutPaper,
    Fields: TakeOutPaperFields,
    Facts: TakeOutChangeFacts,
  },
  "take-out-return": {
    ...followsSeal,
    listMissing: custodyGaps.takeOutReturn,
    Fields: TakeOutReturnFields,
    Facts: TakeOutChangeFacts,
    Confirmation: ConditionConfirmation,
  },
};
