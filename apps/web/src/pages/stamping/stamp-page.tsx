import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useId, useState } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { ApplicantLeft } from "../../parts/applicant-left.tsx";
import { EmergencyTag } from "../../parts/emergency-tag.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { RefusalPanel } from "../../parts/refusal-panel.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { SignIcon, StateTag } from "../../parts/state-tag.tsx";
import { requestKind } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { BacklogCard } from "./backlog-card.tsx";
import { ControllerTurn } from "./controller-turn.tsx";
import { EmergencyNote } from "./emergency-note.tsx";
import { ForeignPaperNote } from "./foreign-paper.tsx";
import { PieceList } from "./piece-list.tsx";
import { type StampingView, stampingQuery } from "./queries.ts";
import { RemoteCard } from "./remote-card.tsx";
import { Retakes } from "./retakes.tsx";
import { SaidList } from "./said-list.tsx";
import { StampBegin } from "./stamp-begin.tsx";
import { StampCounts } from "./stamp-counts.tsx";
import { StampTurn } from "./stamp-turn.tsx";
import { listTurns } from "./stamp-turns.ts";
import { useReportQueue } from "./use-report-queue.ts";
import { type StampActs, useStampActs } from "./use-stamp-acts.tsx";
import "../custody/custody.css";
import "./stamping.css";

/** Stamping by hand, on the phone beside the paper: what is pressed next, its photo, what is said and what waits to be sent. */
export function StampPage(): ReactElement {
  const { requestId = "" } = useParams({ strict: false });
  const { data: view, error, refetch } = useQuery(stampingQuery(requestId));
  if (error && !view) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!view) return <PageSkeleton />;
  return <Stamping view={view} />;
}

function Stamping(props: { view: StampingView }): ReactElement {
  const { view } = props;
  const t = useText("stamping");
  const requests = useText("requests");
  const language = useLanguage();
  const gateId = useId();
  const reports = useReportQueue(view.requestId);
  const acts = useStampActs(view, requests("page.impressions", { count: view.counts.authorised }));
  const turns = listTurns(view, reports.state.waiting);
  const stamps = view.actions.includes("report");
  const byController = view.opened !== null && view.controller !== null;
  const seals = formatNames(
    view.seals.map((seal) => nameIn(seal.name, language)),
    language,
  );
  return (
    <div className="stamping">
      <PageHeader
        trail={[
          { to: paths.requests, name: requests("list.title") },
          { to: paths.request(view.requestId), name: view.number },
        ]}
        title={view.title}
        tags={
          <>
            <StateTag kind={requestKind({ useMode: "by-hand", state: view.state })} state={view.state} />
            {view.emergencyUntil !== null && <EmergencyTag />}
          </>
        }
        lead={t("lead", { seals, copies: t("copies", { count: view.copies }) })}
      />
      <div className="stack">
        <People view={view} />
        <EmergencyNote view={view} to="stamp" />
        <ForeignPaperNote view={view} to="stamp" />
        <ErrorPanel error={acts.open.error ?? acts.supervise.error ?? acts.end.error} />
        {!view.opened && <ApplicantLeft left={view.applicantLeft} />}
        <StampBegin view={view} acts={acts} explainedBy={gateId} />
        {view.state === "frozen" && view.opened && (
          <Frozen view={view} acts={acts} waits={reports.state.waiting.length > 0} />
        )}
        <RemoteCard view={view} acts={acts} />
        {byController && <ControllerTurn view={view} acts={acts} />}
        <Retakes view={view} turns={turns} reports={reports} />
        {stamps && !byController && <StampTurn view={view} turns={turns} reports={reports} acts={acts} />}
        {view.opened && <StampCounts view={view} turns={turns} />}
        <BeingRead count={view.photosBeingRead} />
        <BacklogCard turns={turns} reports={reports} />
        {view.pieces.length > 0 && !byController && <PieceList view={view} />}
        {(view.opened ? view.state === "opened" && isClosed(view) : view.state === "authorised") && (
          <RefusalPanel gate={view.gate} id={gateId} />
        )}
        {view.opened && <SaidList view={view} turns={turns} reports={reports} />}
      </div>
      {acts.dialog}
    </div>
  );
}

/** Whether the gate is closed by something else than a presence that has run out, which the page asks for by itself. */
const isClosed = ({ gate }: StampingView): boolean =>
  gate.conditions.some(({ id, met }) => !met && id !== "custodian-present" && id !== "supervisor-confirmed");

/** Whoever stamped stays until each photo is compared: the last may freeze it, too. */
function BeingRead(props: { count: number }): ReactElement {
  const t = useText("stamping");
  return (
    <p className="note" role="status">
      {props.count > 0 && t("beingRead", { count: props.count })}
    </p>
  );
}

/** What was found froze it: nothing is pressed, who has the piece in hand may end it, and who stamped says what happened. */
function Frozen(props: { view: StampingView; acts: StampActs; waits: boolean }): ReactElement {
  const { view, acts, waits } = props;
  const t = useText("stamping");
  const [ending, setEnding] = useState(false);
  const explains = view.opened?.by?.personId === useSession().person.personId;
  const left = view.impressions.filter(({ state }) => state === "reserved").length;
  return (
    <Message
      tone="frozen"
      live
      title={t(view.ended ? "frozen.titleEnded" : "frozen.title")}
      action={
        <span className="row">
          <Link to={paths.photos(view.requestId)}>{t("frozen.photos")}</Link>
          {explains && <Link to={paths.tasks}>{t("frozen.explain")}</Link>}
          {view.actions.includes("end") && <Button onClick={() => setEnding(true)}>{t("end")}</Button>}
        </span>
      }
    >
      <p>{t(view.ended ? "frozen.whatEnded" : "frozen.what")}</p>
      <p>{t("photos.frozenWhy")}</p>
      {ending && (
        <ReasonDialog
          title={t("reason.end.title")}
          what={waits ? t("reason.end.waits") : t("reason.end.what", { count: left })}
          label={t("reason.end.label")}
          give={t("reason.end.give")}
          busy={acts.end.isPending || waits}
          error={acts.end.error}
          onGive={(reason) => acts.end.mutate({ reason }, { onSuccess: () => setEnding(false) })}
          onClose={() => setEnding(false)}
        />
      )}
    </Message>
  );
}

/** Who stamps, and who sees it. */
function People(props: { view: StampingView }): ReactElement {
  const { opened, supervisor, supervised } = props.view;
  const t = useText("stamping");
  const language = useLanguage();
  const recent = useRecent();
  return (
    <ul className="card stamp-people" aria-label={t("people.label")}>
      {opened?.by && (
        <li>
          <SignIcon sign="check" />
          <span className="grow">{t("people.stamper", { name: nameIn(opened.by.name, language) })}</span>
          <span className="note small">{t("people.since", { at: recent(opened.at) })}</span>
        </li>
      )}
      <li>
        <SignIcon sign={supervisor || !supervised ? "check" : "dashed"} />
        <span className="grow">
          {supervisor?.by
            ? t(props.view.remote ? "remote.supervisor" : "people.supervisor", {
                name: nameIn(supervisor.by.name, language),
              })
            : t(supervised ? "people.supervisorWaits" : "people.unsupervised")}
        </span>
        {supervisor && <span className="note small">{t("people.confirmedAt", { at: recent(supervisor.at) })}</span>}
      </li>
      {props.view.docked && (
        <li>
          <SignIcon sign="check" />
          <span className="grow">{t("docked.only")}</span>
        </li>
      )}
    </ul>
  );
}
