import type { MaybeText, MaybeWhen, When } from "./column-types.ts";

/** The tables of migrations/0027-standing.ts. */
export interface StandingTables {
  standing_authorisations: {
    standing_id: string;
    matter_id: string;
    /** Of its matter: by it people name it. */
    number: string;
    entity_id: string;
    seal_id: string;
    template_id: string;
    counterparty_kinds: string[];
    limit_amount: string;
    currency: string;
    uses: number;
    from_on: string;
    to_on: string;
    given_at: When;
    event_id: string;
    ended_at: MaybeWhen;
    ended_by: MaybeText;
    end_reason: MaybeText;
  };
  standing_uses: { standing_id: string; nr: number; request_id: string; drawn: boolean; at: When };
}
