import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { type AppliedFilter, NothingFound } from "../../parts/nothing-found.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { MmScaleBar } from "../../parts/seal-face.tsx";
import { SealCardSkeleton } from "../../parts/skeletons.tsx";
import type { Pages } from "../../parts/use-pages.ts";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { useSealWall } from "./queries.ts";
import {
  findScale,
  findWallFilter,
  type SealWall as SealWallAnswer,
  type WallFilter,
  writeWallFilter,
} from "./seal-list.ts";
import { SealTable } from "./seal-table.tsx";
import { SealUnits } from "./seal-units.tsx";
import { SealWall } from "./seal-wall.tsx";
import { ViewLinks, WallFilters } from "./wall-filters.tsx";
import "./seals.css";

/** Every seal the reader may see, with its state, who keeps it and what is next; as a wall, a table or by unit. */
export function SealsPage(): ReactElement {
  const t = useText("seals");
  const session = useSession();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const filter = findWallFilter(search);
  const seals = useSealWall(filter);
  const wall = seals.latest;
  const kinds = (mayUse(session, "seal.register") || mayUse(session, "settings.confirm")) && (
    <Link className="button-link button-link-quiet" to={paths.sealTypes}>
      {t("kinds")}
    </Link>
  );
  const registers = mayUse(session, "seal.register") && (
    <Link className="button-link button-link-primary" to={paths.registerSeal}>
      {t("register")}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={
          wall && wall.found > 0
            ? t("lead", {
                seals: t("count", { count: wall.found }),
                entities: t("entities", { count: wall.entities.length }),
              })
            : t("leadEmpty")
        }
        actions={
          wall?.all !== 0 && (
            <>
              {filter.view === "wall" && <MmScaleBar pxPerMm={findScale(wall?.largestMm ?? 0)} />}
              <ViewLinks filter={filter} />
              {kinds}
              {registers}
            </>
          )
        }
      />
      <ErrorPanel error={seals.error} onRetry={seals.refetch} />
      {!wall && !seals.error && <WallSkeleton />}
      {wall?.all === 0 && (
        <div className="card card-body">
          <EmptyState
            title={t("none.title")}
            action={
              registers ? (
                <>
                  {registers}
                  {mayUse(session, "stock.import") && (
                    <Link className="button-link button-link-quiet" to={paths.importStock}>
                      {t("none.import")}
                    </Link>
                  )}
                </>
              ) : undefined
            }
          >
            {registers ? t("none.register") : t("none.ask")}
          </EmptyState>
        </div>
      )}
      {wall && wall.all > 0 && <Found wall={wall} seals={seals} filter={filter} />}
    </>
  );
}

function Found(props: { wall: SealWallAnswer; seals: Pages<SealWallAnswer>; filter: WallFilter }): ReactElement {
  const { wall, filter } = props;
  const { items = [], hasMore, loadingMore, loadMore } = props.seals;
  const t = useText("seals");
  const applied = useAppliedFilters(wall, filter);
  return (
    <div className="stack">
      <WallFilters wall={wall} filter={filter} />
      <p className="unseen" role="status">
        {t("found", { seals: t("count", { count: wall.found }) })}
      </p>
      {wall.found === 0 ? (
        <NothingFound title={t("nothing.title", { count: applied.length })} filters={applied}>
          {t("nothing.why", { seals: t("count", { count: wall.all }) })}
        </NothingFound>
      ) : (
        <>
          {filter.view === "wall" && (
            <SealWall seals={items} counts={wall.entities} pxPerMm={findScale(wall.largestMm)} />
          )}
          {filter.view === "table" && <SealTable seals={items} />}
          {filter.view === "units" && <SealUnits seals={items} counts={wall.entities} />}
        </>
      )}
      {hasMore && (
        <p className="more">
          <Button loading={loadingMore} onClick={loadMore}>
            {t("more", { shown: items.length, seals: t("count", { count: wall.found }) })}
          </Button>
        </p>
      )}
    </div>
  );
}

/** The filters in force by their words, each with the address without it. */
function useAppliedFilters(wall: SealWallAnswer, filter: WallFilter): readonly AppliedFilter[] {
  const t = useText("seals");
  const language = useLanguage();
  const keeper = wall.custodians.find((person) => person.personId === filter.custodian);
  const kind = wall.kinds.find((one) => one.kindId === filter.kind);
  const named: readonly (readonly [keyof WallFilter, string])[] = [
    ["search", t("filters.searched", { words: filter.search })],
    ["kind", kind ? nameIn(kind.name, language) : t("filters.unknownKind")],
    ["custodian", keeper ? nameIn(keeper.name, language) : t("filters.unknownCustodian")],
    ["state", filter.state ? t(`states.${filter.state}`) : ""],
  ];
  return named.flatMap(([key, label]) =>
    filter[key] === "" ? [] : [{ key, label, to: paths.seals, search: writeWallFilter({ ...filter, [key]: "" }) }],
  );
}

function WallSkeleton(): ReactElement {
  return (
    <ul className="seal-cards" aria-hidden>
      {Array.from({ length: 6 }, (_, card) => (
        <li key={`card-${card.toString()}`}>
          <SealCardSkeleton />
        </li>
      ))}
    </ul>
  );
}
