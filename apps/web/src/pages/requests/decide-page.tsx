import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { formatBytes, formatDigest, formatNames, nameIn } from "../../i18n/format.ts";
import { loadTexts, useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { EmergencyTag } from "../../parts/emergency-tag.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { JointTag } from "../../parts/joint-tag.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { faceOf, SealFace, Specimen } from "../../parts/seal-face.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, SignIcon, StateTag } from "../../parts/state-tag.tsx";
import { faceStateOf, requestKind } from "../../parts/states.ts";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { ActBar } from "./act-bar.tsx";
import { ComparisonCards } from "./comparison-card.tsx";
import { findDecidingRead } from "./deciding-read.ts";
import { isUnchanged } from "./decision.ts";
import { FactsCard } from "./facts-card.tsx";
import { ForeignPaperMessage } from "./foreign-paper.tsx";
import { EmergencyCard, JointCard, RequestForms, SeriesCard, SeriesSample } from "./lazy-cards.tsx";
import { ObjectionsCard } from "./objections-card.tsx";
import { findActMode } from "./progress.ts";
import { type RequestDetail, type RequestDocument, requestQuery } from "./queries.ts";
import { RequestQuestions } from "./question-list.tsx";
import { AnsweredPlaces } from "./request-documents.tsx";
import { RequestFacts } from "./request-facts.tsx";
import { RequestRoute } from "./request-route.tsx";
import { listReviewersBefore } from "./route-groups.ts";
import { listTallies, SealTallies } from "./seal-tallies.tsx";
import { SealingProgress } from "./sealing-progress.tsx";
import { StandingValues } from "./standing-values.tsx";
import { StepPeople } from "./step-people.tsx";
import { WhyCard } from "./why-card.tsx";
import "./requests.css";
import "./reader.css";

// It names the seal of the other side of a joint request.
const DocumentReader = lazy(async () => {
  const [{ DocumentReader: Reader }] = await Promise.all([import("./document-reader.tsx"), loadTexts(["joint"])]);
  return { default: Reader };
});

/** Where a request is read and answered: approve, reject, return; release; confirm. Made for a phone first. */
export function DecidePage(): ReactElement {
  const { requestId = "" } = useParams({ strict: false });
  const { data: request, error, refetch } = useQuery(requestQuery(requestId));
  if (error && !request) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!request) return <PageSkeleton />;
  return <Decide request={request} />;
}

function Decide(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const word = useWord();
  const language = useLanguage();
  const mode = findActMode(request.actions);
  const deciding = findDecidingRead(request, request.facts);
  const [seal] = request.sealList;
  const waitsFor = formatNames(
    listReviewersBefore(request.steps, useSession().person.personId).map((one) => nameIn(one.name, language)),
    language,
  );
  return (
    <div className="decide" data-acting={mode !== undefined}>
      <PageHeader
        trail={[
          { to: paths.inbox, name: t("inbox.title") },
          { to: paths.request(request.requestId), name: request.number ?? t("steps.draft") },
        ]}
        title={request.title || t("page.untitled")}
        tags={<StateTag kind={requestKind(request)} state={request.state} />}
      />
      <ObjectionsCard request={request} />
      <StandingValues request={request} />
      <div className="columns decide-columns">
        <div className="stack decide-facts">
          <section className="card card-body decide-head">
            {seal && (
              <Specimen className="specimen-small">
                <SealFace
                  source={faceOf(seal.sealId)}
                  name={seal.name}
                  widthMm={seal.widthMm}
                  heightMm={seal.heightMm}
                  round={seal.faceShape === "circle"}
                  state={faceStateOf(seal.state)}
                  pxPerMm={Math.min(2, 84 / Math.max(seal.widthMm, seal.heightMm))}
                />
              </Specimen>
            )}
            <div className="row decide-tags">
              <FactTag>{word("fact", deciding.external ? "external" : "internal")}</FactTag>
              {request.seals.some((one) => one.important) && <FactTag>{word("fact", "important")}</FactTag>}
              {request.emergency && <EmergencyTag />}
              <JointTag request={request} />
            </div>
            <RequestFacts request={request} large />
            <SealTallies lines={listTallies(request)} />
          </section>
          {request.emergency && <EmergencyCard request={request} />}
          {request.otherSide && <JointCard request={request} />}
          <RequestQuestions request={request} />
          <RequestForms requestId={request.requestId} />
          <SealingProgress request={request} />
          {!mode && (
            <EmptyState
              title={waitsFor === "" ? t("act.nothing") : t("act.waitsFor", { names: waitsFor })}
              action={
                <Link className="button-link button-link-primary" to={paths.request(request.requestId)}>
                  {t("act.toPage")}
                </Link>
              }
            />
          )}
        </div>
        <div className="stack decide-documents">
          {!isUnchanged(request) && <Message tone="problem" live title={t("act.changed")} />}
          <ForeignPaperMessage request={request} />
          <FactsCard request={request} />
          <ComparisonCards request={request} />
          {request.series && (
            <>
              <SeriesSample request={request} />
              <SeriesCard request={request} folded />
            </>
          )}
          {request.series === null &&
            request.documentList.map((document) => (
              <DocumentCard key={document.documentId} document={document} request={request} />
            ))}
        </div>
        <div className="stack decide-rest">
          <RequestRoute request={request} />
          <WhyCard request={request} gate={null} />
          {mode === "decide" && <StepPeople request={request} />}
          {mode && <Checked request={request} />}
        </div>
      </div>
      {mode && <ActBar request={request} mode={mode} />}
    </div>
  );
}

/** A document in full; on a phone it stands open too, because what is decided has to be read. */
function DocumentCard(props: { document: RequestDocument; request: RequestDetail }): ReactElement {
  const { document, request } = props;
  const t = useText("requests");
  const [open, setOpen] = useState(true);
  return (
    <details className="card document-card" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <strong>{document.name}</strong>
        <span className="note small">
          {formatBytes(document.sizeBytes)} ·{" "}
          <span className="mono" title={document.digest}>
            {formatDigest(document.digest)}
          </span>
          {document.unchanged && ` · ${t("documents.unchanged")}`}
        </span>
      </summary>
      <div className="document-card-body">
        <AnsweredPlaces document={document} />
        {open && (
          <Suspense fallback={null}>
            <DocumentReader
              document={document}
              seals={request.sealList}
              otherSide={request.otherSide}
              disagreements={request.facts.disagreements}
            />
          </Suspense>
        )}
      </div>
    </details>
  );
}

/** What was checked before the request came here. */
function Checked(props: { request: RequestDetail }): ReactElement {
  const t = useText("requests");
  const answers = props.request.documentList.flatMap((document) =>
    document.unfinished.filter((place) => place.answer !== null),
  ).length;
  const isPictured =
    props.request.paperPrintedBy !== null || props.request.facts.disagreements.some(({ fact }) => fact === "unread");
  return (
    <section className="card" aria-labelledby="checked-title">
      <header>
        <h2 id="checked-title">{t("act.checked")}</h2>
      </header>
      <ul className="card-body stack stack-tight checked">
        {isUnchanged(props.request) && (
          <li>
            <SignIcon sign="check" /> {t("act.checks.digest")}
          </li>
        )}
        {isPictured && (
          <li data-attention>
            <SignIcon sign="warning" /> {t("act.checks.scan")}
          </li>
        )}
        {(answers > 0 || !isPictured) && (
          <li data-attention={answers > 0}>
            <SignIcon sign={answers > 0 ? "warning" : "check"} />{" "}
            {answers > 0 ? t("act.answers", { count: answers }) : t("act.checks.finished")}
          </li>
        )}
        <li>
          <SignIcon sign="check" /> {t("act.checks.apart")}
        </li>
      </ul>
    </section>
  );
}
