import type { JsonList, MaybeDay, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables and the view of migrations/0008-delegation.ts. */
export interface DelegationTables {
  delegations: {
    delegation_id: string;
    grant_id: string;
    delegator_id: string;
    delegate_id: string;
    entity_id: string;
    role: string;
    scope_kind: "entity" | "unit" | "seal";
    scope_id: string;
    from_on: string;
    to_on: string;
    reason: string;
    given_at: When;
    begun_at: MaybeWhen;
    ended_at: MaybeWhen;
    ended_by: MaybeText;
    end_cause: "days-over" | "grant-over" | "ended" | null;
    end_reason: MaybeText;
  };
  held_roles: {
    grant_id: string;
    person_id: string;
    role: string;
    scope_kind: "entity" | "unit" | "seal";
    scope_id: string;
    from_on: string;
    to_on: MaybeDay;
    state: "waiting" | "given" | "ended";
    delegated_by: string | null;
    /** Whether its holder has confirmed the position; until then it gives nothing. */
    confirmed: boolean;
    nr: string;
  };
  separation_checks: {
    check_id: string;
    at: When;
    asked_by: string | null;
    holes: JsonList;
    took_ms: number;
  };
}
