import type { Json, JsonList, MaybeDay, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0010-fitness.ts. */
export interface FitnessTables {
  course_versions: {
    course_id: string;
    version: number;
    title_en: string;
    title_zh: string;
    text: JsonList;
    questions: JsonList;
    pass_mark: number | null;
    valid_months: number | null;
    for_custody: boolean;
    documents: string[];
    changed_by: string;
    changed_at: When;
    reason: string;
  };
  training_attempts: {
    attempt_id: string;
    person_id: string;
    course_id: string;
    version: number;
    answers: Json;
    correct: number;
    total: number;
    pass_mark: number;
    passed: boolean;
    for_custody: boolean;
    valid_until: MaybeDay;
    at: When;
    event_id: string;
  };
  storage_checks: {
    check_id: string;
    entity_id: string;
    kind: "storage" | "stock-take" | "surprise";
    seed: string;
    list_digest: string;
    opened_by: string | null;
    opened_at: When;
    due_at: When;
    closed_at: MaybeWhen;
  };
  storage_check_items: {
    check_id: string;
    body_id: string;
    seal_id: string;
    answered_at: MaybeWhen;
    answered_by: MaybeText;
    evidence_id: MaybeText;
    book_account: MaybeText;
    real_account: MaybeText;
    difference: MaybeText;
    note: MaybeText;
  };
  unknown_seals: {
    report_id: string;
    entity_id: string;
    reported_by: string;
    evidence_id: string;
    note: string;
    at: When;
    event_id: string;
  };
  commitments: {
    commitment_id: string;
    person_id: string;
    version: number;
    digest: string;
    step_up_id: string;
    method: string;
    at: When;
    event_id: string;
  };
}
