import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryClient } from "@tanstack/react-query";
import type { Session } from "./api.ts";
import { forgetSession, mayUse, rememberSession, sessionQuery } from "./session.ts";

const session: Session = {
  person: { personId: "per_1", name: { en: "Gao Minzhi", zh: "高敏之" }, login: "gao", guest: false },
  unit: null,
  entities: [],
  timeZone: null,
  roles: ["inspector"],
  permissions: ["session", "audit.read"],
  organisation: { en: "Lanxi", zh: "澜汐" },
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
    openings: 0,
  },
};

test("nothing that one person was shown stays for the next", () => {
  for (const change of [(queries: QueryClient) => rememberSession(queries, session), forgetSession]) {
    const queries = new QueryClient();
    queries.setQueryData(["people"], { items: [] });
    queries.setQueryData(["overview"], { mine: ["secret"] });
    change(queries);
    assert.equal(queries.getQueryData(["people"]), undefined);
    assert.equal(queries.getQueryData(["overview"]), undefined);
  }
});

test("a session is there after signing in, and gone after signing out", () => {
  const queries = new QueryClient();
  rememberSession(queries, session);
  assert.equal(queries.getQueryData(sessionQuery.queryKey)?.person.login, "gao");
  forgetSession(queries);
  assert.equal(queries.getQueryData(sessionQuery.queryKey), null);
});

test("one of the permissions named is enough, and none named allows nothing", () => {
  assert.equal(mayUse(session, "person.manage", "audit.read"), true);
  assert.equal(mayUse(session, "person.manage"), false);
  assert.equal(mayUse(session), false);
});
