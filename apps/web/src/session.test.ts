import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryClient } from "@tanstack/react-query";
import { ApiProblem, type Session } from "./api.ts";
import { forgetSession, mayUse, rememberSession, sendInSession, sessionQuery } from "./session.ts";

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
    alarms: 0,
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

const refused = (status: number, code: string): ApiProblem =>
  new ApiProblem({
    ...{ type: `urn:chancery:problem:${code}`, title: code, status, detail: code, code, requestId: "" },
    ...{ sentence: { en: code, zh: code }, refusals: [], fields: [] },
  });

test("who signed in again in another window goes on in this one; nothing he made goes in the session of another", async () => {
  const tryAs = async (personId: string, problem: ApiProblem): Promise<number> => {
    const queries = new QueryClient();
    rememberSession(queries, session);
    let tries = 0;
    const send = async (): Promise<void> => {
      tries += 1;
      if (tries === 1) throw problem;
    };
    const now = { ...session, csrfToken: "u", person: { ...session.person, personId } };
    const sent = sendInSession(queries, send, async () => now);
    await sent.catch((thrown) => assert.equal(thrown, problem));
    return tries;
  };
  assert.equal(await tryAs("per_1", refused(403, "session.cross-site")), 2);
  assert.equal(await tryAs("per_2", refused(403, "session.cross-site")), 1);
  assert.equal(await tryAs("per_1", refused(403, "access.refused")), 1);
  assert.equal(await tryAs("per_1", refused(409, "subject.changed-meanwhile")), 1);
});
