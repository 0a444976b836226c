import type { MailLanguage } from "@chancery/domain";
import type { ColumnType, Generated } from "kysely";
import type { Big, MaybeText, MaybeWhen, When } from "./column-types.ts";

/** Of one mail about an alarm; `none`: nobody asked for one. */
export type AlarmMailState = "none" | "waiting" | "sent" | "failed" | "not-needed";

/** The tables of migrations/0100-alarms.ts. */
export interface AlarmTables {
  alarms: {
    alarm_id: string;
    controller_id: string;
    entity_id: string;
    /** Of the record, or where the journal stood, when it was raised. */
    epoch: number;
    seq: Big;
    code: string;
    speed: "at-once" | "same-day";
    finding_id: MaybeText;
    /** Who kept a seal of the box when it was raised. */
    keepers: string[];
    state: Generated<"open" | "acknowledged">;
    raised_at: When;
    last_at: When;
    times: Generated<number>;
    level: number;
    escalates_at: MaybeWhen;
    acknowledged_at: MaybeWhen;
  };
  alarm_seals: { alarm_id: string; seal_id: string };
  alarm_told: {
    alarm_id: string;
    level: number;
    person_id: string;
    told_at: When;
    mail: AlarmMailState;
    mail_tries: Generated<number>;
    mail_at: MaybeWhen;
    /** What the mail server answered or how it could not be reached: a code, never its words. */
    mail_fault: MaybeText;
  };
  alarm_words: { alarm_id: string; nth: number; person_id: string; at: When; word: string; ends: boolean };
  mail_addresses: {
    person_id: string;
    address: string;
    /** Null: both. */
    language: ColumnType<MailLanguage | null, MailLanguage | null, MailLanguage | null>;
    changed_by: string;
    changed_at: When;
  };
}
