import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useId, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { ApplicantLeft } from "../../parts/applicant-left.tsx";
import { EmergencyTag } from "../../parts/emergency-tag.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { JointTag } from "../../parts/joint-tag.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { type GateCondition, RefusalPanel } from "../../parts/refusal-panel.tsx";
import { ConfidentialTag } from "../../parts/request-title.tsx";
import { SealingButton } from "../../parts/sealing-button.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, StateTag } from "../../parts/state-tag.tsx";
import { requestKind } from "../../parts/states.ts";
import { StepBar } from "../../parts/step-bar.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { SeriesCard } from "../series/series-card.tsx";
import { CameBack } from "./came-back.tsx";
import { ComparisonCards } from "./comparison-card.tsx";
import { ConfidentialCard } from "./confidential-card.tsx";
import { findDecidingRead } from "./deciding-read.ts";
import { DiscardDialog, WithdrawDialog } from "./end-dialogs.tsx";
import { FactsCard } from "./facts-card.tsx";
import { ForeignPaperMessage } from "./foreign-paper.tsx";
import { HandCard } from "./hand-card.tsx";
import { CopiesCard, EmergencyCard, EmergencyPictures, JointCard, RequestForms } from "./lazy-cards.tsx";
import { findMasked, MaskedRequest } from "./masked-request.tsx";
import { ObjectionsCard } from "./objections-card.tsx";
import { countApproved, findActMode, findStandingRelease, listProgress, type ProgressStep } from "./progress.ts";
import { type RequestDetail, requestQuery } from "./queries.ts";
import { RequestQuestions } from "./question-list.tsx";
import { RequestCounts } from "./request-counts.tsx";
import { RequestDocuments } from "./request-documents.tsx";
import { RequestFacts } from "./request-facts.tsx";
import { RequestRoute } from "./request-route.tsx";
import { RequestTimeline } from "./request-timeline.tsx";
import { SealingProgress, StandingRelease } from "./sealing-progress.tsx";
import { StandingValues } from "./standing-values.tsx";
import { type Acts, useActs } from "./use-acts.tsx";
import { WhyCard } from "./why-card.tsx";
import "./requests.css";
import "./reader.css";

/** One seal use, whole: how far it is, why it can not be sealed, counts, documents, route, and what happened. */
export function RequestPage(): ReactElement {
  const { requestId = "" } = useParams({ strict: false });
  const { data: request, error, refetch } = useQuery(requestQuery(requestId));
  const masked = findMasked(error);
  if (masked) return <MaskedRequest requestId={requestId} refusal={masked} />;
  if (error && !request) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!request) return <PageSkeleton />;
  return <WholeRequest request={request} />;
}

function WholeRequest(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const word = useWord();
  const gateId = useId();
  const acts = useActs(request);
  const deciding = findDecidingRead(request, request.facts);
  // Once sealing has begun the gate has let it through; what it would say to another one helps nobody.
  const asksGate = request.state === "in-review" || request.state === "authorised";
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.requests, name: t("list.title") },
          { to: paths.request(request.requestId), name: request.number ?? t("steps.draft") },
        ]}
        title={request.title || t("page.untitled")}
        tags={
          <>
            <StateTag kind={requestKind(request)} state={request.state} />
            <FactTag>{word("fact", deciding.external ? "external" : "internal")}</FactTag>
            {request.seals.some((seal) => seal.important) && <FactTag>{word("fact", "important")}</FactTag>}
            {request.emergency && <EmergencyTag />}
            <JointTag request={request} />
            {request.confidential !== "no" && <ConfidentialTag />}
          </>
        }
        lead={<Lead request={request} />}
        actions={<RequestActions request={request} acts={acts} gateId={gateId} />}
      />
      <div className="stack">
        <section className="card card-body">
          <RequestSteps request={request} />
        </section>
        <CameBack request={request} />
        {isLive(request) && <ApplicantLeft left={request.applicantLeft} />}
        <ObjectionsCard request={request} />
        <ErrorPanel error={acts.release.error ?? acts.confirm.error} />
        {request.useMode === "electronic" && <StandingRelease request={request} />}
        <SealingProgress request={request} />
        <StandingValues request={request} />
        <div className="columns">
          <div className="stack">
            {request.emergency && <EmergencyCard request={request} />}
            {request.otherSide && <JointCard request={request} />}
            <HandCard request={request} />
            {request.emergency && request.stamping && <EmergencyPictures requestId={request.requestId} />}
            {request.stamping?.ended && <CopiesCard requestId={request.requestId} />}
            <WhyCard
              request={request}
              gate={
                request.gate &&
                asksGate && (
                  <RefusalPanel
                    gate={request.gate}
                    id={gateId}
                    renderAction={(condition) => <GateAction request={request} condition={condition} acts={acts} />}
                  />
                )
              }
            />
            <RequestQuestions request={request} />
            {request.number !== null && !request.stamping && <RequestCounts request={request} />}
            <ForeignPaperMessage request={request} />
            {request.series ? <SeriesCard request={request} /> : <RequestDocuments request={request} />}
            <FactsCard request={request} />
            <ComparisonCards request={request} />
            <RequestForms requestId={request.requestId} />
            <section className="card" aria-labelledby="facts-title">
              <header>
                <h2 id="facts-title">{t("page.facts")}</h2>
              </header>
              <div className="card-body">
                <RequestFacts request={request} />
              </div>
            </section>
          </div>
          <div className="stack">
            {request.steps.length > 0 && <RequestRoute request={request} />}
            <ConfidentialCard request={request} />
            <RequestTimeline request={request} />
          </div>
        </div>
      </div>
      {acts.dialog}
    </>
  );
}

/** Whether somebody still decides, releases or ends it. */
const isLive = ({ state }: RequestDetail): boolean => ["in-review", "returned", "authorised", "frozen"].includes(state);

function Lead(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const language = useLanguage();
  const day = useDay();
  const facts = [
    ...request.seals.map((seal) => nameIn(seal.name, language)),
    t("page.documents", { count: request.documents }),
    t("page.impressions", { count: request.impressions }),
    // Of an emergency the hours count, which its card tells; the day of validity is only how long it could have been.
    request.validUntil && !request.emergency ? t("page.until", { on: day(request.validUntil) }) : "",
  ].filter(Boolean);
  return (
    <>
      {request.number && <strong className="ink">{request.number}</strong>}
      {request.number && " · "}
      {facts.join(" · ")}
    </>
  );
}

function RequestSteps(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const word = useWord();
  const detailOf = (step: ProgressStep): string | undefined => {
    switch (step) {
      case "review":
        return request.steps.length === 0
          ? undefined
          : t("steps.approved", { done: countApproved(request.steps), total: request.steps.length });
      case "released":
        return request.supervision.needed ? t("steps.both") : t("steps.custodian");
      case "sealed":
        return request.counts.authorised === 0
          ? undefined
          : t("steps.sealedCount", {
              done: request.stamping?.counts.pressed ?? request.counts.settled,
              total: request.counts.authorised,
            });
      case "registered":
        return t("steps.writesItself");
      case "submitted":
      case "authorised":
        return undefined;
    }
  };
  return (
    <StepBar
      label={t("steps.label")}
      steps={listProgress(request).map(({ step, state }) => ({
        key: step,
        title: t(`steps.${step === "sealed" && request.useMode === "by-hand" ? "stamped" : step}`),
        state,
        detail:
          state === "frozen" || state === "ended" ? word("states.request", request.state) : (detailOf(step) ?? ""),
      }))}
    />
  );
}

/** What the reader may do. The sealing button stays to be seen where he keeps seals, and names the panel that says why. */
function RequestActions(props: { request: RequestDetail; acts: Acts; gateId: string }): ReactElement {
  const { request, acts } = props;
  const t = useText("requests");
  const hand = useText("stamping");
  const session = useSession();
  const [ending, setEnding] = useState<"withdraw" | "discard" | null>(null);
  const mode = findActMode(request.actions);
  const byHand = request.useMode === "by-hand";
  const releases =
    !byHand &&
    mayUse(session, "request.release") &&
    ["in-review", "authorised"].includes(request.state) &&
    findStandingRelease(request) === undefined &&
    request.release.candidates.some((person) => person.personId === session.person.personId);
  return (
    <>
      {request.state === "draft" && request.number === null && request.actions.includes("edit") && (
        <Button onClick={() => setEnding("discard")}>{t("page.discard")}</Button>
      )}
      {request.actions.includes("withdraw") && (
        <Button onClick={() => setEnding("withdraw")}>{t("page.withdraw")}</Button>
      )}
      {request.actions.includes("copy") && (
        <Link className="button-link button-link-quiet" to={paths.apply} search={{ copy: request.requestId }}>
          {t("page.copy")}
        </Link>
      )}
      {request.actions.includes("edit") && (
        <Link className="button-link button-link-primary" to={paths.editRequest(request.requestId)}>
          {request.state === "draft" ? t("page.continue") : t("page.edit")}
        </Link>
      )}
      {mode === "decide" && (
        <Link className="button-link button-link-primary" to={paths.decide(request.requestId)}>
          {t("page.toDecision")}
        </Link>
      )}
      {(request.actions.includes("stamp") || (byHand && mode === "confirm")) && (
        <Link className="button-link button-link-primary" to={paths.stamp(request.requestId)}>
          {hand(request.actions.includes("stamp-with-controller") ? "controller.begin" : "card.toStamp")}
        </Link>
      )}
      {(request.actions.includes("look-at-photos") || request.actions.includes("rule-impression")) && (
        <Link className="button-link button-link-primary" to={paths.photos(request.requestId)}>
          {hand("card.look")}
        </Link>
      )}
      {(mode === "release" || mode === "confirm") && (
        <Link className="button-link button-link-quiet" to={paths.decide(request.requestId)}>
          {mode === "release" ? t("page.toRelease") : t("page.toConfirm")}
        </Link>
      )}
      {request.actions.includes("confirm") && !byHand && (
        <Button type="primary" loading={acts.confirm.isPending} onClick={() => acts.confirm.mutate()}>
          {t("act.confirm")}
        </Button>
      )}
      {(releases || mode === "release") && (
        <SealingButton
          allowed={request.actions.includes("release")}
          busy={acts.release.isPending}
          explainedBy={props.gateId}
          onPress={() => acts.release.mutate()}
        >
          {t("act.release")}
        </SealingButton>
      )}
      {ending === "withdraw" && (
        <WithdrawDialog
          requestId={request.requestId}
          joint={request.joint !== null}
          forAnother={request.applicantLeft !== null}
          onClose={() => setEnding(null)}
        />
      )}
      {ending === "discard" && <DiscardDialog requestId={request.requestId} onClose={() => setEnding(null)} />}
    </>
  );
}

/** The one button of a condition that is not met, where this reader may press it. */
function GateAction(props: { request: RequestDetail; condition: GateCondition; acts: Acts }): ReactElement | null {
  const { request, condition, acts } = props;
  const t = useText("requests");
  const hand = useText("stamping");
  const may = request.actions;
  if (request.useMode === "by-hand" && (condition.action === "release" || condition.action === "confirm"))
    return may.includes("stamp") || may.includes("confirm") ? (
      <Link className="inline-link" to={paths.stamp(request.requestId)}>
        {hand("card.toStamp")}
      </Link>
    ) : null;
  switch (condition.action) {
    case "release":
      return may.includes("release") ? (
        <Button loading={acts.release.isPending} onClick={() => acts.release.mutate()}>
          {t("gate.release")}
        </Button>
      ) : null;
    case "confirm":
      return may.includes("confirm") ? (
        <Button loading={acts.confirm.isPending} onClick={() => acts.confirm.mutate()}>
          {t("gate.confirm")}
        </Button>
      ) : null;
    case "approve":
      return may.includes("approve") ? (
        <Link className="inline-link" to={paths.decide(request.requestId)}>
          {t("gate.approve")}
        </Link>
      ) : null;
    case "unfreeze":
    case "renew": {
      const [seal] = request.seals;
      return seal ? (
        <Link className="inline-link" to={paths.seal(seal.sealId)}>
          {t(`gate.${condition.action}`)}
        </Link>
      ) : null;
    }
    case "withdraw":
    case "none":
      return null;
  }
}
