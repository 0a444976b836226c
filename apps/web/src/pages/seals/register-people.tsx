import CheckCircleOutlined from "@ant-design/icons/CheckCircleOutlined";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { DashedCircleIcon } from "../../parts/icons.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import type { Person } from "../organisation/organisation.ts";
import { groupCandidates } from "./candidates.ts";
import type { CrewCheck } from "./queries.ts";
import type { SectionProps } from "./register-form.tsx";
import { listCrew, ownKindOf } from "./registration.ts";

/** Who keeps, supervises and certifies; while they are chosen the rules already say who may not, and who is missing. */
export function PeopleSection(props: SectionProps & { people: readonly Person[]; refusal: unknown }): ReactElement {
  const { form, change, problems } = props;
  const t = useText("seals");
  const word = useWord();
  const crew = listCrew(form);
  const body = {
    ...{ type: form.type, kindId: ownKindOf(form), entityId: form.entityId, unitId: form.unitId || null },
    ...crew,
  };
  const check = useQuery({
    queryKey: ["seals", "check", body],
    queryFn: () => api("POST /v1/seals/check", { body }),
    enabled: form.entityId !== "",
    placeholderData: (before) => before,
  });
  const found = check.isPlaceholderData ? undefined : check.data;
  const choose = (role: string, label: string, value: string, set: (personId: string) => void): ReactElement => (
    <PersonField
      label={label}
      people={props.people}
      entityId={form.entityId}
      value={value}
      onChange={set}
      refusals={found?.refusals.filter((one) => one.personId === value && one.role === role) ?? []}
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
        {props.refusal !== null && (
          <div data-refusal tabIndex={-1}>
            <ErrorPanel error={props.refusal} />
          </div>
        )}
        <div className="field-pair">
          {choose("custodian", t("new.people.first"), first, (id) => change({ custodians: [id, second] }))}
          {choose("custodian", t("new.people.second"), second, (id) => change({ custodians: [first, id] }))}
        </div>
        {problems.includes("custodians") && (
          <p className="field-problem" role="alert">
            {t("new.problems.custodians")}
          </p>
        )}
        <div className="field-pair">
          {choose("supervisor", word("roles", "supervisor"), form.supervisor, (supervisor) => change({ supervisor }))}
          {choose(
            "certificate-keeper",
            word("roles", "certificate-keeper"),
            form.certificateKeeper,
            (certificateKeeper) => change({ certificateKeeper }),
          )}
        </div>
        <ErrorPanel error={check.error} onRetry={() => void check.refetch()} />
        {check.data && <CrewSummary check={check.data} />}
      </div>
    </section>
  );
}

function PersonField(props: {
  label: string;
  people: readonly Person[];
  entityId: string;
  value: string;
  onChange: (personId: string) => void;
  refusals: CrewCheck["refusals"];
}): ReactElement {
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  return (
    <div className="stack stack-tight">
      <Field label={props.label}>
        {(control) => (
          <select
            {...control}
            {...(props.refusals.length > 0 ? { "aria-invalid": true } : {})}
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
      <RefusalList refusals={props.refusals.map((one) => one.refusal)} live />
    </div>
  );
}

/** Every duty of the seal with who would hold it, also by a grant for the whole entity; and what is still missing. */
function CrewSummary(props: { check: CrewCheck }): ReactElement {
  const { crew, missing } = props.check;
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  return (
    <div className="crew" aria-live="polite">
      <h3>{missing.length === 0 ? t("new.people.complete") : t("new.people.missing", { count: missing.length })}</h3>
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
