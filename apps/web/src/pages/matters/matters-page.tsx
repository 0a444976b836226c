import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { SearchField } from "../../parts/search-field.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { LOOKS } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { MatterLine } from "./matter-line.tsx";
import { findMatterFilter, MATTER_VIEWS } from "./matters.ts";
import { type MatterFilter, type MatterSummary, matterKindsQuery } from "./queries.ts";
import { useMatters } from "./use-pages.ts";

const STATES = Object.keys(LOOKS.matter) as MatterSummary["state"][];

/** Matters that wait for the reader, that he asked for, and all he may see. */
export function MattersPage(): ReactElement {
  const t = useText("matters");
  const search: Record<string, unknown> = useSearch({ strict: false });
  const session = useSession();
  const { data: kinds } = useQuery(matterKindsQuery);
  const filter = findMatterFilter(
    search,
    { states: STATES, kinds: kinds?.items.map((one) => one.kind) ?? [] },
    session.waiting.matters,
  );
  const matters = useMatters(filter);
  const { view, ...rest } = filter;
  const filtered = Object.keys(rest).length > 0;
  const mayBegin = kinds?.items.some((one) => one.mayAsk) ?? false;
  return (
    <>
      <PageHeader
        title={t("list.title")}
        lead={t("list.lead")}
        actions={
          mayBegin && (
            <Link className="button-link button-link-primary" to={paths.newMatter}>
              {t("list.begin")}
            </Link>
          )
        }
      />
      <nav className="tabs" aria-label={t("list.views.label")}>
        {MATTER_VIEWS.map((one) => (
          <Link
            key={one}
            to={paths.matters}
            search={{ ...rest, view: one }}
            aria-current={one === view ? "page" : undefined}
          >
            {t(`list.views.${one}`)}
            {one === "waiting" && session.waiting.matters > 0 && <b>{session.waiting.matters}</b>}
          </Link>
        ))}
      </nav>
      <Filters filter={filter} />
      <section className="card" aria-label={t(`list.views.${view}`)}>
        <ErrorPanel error={matters.error} onRetry={matters.refetch} />
        {!matters.items && !matters.error && (
          <div className="card-body">
            <LinesSkeleton lines={8} />
          </div>
        )}
        {matters.items?.length === 0 && (
          <div className="card-body">
            {filtered ? (
              <EmptyState
                title={filter.search ? t("list.notFound", { search: filter.search }) : t("list.notFoundFilters")}
                action={
                  <Link to={paths.matters} search={{ view }}>
                    {t("list.clear")}
                  </Link>
                }
              />
            ) : (
              <EmptyState
                title={t(`list.none.${view}`)}
                {...(mayBegin && view === "mine"
                  ? {
                      action: (
                        <Link className="button-link button-link-primary" to={paths.newMatter}>
                          {t("list.begin")}
                        </Link>
                      ),
                    }
                  : {})}
              >
                {t(`list.noneWhy.${view}`)}
              </EmptyState>
            )}
          </div>
        )}
        <ul className="rows">
          {matters.items?.map((matter) => (
            <li key={matter.matterId}>
              <MatterLine matter={matter} />
            </li>
          ))}
        </ul>
      </section>
      {matters.hasMore && (
        <p className="more">
          <Button loading={matters.loadingMore} onClick={matters.loadMore}>
            {t("list.more")}
          </Button>
        </p>
      )}
    </>
  );
}

/** Filters stand in the address, so that a list can be sent and found again. */
function Filters(props: { filter: MatterFilter }): ReactElement {
  const { filter } = props;
  const t = useText("matters");
  const word = useWord();
  const language = useLanguage();
  const navigate = useNavigate();
  const { data: kinds } = useQuery(matterKindsQuery);
  const choose = (change: Partial<Record<"kind" | "state" | "search", string | undefined>>, replace = false): void => {
    const chosen = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined && value !== "");
    void navigate({ to: paths.matters, search: Object.fromEntries(chosen), replace });
  };
  return (
    <search className="row filters">
      <SearchField
        label={t("list.search")}
        search={filter.search ?? ""}
        onSearch={(search) => choose({ search }, true)}
      />
      <select
        className="native-select filter-state"
        aria-label={t("list.kind")}
        value={filter.kind ?? ""}
        onChange={(event) => choose({ kind: event.target.value })}
      >
        <option value="">{t("list.anyKind")}</option>
        {kinds?.items.map((one) => (
          <option key={one.kind} value={one.kind}>
            {nameIn(one.name, language)}
          </option>
        ))}
      </select>
      <select
        className="native-select filter-state"
        aria-label={t("list.state")}
        value={filter.state ?? ""}
        onChange={(event) => choose({ state: event.target.value })}
      >
        <option value="">{t("list.anyState")}</option>
        {STATES.map((one) => (
          <option key={one} value={one}>
            {word("states.matter", one)}
          </option>
        ))}
      </select>
    </search>
  );
}
