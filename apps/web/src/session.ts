import { type QueryClient, queryOptions, useQueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { api, apiAsIs, findProblem, findSession, type Permission, type Session, sessionGate } from "./api.ts";

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<Session | null> => sessionGate.take(await findSession()),
  staleTime: 30_000,
  // The numbers in the menu follow what others do; nobody signed in, nothing to follow.
  refetchInterval: (query) => (query.state.data ? 60_000 : false),
});

/** What this installation is: empty, the sample, or an organisation's own. */
export const installationQuery = queryOptions({
  queryKey: ["installation"],
  queryFn: () => api("GET /v1/installation"),
  staleTime: 60_000,
});

/** The session for everything inside the shell, which draws its pages only once there is one. */
export const SessionContext = createContext<Session | null>(null);

/** The session on pages that need one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("A page that needs a session stands outside the shell");
  return session;
}

/** What every later page needs to know once somebody has signed in; nothing of an earlier session stays. */
export function rememberSession(queries: QueryClient, session: Session): void {
  sessionGate.begin(session);
  dropAnswers(queries);
  queries.setQueryData(sessionQuery.queryKey, session);
}

/** Goes on with this page after its reader signed in again: what it shows and what he wrote stay. */
export function resumeSession(queries: QueryClient, session: Session): void {
  sessionGate.begin(session);
  queries.setQueryData(sessionQuery.queryKey, session);
}

/** Forgets everything that belonged to the session. */
export function forgetSession(queries: QueryClient): void {
  queries.setQueryData(sessionQuery.queryKey, null);
  dropAnswers(queries);
  sessionGate.end();
}

/** Drops what the server answered, except what every page shows: these two are replaced, not taken away. */
function dropAnswers(queries: QueryClient): void {
  const kept: readonly unknown[] = [sessionQuery.queryKey[0], installationQuery.queryKey[0]];
  queries.removeQueries({ predicate: (query) => !kept.includes(query.queryKey[0]) });
}

/** Ends the session, here and at the server. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await apiAsIs("DELETE /v1/session").catch((thrown: unknown) => {
      // Of a session that has ended nothing is left to end.
      if (findProblem(thrown)?.status !== 401) throw thrown;
    });
    forgetSession(queries);
  };
}

/** Whether the session may use any of the permissions. The server decides; this only leaves out what would be refused. */
export function mayUse(session: Pick<Session, "permissions">, ...permissions: readonly Permission[]): boolean {
  return permissions.some((permission) => session.permissions.includes(permission));
}

/** How many things of the inbox wait for the reader: decisions, releases, confirmations and matters. */
export function countInbox({ waiting }: Pick<Session, "waiting">): number {
  return waiting.inbox + waiting.releases + waiting.confirmations + waiting.matters;
}
