import { LOSS_TASKS } from "./seal-steps.ts";

/** Tasks that ask somebody to look at a request; what such a task is about besides is an emergency slip. */
export const REQUEST_TASKS: readonly string[] = [
  "review-emergency",
  "emergency-papers",
  "review-standing-use",
  "finish-stamping",
  "confirm-stamping",
  "look-at-photos",
  "rule-impression",
  "account-copies",
  "photo-owed",
  "bring-final-copy",
  "review-final-copy",
  "applicant-left",
];

/** Tasks that are done only with a file. */
export const TASKS_WITH_EVIDENCE: readonly string[] = [...LOSS_TASKS];

/**
 * Tasks about what happens where nothing here can see it: a report that was sent, a notice that was read. They end by the
 * word of whoever was asked. Every other task ends by the act it asks for and never by a word that it was done: a stopped
 * seal is handed in by its surrender (C10), a seal that is out comes back by its return (C13), a missing form is accounted
 * for where it is found (C24). A task that is new here ends by no word until it is named.
 */
export const TASKS_ENDED_BY_WORD: readonly string[] = [
  ...LOSS_TASKS,
  "applicant-left",
  "custodian-change-report",
  "explain-finding",
  "grant-renewal",
  "invitation-renewed",
  "issue-receipt",
  "review-standing-use",
  "witness-short-handover",
];

/** Tasks whose word is an answer that others read: there has to be one. */
export const TASKS_WITH_WORDS: readonly string[] = ["explain-finding"];

/** What is owed by a piece itself: while it is lost it cannot be brought, and nobody is asked for it. */
export const TASKS_OF_A_PIECE = ["surrender", "take-out-return", "forced-return", "bring-back", "lock-away"] as const;

/** What a seal that was frozen at its return is looked at for; each ends when the seal is unfrozen or stopped. */
export const TASKS_OF_A_RETURN = ["damaged-piece", "uncovered-impressions"] as const;
