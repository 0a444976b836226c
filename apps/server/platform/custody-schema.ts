import type { ColumnType, Generated } from "kysely";
import type { MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0004-custody.ts. */
export interface CustodyTables {
  custody_postings: {
    posting_id: string;
    body_id: string;
    book: "place" | "custodian";
    seq: number;
    prev_seq: ColumnType<number | null, never, never>;
    from_account: string;
    to_account: string;
    from_at: MaybeWhen;
    at: When;
    to_people: ColumnType<string[], never, never>;
    matter_id: string | null;
    event_id: string;
    recorded_by: string | null;
  };
  containers: {
    container_id: string;
    entity_id: string;
    kind: "safe" | "cabinet" | "controller";
    name_en: string;
    name_zh: string;
    address: string;
    inside_monitoring: boolean;
    camera: Generated<string>;
    good_for_important: boolean;
    closed_at: MaybeWhen;
    created_at: When;
    version: Generated<number>;
  };
  container_locks: {
    lock_id: string;
    container_id: string;
    kind: "key" | "code";
    label: string;
    created_at: When;
  };
  lock_holdings: {
    holding_id: string;
    lock_id: string;
    person_id: string;
    from_at: When;
    to_at: MaybeWhen;
    matter_id: string | null;
    given_by: string | null;
  };
  container_openings: {
    opening_id: string;
    container_id: string;
    body_id: string;
    reason: string;
    asked_by: string;
    asked_at: When;
    waits_for: string[];
    expires_at: When;
    opened_at: MaybeWhen;
    purpose: MaybeText;
    about_id: MaybeText;
  };
  custody_sessions: {
    session_id: string;
    body_id: string;
    person_id: string;
    reason: string;
    opened_at: When;
    until_at: When;
    closed_at: MaybeWhen;
    /** What it was brought out for, and the request, matter or check that says so. */
    purpose: MaybeText;
    about_id: MaybeText;
  };
  /** A seal that was put away before the end of a stamping, and when it was brought out for it again. */
  stamping_pauses: {
    event_id: string;
    request_id: string;
    body_id: string;
    by_person: MaybeText;
    matter_id: MaybeText;
    at: When;
    open: number;
    total: number;
    reason: string;
    resumed_by: MaybeText;
    resumed_at: MaybeWhen;
  };
  short_handovers: {
    matter_id: string;
    entity_id: string;
    transferor_id: string;
    deputy_id: string;
    witness_id: string;
    tag: string;
    body_ids: string[];
    /** Seals whose grant the deputy held already: it stays when the seal goes back. */
    standing_seal_ids: string[];
    until_on: string;
    due_at: When;
    begun_at: When;
    ended_at: MaybeWhen;
    ended_by_matter: string | null;
  };
  take_outs: {
    matter_id: string;
    entity_id: string;
    seal_id: string;
    body_id: string;
    keeper_id: string;
    escort: string[];
    place: string;
    most_impressions: number;
    listed_impressions: number;
    from_account: string;
    due_at: When;
    issued_at: When;
    /** When it was over, and how: come back, or the piece was lost or ended while it was away. */
    ended_at: MaybeWhen;
    ended_as: string | null;
    returned_at: MaybeWhen;
    returned_by_matter: string | null;
    used_impressions: number | null;
    condition: string | null;
  };
}
