import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { LocalName } from "../../i18n/language.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import {
  asksForUnitChanges,
  listUnitChangers,
  makeUnitTree,
  type Organisation,
  type UnitBranch,
} from "./organisation.ts";
import { peopleQuery, refreshPeople } from "./queries.ts";

/** Entities, and under each the tree of its units. */
export function StructureView(props: { organisation: Organisation }): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const session = useSession();
  const manages = mayUse(session, "organisation.manage");
  const asks = asksForUnitChanges(session.roles);
  const [adding, setAdding] = useState<"entity" | { readonly unitOf: string } | null>(null);
  const { entities, units } = props.organisation;
  return (
    <>
      {manages && (
        <div className="row">
          <Button onClick={() => setAdding("entity")}>{t("entity.add")}</Button>
          <Link to={paths.tasks} search={{ view: "collections" }}>
            {t("change.overdue")}
          </Link>
        </div>
      )}
      {!asks && units.length > 0 && <WhoChangesUnits />}
      {entities.map((entity) => {
        const tree = makeUnitTree(units, entity.entityId);
        return (
          <section key={entity.entityId} className="card" aria-label={nameIn(entity.name, language)}>
            <header>
              <h2>
                <BothNames name={entity.name} />
              </h2>
              <span className="note">
                <span className="mono">{entity.code}</span>
                {" · "}
                {entity.timeZone}
                {entity.legalRepresentative &&
                  ` · ${t("entity.representative", { name: nameIn(entity.legalRepresentative.name, language) })}`}
              </span>
              {manages && <Button onClick={() => setAdding({ unitOf: entity.entityId })}>{t("unit.add")}</Button>}
            </header>
            <div className="card-body">
              {tree.length === 0 ? (
                <EmptyState title={t("unit.none")}>{t("unit.noneWhy")}</EmptyState>
              ) : (
                <UnitTree branches={tree} />
              )}
            </div>
          </section>
        );
      })}
      {adding === "entity" && <AddEntity onClose={() => setAdding(null)} />}
      {adding !== null && adding !== "entity" && (
        <AddUnit organisation={props.organisation} entityId={adding.unitOf} onClose={() => setAdding(null)} />
      )}
    </>
  );
}

/** A seal of a unit that ends has to stop: who runs the seals looks for the closing here, and is told whom to ask. */
function WhoChangesUnits(): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const { data: people } = useQuery(peopleQuery);
  const names = formatNames(
    listUnitChangers(people?.items ?? []).map((name) => nameIn(name, language)),
    language,
  );
  return <p className="note">{names === "" ? t("change.who") : t("change.whoNamed", { names })}</p>;
}

function UnitTree(props: { branches: readonly UnitBranch[] }): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const mayAsk = asksForUnitChanges(useSession().roles);
  return (
    <ul className="unit-tree">
      {props.branches.map(({ unit, below }) => (
        <li key={unit.unitId}>
          <div className="unit">
            <strong>
              <BothNames name={unit.name} />
            </strong>
            <span className="note">
              {unit.head ? t("unit.head", { name: nameIn(unit.head.name, language) }) : t("unit.noHead")}
              {" · "}
              {t("unit.people", { count: unit.people })}
              {mayAsk && (
                <>
                  {" · "}
                  <Link to={paths.unitChange(unit.unitId)} className="inline-link">
                    {t("change.open")}
                    <span className="unseen"> {nameIn(unit.name, language)}</span>
                  </Link>
                </>
              )}
            </span>
          </div>
          {below.length > 0 && <UnitTree branches={below} />}
        </li>
      ))}
    </ul>
  );
}

function AddEntity(props: { onClose: () => void }): ReactElement {
  const t = useText("organisation");
  const queries = useQueryClient();
  const [name, setName] = useState<LocalName>({ en: "", zh: "" });
  const [code, setCode] = useState("");
  const [timeZone, setTimeZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const add = useMutation({
    mutationFn: () => api("POST /v1/entities", { body: { name, code, timeZone } }),
    onSuccess: async () => {
      await refreshPeople(queries);
      props.onClose();
    },
  });
  const gaps = useGaps({
    name: (name.en.trim() === "" || name.zh.trim() === "") && t("nameMissing"),
    code: !/^[A-Z][A-Z0-9]{1,7}$/.test(code) && t("entity.codeHint"),
  });
  return (
    <Dialog title={t("entity.add")} onClose={props.onClose}>
      <form ref={gaps.ref} className="stack" noValidate onSubmit={gaps.press(() => add.mutate())}>
        <NameFields label={t("name")} value={name} onChange={setName} problem={gaps.problem("name")} />
        <div className="field-pair">
          <Field label={t("entity.code")} hint={t("entity.codeHint")} problem={gaps.problem("code")}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={8}
                value={code}
                onChange={(event) => setCode(event.target.value.toUpperCase())}
              />
            )}
          </Field>
          <Field label={t("entity.timeZone")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={timeZone}
                onChange={(event) => setTimeZone(event.target.value)}
              >
                {Intl.supportedValuesOf("timeZone").map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
                {!Intl.supportedValuesOf("timeZone").includes(timeZone) && <option>{timeZone}</option>}
              </select>
            )}
          </Field>
        </div>
        <ErrorPanel error={add.error} />
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t("entity.add")}
        </Button>
      </form>
    </Dialog>
  );
}

function AddUnit(props: { organisation: Organisation; entityId: string; onClose: () => void }): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const queries = useQueryClient();
  const [name, setName] = useState<LocalName>({ en: "", zh: "" });
  const [parent, setParent] = useState("");
  const add = useMutation({
    mutationFn: () =>
      api("POST /v1/units", { body: { entityId: props.entityId, parentUnitId: parent === "" ? null : parent, name } }),
    onSuccess: async () => {
      await refreshPeople(queries);
      props.onClose();
    },
  });
  const gaps = useGaps({ name: (name.en.trim() === "" || name.zh.trim() === "") && t("nameMissing") });
  return (
    <Dialog title={t("unit.add")} onClose={props.onClose}>
      <form ref={gaps.ref} className="stack" noValidate onSubmit={gaps.press(() => add.mutate())}>
        <NameFields label={t("name")} value={name} onChange={setName} problem={gaps.problem("name")} />
        <Field label={t("unit.parent")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={parent}
              onChange={(event) => setParent(event.target.value)}
            >
              <option value="">{t("unit.top")}</option>
              {props.organisation.units
                .filter((unit) => unit.entityId === props.entityId)
                .map((unit) => (
                  <option key={unit.unitId} value={unit.unitId}>
                    {nameIn(unit.name, language)}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <ErrorPanel error={add.error} />
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t("unit.add")}
        </Button>
      </form>
    </Dialog>
  );
}
