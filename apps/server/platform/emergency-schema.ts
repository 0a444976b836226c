import type { Generated } from "kysely";
import type { Big, JsonList, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0026-emergency.ts. */
export interface EmergencyTables {
  emergency_slips: {
    slip_id: string;
    entity_id: string;
    seal_id: string;
    series_id: string;
    slip_no: Big;
    /** The number as it stands on the slip. */
    written: string;
    title: string;
    counterparty: string;
    reason: string;
    impressions: number;
    used_at: When;
    signatory_id: string;
    custodian_id: string;
    evidence_id: string;
    entered_by: string;
    entered_at: When;
    late: boolean;
    event_id: string;
  };
  /** The table of migrations/0116-slip-answers.ts. */
  emergency_slip_answers: {
    slip_id: string;
    person_id: string;
    was_me: boolean;
    note: string;
    at: When;
    event_id: string;
  };
  emergency_reviews: {
    request_id: MaybeText;
    slip_id: MaybeText;
    entity_id: string;
    reviewer_id: string;
    verdict: string;
    note: string;
    /** Papers that followed, by their evidence: the reviewer opened each and says it is what it calls itself. */
    papers: Generated<string[]>;
    at: When;
    event_id: string;
  };
  /** The table of migrations/0046-owed-papers.ts. */
  /** Of migrations/0062-paper-readings.ts. */
  paper_readings: {
    digest: string;
    /** Why the file is no paper; null where nothing speaks against it. */
    fault: "not-readable" | "blank" | null;
    read_at: When;
    /** Of migrations/0081-page-words.ts. */
    page_words: JsonList;
    /** Of migrations/0119-paper-kinds.ts. */
    kinds: JsonList | null;
  };
  emergency_papers: {
    request_id: string;
    kind: string;
    evidence_id: string;
    title: Generated<string>;
    given_by: string;
    given_at: When;
    event_id: string;
  };
  duty_shifts: {
    shift_id: string;
    entity_id: string;
    role: string;
    person_id: string;
    from_on: string;
    to_on: string;
    reach: string;
    place: string;
    made_by: string;
    made_at: When;
    ended_at: MaybeWhen;
    ended_by: MaybeText;
  };
}
