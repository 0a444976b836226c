import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { api } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { type AttemptAnswer, type Course, courseQuery } from "./queries.ts";
import { listAnswers } from "./standing.ts";
import "./training.css";

/** A course: read, then answered question by question; what was right is told by the server when it is handed in. */
export function CoursePage(): ReactElement {
  const { courseId = "" }: { courseId?: string } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(courseQuery(courseId));
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Reader course={data} />;
}

function Reader(props: { course: Course }): ReactElement {
  const { course } = props;
  const t = useText("training");
  const language = useLanguage();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  const answers = listAnswers(course.questions, chosen);
  const { courseId, version } = course;
  const handIn = useMutation({
    mutationFn: (handed: NonNullable<typeof answers>) =>
      api("POST /v1/courses/:courseId/attempts", { params: { courseId }, body: { version, answers: handed } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["training"] }),
  });
  const of = course.questions.length;
  const left = handIn.data?.attemptsLeftToday ?? course.attemptsLeftToday;
  return (
    <>
      <PageHeader
        title={nameIn(course.title, language)}
        trail={[{ to: paths.training, name: t("course.back") }]}
        lead={t("course.lead", { passMark: course.passMark, left })}
      />
      {handIn.data ? (
        <Outcome
          course={course}
          outcome={handIn.data}
          onRetry={() => {
            setChosen({});
            handIn.reset();
          }}
        />
      ) : (
        <div className="stack">
          <ToRead course={course} />
          <section className="card" aria-labelledby="questions-title">
            <header>
              <h2 id="questions-title">{t("course.questions")}</h2>
            </header>
            <div className="card-body stack">
              {course.questions.map((one, at) => (
                <fieldset key={one.questionId} className="question">
                  <legend>
                    <span className="note small">{t("course.number", { at: at + 1, of })}</span>
                    <strong>{one.asks[language]}</strong>
                  </legend>
                  {one.choices.map((choice, index) => (
                    <label key={choice.en} className="choice">
                      <input
                        type="radio"
                        name={one.questionId}
                        checked={chosen[one.questionId] === index}
                        onChange={() => setChosen({ ...chosen, [one.questionId]: index })}
                      />
                      <span>{choice[language]}</span>
                    </label>
                  ))}
                </fieldset>
              ))}
            </div>
          </section>
          <ErrorPanel error={handIn.error} />
          <div className="row hand-in">
            <span className="grow note" aria-live="polite">
              {t("course.answered", { done: Object.keys(chosen).length, of })}
            </span>
            <Button
              type="primary"
              size="large"
              disabled={answers === null}
              loading={handIn.isPending}
              onClick={() => answers && handIn.mutate(answers)}
            >
              {t("course.handIn")}
            </Button>
          </div>
        </div>
      )}
    </>
  );
}

function ToRead(props: { course: Course }): ReactElement {
  const { text, documents } = props.course;
  const t = useText("training");
  const language = useLanguage();
  return (
    <section className="card" aria-labelledby="text-title">
      <header>
        <h2 id="text-title">{t("course.text")}</h2>
      </header>
      <div className="card-body stack course-text">
        {text.map((one) => (
          <p key={one.en}>{one[language]}</p>
        ))}
        {documents.length > 0 && (
          <>
            <h3>{t("course.documents")}</h3>
            <ul>
              {documents.map((one) => (
                <li key={one.evidenceId}>
                  <a href={`/v1/evidence/${one.evidenceId}/file`} download={one.name}>
                    {t("course.open", { name: one.name })}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

function Outcome(props: { course: Course; outcome: AttemptAnswer; onRetry: () => void }): ReactElement {
  const { course, outcome } = props;
  const t = useText("training");
  const language = useLanguage();
  const day = useDay();
  const answer = useRef<HTMLDivElement>(null);
  // What was handed in stood at the foot of a long page; the answer stands at its head, and is read out there.
  useEffect(() => answer.current?.focus(), []);
  const { correct, total, passMark, validUntil, attemptsLeftToday: left } = outcome;
  const sections = formatNames(
    outcome.weakSections.map((section) => t(`sections.${section}`)),
    language,
  );
  return (
    <div className="stack" ref={answer} tabIndex={-1}>
      {outcome.passed ? (
        <Message tone="success" title={t("course.passed", { correct, total })}>
          {t("course.passedWhy", { day: validUntil === null ? "" : day(validUntil) })}
        </Message>
      ) : (
        <Message tone="warning" title={t("course.failed", { correct, total, passMark })}>
          {t("course.failedWhy", { sections, left })}
        </Message>
      )}
      {outcome.corrections.length > 0 && (
        <section className="card" aria-labelledby="corrections-title">
          <header>
            <h2 id="corrections-title">{t("course.corrections")}</h2>
          </header>
          <ul className="rows">
            {outcome.corrections.map(({ questionId, right, because }) => {
              const question = course.questions.find((one) => one.questionId === questionId);
              return (
                <li key={questionId} className="rows-line">
                  <div className="grow stack stack-tight">
                    <strong>{question?.asks[language]}</strong>
                    <span>{t("course.right", { choice: question?.choices[right]?.[language] ?? "" })}</span>
                    <span className="note small">{because[language]}</span>
                  </div>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <div className="row">
        <Link className="button-link button-link-primary" to={paths.training}>
          {t("course.done")}
        </Link>
        {!outcome.passed && left > 0 && <Button onClick={props.onRetry}>{t("course.retry")}</Button>}
      </div>
    </div>
  );
}
