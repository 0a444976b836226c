import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { CountStrip } from "../../parts/count-strip.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { FirstUseSteps } from "../../parts/first-use-steps.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PositionsWaiting } from "../../parts/positions-waiting.tsx";
import { RequestLine, type RequestSummary } from "../../parts/request-line.tsx";
import { SealCard } from "../../parts/seal-card.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";

/** What waits on other pages, with where each is done. */
const elsewhere = [
  ["ruleBook", paths.ruleBook, undefined],
  ["accounts", paths.organisation, { view: "waiting" }],
  ["matters", paths.matters, undefined],
  ["tasks", paths.tasks, undefined],
] as const;

/** What waits for the reader, what he asked for, the seals he keeps. */
export function OverviewPage(): ReactElement {
  const t = useText("overview");
  const language = useLanguage();
  const session = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ["overview"],
    queryFn: () => api("GET /v1/overview"),
    staleTime: 5_000,
  });
  const applies = mayUse(session, "request.apply");
  const decides = mayUse(session, "request.decide", "request.release", "request.supervise");
  const apply = applies && (
    <Link className="button-link button-link-primary" to={paths.apply}>
      {t("apply")}
    </Link>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead", { name: nameIn(session.person.name, language) })}
        actions={apply}
      />
      <div className="stack">
        {mayUse(session, "person.manage", "grant.manage", "person.confirm") && <MissingCrew />}
        <PositionsWaiting />
        {elsewhere.map(([what, to, search]) => {
          const count = session.waiting[what];
          return (
            count > 0 && (
              <Message
                key={what}
                tone="action"
                title={t(what, { count })}
                action={
                  <Link className="inline-link" to={to} {...(search ? { search } : {})}>
                    {t(`${what}Go`)}
                  </Link>
                }
              />
            )
          );
        })}
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={8} />}
        {data && (
          <>
            <CountStrip
              label={t("counts.label")}
              counts={[
                {
                  key: "waiting",
                  label: t("counts.waiting"),
                  count: data.counts.waiting + session.waiting.matters + session.waiting.tasks,
                  reason: t("counts.waitingWhy"),
                },
                { key: "mine", label: t("counts.mine"), count: data.counts.mine, reason: t("counts.mineWhy") },
                {
                  key: "sealed",
                  label: t("counts.sealed"),
                  count: data.counts.sealedThisMonth,
                  reason: t("counts.soFar"),
                },
                {
                  key: "refused",
                  label: t("counts.refused"),
                  count: data.counts.refusedThisMonth,
                  reason: t("counts.soFar"),
                },
              ]}
            />
            <div className="halves">
              {(decides || session.waiting.positions > 0) && (
                <RequestsCard
                  title={t("waiting.title")}
                  requests={data.waiting}
                  more={<Link to={paths.inbox}>{t("waiting.all")}</Link>}
                  empty={
                    session.waiting.positions > 0 ? (
                      <EmptyState
                        title={t("waiting.unconfirmed")}
                        action={<Link to={paths.account}>{t("waiting.confirm")}</Link>}
                      >
                        {t("waiting.unconfirmedWhy")}
                      </EmptyState>
                    ) : (
                      <EmptyState title={t("waiting.none")}>{t("waiting.noneWhy")}</EmptyState>
                    )
                  }
                />
              )}
              {applies && (
                <RequestsCard
                  title={t("mine.title")}
                  requests={data.mine}
                  more={<Link to={paths.requests}>{t("mine.all")}</Link>}
                  empty={
                    <EmptyState title={t("mine.none")} action={<Link to={paths.apply}>{t("apply")}</Link>}>
                      {t("mine.noneWhy")}
                    </EmptyState>
                  }
                />
              )}
            </div>
            {data.sealsKept.length > 0 && (
              <section className="stack" aria-label={t("kept")}>
                <h2>{t("kept")}</h2>
                <ul className="seal-cards">
                  {data.sealsKept.map((seal) => (
                    <li key={seal.sealId}>
                      <SealCard seal={seal} pxPerMm={2.35} />
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </>
  );
}

function RequestsCard(props: {
  title: string;
  requests: readonly RequestSummary[];
  more: ReactNode;
  empty: ReactNode;
}): ReactElement {
  return (
    <section className="card" aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        {props.requests.length > 0 && props.more}
      </header>
      {props.requests.length === 0 ? (
        <div className="card-body">{props.empty}</div>
      ) : (
        <ul className="rows">
          {props.requests.map((request) => (
            <li key={request.requestId}>
              <RequestLine request={request} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Before the first use, what is left to be done; afterwards, whether somebody is missing. */
function MissingCrew(): ReactElement | null {
  const session = useSession();
  const t = useText("overview");
  const { data } = useQuery({ queryKey: ["crew"], queryFn: () => api("GET /v1/crew") });
  if (!data) return null;
  if (data.steps.length > 0)
    return (
      <FirstUseSteps
        crew={data}
        action={
          <Link className="inline-link" to={paths.crew}>
            {t("crew.see")}
          </Link>
        }
      />
    );
  if (data.complete || !mayUse(session, "person.manage")) return null;
  return (
    <Message
      tone="warning"
      title={t("crew.missing", { count: data.missing.length })}
      action={
        <Link className="inline-link" to={paths.crew}>
          {t("crew.see")}
        </Link>
      }
    />
  );
}
