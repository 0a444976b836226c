import type { Json, MaybeDay, MaybeJson, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0018-rules-of-use.ts. */
export interface RulesTables {
  rule_versions: {
    version_id: string;
    rules: Json;
    digest: string;
    note: string;
    /** The version it was begun from, or a starter set. */
    based_on: string;
    written_by: string;
    written_at: When;
    updated_at: When;
    /** Goes up with every save. */
    revision: number;
    number: number | null;
    matter_id: MaybeText;
    in_force_at: MaybeWhen;
  };
  /** The table of migrations/0019-backtests.ts. */
  rule_backtests: {
    backtest_id: string;
    version_id: string;
    /** The draft as it was when it was asked for, and the rules it was held against. */
    digest: string;
    against: string;
    /** The days of the past; null for a generated year. */
    from_on: MaybeDay;
    to_on: MaybeDay;
    asked_by: string;
    asked_at: When;
    state: string;
    done: number;
    total: number;
    result: MaybeJson;
  };
  /** The table of migrations/0025-questions.ts: what each round was decided on. */
  request_rounds: { request_id: string; round: number; digest: string; subject: string };
  request_attachments: {
    request_id: string;
    kind: string;
    evidence_id: string;
    position: number;
  };
}
