import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { api, findProblem } from "../../api.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { StepBar } from "../../parts/step-bar.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { installationQuery, rememberSession } from "../../session.ts";
import {
  findSetupCode,
  listSetupProblems,
  makeSetupBody,
  PASSWORD_LENGTH,
  type SetupField,
  type SetupForm,
  type SetupStep,
  STARTER_SETS,
} from "./setup.ts";

const PROFILES = ["strict", "standard", "small"] as const;
const hereZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = [...new Set([hereZone, ...Intl.supportedValuesOf("timeZone")])];

/** Setting up: the organisation, then its first administrator; it ends at the list of people still missing. */
export function SetupPage(): ReactElement {
  const t = useText("identity");
  const queries = useQueryClient();
  const router = useRouter();
  const navigate = useNavigate();
  const search: { step?: unknown } = useSearch({ strict: false });
  const language = useLanguage();
  /** The step that was pressed on though something is wrong in it, and how often: each time leads to the first fault. */
  const [tried, setTried] = useState<{ readonly step: SetupStep; readonly times: number } | null>(null);
  const [form, setForm] = useState<SetupForm>(() => ({
    organisation: { en: "", zh: "" },
    entityCode: "",
    timeZone: hereZone,
    profile: "strict",
    starterSet: "group",
    setupCode: findSetupCode(window.location),
    name: { en: "", zh: "" },
    login: "",
    password: "",
    again: "",
  }));
  // The step stands in the address, so that the browser's own way back leads to the step before, with what was typed.
  const begun = listSetupProblems(form, "organisation").length === 0;
  const step: SetupStep = search.step === "administrator" && begun ? "administrator" : "organisation";
  const goToAdministrator = (): void =>
    void navigate({ to: paths.setup, search: { step: "administrator" }, hash: true });
  const setup = useMutation({
    mutationFn: () => api("POST /v1/installation/setup", { body: makeSetupBody(form) }),
    onSuccess: async (session) => {
      rememberSession(queries, session);
      await queries.refetchQueries(installationQuery);
      await navigate({ to: paths.crew });
      await router.invalidate();
    },
  });
  const shown = useRef<HTMLFormElement>(null);
  const problems = tried?.step === step ? listSetupProblems(form, step) : [];
  const refused = findProblem(setup.error);
  // The only rule the server refuses by belongs to one field, and is told there.
  const codeRefused = refused?.code === "setup.code-wrong" ? refused.sentence[language] : undefined;
  useEffect(() => {
    if (tried !== null || codeRefused !== undefined)
      shown.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [tried, codeRefused]);
  const forward = (event: FormEvent): void => {
    event.preventDefault();
    if (listSetupProblems(form, step).length > 0) {
      setTried((before) => ({ step, times: (before?.times ?? 0) + 1 }));
      return;
    }
    if (step === "organisation") goToAdministrator();
    else setup.mutate();
  };
  const change = (part: Partial<SetupForm>): void => {
    setForm((now) => ({ ...now, ...part }));
    if (setup.error) setup.reset();
  };
  const first = step === "organisation";
  return (
    <div className="narrow wide-form stack">
      <h1>{t("setup.title")}</h1>
      <StepBar
        label={t("setup.title")}
        steps={[
          { key: "organisation", title: t("setup.steps.organisation"), state: first ? "now" : "done" },
          { key: "administrator", title: t("setup.steps.administrator"), state: first ? "todo" : "now" },
          { key: "crew", title: t("setup.steps.crew"), state: "todo" },
        ]}
      />
      <form ref={shown} className="card card-body stack" noValidate onSubmit={forward}>
        {first ? (
          <OrganisationStep form={form} problems={problems} change={change} />
        ) : (
          <AdministratorStep form={form} problems={problems} change={change} codeRefused={codeRefused} />
        )}
        {problems.length > 1 && (
          <p className="field-problem" role="alert">
            {t("setup.problems.count", { count: problems.length })}
          </p>
        )}
        {codeRefused === undefined && <ErrorPanel error={setup.error} />}
        <div className="row">
          {first ? (
            <Link to={paths.firstRun} className="plain-link">
              {t("setup.leave")}
            </Link>
          ) : (
            <Button size="large" onClick={() => router.history.back()}>
              {t("setup.back")}
            </Button>
          )}
          <span className="grow" />
          <Button type="primary" htmlType="submit" size="large" loading={setup.isPending}>
            {first ? t("setup.next") : t("setup.finish")}
          </Button>
        </div>
      </form>
    </div>
  );
}

interface StepProps {
  readonly form: SetupForm;
  readonly problems: readonly SetupField[];
  readonly change: (part: Partial<SetupForm>) => void;
}

function OrganisationStep(props: StepProps): ReactElement {
  const t = useText("identity");
  const { form, problems, change } = props;
  return (
    <>
      <NameFields
        label={t("setup.organisation")}
        value={form.organisation}
        onChange={(organisation) => change({ organisation })}
        problem={problems.includes("organisation") ? t("setup.problems.names") : undefined}
      />
      <div className="field-pair">
        <Field
          label={t("setup.code")}
          hint={t("setup.codeHint")}
          problem={problems.includes("entityCode") ? t("setup.problems.code") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={8}
              autoCapitalize="characters"
              value={form.entityCode}
              onChange={(event) => change({ entityCode: event.target.value.toUpperCase() })}
            />
          )}
        </Field>
        <Field label={t("setup.timeZone")} hint={t("setup.timeZoneHint")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={form.timeZone}
              onChange={(event) => change({ timeZone: event.target.value })}
            >
              {ZONES.map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <fieldset className="choices">
        <legend className="field-label">{t("setup.profile")}</legend>
        {PROFILES.map((profile) => (
          <label key={profile} className="choice">
            <input
              type="radio"
              name="profile"
              checked={form.profile === profile}
              // Rules that fit the size come with it; another set can be chosen below.
              onChange={() => change({ profile, starterSet: profile === "small" ? "small-company" : "group" })}
            />
            <span>
              <strong>{t(`setup.profiles.${profile}.name`)}</strong>
              <br />
              <span className="note">{t(`setup.profiles.${profile}.why`)}</span>
              {form.profile === profile && (
                <span className="setup-never note">{t(`setup.profiles.${profile}.never`)}</span>
              )}
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className="choices">
        <legend className="field-label">{t("setup.rules")}</legend>
        {STARTER_SETS.map((starterSet) => (
          <label key={starterSet} className="choice">
            <input
              type="radio"
              name="starter-set"
              checked={form.starterSet === starterSet}
              onChange={() => change({ starterSet })}
            />
            <span>
              <strong>{t(`setup.starterSets.${starterSet}.name`)}</strong>
              <br />
              <span className="note">{t(`setup.starterSets.${starterSet}.why`)}</span>
            </span>
          </label>
        ))}
        <p className="note small">{t("setup.rulesHint")}</p>
      </fieldset>
    </>
  );
}

function AdministratorStep(props: StepProps & { codeRefused: string | undefined }): ReactElement {
  const t = useText("identity");
  const { form, problems, change } = props;
  const problem = (field: SetupField, words: string): string | undefined =>
    problems.includes(field) ? words : undefined;
  return (
    <>
      <Field
        label={t("setup.setupCode")}
        hint={t("setup.setupCodeHint")}
        problem={problem("setupCode", t("setup.problems.setupCode")) ?? props.codeRefused}
      >
        {(control) => (
          <TextInput
            {...control}
            className="mono"
            autoComplete="one-time-code"
            spellCheck={false}
            value={form.setupCode}
            onChange={(event) => change({ setupCode: event.target.value })}
          />
        )}
      </Field>
      <NameFields
        label={t("setup.name")}
        value={form.name}
        onChange={(name) => change({ name })}
        problem={problem("name", t("setup.problems.names"))}
      />
      <Field label={t("signIn.login")} problem={problem("login", t("setup.problems.login"))}>
        {(control) => (
          <TextInput
            {...control}
            autoComplete="username"
            autoCapitalize="none"
            value={form.login}
            onChange={(event) => change({ login: event.target.value })}
          />
        )}
      </Field>
      <div className="field-pair">
        <Field
          label={t("signIn.password")}
          hint={t("password.hint", { count: PASSWORD_LENGTH })}
          problem={problem("password", t("password.short", { count: PASSWORD_LENGTH }))}
        >
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete="new-password"
              value={form.password}
              onChange={(event) => change({ password: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("password.again")} problem={problem("again", t("password.differs"))}>
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete="new-password"
              value={form.again}
              onChange={(event) => change({ again: event.target.value })}
            />
          )}
        </Field>
      </div>
      <p className="note">{t("setup.position")}</p>
    </>
  );
}
