import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { type AppliedFilter, NothingFound } from "../../parts/nothing-found.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import type { SealSummary } from "../../parts/seal-card.tsx";
import { MmScaleBar } from "../../parts/seal-face.tsx";
import { SealCardSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { sealsQuery } from "../organisation/queries.ts";
import {
  filterSeals,
  findScale,
  findWallFilter,
  groupByEntity,
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
  const { data, error, refetch } = useQuery(sealsQuery);
  const seals = data?.items;
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
          seals && seals.length > 0
            ? t("lead", {
                seals: t("count", { count: seals.length }),
                entities: t("entities", { count: groupByEntity(seals).length }),
              })
            : t("leadEmpty")
        }
        actions={
          seals?.length !== 0 && (
            <>
              {filter.view === "wall" && <MmScaleBar pxPerMm={findScale(seals ?? [])} />}
              <ViewLinks filter={filter} />
              {kinds}
              {registers}
            </>
          )
        }
      />
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!seals && !error && <WallSkeleton />}
      {seals?.length === 0 && (
        <div className="card card-body">
          <EmptyState title={t("none.title")} action={registers || undefined}>
            {registers ? t("none.register") : t("none.ask")}
          </EmptyState>
        </div>
      )}
      {seals && seals.length > 0 && <Found seals={seals} filter={filter} />}
    </>
  );
}

function Found(props: { seals: readonly SealSummary[]; filter: WallFilter }): ReactElement {
  const { seals, filter } = props;
  const t = useText("seals");
  const found = filterSeals(seals, filter);
  const applied = useAppliedFilters(seals, filter);
  return (
    <div className="stack">
      <WallFilters seals={seals} filter={filter} />
      <p className="unseen" role="status">
        {t("found", { seals: t("count", { count: found.length }) })}
      </p>
      {found.length === 0 ? (
        <NothingFound title={t("nothing.title", { count: applied.length })} filters={applied}>
          {t("nothing.why", { seals: t("count", { count: seals.length }) })}
        </NothingFound>
      ) : (
        <>
          {filter.view === "wall" && <SealWall seals={found} pxPerMm={findScale(seals)} />}
          {filter.view === "table" && <SealTable seals={found} />}
          {filter.view === "units" && <SealUnits seals={found} />}
        </>
      )}
    </div>
  );
}

/** The filters in force by their words, each with the address without it. */
function useAppliedFilters(seals: readonly SealSummary[], filter: WallFilter): readonly AppliedFilter[] {
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  const keeper = seals.flatMap((seal) => seal.custodians).find((person) => person.personId === filter.custodian);
  const named: readonly (readonly [keyof WallFilter, string])[] = [
    ["search", t("filters.searched", { words: filter.search })],
    ["kind", word("sealTypes", filter.kind)],
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
