import type { When } from "./column-types.ts";

/** The tables of migrations/0033-confidential.ts. */
export interface ConfidentialTables {
  request_readers: { request_id: string; person_id: string; named_by: string; at: When };
  request_accesses: {
    event_id: string;
    request_id: string;
    person_id: string;
    reason: string;
    at: When;
    until: When;
  };
}
