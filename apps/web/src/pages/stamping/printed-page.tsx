import type { RouteAnswer } from "@chancery/api/client";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api, findProblem } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { Message, type MessageTone } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";

type CopyStanding = RouteAnswer<"GET /v1/printed-pages/:code">["standing"];
/** What may be relied on is green, what somebody has to ask about first is a warning, and what nobody relies on a problem. */
const TONE: Readonly<Record<CopyStanding, MessageTone>> = {
  stamped: "success",
  "may-be-stamped": "success",
  "stamped-in-part": "warning",
  "not-confirmed": "warning",
  unclear: "problem",
  "not-stamped": "problem",
  lost: "problem",
  void: "problem",
  "not-in-force": "problem",
};

/** What the code on a printed page stands for, for whoever holds the paper and scans it; nobody signs in for that. */
export function PrintedPage(): ReactElement {
  const { code = "" } = useParams({ strict: false });
  const t = useText("stamping");
  const language = useLanguage();
  const day = useDay();
  const {
    data: page,
    error,
    refetch,
  } = useQuery({
    queryKey: ["printed-page", code],
    queryFn: () => api("GET /v1/printed-pages/:code", { params: { code } }),
    retry: false,
  });
  if (findProblem(error)?.status === 404)
    return (
      <>
        <PageHeader title={t("page.unknown")} />
        <Message tone="problem" title={t("page.unknownWhy")} />
      </>
    );
  if (error) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!page) return <PageSkeleton />;
  const facts: readonly (readonly [string, string])[] = [
    [t("page.number"), page.number],
    [t("page.entity"), nameIn(page.entity, language)],
    [t("page.titleOfRequest"), page.title ?? ""],
    [t("page.authorised"), page.authorisedOn ? day(page.authorisedOn) : ""],
    [t("page.page"), t("page.pageOf", page)],
    [t("page.copy"), t("page.copyOf", page)],
  ];
  return (
    <>
      <PageHeader title={t("page.title")} lead={t("page.lead")} />
      <div className="stack">
        <Message tone={TONE[page.standing]} title={t(`page.standings.${page.standing}`)} />
        <section className="card card-body">
          <dl className="facts">
            {facts
              .filter(([, value]) => value !== "")
              .map(([name, value]) => (
                <div key={name} className="facts-line">
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            <dt>{t("page.digest")}</dt>
            <dd>
              <span className="mono">{page.digest}</span>
              <p className="note small">{t("page.digestWhy")}</p>
            </dd>
          </dl>
        </section>
        <p className="note">{t("page.limits")}</p>
      </div>
    </>
  );
}
