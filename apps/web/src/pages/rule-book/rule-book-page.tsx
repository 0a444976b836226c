import { useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useFormatContext } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { LinkSegments } from "../../parts/link-segments.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { dayOf } from "../training/standing.ts";
import { BookText } from "./book-text.tsx";
import { Changes } from "./changes.tsx";
import { ConfirmCard } from "./confirm-card.tsx";
import { PdfButton } from "./pdf-button.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { type RuleBookPageData, ruleBookQuery, versionQuery } from "./queries.ts";
import { Readers, Versions, VersionTag } from "./versions.tsx";
import "./rule-book.css";

const VIEWS = ["text", "changes", "versions", "readers"] as const;

/** The rule book to read, what changed since it was written, its versions, and who has read it. */
export function RuleBookPage(): ReactElement {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const versionId = typeof search.version === "string" ? search.version : "";
  const { data, error, refetch } = useQuery(ruleBookQuery);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return versionId === "" || versionId === data.inForce?.versionId ? (
    <CurrentBook data={data} wanted={search.view} />
  ) : (
    <OtherVersion versionId={versionId} />
  );
}

function CurrentBook({ data, wanted }: { data: RuleBookPageData; wanted: unknown }): ReactElement {
  const t = useText("ruleBook");
  const language = useLanguage();
  const session = useSession();
  const day = useDay();
  const watches = mayUse(session, "audit.read");
  const [asking, setAsking] = useState(false);
  const shown = VIEWS.filter((view) => view !== "readers" || watches);
  const view = shown.find((one) => one === wanted) ?? "text";
  const { inForce } = data;
  const open = data.versions.find((one) => one.matter && ["in-review", "approved"].includes(one.matter.state));
  const mayPublish =
    data.mayWrite && data.mayAskIn.length > 0 && !open && (inForce === null || data.differences.length > 0);
  return (
    <>
      <PageHeader
        title={t("title")}
        tags={
          inForce ? (
            <>
              <VersionTag state="in-force" />
              <span className="note">
                {t("version", { version: inForce.version })}
                {inForce.inForceOn && ` · ${t("since", { day: day(inForce.inForceOn) })}`}
              </span>
            </>
          ) : (
            <Tag tone="waiting" sign="dashed">
              {t("draftOfNow")}
            </Tag>
          )
        }
        lead={t("lead")}
        actions={
          <>
            {view === "text" && <Button onClick={() => window.print()}>{t("print")}</Button>}
            {view === "text" && inForce && <PdfButton version={inForce} title={data.text[language].title} />}
            {mayPublish && (
              <Button type="primary" onClick={() => setAsking(true)}>
                {t(inForce ? "ask.actionNew" : "ask.action")}
              </Button>
            )}
          </>
        }
      />
      <div className="stack book-page">
        <Notices data={data} open={open} view={view} />
        <div className="row not-print">
          <LinkSegments
            label={t("views.label")}
            look="track"
            segments={shown.map((one) => ({
              ...{ key: one, to: paths.ruleBook, text: t(`views.${one}`), current: one === view },
              search: one === "text" ? {} : { view: one },
              ...(one === "changes" && data.differences.length > 0 ? { count: data.differences.length } : {}),
            }))}
          />
        </div>
        {view === "text" && <BookText text={data.text} sources={data.sources} />}
        {view === "text" && inForce && (
          <div className="book-end stack">
            <p className="note small">
              {t("digest")}: <span className="mono digest">{inForce.digest}</span>
            </p>
            <ConfirmCard mine={data.mine} version={inForce} />
          </div>
        )}
        {view === "changes" &&
          (inForce && data.differences.length > 0 ? (
            <Changes title={t("changes.title", { count: data.differences.length })} differences={data.differences} />
          ) : (
            <EmptyState title={t(inForce ? "changes.none" : "changes.nothing")}>{t("changes.noneWhy")}</EmptyState>
          ))}
        {view === "versions" && <Versions versions={data.versions} />}
        {view === "readers" && <Readers />}
      </div>
      {asking && <PublishDialog entities={data.mayAskIn} onClose={() => setAsking(false)} />}
    </>
  );
}

/** What the reader has to know first: nothing published, his confirmation, settings that changed, a version under way. */
function Notices(props: {
  data: RuleBookPageData;
  open: RuleBookPageData["versions"][number] | undefined;
  view: (typeof VIEWS)[number];
}): ReactElement {
  const { data, open, view } = props;
  const t = useText("ruleBook");
  const day = useDay();
  const { now, timeZone } = useFormatContext();
  const { inForce, mine } = data;
  const by = mine.confirmBy;
  return (
    <div className="stack not-print">
      {inForce === null && (
        <Message tone="warning" title={t("none")}>
          {t("noneWhy")}
        </Message>
      )}
      {open?.matter && (
        <Message
          tone="action"
          title={t(open.matter.state === "approved" ? "ask.approved" : "ask.waiting", { version: open.version })}
          action={
            <Link className="inline-link" to={paths.matter(open.matter.matterId)}>
              {t("ask.open")}
            </Link>
          }
        />
      )}
      {inForce && mine.bound && mine.confirmedAt === null && by !== null && (
        <Message
          tone={new Date(by) < now ? "problem" : "action"}
          title={t(new Date(by) < now ? "confirm.late" : "confirm.ask", {
            version: inForce.version,
            day: day(dayOf(new Date(by), timeZone)),
          })}
          action={
            view === "text" ? (
              <a className="inline-link" href="#confirm">
                {t("confirm.go")}
              </a>
            ) : (
              <Link className="inline-link" to={paths.ruleBook} search={{}} hash="confirm">
                {t("confirm.go")}
              </Link>
            )
          }
        />
      )}
      {inForce && data.differences.length > 0 && view !== "changes" && (
        <Message
          tone="warning"
          title={t("changes.title", { count: data.differences.length })}
          action={
            <Link className="inline-link" to={paths.ruleBook} search={{ view: "changes" }}>
              {t("changes.see")}
            </Link>
          }
        >
          {t("changes.why", { version: inForce.version })}
        </Message>
      )}
    </div>
  );
}

/** A draft or a version that was replaced, with what it changed in the one before it. */
function OtherVersion({ versionId }: { versionId: string }): ReactElement {
  const t = useText("ruleBook");
  const language = useLanguage();
  const { data, error, refetch } = useQuery(versionQuery(versionId));
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const { version, before } = data;
  return (
    <>
      <PageHeader
        trail={[{ to: paths.ruleBook, name: t("title") }]}
        title={t("version", { version: version.version })}
        tags={<VersionTag state={version.state} />}
        actions={
          <>
            <Button onClick={() => window.print()}>{t("print")}</Button>
            <PdfButton version={version} title={data.text[language].title} />
          </>
        }
      />
      <div className="stack book-page">
        <div className="stack not-print">
          <Message
            tone={version.state === "draft" ? "action" : "frozen"}
            title={t("other", { version: version.version })}
            action={
              <Link className="inline-link" to={paths.ruleBook} search={{}}>
                {t("toCurrent")}
              </Link>
            }
          />
          {before && data.differences.length > 0 && (
            <Changes
              title={t("changes.against", { version: version.version, before: before.version })}
              differences={data.differences}
            />
          )}
          {!before && <p className="note">{t("changes.first")}</p>}
        </div>
        <BookText text={data.text} sources={data.sources} />
        <p className="note small book-end">
          {t("digest")}: <span className="mono digest">{version.digest}</span>
        </p>
      </div>
    </>
  );
}
