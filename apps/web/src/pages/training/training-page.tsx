import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useFormatContext, useRecent } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { FitnessTag } from "./fitness-tag.tsx";
import { Letter } from "./letter.tsx";
import { type Training, trainingQuery } from "./queries.ts";
import { dayOf } from "./standing.ts";
import "./training.css";

/** What makes the reader fit to hold a seal: his seals with what is missing, the courses, the letter. */
export function TrainingPage(): ReactElement {
  const t = useText("training");
  const day = useDay();
  const { now, timeZone } = useFormatContext();
  const { data, error, refetch } = useQuery(trainingQuery);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  const today = dayOf(now, timeZone);
  return (
    <>
      <PageHeader title={t("page.title")} lead={t("page.lead")} />
      <div className="stack">
        {today < data.demandedFrom && (
          <Message tone="action" title={t("page.grace", { day: day(data.demandedFrom) })} />
        )}
        <OwnSeals seals={data.seals} />
        <Courses courses={data.courses} today={today} />
        <Letter commitment={data.commitment} />
      </div>
    </>
  );
}

function OwnSeals(props: { seals: Training["seals"] }): ReactElement {
  const t = useText("training");
  const language = useLanguage();
  return (
    <section className="card" aria-labelledby="held-title">
      <header>
        <h2 id="held-title">{t("page.seals")}</h2>
      </header>
      {props.seals.length === 0 ? (
        <div className="card-body">
          <EmptyState title={t("page.sealsNone")} />
        </div>
      ) : (
        <ul className="rows">
          {props.seals.map((one) => (
            <li key={one.seal.sealId} className="rows-line">
              <div className="grow stack stack-tight">
                <div className="row">
                  <Link className="grow" to={paths.seal(one.seal.sealId)}>
                    {nameIn(one.seal.name, language)} <span className="mono">{one.seal.number}</span>
                  </Link>
                  <FitnessTag fit={one.fit} lastFitDay={one.lastFitDay} />
                </div>
                {one.refusals.map((refusal) => (
                  <span key={refusal.code} className="note small">
                    {refusal.sentence[language]} {refusal.wayOut?.[language]}
                  </span>
                ))}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Courses(props: { courses: Training["courses"]; today: string }): ReactElement {
  const t = useText("training");
  const language = useLanguage();
  const recent = useRecent();
  const mayWrite = mayUse(useSession(), "training.manage");
  return (
    <section className="card" aria-labelledby="courses-title">
      <header>
        <h2 id="courses-title">{t("page.courses")}</h2>
        {mayWrite && (
          <Link className="button-link" to={paths.newCourse}>
            {t("page.write")}
          </Link>
        )}
      </header>
      <ul className="rows">
        {props.courses.map((one) => (
          <li key={one.courseId} className="rows-line">
            <div className="grow stack stack-tight">
              <div className="row">
                <strong className="grow">{nameIn(one.title, language)}</strong>
                {one.forCustody && <FactTag>{t("page.forCustody")}</FactTag>}
                <Certificate until={one.certificateUntil} today={props.today} />
              </div>
              <span className="note small">
                {t("page.takes", { questions: one.questions, passMark: one.passMark, months: one.validMonths })}
              </span>
              {one.lastAttempt && (
                <span className="note small">
                  {t("page.last", {
                    at: recent(one.lastAttempt.at),
                    correct: one.lastAttempt.correct,
                    total: one.lastAttempt.total,
                  })}
                </span>
              )}
              <div className="row">
                {mayWrite && (
                  <Link className="button-link button-link-quiet" to={paths.editCourse(one.courseId)}>
                    {t("page.change")}
                    <span className="unseen">{nameIn(one.title, language)}</span>
                  </Link>
                )}
                {one.attemptsLeftToday > 0 ? (
                  <Link className="button-link" to={paths.course(one.courseId)}>
                    {t(one.certificateUntil === null ? "page.take" : "page.again")}
                  </Link>
                ) : (
                  <span className="note">{t("page.tomorrow")}</span>
                )}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Certificate({ until, today }: { until: string | null; today: string }): ReactElement {
  const t = useText("training");
  const day = useDay();
  if (until === null)
    return (
      <Tag tone="waiting" sign="dashed">
        {t("page.never")}
      </Tag>
    );
  return until < today ? (
    <Tag tone="problem" sign="octagon">
      {t("page.lapsed", { day: day(until) })}
    </Tag>
  ) : (
    <Tag tone="success" sign="check">
      {t("page.certificate", { day: day(until) })}
    </Tag>
  );
}
