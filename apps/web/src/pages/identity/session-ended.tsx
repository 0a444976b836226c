import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useEffect, useState } from "react";
import { type Session, sessionGate } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { paths } from "../../paths.ts";
import { rememberSession, resumeSession, sessionQuery } from "../../session.ts";
import { PasswordField } from "./password-field.tsx";
import { useSignIn } from "./use-sign-in.ts";

/** Above a page whose session has ended: it stays as it is, and its reader signs in again without leaving it. */
export function SessionEnded(props: { session: Session; asking: boolean }): ReactElement {
  const t = useText("identity");
  const queries = useQueryClient();
  // He may have signed in again in another window, from which he comes back to this one.
  useEffect(() => {
    const look = (): void => void queries.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => undefined);
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [queries]);
  return (
    <>
      <Message
        tone="warning"
        live="alert"
        title={t("ended.title")}
        action={
          <Button size="small" onClick={sessionGate.ask}>
            {t("ended.again")}
          </Button>
        }
      >
        {t("ended.kept")}
      </Message>
      {props.asking && <SignInAgain session={props.session} />}
    </>
  );
}

function SignInAgain(props: { session: Session }): ReactElement {
  const { person, sample, hasPassword } = props.session;
  const t = useText("identity");
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const { byPassword, byPasskey, asSample } = useSignIn(async (session) => {
    if (session.person.personId === person.personId) return resumeSession(queries, session);
    // A passkey may be somebody else's; nothing of this page is his.
    rememberSession(queries, session);
    await navigate({ to: paths.overview });
  });
  const name = nameIn(person.name, language);
  return (
    <Dialog title={t("ended.title")} onClose={sessionGate.putOff}>
      <p>{t("ended.why", { name })}</p>
      {sample && (
        <Button
          type="primary"
          size="large"
          block
          loading={asSample.isPending}
          onClick={() => asSample.mutate(person.personId)}
        >
          {t("ended.asSample", { name })}
        </Button>
      )}
      {!sample && hasPassword && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            byPassword.mutate({ login: person.login, password });
          }}
        >
          <input type="hidden" name="username" autoComplete="username" value={person.login} />
          <PasswordField value={password} onChange={setPassword} />
          <Button type="primary" htmlType="submit" size="large" block loading={byPassword.isPending}>
            {t("signIn.enter")}
          </Button>
        </form>
      )}
      {!sample && (
        <Button size="large" block loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t("signIn.passkey")}
        </Button>
      )}
      <div aria-live="polite">
        {byPasskey.data === null && <Message tone="warning" title={t("ended.passkeyEnded")} />}
      </div>
      <ErrorPanel error={byPassword.error ?? byPasskey.error ?? asSample.error} />
      <div className="row row-end">
        <Button danger onClick={sessionGate.end}>
          {t("ended.leave")}
        </Button>
        <Button onClick={sessionGate.putOff}>{t("ended.back")}</Button>
      </div>
    </Dialog>
  );
}
