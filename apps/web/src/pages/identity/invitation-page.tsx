import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { rememberSession } from "../../session.ts";
import { PASSWORD_LENGTH } from "./setup.ts";

/** The page behind an invitation link, and behind a reset of credentials: one chooses a password and is in. */
export function InvitationPage(): ReactElement {
  const t = useText("identity");
  const language = useLanguage();
  const moment = useMoment();
  const { token = "" } = useParams({ strict: false });
  const queries = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const {
    data: invitation,
    error,
    refetch,
  } = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => api("GET /v1/invitations/:token", { params: { token } }),
  });
  const accept = useMutation({
    mutationFn: () => api("POST /v1/invitations/:token/accept", { params: { token }, body: { password } }),
    onSuccess: async (session) => {
      rememberSession(queries, session);
      await navigate({ to: paths.account });
      await router.invalidate();
    },
  });
  const short = password.length < PASSWORD_LENGTH;
  return (
    <div className="narrow stack">
      <h1>{invitation?.reset ? t("invitation.reset") : t("invitation.title")}</h1>
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!invitation && !error && <LinesSkeleton lines={5} />}
      {invitation && (
        <form
          className="card card-body stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (!short && again === password) accept.mutate();
          }}
        >
          <dl className="facts">
            <dt>{t("invitation.organisation")}</dt>
            <dd>{nameIn(invitation.organisation, language)}</dd>
            <dt>{t("invitation.for")}</dt>
            <dd>
              <BothNames name={invitation.name} />
            </dd>
            <dt>{t("signIn.login")}</dt>
            <dd className="mono">{invitation.login}</dd>
            <dt>{t("invitation.until")}</dt>
            <dd>{moment(invitation.expiresAt, invitation.timeZone ?? undefined)}</dd>
          </dl>
          <input type="hidden" name="username" autoComplete="username" value={invitation.login} readOnly />
          <Field
            label={t("password.new")}
            hint={t("password.hint", { count: PASSWORD_LENGTH })}
            problem={tried && short ? t("password.short", { count: PASSWORD_LENGTH }) : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                type="password"
                autoComplete="new-password"
                value={password}
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          <Field
            label={t("password.again")}
            problem={tried && !short && again !== password ? t("password.differs") : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                type="password"
                autoComplete="new-password"
                value={again}
                onChange={(event) => setAgain(event.target.value)}
              />
            )}
          </Field>
          <ErrorPanel error={accept.error} />
          <Button type="primary" htmlType="submit" size="large" block loading={accept.isPending}>
            {t("invitation.enter")}
          </Button>
        </form>
      )}
    </div>
  );
}
