import type { Json, MaybeDay, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0013-rule-book.ts. */
export interface RuleBookTables {
  rule_book_versions: {
    version_id: string;
    version: number;
    text: Json;
    digest: string;
    written_by: string;
    written_at: When;
    event_id: string;
    matter_id: MaybeText;
    in_force_on: MaybeDay;
    published_at: MaybeWhen;
    confirm_by: MaybeWhen;
  };
  rule_book_confirmations: {
    version_id: string;
    person_id: string;
    digest: string;
    step_up_id: string;
    method: string;
    at: When;
    event_id: string;
  };
  position_confirmations: {
    grant_id: string;
    person_id: string;
    description_version: number | null;
    digest: string | null;
    method: "passkey" | "password" | "sample" | "set-up" | "before-positions" | "as-before" | "setting";
    step_up_id: string | null;
    at: When;
    event_id: string | null;
  };
}
