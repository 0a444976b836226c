import type { FormAct, FormKind, FormState, SheetEnd, SheetReportState } from "@chancery/domain";
import type { Generated } from "kysely";
import type { Big, Json, MaybeBig, MaybeDay, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0014-forms.ts. */
export interface FormTables {
  form_series: {
    series_id: string;
    nr: Generated<number>;
    entity_id: string;
    kind: FormKind;
    name_en: string;
    name_zh: string;
    prefix: string;
    digits: number;
    seal_id: string | null;
    keeper_id: string;
    low_mark: number;
    opened_at: When;
    opened_by: string;
    event_id: string;
    letterhead_digest: MaybeText;
    letterhead_name: MaybeText;
  };
  /** Of migrations/0040-sheets-sealed.ts. */
  blank_sheet_files: {
    digest: string;
    matter_id: string;
    numbers: string[];
    made_by: string;
    made_at: When;
    event_id: string;
  };
  blank_sheets_sealed: {
    series_id: string;
    number: Big;
    request_id: string;
    document_id: string;
    downloads: Generated<number>;
    sealed_at: When;
    event_id: string;
  };
  /** Of migrations/0030-blank-sheets.ts. */
  blank_sheets: {
    matter_id: string;
    series_id: string;
    first_no: Big;
    last_no: Big;
    taker_id: string;
    back_by: string;
    given_at: When;
    printed: Generated<number>;
    letterhead_digest: MaybeText;
  };
  /** Of migrations/0135-sheet-reports.ts. */
  sheet_reports: {
    report_id: string;
    matter_id: string;
    series_id: string;
    numbers: string[];
    outcome: SheetEnd;
    reported_by: string;
    reported_at: When;
    request_id: MaybeText;
    words: string;
    evidence_id: string;
    /** Those whose code nobody read from the file. */
    unread: string[];
    event_id: string;
    state: Generated<SheetReportState>;
    decided_by: MaybeText;
    decided_at: MaybeWhen;
    reason: MaybeText;
    decided_event_id: MaybeText;
  };
  form_counts: {
    count_id: string;
    series_id: string;
    counted_by: string;
    counted_at: When;
    ranges: Json;
    total: Big;
    expected: Big;
    missing: MaybeBig;
    second: Json | null;
    state: "waiting" | "confirmed" | "declined";
    decided_by: MaybeText;
    decided_at: MaybeWhen;
    note: MaybeText;
    event_id: string;
  };
  form_postings: {
    posting_id: string;
    nr: Generated<string>;
    series_id: string;
    act: FormAct;
    first_no: Big;
    last_no: Big;
    actor_id: MaybeText;
    person_id: MaybeText;
    request_id: MaybeText;
    matter_id: MaybeText;
    count_id: MaybeText;
    evidence_id: MaybeText;
    report_id: MaybeText;
    received_on: MaybeDay;
    words: string;
    at: When;
    event_id: string;
    receipt_at: MaybeWhen;
    receipt_event_id: MaybeText;
  };
  form_holdings: {
    holding_id: Generated<string>;
    series_id: string;
    series_nr: number;
    first_no: Big;
    last_no: Big;
    state: FormState;
    holder_id: MaybeText;
    posting_id: string;
    since: Big;
    until: MaybeBig;
  };
  request_forms: {
    request_id: string;
    series_id: string;
    first_no: Big;
    last_no: Big;
  };
}
