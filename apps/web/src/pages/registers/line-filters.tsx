import CloseOutlined from "@ant-design/icons/CloseOutlined";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactElement, useId, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { AppliedFilter } from "../../parts/nothing-found.tsx";
import { SearchField } from "../../parts/search-field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useNarrow } from "../../parts/use-narrow.ts";
import { type FilterChange, isSearchable, type LineFilter } from "./line-filter.ts";
import { organisationQuery, type RegisterCard } from "./queries.ts";

/** Search, days, kind, entity, unit; seal and person are chosen in a line. All of them stand in the address. */
export function LineFilters(props: {
  card: RegisterCard;
  filter: LineFilter;
  onChange: (change: FilterChange) => void;
}): ReactElement {
  const { card, filter, onChange } = props;
  const t = useText("registers");
  const language = useLanguage();
  const { data: organisation } = useQuery(organisationQuery);
  const narrow = useNarrow();
  const { search: _, sealId: __, personId: ___, ...others } = filter;
  // Opened where something is chosen in it; afterwards the reader opens and closes it.
  const [opened] = useState(Object.keys(others).length > 0);
  const entities = organisation?.entities ?? [];
  const units = (organisation?.units ?? []).filter(
    (unit) => filter.entityId === undefined || unit.entityId === filter.entityId,
  );
  const more = (
    <>
      <DayField label={t("filter.from")} day={filter.from ?? ""} onDay={(from) => onChange({ from })} />
      <DayField label={t("filter.to")} day={filter.to ?? ""} onDay={(to) => onChange({ to })} />
      {card.kinds.length > 1 && (
        <select
          className="native-select"
          aria-label={t("filter.kind")}
          value={filter.kind ?? ""}
          onChange={(event) => onChange({ kind: event.target.value })}
        >
          <option value="">{t("filter.anyKind")}</option>
          {card.kinds.map(({ kind, name }) => (
            <option key={kind} value={kind}>
              {nameIn(name, language)}
            </option>
          ))}
        </select>
      )}
      {entities.length > 1 && (
        <select
          className="native-select"
          aria-label={t("filter.entity")}
          value={filter.entityId ?? ""}
          onChange={(event) => onChange({ entityId: event.target.value, unitId: "" })}
        >
          <option value="">{t("filter.anyEntity")}</option>
          {entities.map(({ entityId, name }) => (
            <option key={entityId} value={entityId}>
              {nameIn(name, language)}
            </option>
          ))}
        </select>
      )}
      {units.length > 0 && (
        <select
          className="native-select"
          aria-label={t("filter.unit")}
          value={filter.unitId ?? ""}
          onChange={(event) => onChange({ unitId: event.target.value })}
        >
          <option value="">{t("filter.anyUnit")}</option>
          {units.map(({ unitId, name }) => (
            <option key={unitId} value={unitId}>
              {nameIn(name, language)}
            </option>
          ))}
        </select>
      )}
    </>
  );
  return (
    <search className="row line-filters" aria-label={t("filter.label")}>
      <SearchField
        label={t("filter.search")}
        hint={t("filter.searchHint")}
        isSearchable={isSearchable}
        search={filter.search ?? ""}
        onSearch={(search) => onChange({ search })}
      />
      {narrow ? (
        <details className="line-more" open={opened}>
          <summary>{t("filter.more")}</summary>
          <div className="row">{more}</div>
        </details>
      ) : (
        more
      )}
    </search>
  );
}

function DayField(props: { label: string; day: string; onDay: (day: string) => void }): ReactElement {
  const id = useId();
  return (
    <span className="line-day">
      <label className="note" htmlFor={id}>
        {props.label}
      </label>
      <TextInput id={id} type="date" value={props.day} onChange={(event) => props.onDay(event.target.value)} />
    </span>
  );
}

/** What narrows the register now; each part can be taken away. */
export function AppliedFilters(props: { applied: readonly AppliedFilter[] }): ReactElement | null {
  const t = useText("registers");
  const [first] = props.applied;
  if (!first) return null;
  return (
    <ul className="row" aria-label={t("filter.applied")}>
      {props.applied.map((one) => (
        <li key={one.key}>
          <Link
            className="chip"
            to={one.to}
            search={one.search}
            resetScroll={false}
            aria-label={t("filter.remove", { filter: one.label })}
          >
            {one.label}
            <CloseOutlined aria-hidden />
          </Link>
        </li>
      ))}
      {props.applied.length > 1 && (
        <li>
          <Link to={first.to} search={{}} resetScroll={false}>
            {t("filter.clear")}
          </Link>
        </li>
      )}
    </ul>
  );
}
