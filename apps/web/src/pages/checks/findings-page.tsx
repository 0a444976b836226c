import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDeadline, useRecent } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { usePages } from "../../parts/use-pages.ts";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";

type Finding = RouteAnswer<"GET /v1/findings">["items"][number];
const VIEWS = ["open", "closed"] as const;

/** What was found where nothing could be prevented: who explains it, what he said, and the button that closes it. */
export function FindingsPage(): ReactElement {
  const t = useText("checks");
  const search: { view?: unknown } = useSearch({ strict: false });
  const state = VIEWS.find((one) => one === search.view) ?? "open";
  const findings = usePages<RouteAnswer<"GET /v1/findings">>(["findings", state], (after) =>
    api("GET /v1/findings", { query: { state, ...after } }),
  );
  return (
    <>
      <PageHeader title={t("findings.title")} lead={t("findings.lead")} />
      <nav className="tabs" aria-label={t("findings.views.label")}>
        {VIEWS.map((one) => (
          <Link key={one} to={paths.findings} search={{ view: one }} aria-current={one === state ? "page" : undefined}>
            {t(`findings.views.${one}`)}
          </Link>
        ))}
      </nav>
      <section className="card" aria-label={t(`findings.views.${state}`)}>
        <ErrorPanel error={findings.error} onRetry={findings.refetch} />
        {!findings.items && !findings.error && (
          <div className="card-body">
            <LinesSkeleton lines={6} />
          </div>
        )}
        {findings.items?.length === 0 && (
          <div className="card-body">
            <EmptyState title={t(`findings.none.${state}`)}>{t("findings.noneWhy")}</EmptyState>
          </div>
        )}
        {findings.items && findings.items.length > 0 && (
          <ul className="rows">
            {findings.items.map((finding) => (
              <li key={finding.findingId} className="rows-line">
                <FindingLine finding={finding} />
              </li>
            ))}
          </ul>
        )}
      </section>
      {findings.hasMore && (
        <p className="more">
          <Button loading={findings.loadingMore} onClick={findings.loadMore}>
            {t("findings.more")}
          </Button>
        </p>
      )}
    </>
  );
}

function FindingLine({ finding }: { finding: Finding }): ReactElement {
  const t = useText("checks");
  const language = useLanguage();
  const recent = useRecent();
  const session = useSession();
  const [closing, setClosing] = useState(false);
  const { seal, person, requestId, explanation } = finding;
  const about = [
    seal ? `${nameIn(seal.name, language)} ${seal.number}` : "",
    person ? nameIn(person.name, language) : "",
  ].filter(Boolean);
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow">{finding.sentence[language]}</strong>
        <Tag tone={finding.state === "open" ? "problem" : "ended"} sign={finding.state === "open" ? "octagon" : "box"}>
          {t(`findings.states.${finding.state}`)}
        </Tag>
      </div>
      {finding.wayOut && <span>{finding.wayOut[language]}</span>}
      <span className="note small">
        {finding.control} {nameIn(finding.controlTitle, language)} · {recent(finding.openedAt)}
        {about.length > 0 && ` · ${about.join(" · ")}`}
      </span>
      {explanation && <Explained explanation={explanation} />}
      {finding.closedAt && (
        <span>
          {t("findings.closed", {
            name: finding.closedBy ? nameIn(finding.closedBy.name, language) : "",
            at: recent(finding.closedAt),
            note: finding.closingNote ?? "",
          })}
        </span>
      )}
      {(requestId || (finding.mayClose && mayUse(session, "finding.close"))) && (
        <div className="row">
          {requestId && <Link to={paths.request(requestId)}>{t("findings.toRequest")}</Link>}
          {finding.mayClose && mayUse(session, "finding.close") && (
            <Button onClick={() => setClosing(true)}>{t("findings.close.act")}</Button>
          )}
        </div>
      )}
      {closing && <CloseDialog finding={finding} onClose={() => setClosing(false)} />}
    </div>
  );
}

function Explained(props: { explanation: NonNullable<Finding["explanation"]> }): ReactElement {
  const { explainer, dueAt, reason } = props.explanation;
  const t = useText("checks");
  const language = useLanguage();
  const deadline = useDeadline();
  const name = explainer ? nameIn(explainer.name, language) : "";
  return (
    <span>
      {reason === null ? t("findings.toExplain", { name }) : t("findings.reason", { name, reason })}
      {reason === null && dueAt && ` ${deadline(dueAt)}`}
    </span>
  );
}

function CloseDialog(props: { finding: Finding; onClose: () => void }): ReactElement {
  const { finding } = props;
  const t = useText("checks");
  const language = useLanguage();
  const queries = useQueryClient();
  const close = useMutation({
    mutationFn: (note: string) =>
      api("POST /v1/findings/:findingId/close", { params: { findingId: finding.findingId }, body: { note } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["findings"] });
      props.onClose();
    },
  });
  return (
    <ReasonDialog
      title={t("findings.close.title")}
      what={finding.sentence[language]}
      label={t("findings.close.label")}
      hint={t("findings.close.hint")}
      missing={t("findings.close.missing")}
      most={2000}
      give={t("findings.close.give")}
      busy={close.isPending}
      error={close.error}
      onGive={(note) => close.mutate(note)}
      onClose={props.onClose}
    />
  );
}
