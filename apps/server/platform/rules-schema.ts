import type { Json, MaybeText, MaybeWhen, When } from "./column-types.ts";

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
  request_attachments: {
    request_id: string;
    kind: string;
    evidence_id: string;
    position: number;
  };
}
