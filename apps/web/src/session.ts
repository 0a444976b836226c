import { type QueryClient, queryOptions, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, findProblem, keepCsrfToken, type Permission, type Session } from "./api.ts";

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await api("GET /v1/session");
      keepCsrfToken(session.csrfToken);
      return session;
    } catch (thrown) {
      if (findProblem(thrown)?.status === 401) return null;
      throw thrown;
    }
  },
  staleTime: 30_000,
});

/** What this installation is: empty, the sample, or an organisation's own. */
export const installationQuery = queryOptions({
  queryKey: ["installation"],
  queryFn: () => api("GET /v1/installation"),
  staleTime: 60_000,
});

/** The session on pages that need one; the frame around them shows nothing else before it is there. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error("A page that needs a session was drawn without one");
  return data;
}

/** What every later page needs to know once somebody has signed in. */
export function rememberSession(queries: QueryClient, session: Session): void {
  queries.clear();
  keepCsrfToken(session.csrfToken);
  queries.setQueryData(sessionQuery.queryKey, session);
}

/** Forgets everything that belonged to the session. */
export function forgetSession(queries: QueryClient): void {
  keepCsrfToken(null);
  queries.clear();
  queries.setQueryData(sessionQuery.queryKey, null);
}

/** Ends the session, here and at the server. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await api("DELETE /v1/session");
    forgetSession(queries);
  };
}

/** Whether the session may use any of the permissions. The server decides; this only leaves out what would be refused. */
export function mayUse(session: Pick<Session, "permissions">, ...permissions: readonly Permission[]): boolean {
  return permissions.some((permission) => session.permissions.includes(permission));
}
