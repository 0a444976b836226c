import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { FactTag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { GrantsView } from "./grants-view.tsx";
import { decideView, VIEWS, type View } from "./organisation.ts";
import { PeopleView } from "./people-view.tsx";
import { organisationQuery } from "./queries.ts";
import { StructureView } from "./structure-view.tsx";
import { WaitingView } from "./waiting-view.tsx";

/** The organisation: its entities and units, its people, their grants, and what waits for a second person. */
export function OrganisationPage(): ReactElement {
  const t = useText("organisation");
  const word = useWord();
  const search: { view?: unknown } = useSearch({ strict: false });
  const view = decideView(search.view);
  const { data, error, refetch } = useQuery(organisationQuery);
  return (
    <>
      <PageHeader
        title={t("title")}
        {...(data
          ? {
              lead: <BothNames name={data.name} />,
              tags: <FactTag>{t("profile", { profile: word("profiles", data.profile) })}</FactTag>,
            }
          : {})}
      />
      <ViewLinks current={view} />
      <div className="stack">
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={8} />}
        {data && view === "structure" && <StructureView organisation={data} />}
        {data && view === "people" && <PeopleView organisation={data} />}
        {data && view === "grants" && <GrantsView organisation={data} />}
        {data && view === "waiting" && <WaitingView />}
      </div>
    </>
  );
}

function ViewLinks(props: { current: View }): ReactElement {
  const t = useText("organisation");
  const session = useSession();
  const { waiting } = session;
  return (
    <nav className="tabs" aria-label={t("views.label")}>
      {VIEWS.map((view) => (
        <Link
          key={view}
          to={paths.organisation}
          search={{ view }}
          aria-current={view === props.current ? "page" : undefined}
        >
          {t(`views.${view}`)}
          {view === "waiting" && waiting.accounts > 0 && <b>{waiting.accounts}</b>}
        </Link>
      ))}
      {mayUse(session, "separation.read") && <Link to={paths.separation}>{t("views.separation")}</Link>}
    </nav>
  );
}
