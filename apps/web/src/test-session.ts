import type { Session } from "./api.ts";

/** Somebody signed in, for tests. */
export const testSession: Session = {
  person: { personId: "per_1", name: { en: "Gao Minzhi", zh: "Gao Minzhi" }, login: "gao", guest: false },
  unit: null,
  entities: [],
  timeZone: null,
  roles: ["inspector"],
  permissions: ["session", "audit.read"],
  organisation: { en: "Lanxi", zh: "Lanxi" },
  sample: true,
  lab: false,
  hasPasskey: false,
  hasPassword: false,
  expiresAt: "2026-11-24T12:00:00Z",
  awayUntil: null,
  csrfToken: "t",
  waiting: {
    inbox: 0,
    releases: 0,
    confirmations: 0,
    accounts: 0,
    matters: 0,
    tasks: 0,
    ruleBook: 0,
    positions: 0,
    alarms: 0,
    openings: 0,
  },
};
