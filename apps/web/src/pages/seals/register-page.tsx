import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { RouteAnswer } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { organisationQuery, peopleQuery, sealsQuery } from "../organisation/queries.ts";
import { sealTypesQuery } from "./queries.ts";
import { RegisterForm } from "./register-form.tsx";
import { RegisterResult } from "./register-result.tsx";
import "./seals.css";
import "./register.css";

/** Registering an electronic seal: what it is, its face, its people, its key; then what became of it. */
export function RegisterPage(): ReactElement {
  const t = useText("seals");
  const session = useSession();
  const types = useQuery(sealTypesQuery);
  const organisation = useQuery(organisationQuery);
  const people = useQuery(peopleQuery);
  const seals = useQuery(sealsQuery);
  const [made, setMade] = useState<RouteAnswer<"POST /v1/seals"> | null>(null);
  const queries = [types, organisation, people, seals];
  const failed = queries.find((query) => query.error && !query.data);
  const retry = (): void => {
    for (const query of queries) if (query.error) void query.refetch();
  };
  const ready = types.data && organisation.data && people.data && seals.data;
  return (
    <>
      <PageHeader trail={[{ to: paths.seals, name: t("title") }]} title={t("new.title")} lead={t("new.lead")} />
      {!mayUse(session, "seal.register") ? (
        <div className="card card-body">
          <EmptyState title={t("new.notYours")}>{t("new.notYoursWhy")}</EmptyState>
        </div>
      ) : made ? (
        <RegisterResult made={made} onAnother={() => setMade(null)} />
      ) : failed ? (
        <ErrorPanel error={failed.error} onRetry={retry} />
      ) : ready ? (
        <RegisterForm
          facts={{
            types: types.data.items,
            entities: session.entities,
            units: organisation.data.units,
            seals: seals.data.items,
          }}
          units={organisation.data.units}
          people={people.data.items}
          homeId={organisation.data.units.find((unit) => unit.unitId === session.unit?.unitId)?.entityId}
          onMade={setMade}
        />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}
