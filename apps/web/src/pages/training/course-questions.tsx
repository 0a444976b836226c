import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, type ReactNode, useState } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { BothLines } from "../../parts/both-lines.tsx";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { beginQuestion, type DraftPart, type DraftQuestion, dropChoice, moveUp, noText } from "./course-draft.ts";
import { controlsQuery } from "./queries.ts";

const SECTIONS = ["rules", "procedure", "storage", "risks"] as const satisfies readonly DraftQuestion["section"][];

/** The questions of a course, one folded under the other. `open` are the places of those that are unfinished. */
export function CourseQuestions(props: DraftPart & { open: readonly number[] }): ReactElement {
  const { draft, change, open } = props;
  const { questions } = draft;
  const t = useText("training");
  const language = useLanguage();
  return (
    <section className="card" aria-labelledby="asked-title">
      <header>
        <h2 id="asked-title">{t("editor.questions")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("editor.questionsHint")}</p>
        {questions.map((one, at) => (
          <Folded key={one.questionId} begun={one.asks.en !== "" || one.asks.zh !== ""}>
            <summary>
              <span className="note">{t("editor.question", { at: at + 1 })}</span>{" "}
              <span className="grow">{one.asks[language]}</span>
              {open.includes(at) && (
                <Tag tone="waiting" sign="dashed">
                  {t("editor.unfinished")}
                </Tag>
              )}
            </summary>
            <OneQuestion
              question={one}
              at={at}
              onChange={(changed) => change({ questions: questions.with(at, changed) })}
            />
            <div className="row">
              <Button disabled={at === 0} onClick={() => change({ questions: moveUp(questions, at) })}>
                {t("editor.up")} <span className="unseen">{t("editor.ofQuestion", { at: at + 1 })}</span>
              </Button>
              <Button onClick={() => change({ questions: questions.filter((other) => other !== one) })}>
                {t("editor.drop")} <span className="unseen">{t("editor.ofQuestion", { at: at + 1 })}</span>
              </Button>
            </div>
          </Folded>
        ))}
        <div className="row">
          <Button onClick={() => change({ questions: [...questions, beginQuestion(questions)] })}>
            {t("editor.addQuestion")}
          </Button>
        </div>
      </div>
    </section>
  );
}

/** Open at first where nothing is written yet; afterwards whoever writes opens and closes it. */
function Folded(props: { begun: boolean; children: ReactNode }): ReactElement {
  const [open] = useState(!props.begun);
  return (
    <details className="draft-question" open={open}>
      {props.children}
    </details>
  );
}

function OneQuestion(props: {
  question: DraftQuestion;
  at: number;
  onChange: (question: DraftQuestion) => void;
}): ReactElement {
  const { question, onChange } = props;
  const t = useText("training");
  const language = useLanguage();
  const { data: controls } = useQuery(controlsQuery);
  const { choices } = question;
  return (
    <div className="stack">
      <div className="field-pair">
        <Field label={t("editor.section")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={question.section}
              onChange={({ target }) => {
                const section = SECTIONS.find((one) => one === target.value);
                if (section) onChange({ ...question, section });
              }}
            >
              {SECTIONS.map((section) => (
                <option key={section} value={section}>
                  {t(`sections.${section}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("editor.control")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={question.control ?? ""}
              onChange={({ target }) =>
                onChange({ ...question, control: controls?.items.find((one) => one.id === target.value)?.id ?? null })
              }
            >
              <option value="">{t("editor.noControl")}</option>
              {controls?.items.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.id} {one.title[language]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <BothLines
        label={t("editor.asks")}
        rows={2}
        value={question.asks}
        onChange={(asks) => onChange({ ...question, asks })}
      />
      {choices.map((choice, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a choice has nothing of its own but its place
        <div key={at} className="draft-choice">
          <label className="choice">
            <input
              type="radio"
              name={`right-${question.questionId}`}
              checked={question.right === at}
              aria-label={t("editor.rightNamed", { at: at + 1 })}
              onChange={() => onChange({ ...question, right: at })}
            />
            <span>{t("editor.right")}</span>
          </label>
          <div className="grow">
            <NameFields
              label={t("editor.choice", { at: at + 1 })}
              value={choice}
              onChange={(one) => onChange({ ...question, choices: choices.with(at, one) })}
            />
          </div>
          {choices.length > 2 && (
            <Button onClick={() => onChange(dropChoice(question, at))}>
              {t("editor.drop")} <span className="unseen">{t("editor.choice", { at: at + 1 })}</span>
            </Button>
          )}
        </div>
      ))}
      {choices.length < 8 && (
        <div className="row">
          <Button onClick={() => onChange({ ...question, choices: [...choices, noText] })}>
            {t("editor.addChoice")} <span className="unseen">{t("editor.ofQuestion", { at: props.at + 1 })}</span>
          </Button>
        </div>
      )}
      <BothLines
        label={t("editor.because")}
        rows={2}
        value={question.because}
        onChange={(because) => onChange({ ...question, because })}
      />
    </div>
  );
}
