import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { EmergencyTag } from "../../parts/emergency-tag.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { requestKind } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import { EmergencyNote } from "./emergency-note.tsx";
import { ForeignPaperNote } from "./foreign-paper.tsx";
import { LookForm } from "./look-form.tsx";
import { PhotoCard } from "./photo-card.tsx";
import { type StampingView, stampingQuery } from "./queries.ts";
import { RulingCard } from "./ruling-card.tsx";
import { StampCounts } from "./stamp-counts.tsx";
import "../requests/requests.css";
import "../requests/reader.css";
import "./stamping.css";

/** The photos of a stamping beside the approved pages: looked at by its supervisor, or by somebody without a part in it. */
export function PhotosPage(): ReactElement {
  const { requestId = "" } = useParams({ strict: false });
  const { data: view, error, refetch } = useQuery(stampingQuery(requestId));
  if (error && !view) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!view) return <PageSkeleton />;
  return <Photos view={view} />;
}

function Photos(props: { view: StampingView }): ReactElement {
  const { view } = props;
  const t = useText("stamping");
  const requests = useText("requests");
  const shown = view.impressions.filter((one) => one.photo !== null);
  const unknown = view.impressions.filter((one) => one.state === "unknown");
  const looks = view.actions.includes("look");
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.requests, name: requests("list.title") },
          { to: paths.request(view.requestId), name: view.number },
        ]}
        title={t("photos.title")}
        tags={
          <>
            <StateTag kind={requestKind({ useMode: "by-hand", state: view.state })} state={view.state} />
            {view.emergencyUntil !== null && <EmergencyTag />}
          </>
        }
        lead={`${view.title} · ${t("photos.lead")}`}
      />
      <div className="stack">
        <Looked view={view} />
        <EmergencyNote view={view} to="look" />
        <ForeignPaperNote view={view} to="look" />
        <StampCounts view={view} turns={[]} />
        {unknown.length > 0 && (
          <ul className="stack">
            {unknown.map((impression) => (
              <li key={impression.impressionId}>
                <RulingCard view={view} impression={impression} />
              </li>
            ))}
          </ul>
        )}
        {shown.length === 0 ? (
          <section className="card card-body">
            <EmptyState title={t("photos.none")}>{t("photos.noneWhy")}</EmptyState>
          </section>
        ) : looks ? (
          <LookForm view={view} shown={shown} />
        ) : (
          <ul className="photo-grid">
            {shown.map((impression) => (
              <li key={impression.impressionId}>
                <PhotoCard view={view} impression={impression} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

/** Who looked at them, or who still has to. */
function Looked(props: { view: StampingView }): ReactElement | null {
  const { looked, state, debts, actions, supervised } = props.view;
  const t = useText("stamping");
  const language = useLanguage();
  const recent = useRecent();
  if (state === "frozen")
    return (
      <Message tone="frozen" title={t("photos.frozen")}>
        {t("photos.frozenWhy")}
      </Message>
    );
  if (looked?.by)
    return (
      <Message
        tone="success"
        title={t("photos.looked", { name: nameIn(looked.by.name, language), at: recent(looked.at) })}
      />
    );
  if (state === "opened") return <Message tone="action" title={t("photos.open")} />;
  if (debts.some((debt) => debt === "look" || debt === "confirmation") && !actions.includes("look"))
    return <Message tone="action" title={t(supervised ? "photos.waitsSupervisor" : "photos.waits")} />;
  return null;
}
