import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type Session } from "../../api.ts";
import { formatNames, initialsOf, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { installationQuery, rememberSession } from "../../session.ts";
import { PasswordField } from "./password-field.tsx";
import { decideNextPath, groupByEntity, type SamplePerson } from "./sign-in.ts";
import { useSignIn } from "./use-sign-in.ts";

/** Signing in: with password or passkey; in the sample by choosing a person. */
export function SignInPage(): ReactElement {
  const { data: installation } = useQuery(installationQuery);
  return installation?.state === "sample" ? <SamplePeople allowed={installation.sampleAllowed} /> : <Credentials />;
}

/** Goes on with a session to the page that was asked for. */
function useEnter(): (session: Session) => Promise<void> {
  const queries = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const search: { next?: unknown } = useSearch({ strict: false });
  return async (session) => {
    rememberSession(queries, session);
    await router.invalidate();
    await navigate({ href: decideNextPath(search.next) });
  };
}

function Credentials(): ReactElement {
  const t = useText("identity");
  const enter = useEnter();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const { byPassword, byPasskey } = useSignIn(enter);
  return (
    <div className="narrow stack">
      <h1>{t("signIn.title")}</h1>
      <form
        className="card card-body stack"
        onSubmit={(event) => {
          event.preventDefault();
          byPassword.mutate({ login, password });
        }}
      >
        <Field label={t("signIn.login")}>
          {(control) => (
            <TextInput
              {...control}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              required
              value={login}
              onChange={(event) => setLogin(event.target.value)}
            />
          )}
        </Field>
        <PasswordField value={password} onChange={setPassword} />
        <ErrorPanel error={byPassword.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={byPassword.isPending}>
          {t("signIn.enter")}
        </Button>
      </form>
      <div className="card card-body stack">
        <p className="note">{t("signIn.passkeyWhy")}</p>
        <Button size="large" block loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t("signIn.passkey")}
        </Button>
        <div aria-live="polite">
          {byPasskey.data === null && <Message tone="warning" title={t("signIn.passkeyEnded")} />}
        </div>
        <ErrorPanel error={byPasskey.error} />
      </div>
      <p className="note small">{t("signIn.lost")}</p>
    </div>
  );
}

function SamplePeople(props: { allowed: boolean }): ReactElement {
  const t = useText("identity");
  const language = useLanguage();
  const enter = useEnter();
  const { data, error, refetch, isPending } = useQuery({
    queryKey: ["sample", "people"],
    queryFn: () => api("GET /v1/sample/people"),
    enabled: props.allowed,
  });
  const { asSample: signIn } = useSignIn(enter);
  return (
    <div className="stack">
      <div>
        <h1>{t("sample.title")}</h1>
        <p className="note">{t("sample.lead")}</p>
      </div>
      {!props.allowed && (
        <Message tone="warning" title={t("firstRun.sample.refused")}>
          {t("firstRun.sample.refusedWhy")}
        </Message>
      )}
      <ErrorPanel error={signIn.error ?? error} onRetry={() => void refetch()} />
      {props.allowed && isPending && <LinesSkeleton lines={8} />}
      {data &&
        groupByEntity(data.people).map(({ entity, people }) => (
          <section
            key={entity?.en ?? ""}
            className="stack"
            aria-label={entity ? nameIn(entity, language) : t("sample.guests")}
          >
            <h2>{entity ? <BothNames name={entity} /> : t("sample.guests")}</h2>
            <ul className="people-choice">
              {people.map((person) => (
                <li key={person.personId}>
                  <PersonChoice
                    person={person}
                    busy={signIn.isPending}
                    onChoose={() => signIn.mutate(person.personId)}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function PersonChoice(props: { person: SamplePerson; busy: boolean; onChoose: () => void }): ReactElement {
  const { person } = props;
  const t = useText("identity");
  const word = useWord();
  const language = useLanguage();
  return (
    <button type="button" className="card person-choice" disabled={props.busy} onClick={props.onChoose}>
      <span className="disc" aria-hidden>
        {initialsOf(nameIn(person.name, language))}
      </span>
      <span className="person-choice-text">
        <strong>
          <BothNames name={person.name} />
        </strong>
        <span>
          {formatNames(
            person.roles.map((role) => word("roles", role)),
            language,
          )}
        </span>
        <span className="note small">{person.unit ? nameIn(person.unit, language) : t("sample.noUnit")}</span>
      </span>
      {person.waiting > 0 && (
        <Tag tone="action" sign="clock">
          {t("sample.waiting", { count: person.waiting })}
        </Tag>
      )}
    </button>
  );
}
