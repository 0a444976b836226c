import type { Handlers } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { describeNewSession, describeSession } from "./describe-session.ts";
import { acceptInvitation, readInvitation } from "./invitations.ts";
import { addPasskey, beginPasskey, changePassword, listPasskeys, removePasskey } from "./own-credentials.ts";
import { beginSignIn, finishSignIn } from "./passkeys.ts";
import { endSessions } from "./sessions.ts";
import { signIn, signInByPassword } from "./sign-in.ts";

type Mine =
  | "GET /v1/session"
  | "POST /v1/sessions"
  | "POST /v1/sessions/passkey-options"
  | "POST /v1/sessions/passkey"
  | "DELETE /v1/session"
  | "GET /v1/passkeys"
  | "POST /v1/passkeys/options"
  | "POST /v1/passkeys"
  | "DELETE /v1/passkeys/:passkeyId"
  | "POST /v1/session/password"
  | "GET /v1/invitations/:token"
  | "POST /v1/invitations/:token/accept";

export function identityHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/session": async (_, call) => describeSession(env, call.person()),
    "POST /v1/sessions": async ({ body }, call) =>
      describeNewSession(env, await signInByPassword(env, call, body.login, body.password)),
    "POST /v1/sessions/passkey-options": async () => beginSignIn(env),
    "POST /v1/sessions/passkey": async ({ body }, call) =>
      describeNewSession(
        env,
        await signIn(env, call, await finishSignIn(env, body.challengeId, body.response), "passkey"),
      ),
    "DELETE /v1/session": async (_, call) => {
      const { personId, sessionHash } = call.person();
      await transact(env.db, async (tx) => {
        await endSessions(tx, { sessionHash });
        await recordEvent(tx, env, { type: "SignedOut", actorId: personId, facts: {} });
      });
      call.clearSession();
      return { done: true as const };
    },
    "GET /v1/passkeys": async (_, call) => listPasskeys(env, call.person().personId),
    "POST /v1/passkeys/options": async ({ body }, call) => beginPasskey(env, call, body.password),
    "POST /v1/passkeys": async ({ body }, call) => addPasskey(env, call.person().personId, body),
    "DELETE /v1/passkeys/:passkeyId": async ({ params }, call) => {
      await removePasskey(env, call.person().personId, params.passkeyId);
      return { done: true as const };
    },
    "POST /v1/session/password": async ({ body }, call) => {
      await changePassword(env, call, body.current, body.next);
      return { done: true as const };
    },
    "GET /v1/invitations/:token": async ({ params }) => readInvitation(env, params.token),
    "POST /v1/invitations/:token/accept": async ({ params, body }, call) =>
      describeNewSession(env, await acceptInvitation(env, call, params.token, body.password)),
  };
}
