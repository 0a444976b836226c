import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { formatAmount, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { SignIcon } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import type { RequestDetail } from "./queries.ts";

export type Question = RequestDetail["questions"][number];

/** What is asked about a request, with the other requests it is about; `answer` draws what stands under each. */
export function QuestionList(props: {
  questions: readonly Question[];
  answer: (question: Question) => ReactNode;
}): ReactElement {
  const t = useText("requests");
  const language = useLanguage();
  return (
    <ul className="rows">
      {props.questions.map((question) => (
        <li key={question.key} className="paper-line stack stack-tight">
          <p>
            <SignIcon sign="warning" /> {question.sentence[language]}
          </p>
          {question.related.length > 0 && (
            <ul className="question-related" aria-label={t("questions.related")}>
              {question.related.map((one) => (
                <li key={one.number}>
                  <Related request={one} />
                </li>
              ))}
            </ul>
          )}
          {question.untold > 0 && <p className="note small">{t("questions.untold", { count: question.untold })}</p>}
          {question.unlisted > 0 && (
            <p className="note small">{t("questions.unlisted", { count: question.unlisted })}</p>
          )}
          {props.answer(question)}
        </li>
      ))}
    </ul>
  );
}

function Related(props: { request: Question["related"][number] }): ReactElement {
  const { requestId, number, amount, currency, submittedAt, applicant } = props.request;
  const language = useLanguage();
  const day = useDay();
  const more = [
    amount ? formatAmount(amount, currency, language) : "",
    day(submittedAt),
    applicant ? nameIn(applicant.name, language) : "",
  ].filter(Boolean);
  return (
    <>
      {requestId ? <Link to={paths.request(requestId)}>{number}</Link> : <strong>{number}</strong>}{" "}
      <span className="note small">{more.join(" · ")}</span>
    </>
  );
}

/** The questions of a request that was submitted, with what the applicant answered; whoever decides has to see both. */
export function RequestQuestions(props: { request: RequestDetail }): ReactElement | null {
  const { questions } = props.request;
  const t = useText("requests");
  if (questions.length === 0) return null;
  return (
    <section className="card" aria-labelledby="questions-title">
      <header>
        <h2 id="questions-title">{t("questions.title")}</h2>
      </header>
      <QuestionList
        questions={questions}
        answer={({ answer }) => (
          <p className="note">{answer ? t("questions.answer", { reason: answer }) : t("questions.unanswered")}</p>
        )}
      />
    </section>
  );
}
