import type { Json, JsonList, MaybeDay, When } from "./column-types.ts";

/** The tables of migrations/0012-fitness.ts. */
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
