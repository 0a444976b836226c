import type { MaybeDay, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0016-specimens-lodged.ts. */
export interface LodgingTables {
  specimens_lodged: {
    lodging_id: string;
    entity_id: string;
    kind: "bank" | "customs" | "court" | "tax" | "other";
    place_name: string;
    branch: string;
    contact: string;
    card: string;
    lodged_on: string;
    evidence_id: string;
    recorded_by: string;
    recorded_at: When;
    event_id: string;
    replaces_lodging_id: MaybeText;
    withdrawn_on: MaybeDay;
    withdrawn_evidence_id: MaybeText;
    withdrawn_by: MaybeText;
    withdrawn_at: MaybeWhen;
    withdrawn_event_id: MaybeText;
    withdrawal_note: MaybeText;
  };
  specimens_lodged_seals: { lodging_id: string; seal_id: string };
}
