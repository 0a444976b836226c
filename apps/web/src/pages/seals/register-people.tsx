import CheckCircleOutlined from "@ant-design/icons/CheckCircleOutlined";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { DashedCircleIcon } from "../../parts/icons.tsx";
import { type Refusal, RefusalList } from "../../parts/refusal-panel.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import type { Person } from "../organisation/organisation.ts";
import { groupCandidates } from "./candidates.ts";
import { type CrewCheck, isSaidByField, isSupervisorLoosened, useCrewCheck } from "./queries.ts";
import type { SectionProps } from "./register-form.tsx";

/** Who keeps, supervises and certifies; while they are chosen the rules already say who may not, and who is missing. */
export function PeopleSection(
  props: SectionProps & { people: readonly Person[]; refusals: readonly Refusal[] },
): ReactElement {
  const { form, change, problems } = props;
  const t = useText("seals");
  const word = useWord();
  const check = useCrewCheck(form);
  const loosened = isSupervisorLoosened(form, check.data);
  const found = check.isPlaceholderData ? undefined : check.data;
  const choose = (
    role: string,
    label: string,
    value: string,
    set: (personId: string) => void,
    problem?: string,
  ): ReactElement => (
    <PersonField
      label={label}
      people={props.people}
      entityId={form.entityId}
      value={value}
      problem={problem}
      onChange={set}
      refusals={found?.refusals.filter((one) => one.personId === value && one.role === role) ?? []}
      holders={value === "" && role !== "custodian" ? (found?.crew.find((one) => one.role === role)?.people ?? []) : []}
    />
  );
  const [first, second] = form.custodians;
  return (
    <section className="card register-people" data-part="people" aria-labelledby="crew-title">
      <header>
        <h2 id="crew-title">{t("new.people.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("new.people.why")}</p>
        {props.refusals.length > 0 && found?.refusals.length === 0 && (
          <div data-refusal tabIndex={-1}>
            <RefusalList refusals={props.refusals} live />
          </div>
        )}
        <div className="field-pair">
          {choose("custodian", t("new.people.first"), first, (id) => change({ custodians: [id, second] }))}
          {choose(
            "custodian",
            t("new.people.second"),
            second,
            (id) => change({ custodians: [first, id] }),
            problems.includes("custodians") ? t("new.problems.custodians") : undefined,
          )}
        </div>
        <div className="field-pair">
          {choose("supervisor", word("roles", "supervisor"), form.supervisor, (supervisor) =>
            change({ supervisor, supervisorTo: "", supervisorRisk: "" }),
          )}
          {choose(
            "certificate-keeper",
            word("roles", "certificate-keeper"),
            form.certificateKeeper,
            (certificateKeeper) => change({ certificateKeeper }),
          )}
        </div>
        {loosened && <LoosenedFields {...props} />}
        <ErrorPanel error={check.error} onRetry={() => void check.refetch()} />
        {check.data && <CrewSummary check={check.data} />}
      </div>
    </section>
  );
}

/** What a supervisor needs whose other roles meet this one only because the profile allows it. */
function LoosenedFields({ form, change, problems }: SectionProps): ReactElement {
  const t = useText("seals");
  return (
    <div className="stack stack-tight">
      <p className="note">{t("new.people.loosened")}</p>
      <div className="field-pair">
        <Field
          label={t("new.people.supervisorTo")}
          problem={problems.includes("supervisorTo") ? t("new.problems.supervisorTo") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={form.supervisorTo}
              onChange={(event) => change({ supervisorTo: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t("new.people.supervisorRisk")}
          hint={t("new.people.supervisorRiskHint")}
          problem={problems.includes("supervisorRisk") ? t("new.problems.supervisorRisk") : undefined}
        >
          {(control) => (
            <TextLines
              {...control}
              rows={2}
              maxLength={500}
              value={form.supervisorRisk}
              onChange={(event) => change({ supervisorRisk: event.target.value })}
            />
          )}
        </Field>
      </div>
    </div>
  );
}

function PersonField(props: {
  label: string;
  people: readonly Person[];
  entityId: string;
  value: string;
  problem: string | undefined;
  onChange: (personId: string) => void;
  refusals: CrewCheck["refusals"];
  /** Who has the duty already by a role for the whole entity, where nobody is chosen. */
  holders: CrewCheck["crew"][number]["people"];
}): ReactElement {
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  const refusals = props.refusals.filter((one) => !isSaidByField(one));
  const names = formatNames(
    props.holders.map((person) => nameIn(person.name, language)),
    language,
  );
  return (
    <div className="stack stack-tight">
      <Field
        label={props.label}
        problem={props.problem}
        {...(names === "" ? {} : { hint: t("new.people.already", { names }) })}
      >
        {(control) => (
          <select
            {...control}
            {...(refusals.length > 0 ? { "aria-invalid": true } : {})}
            className="native-select"
            value={props.value}
            onChange={(event) => props.onChange(event.target.value)}
          >
            <option value="">{t("new.people.later")}</option>
            {groupCandidates(props.people, props.entityId).map(({ group, people }) => (
              <optgroup key={group} label={t(`new.people.groups.${group}`)}>
                {people.map((person) => (
                  <option key={person.personId} value={person.personId}>
                    {[
                      nameIn(person.name, language),
                      formatNames(
                        person.roles.map((role) => word("roles", role)),
                        language,
                      ),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <RefusalList refusals={refusals.map((one) => one.refusal)} live />
    </div>
  );
}

/** Every duty of the seal with who would hold it, also by a grant for the whole entity; and what is still missing. */
function CrewSummary(props: { check: CrewCheck }): ReactElement {
  const { crew, missing, refusals } = props.check;
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  return (
    <div className="crew" aria-live="polite">
      <h3>
        {missing.length > 0
          ? t("new.people.missing", { count: missing.length })
          : t(refusals.length > 0 ? "new.people.notYet" : "new.people.complete")}
      </h3>
      <ul>
        {crew.map(({ role, needed, people }) => {
          const held = people.length >= needed;
          return (
            <li key={role} data-held={held}>
              {held && people.length > 0 ? <CheckCircleOutlined aria-hidden /> : <DashedCircleIcon />}
              <span>
                <strong>{word("roles", role)}</strong>{" "}
                {formatNames(
                  people.map((person) => nameIn(person.name, language)),
                  language,
                )}
                {people.length === 0 && held && <span className="note">{t("new.people.notNeeded")}</span>}
                {!held && people.length > 0 && " · "}
                {!held && (
                  <span className="crew-missing">{t("new.people.needs", { named: people.length, needed })}</span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {missing.length > 0 && <p className="note small">{t("new.people.missingWhy")}</p>}
    </div>
  );
}
