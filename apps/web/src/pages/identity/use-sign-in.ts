import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { apiAsIs, type Session } from "../../api.ts";

export interface SignIn {
  readonly byPassword: UseMutationResult<Session, Error, { login: string; password: string }>;
  /** Answers null where the reader turned away from his passkey. */
  readonly byPasskey: UseMutationResult<Session | null, Error, void>;
  /** In the sample by choosing a person. */
  readonly asSample: UseMutationResult<Session, Error, string>;
}

/** The ways of signing in; `enter` goes on with the session. */
export function useSignIn(enter: (session: Session) => void | Promise<void>): SignIn {
  return {
    byPassword: useMutation({
      mutationFn: (given: { login: string; password: string }) => apiAsIs("POST /v1/sessions", { body: given }),
      onSuccess: enter,
    }),
    byPasskey: useMutation({
      mutationFn: async () => {
        const { challengeId, options } = await apiAsIs("POST /v1/sessions/passkey-options");
        const { askPasskey } = await import("../../passkey.ts");
        const response = await askPasskey(options);
        return response && apiAsIs("POST /v1/sessions/passkey", { body: { challengeId, response } });
      },
      onSuccess: (session) => session && enter(session),
    }),
    asSample: useMutation({
      mutationFn: (personId: string) => apiAsIs("POST /v1/sample/sign-in", { body: { personId } }),
      onSuccess: enter,
    }),
  };
}
