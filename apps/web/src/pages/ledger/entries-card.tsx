import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { text as ledgerText } from "../../i18n/ledger.en.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { EvidenceBadge, listedLeaf } from "../../parts/evidence-badge.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { ProofDialog } from "../../proof/proof-dialog.tsx";
import { type EntryFilter, findEntryFilter, listFacts, readIndex } from "./entry-filter.ts";

type Entry = RouteAnswer<"GET /v1/ledger/entries">["items"][number];
type EventKey = keyof (typeof ledgerText)["events"];

/** The kinds of entries that have a name. */
function useEventTypes(): readonly EventKey[] {
  return Object.keys(useText("ledger")("events", { returnObjects: true })) as EventKey[];
}

/** The entries for those who may read them: newest first, by kind, page by page; each opens with its proof. */
export function EntriesCard(): ReactElement {
  const t = useText("ledger");
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filter = findEntryFilter(search, useEventTypes());
  const navigate = useNavigate();
  const { type, before, leaf } = filter;
  const { data, error, refetch } = useQuery({
    queryKey: ["ledger", "entries", type, before],
    queryFn: () =>
      api("GET /v1/ledger/entries", {
        query: { ...(type === undefined ? {} : { type }), ...(before === undefined ? {} : { before }) },
      }),
    placeholderData: (shown) => shown,
  });
  const go = (wanted: EntryFilter): void =>
    void navigate({ to: paths.ledger, search: { ...wanted }, resetScroll: false });
  const shown = data?.items.find((entry) => entry.leaf === leaf);
  return (
    <section className="card" aria-labelledby="entries-title" id="entries">
      <header>
        <h2 id="entries-title">{t("entries.title")}</h2>
        <Filters filter={filter} onGo={go} />
      </header>
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!data && !error && (
        <div className="card-body">
          <LinesSkeleton lines={10} />
        </div>
      )}
      {data?.items.length === 0 && (
        <div className="card-body">
          <Nothing filter={filter} />
        </div>
      )}
      {data && data.items.length > 0 && <EntryTable items={data.items} />}
      {data && (data.next !== null || before !== undefined) && (
        <nav className="row entries-pages" aria-label={t("entries.title")}>
          {before !== undefined && (
            <Link to={paths.ledger} search={type ? { type } : {}} resetScroll={false} className="small-button">
              {t("entries.toNewest")}
            </Link>
          )}
          {data.next !== null && (
            <Link
              to={paths.ledger}
              search={{ ...(type ? { type } : {}), before: data.next }}
              resetScroll={false}
              className="small-button"
            >
              {t("entries.older")}
            </Link>
          )}
        </nav>
      )}
      {leaf !== undefined && (
        <ProofDialog
          key={leaf}
          target={{ leaf, expected: shown ? { text: shown.bodyText } : {} }}
          onClose={() => go({ ...(type ? { type } : {}), ...(before === undefined ? {} : { before }) })}
        />
      )}
    </section>
  );
}

/** Filters stand in the address. */
function Filters(props: { filter: EntryFilter; onGo: (filter: EntryFilter) => void }): ReactElement {
  const t = useText("ledger");
  const [typed, setTyped] = useState("");
  const types = useEventTypes();
  const index = readIndex(typed);
  const { type, before } = props.filter;
  return (
    <search className="row entries-filters">
      <select
        className="native-select entries-type"
        aria-label={t("entries.type")}
        value={type ?? ""}
        onChange={(event) => {
          const chosen = types.find((one) => one === event.target.value);
          props.onGo(chosen ? { type: chosen } : {});
        }}
      >
        <option value="">{t("entries.anyType")}</option>
        {types.map((one) => (
          <option key={one} value={one}>
            {t(`events.${one}`)}
          </option>
        ))}
      </select>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (index !== undefined)
            props.onGo({ ...(type ? { type } : {}), ...(before === undefined ? {} : { before }), leaf: index });
        }}
      >
        <TextInput
          className="entries-go"
          inputMode="numeric"
          aria-label={t("entries.go")}
          placeholder={t("entries.go")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button htmlType="submit" disabled={index === undefined}>
          {t("entries.goDo")}
        </Button>
      </form>
    </search>
  );
}

function EntryTable(props: { items: readonly Entry[] }): ReactElement {
  const t = useText("ledger");
  return (
    <div className="table-card">
      <table className="table table-rows entries-table">
        <thead>
          <tr>
            <th scope="col">{t("entries.leaf")}</th>
            <th scope="col">{t("entries.what")}</th>
            <th scope="col">{t("entries.when")}</th>
            <th scope="col">{t("entries.who")}</th>
            <th scope="col">{t("entries.facts")}</th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((entry) => (
            <EntryRow key={entry.leaf} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow(props: { entry: Entry }): ReactElement {
  const { entry } = props;
  const t = useText("ledger");
  const language = useLanguage();
  const moment = useMoment();
  return (
    <tr>
      <td className="entries-leaf">
        <EvidenceBadge evidence={listedLeaf(entry.leaf, { text: entry.bodyText })} />
      </td>
      <th scope="row">{t(`events.${entry.type as EventKey}`, { defaultValue: entry.type })}</th>
      <td className="entries-when">{moment(entry.at)}</td>
      <td className="entries-who">{entry.actor ? nameIn(entry.actor.name, language) : t("entries.platform")}</td>
      <td className="entries-what">
        <ul className="entries-facts">
          {listFacts(entry.facts).map((fact) => (
            <li key={fact.name}>
              <span className="mono note">{fact.name}</span> <span className="mono">{fact.value}</span>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
}

/** Nothing found names the filter and offers to take it away; an empty ledger says so. */
function Nothing(props: { filter: EntryFilter }): ReactElement {
  const { type, before } = props.filter;
  const t = useText("ledger");
  if (type === undefined && before === undefined)
    return <EmptyState title={t("entries.none")}>{t("entries.noneWhy")}</EmptyState>;
  const title =
    type === undefined
      ? t("entries.noneBefore", { leaf: before ?? 0 })
      : t("entries.noneOfType", { type: t(`events.${type as EventKey}`) });
  return (
    <EmptyState
      title={title}
      action={
        <Link to={paths.ledger} search={{}} resetScroll={false}>
          {t("entries.clear")}
        </Link>
      }
    />
  );
}
