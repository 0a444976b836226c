import type { JsonList, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0031-document-series.ts. */
export interface DocumentSeriesTables {
  document_series: {
    series_id: string;
    entity_id: string;
    version_id: string;
    list_name: string;
    list_digest: string;
    currency: string;
    /** Of the lot; published with what it drew. */
    seed: string;
    state: string;
    total: number;
    /** Its lines as they are to be written (SeriesLine). */
    lines: JsonList;
    faults: JsonList;
    root: MaybeText;
    largest: MaybeText;
    sum_amount: MaybeText;
    counterparty: string;
    drawn: number[] | null;
    drawn_at: MaybeWhen;
    made_by: string;
    begun_at: When;
    ended_at: MaybeWhen;
    event_id: string;
  };
  document_series_lines: {
    series_id: string;
    nr: number;
    document_id: string;
    counterparty: string;
    amount: MaybeText;
  };
  series_openings: {
    request_id: string;
    person_id: string;
    document_id: string;
    opened_at: When;
    event_id: string;
  };
}
