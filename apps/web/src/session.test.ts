import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryClient } from "@tanstack/react-query";
import { forgetSession, mayUse, rememberSession, sessionQuery } from "./session.ts";
import { testSession as session } from "./test-session.ts";

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
