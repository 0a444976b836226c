import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { CheckAll } from "../../parts/check-all.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { listedLeaf } from "../../parts/evidence-badge.tsx";
import { NotFoundPage } from "../../parts/not-found-page.tsx";
import { NothingFound } from "../../parts/nothing-found.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton, PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { ExportButtons, ExportList } from "./exports.tsx";
import { LineDialog } from "./line-dialog.tsx";
import { changeFilter, findLineFilter, type LineFilter } from "./line-filter.ts";
import { AppliedFilters, LineFilters } from "./line-filters.tsx";
import { LineTable } from "./line-table.tsx";
import { linesQuery, type RegisterCard, registersQuery } from "./queries.ts";
import { SavedViews } from "./saved-views.tsx";
import { useApplied } from "./use-applied.ts";
import { useMaking } from "./use-making.ts";
import "./registers.css";

/** One register: its lines, narrowed by what stands in the address. */
export function RegisterPage(): ReactElement {
  const { register }: { register?: string } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(registersQuery);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const card = data.items.find((one) => one.register === register);
  return card ? <Register key={card.register} card={card} /> : <NotFoundPage />;
}

function Register({ card }: { card: RegisterCard }): ReactElement {
  const { register } = card;
  const t = useText("registers");
  const language = useLanguage();
  const navigate = useNavigate();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filter = findLineFilter(search);
  const opened = typeof search.line === "string" ? search.line : undefined;
  const making = useMaking(register, filter);
  const go = (wanted: Record<string, string>, replace = true): void =>
    void navigate({ to: paths.register(register), search: wanted, replace, resetScroll: false });
  return (
    <>
      <PageHeader
        title={nameIn(card.name, language)}
        trail={[{ to: paths.registers, name: t("all.title") }]}
        lead={t("list.lead")}
        actions={<ExportButtons making={making} />}
      />
      <div className="stack">
        <ErrorPanel error={making.error} />
        <ExportList register={register} />
        <div className="register-tools">
          <LineFilters card={card} filter={filter} onChange={(change) => go(changeFilter(filter, change))} />
          <SavedViews register={register} filter={filter} onGo={go} />
        </div>
        <Lines card={card} filter={filter} onOpen={(line) => go({ ...changeFilter(filter, {}), line }, false)} />
        <p className="note">{t("list.foot")}</p>
      </div>
      {opened !== undefined && (
        <LineDialog
          key={opened}
          register={register}
          lineId={opened}
          onGo={(wanted) => go(wanted, false)}
          onClose={() => go(changeFilter(filter, {}))}
        />
      )}
    </>
  );
}

function Lines(props: { card: RegisterCard; filter: LineFilter; onOpen: (lineId: string) => void }): ReactElement {
  const { card, filter } = props;
  const t = useText("registers");
  const language = useLanguage();
  const lines = useInfiniteQuery({ ...linesQuery(card.register, filter), placeholderData: (shown) => shown });
  const items = lines.data?.pages.flatMap((page) => page.items);
  const applied = useApplied(card, filter, items ?? []);
  return (
    <>
      <AppliedFilters applied={items?.length === 0 ? [] : applied} />
      <ErrorPanel error={lines.error} onRetry={() => void lines.refetch()} />
      {!items && !lines.error && (
        <div className="card card-body">
          <LinesSkeleton lines={10} />
        </div>
      )}
      {items?.length === 0 &&
        (applied.length > 0 ? (
          <NothingFound title={t("list.notFound")} filters={applied}>
            {t("list.notFoundWhy")}
          </NothingFound>
        ) : (
          <div className="card card-body">
            <EmptyState title={t("list.none")}>{t("list.noneWhy")}</EmptyState>
          </div>
        ))}
      {items && items.length > 0 && (
        <section className="card" aria-label={nameIn(card.name, language)} aria-busy={lines.isPlaceholderData}>
          <LineTable items={items} onOpen={props.onOpen} />
        </section>
      )}
      {lines.hasNextPage && (
        <p className="more">
          <Button loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            {t("list.more")}
          </Button>
        </p>
      )}
      <CheckAll evidences={(items ?? []).map(({ event }) => listedLeaf(event.leaf, event))} />
    </>
  );
}
