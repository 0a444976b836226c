import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { LinkSegments } from "../../parts/link-segments.tsx";
import { Message } from "../../parts/message.tsx";
import { NothingFound } from "../../parts/nothing-found.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { CardDialog } from "./card-dialog.tsx";
import {
  changeLodgingFilter,
  findLodgingFilter,
  LODGING_KINDS,
  LODGING_STATES,
  type LodgingFilter,
} from "./lodging-filter.ts";
import { LodgingList } from "./lodging-list.tsx";
import { lodgingsQuery } from "./queries.ts";
import "../seals/seals.css";

/** All cards outside, what is overdue first. */
export function LodgingsPage(): ReactElement {
  const t = useText("lodgings");
  const session = useSession();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filter = findLodgingFilter(search);
  const cards = useInfiniteQuery({ ...lodgingsQuery(filter), placeholderData: (shown) => shown });
  const [adding, setAdding] = useState(false);
  const [done, setDone] = useState<"lodged" | "withdrawn" | null>(null);
  const items = cards.data?.pages.flatMap((page) => page.items);
  const may = mayUse(session, "specimen.lodge");
  const record = may && (
    <Button
      type="primary"
      onClick={() => {
        setDone(null);
        setAdding(true);
      }}
    >
      {t("record")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} actions={record} />
      <div className="stack">
        <div aria-live="polite">{done && <Message tone="success" title={t(`done.${done}`)} />}</div>
        <Filters filter={filter} />
        <ErrorPanel error={cards.error} onRetry={() => void cards.refetch()} />
        {!items && !cards.error && (
          <div className="card card-body">
            <LinesSkeleton lines={6} />
          </div>
        )}
        {items?.length === 0 && <Nothing filter={filter} may={may} />}
        {items && items.length > 0 && (
          <section className="card" aria-label={t("title")} aria-busy={cards.isPlaceholderData}>
            <LodgingList items={items} onDone={setDone} />
          </section>
        )}
        {cards.hasNextPage && (
          <p className="more">
            <Button loading={cards.isFetchingNextPage} onClick={() => void cards.fetchNextPage()}>
              {t("more")}
            </Button>
          </p>
        )}
      </div>
      {adding && (
        <CardDialog
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            setDone("lodged");
          }}
        />
      )}
    </>
  );
}

function Filters({ filter }: { filter: LodgingFilter }): ReactElement {
  const t = useText("lodgings");
  const navigate = useNavigate();
  return (
    <search className="row filters" aria-label={t("filters.label")}>
      <select
        className="native-select filter-state"
        aria-label={t("filters.kind")}
        value={filter.kind ?? ""}
        onChange={(event) =>
          void navigate({
            ...{ to: paths.specimensLodged, replace: true, resetScroll: false },
            search: changeLodgingFilter(filter, { kind: event.target.value }),
          })
        }
      >
        <option value="">{t("filters.anyKind")}</option>
        {LODGING_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kinds.${kind}`)}
          </option>
        ))}
      </select>
      <LinkSegments
        label={t("filters.state")}
        look="track"
        segments={(["all", ...LODGING_STATES] as const).map((state) => ({
          key: state,
          to: paths.specimensLodged,
          search: changeLodgingFilter(filter, { state: state === "all" ? "" : state }),
          current: state === (filter.state ?? "all"),
          text: t(`filters.states.${state}`),
        }))}
      />
    </search>
  );
}

function Nothing({ filter, may }: { filter: LodgingFilter; may: boolean }): ReactElement {
  const t = useText("lodgings");
  const applied = [
    ...(filter.kind ? [{ key: "kind", label: t(`kinds.${filter.kind}`) }] : []),
    ...(filter.state ? [{ key: "state", label: t(`filters.states.${filter.state}`) }] : []),
  ].map((one) => ({
    ...one,
    to: paths.specimensLodged,
    search: changeLodgingFilter(filter, { [one.key]: "" }),
  }));
  if (applied.length > 0)
    return (
      <NothingFound title={t("notFound")} filters={applied}>
        {t("notFoundWhy")}
      </NothingFound>
    );
  return (
    <div className="card card-body">
      <EmptyState title={t("none")}>{t(may ? "noneWhy" : "noneWatch")}</EmptyState>
    </div>
  );
}
