import CloseOutlined from "@ant-design/icons/CloseOutlined";
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
import { mayUse, useSession } from "../../session.ts";
import { findListFilter, LIST_VIEWS } from "./inbox.ts";
import type { RequestFilter, RequestSummary } from "./queries.ts";
import { RequestRow } from "./request-row.tsx";
import { useRequests } from "./use-requests.ts";
import "./requests.css";
import { sealChoicesQuery } from "../seals/queries.ts";

const STATES = Object.keys(LOOKS.request) as RequestSummary["state"][];

/** What the reader asked for, with a large way to ask for more; also the uses of the seals he keeps. */
export function RequestsPage(): ReactElement {
  const t = useText("requests");
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filter = findListFilter(search, STATES);
  const session = useSession();
  const requests = useRequests(filter);
  const filtered = [filter.search, filter.state, filter.sealId].some((one) => one !== undefined);
  const views = LIST_VIEWS.filter(
    (view) => view === "mine" || (view === "custody" ? mayUse(session, "request.release") : true),
  );
  return (
    <>
      <PageHeader title={t("list.title")} lead={t("list.lead")} />
      {mayUse(session, "request.apply") && (
        <Link className="apply-large" to={paths.apply}>
          <strong>{t("list.apply")}</strong>
          <span>{t("list.applyWhy")}</span>
        </Link>
      )}
      <nav className="tabs" aria-label={t("list.views.label")}>
        {views.map((view) => (
          <Link
            key={view}
            to={paths.requests}
            search={{ view, ...(filter.sealId ? { sealId: filter.sealId } : {}) }}
            aria-current={view === filter.view ? "page" : undefined}
          >
            {t(`list.views.${view}`)}
          </Link>
        ))}
      </nav>
      <Filters filter={filter} />
      <section
        className="card"
        aria-label={t(`list.views.${filter.view === "custody" || filter.view === "all" ? filter.view : "mine"}`)}
      >
        <ErrorPanel error={requests.error} onRetry={requests.refetch} />
        {!requests.items && !requests.error && (
          <div className="card-body">
            <LinesSkeleton lines={8} />
          </div>
        )}
        {requests.items?.length === 0 && (
          <div className="card-body">
            {filtered ? (
              <EmptyState
                title={
                  filter.search
                    ? t("list.notFound", { search: filter.search })
                    : t(filter.state ? "list.notFoundState" : "list.notFoundSeal")
                }
                action={
                  <Link to={paths.requests} search={{ view: filter.view }}>
                    {t("list.clear")}
                  </Link>
                }
              />
            ) : (
              <EmptyState title={t("list.none")}>{t("list.noneWhy")}</EmptyState>
            )}
          </div>
        )}
        <ul className="rows">
          {requests.items?.map((request) => (
            <li key={request.requestId}>
              <RequestRow request={request} mine={filter.view === "mine"} />
            </li>
          ))}
        </ul>
      </section>
      {requests.hasMore && (
        <p className="more">
          <Button loading={requests.loadingMore} onClick={requests.loadMore}>
            {t("inbox.more")}
          </Button>
        </p>
      )}
    </>
  );
}

/** Filters stand in the address, so that a list can be sent and found again. */
function Filters(props: { filter: RequestFilter }): ReactElement {
  const { filter } = props;
  const t = useText("requests");
  const word = useWord();
  const navigate = useNavigate();
  const { state, sealId } = filter;
  const choose = (change: Partial<Record<"state" | "search", string>>, replace = false): void => {
    const chosen = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined && value !== "");
    void navigate({ to: paths.requests, search: Object.fromEntries(chosen), replace });
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
        aria-label={t("list.state")}
        value={state ?? ""}
        onChange={(event) => choose({ state: event.target.value })}
      >
        <option value="">{t("list.anyState")}</option>
        {STATES.map((one) => (
          <option key={one} value={one}>
            {word("states.request", one)}
          </option>
        ))}
      </select>
      {sealId && <SealFilter filter={filter} sealId={sealId} />}
    </search>
  );
}

/** The uses of one seal alone, as its page links to them; taken away by a click. */
function SealFilter(props: { filter: RequestFilter; sealId: string }): ReactElement {
  const t = useText("requests");
  const language = useLanguage();
  const { data } = useQuery(sealChoicesQuery);
  const seal = data?.items.find((one) => one.sealId === props.sealId);
  const name = seal ? `${seal.number} ${nameIn(seal.name, language)}` : t("list.oneSeal");
  const { sealId: _, ...others } = props.filter;
  return (
    <Link className="chip" to={paths.requests} search={others} aria-label={t("list.removeSeal", { name })}>
      {name}
      <CloseOutlined aria-hidden />
    </Link>
  );
}
