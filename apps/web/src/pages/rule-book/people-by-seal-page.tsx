import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import type { RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { SearchField } from "../../parts/search-field.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { changePeopleFilter, DUTIES, findPeopleFilter } from "./people-filter.ts";
import { type PeopleFilter, type PeopleOfSeal, peopleQuery } from "./queries.ts";
import "./positions.css";

/** Everybody named for each seal, with dates, and for what nobody is; to be printed as it is narrowed. */
export function PeopleBySealPage(): ReactElement {
  const t = useText("ruleBook");
  const filter = findPeopleFilter(useSearch({ strict: false }));
  const { data, error, refetch } = useQuery(peopleQuery(filter));
  return (
    <>
      <PageHeader
        title={t("people.title")}
        lead={t("people.lead")}
        actions={<Button onClick={() => window.print()}>{t("people.print")}</Button>}
      />
      <Filters filter={filter} choices={data} />
      <div className="stack">
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={10} />}
        {data?.items.length === 0 &&
          (Object.keys(filter).length > 0 ? (
            <EmptyState
              title={t("people.notFound")}
              action={
                <Link to={paths.positions} search={{}}>
                  {t("people.clear")}
                </Link>
              }
            />
          ) : (
            <EmptyState title={t("people.none")}>{t("people.noneWhy")}</EmptyState>
          ))}
        {data?.items.map((item) => (
          <SealPeople key={item.seal.sealId} item={item} shown={filter.duty ? [filter.duty] : DUTIES} />
        ))}
      </div>
    </>
  );
}

function SealPeople(props: { item: PeopleOfSeal; shown: readonly (typeof DUTIES)[number][] }): ReactElement {
  const { seal, people, missing } = props.item;
  const t = useText("ruleBook");
  const language = useLanguage();
  const day = useDay();
  const lines = props.shown.flatMap((duty) => {
    const named = people.filter((one) => one.duty === duty);
    const lacking = missing.find((one) => one.duty === duty);
    return named.length > 0 || lacking ? [{ duty, named, lacking }] : [];
  });
  return (
    <section className="card seal-people" aria-labelledby={seal.sealId}>
      <header>
        <h2 id={seal.sealId}>
          <Link to={paths.seal(seal.sealId)}>
            {seal.number} {nameIn(seal.name, language)}
          </Link>
        </h2>
        <span className="note">{nameIn(seal.entity.name, language)}</span>
        {seal.important && <FactTag>{t("people.important")}</FactTag>}
        <StateTag kind="seal" state={seal.state} />
      </header>
      <dl className="seal-duties">
        {lines.map(({ duty, named, lacking }) => (
          <div key={duty}>
            <dt>{t(`people.duties.${duty}`)}</dt>
            <dd>
              {named.map((one) => (
                <div key={`${one.person.personId} ${one.from}`} className="seal-person">
                  <strong>{nameIn(one.person.name, language)}</strong>
                  <span className="note small">
                    {one.to === null
                      ? t("positions.since", { from: day(one.from) })
                      : t("positions.between", { from: day(one.from), to: day(one.to) })}
                    {one.scopeKind === "entity" && ` · ${t("people.whole")}`}
                    {one.standsFor && ` · ${t("people.standsFor", { name: nameIn(one.standsFor.name, language) })}`}
                  </span>
                  {!one.confirmed && (
                    <Tag tone="waiting" sign="dashed">
                      {t("people.unconfirmed")}
                    </Tag>
                  )}
                </div>
              ))}
              {lacking && (
                <Tag tone="warning" sign="warning">
                  {named.length === 0 ? t("people.nobody") : t("people.missing", { count: lacking.count })}
                </Tag>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Filters stand in the address, so that a list can be sent, found again and printed as it is. */
function Filters(props: {
  filter: PeopleFilter;
  choices: Pick<RouteAnswer<"GET /v1/positions">, "people" | "entities"> | undefined;
}): ReactElement {
  const { filter, choices } = props;
  const t = useText("ruleBook");
  const language = useLanguage();
  const navigate = useNavigate();
  const choose = (change: Partial<Record<keyof PeopleFilter, string>>, replace = false): void =>
    void navigate({ to: paths.positions, search: changePeopleFilter(filter, change), replace });
  const people = choices?.people.toSorted((a, b) =>
    nameIn(a.name, language).localeCompare(nameIn(b.name, language), language),
  );
  return (
    <search className="row filters people-filters" aria-label={t("people.filters")}>
      <SearchField
        label={t("people.search")}
        search={filter.search ?? ""}
        onSearch={(search) => choose({ search }, true)}
      />
      <select
        className="native-select"
        aria-label={t("people.entity")}
        value={filter.entityId ?? ""}
        onChange={(event) => choose({ entityId: event.target.value })}
      >
        <option value="">{t("people.anyEntity")}</option>
        {choices?.entities.map((one) => (
          <option key={one.entityId} value={one.entityId}>
            {nameIn(one.name, language)}
          </option>
        ))}
      </select>
      <select
        className="native-select"
        aria-label={t("people.duty")}
        value={filter.duty ?? ""}
        onChange={(event) => choose({ duty: event.target.value })}
      >
        <option value="">{t("people.anyDuty")}</option>
        {DUTIES.map((one) => (
          <option key={one} value={one}>
            {t(`people.duties.${one}`)}
          </option>
        ))}
      </select>
      <select
        className="native-select"
        aria-label={t("people.person")}
        value={filter.personId ?? ""}
        onChange={(event) => choose({ personId: event.target.value })}
      >
        <option value="">{t("people.anyPerson")}</option>
        {people?.map((one) => (
          <option key={one.personId} value={one.personId}>
            {nameIn(one.name, language)}
          </option>
        ))}
      </select>
    </search>
  );
}
