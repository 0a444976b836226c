import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { matterQuery } from "../matters/queries.ts";
import { organisationQuery, peopleQuery } from "../organisation/queries.ts";
import { sealChoicesQuery, sealNumbersQuery, sealTypesQuery } from "./queries.ts";
import { RegisterForm } from "./register-form.tsx";
import { RegisterResult } from "./register-result.tsx";
import { type RegistrationFacts, readEngraving } from "./registration.ts";
import "./seals.css";
import "./register.css";

/** Asking for a seal: what it is, its face, its people, what is made of it; then whom it waits for. */
export function RegisterPage(): ReactElement {
  const t = useText("seals");
  const language = useLanguage();
  const session = useSession();
  const types = useQuery(sealTypesQuery);
  const organisation = useQuery(organisationQuery);
  const people = useQuery(peopleQuery);
  const seals = useQuery(sealChoicesQuery);
  const numbers = useQuery({ ...sealNumbersQuery, enabled: mayUse(session, "seal.register") });
  const [asked, setAsked] = useState<string | null>(null);
  const search: Record<string, unknown> = useSearch({ strict: false });
  const beforeId = typeof search.matter === "string" ? search.matter : null;
  const before = useQuery({ ...matterQuery(beforeId ?? ""), enabled: beforeId !== null });
  const queries = [types, organisation, people, seals, numbers, ...(beforeId === null ? [] : [before])];
  const failed = queries.find((query) => query.error && !query.data);
  const retry = (): void => {
    for (const query of queries) if (query.error) void query.refetch();
  };
  const old = seals.data?.items.find((seal) => seal.sealId === (before.data?.seal?.sealId ?? search.replaces));
  const ready =
    types.data && organisation.data && people.data && seals.data && numbers.data && (beforeId === null || before.data);
  // The number that this very asking has taken is its own.
  const own = (before.data?.data as { number?: unknown } | undefined)?.number;
  const facts: RegistrationFacts | null = ready
    ? {
        ...{ types: types.data.items, entities: session.entities },
        units: organisation.data.units,
        numbers: numbers.data.items.filter(
          (one) => one.number !== own || one.entityId !== before.data?.entity.entityId,
        ),
        small: organisation.data.profile === "small",
      }
    : null;
  return (
    <>
      <PageHeader
        trail={[{ to: paths.seals, name: t("title") }]}
        title={old ? t("new.titleReplace", { name: nameIn(old.name, language), number: old.number }) : t("new.title")}
        lead={t(old ? "new.leadReplace" : "new.lead")}
      />
      {!mayUse(session, "seal.register") ? (
        <div className="card card-body">
          <EmptyState title={t("new.notYours")}>{t("new.notYoursWhy")}</EmptyState>
        </div>
      ) : asked !== null ? (
        <RegisterResult matterId={asked} onAnother={() => setAsked(null)} />
      ) : failed ? (
        <ErrorPanel error={failed.error} onRetry={retry} />
      ) : ready && facts ? (
        <RegisterForm
          key={beforeId ?? "new"}
          facts={facts}
          before={
            before.data && beforeId !== null
              ? {
                  matterId: beforeId,
                  form: readEngraving(facts, { ...before.data, entityId: before.data.entity.entityId }),
                }
              : null
          }
          units={organisation.data.units}
          people={people.data.items}
          replaces={old?.sealId ?? null}
          homeId={organisation.data.units.find((unit) => unit.unitId === session.unit?.unitId)?.entityId}
          onAsked={setAsked}
        />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}
