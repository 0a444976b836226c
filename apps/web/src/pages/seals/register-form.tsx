import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, type RefObject, useEffect, useRef, useState } from "react";
import { api } from "../../api.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { paths } from "../../paths.ts";
import { refreshMatters } from "../matters/queries.ts";
import type { Person, Unit } from "../organisation/organisation.ts";
import { FacePreview } from "./face-preview.tsx";
import { isSaidByField, isSupervisorLoosened, refreshSeals, useCrewCheck } from "./queries.ts";
import { FaceSection } from "./register-face.tsx";
import { IdentitySection } from "./register-identity.tsx";
import { MakeSection } from "./register-make.tsx";
import { PeopleSection } from "./register-people.tsx";
import { ReasonSection } from "./register-reason.tsx";
import {
  beginForm,
  listSealProblems,
  makeEngraving,
  placeRefusals,
  type RegistrationFacts,
  type SealField,
  type SealForm,
} from "./registration.ts";
import { useLiveFace } from "./use-live-face.ts";

/** What a section of the form gets: the form, how to change it, and which of its fields have to be mended. */
export interface SectionProps {
  readonly form: SealForm;
  readonly change: (part: Partial<SealForm>) => void;
  readonly problems: readonly SealField[];
}

/** All of the registration on one page, its face beside it while it is typed. */
export function RegisterForm(props: {
  facts: RegistrationFacts;
  units: readonly Unit[];
  people: readonly Person[];
  /** The entity the reader belongs to. */
  homeId: string | undefined;
  /** What was asked for before and came back, with its matter. */
  before: { readonly matterId: string; readonly form: SealForm } | null;
  /** The seal that the new one replaces. */
  replaces: string | null;
  onAsked: (matterId: string) => void;
}): ReactElement {
  const { facts, onAsked } = props;
  const t = useText("seals");
  const language = useLanguage();
  const queries = useQueryClient();
  const [form, setForm] = useState<SealForm>(() => props.before?.form ?? beginForm(facts, props.homeId));
  const [tried, setTried] = useState(0);
  const face = useLiveFace(form.face);
  const faceReady = face.live.state === "drawn";
  const crew = useCrewCheck(form);
  const open = listSealProblems(form, {
    faceReady,
    loosened: isSupervisorLoosened(form, crew.data),
    numbers: facts.numbers,
    peopleRefused: !crew.isPlaceholderData && (crew.data?.refusals.some((one) => !isSaidByField(one)) ?? false),
  });
  const problems = tried > 0 ? open : [];
  const shown = useRef<HTMLFormElement>(null);
  /** The draft that a refused submission left: the next try changes it, so that one asking is one matter. */
  const drafted = useRef<string | null>(props.before?.matterId ?? null);
  const register = useMutation({
    mutationFn: async () => {
      const body = makeEngraving(form, faceReady, props.replaces);
      if (!body) throw new Error("an incomplete seal was sent");
      const matterId = await keepDraft(drafted.current, body);
      drafted.current = matterId;
      await api("POST /v1/matters/:matterId/submit", { params: { matterId } });
      return matterId;
    },
    onSuccess: async (matterId) => {
      await Promise.all([refreshSeals(queries), refreshMatters(queries)]);
      onAsked(matterId);
    },
  });
  const refused = placeRefusals(register.error);
  const refusedAt = (["number", "face", "people"] as const).find((place) => refused[place].length > 0) ?? null;
  useRefusalFocus(shown, tried, refusedAt);
  const change = (part: Partial<SealForm>): void => {
    setForm((now) => ({ ...now, ...part }));
    if (register.error) register.reset();
  };
  const section = { form, change, problems };
  return (
    <form
      ref={shown}
      className="register"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried((times) => times + 1);
        if (open.length === 0) register.mutate();
      }}
    >
      <IdentitySection
        {...section}
        facts={facts}
        units={props.units}
        onForm={(next) => {
          setForm(next);
          register.reset();
        }}
        numberProblem={refused.number[0]?.sentence[language]}
      />
      <div className="register-faces">
        <FacePreview form={form} face={face} />
        <FaceSection {...section} face={face} refusals={refused.face} />
      </div>
      <PeopleSection {...section} people={props.people} refusals={refused.people} />
      <MakeSection {...section} />
      <ReasonSection {...section} />
      <div className="card card-body stack register-end">
        {refused.form.length > 0 ? (
          <RefusalList refusals={refused.form} live />
        ) : (
          refusedAt === null && <ErrorPanel error={register.error} />
        )}
        {refusedAt !== null && (
          <p className="field-problem" role="alert">
            {t("new.refusedAbove")}
          </p>
        )}
        {problems.length > 0 && (
          <p className="field-problem" role="alert">
            {t("new.incomplete", { count: problems.length })}
          </p>
        )}
        <p className="note">{t("new.what")}</p>
        <div className="row">
          <Link to={paths.seals} className="plain-link">
            {t("new.leave")}
          </Link>
          <span className="grow" />
          <Button type="primary" size="large" htmlType="submit" loading={register.isPending}>
            {t("new.register")}
          </Button>
        </div>
      </div>
    </form>
  );
}

/** Keeps the draft of the asking, or changes the one that is there. */
async function keepDraft(
  matterId: string | null,
  body: NonNullable<ReturnType<typeof makeEngraving>>,
): Promise<string> {
  if (matterId === null) return (await api("POST /v1/matters", { body })).matterId;
  const { kind: _, ...rest } = body;
  await api("PUT /v1/matters/:matterId", { params: { matterId }, body: rest });
  return matterId;
}

/** After a try that did not go through: to the first field that has to change, or to the part that was refused. */
function useRefusalFocus(shown: RefObject<HTMLFormElement | null>, tried: number, refusedAt: string | null): void {
  useEffect(() => {
    if (tried > 0) shown.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [shown, tried]);
  useEffect(() => {
    if (refusedAt === null) return;
    const field = refusedAt === "number" ? "[aria-invalid]" : `[data-part="${refusedAt}"] [data-refusal]`;
    shown.current?.querySelector<HTMLElement>(field)?.focus();
  }, [shown, refusedAt]);
}
