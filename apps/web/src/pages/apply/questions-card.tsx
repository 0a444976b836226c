import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { QuestionList } from "../requests/question-list.tsx";
import { useApply } from "./apply-context.ts";
import type { CheckResult } from "./queries.ts";

/** What is asked about the request, each with room for a reason. Nothing has to be answered. */
export function QuestionsCard(props: { questions: CheckResult["questions"] }): ReactElement | null {
  const { draft, store } = useApply();
  const t = useText("apply");
  const { reasons } = draft.facts;
  if (props.questions.length === 0) return null;
  return (
    <section className="card" aria-labelledby="apply-questions">
      <header>
        <h2 id="apply-questions">{t("questions.title")}</h2>
      </header>
      <p className="card-body note small">{t("questions.why")}</p>
      <QuestionList
        questions={props.questions}
        answer={({ key }) => (
          <Field label={t("questions.reason")}>
            {(control) => (
              <TextInput
                {...control}
                maxLength={500}
                value={reasons[key] ?? ""}
                onChange={(event) =>
                  store.change({ type: "fact", change: { reasons: { ...reasons, [key]: event.target.value } } })
                }
              />
            )}
          </Field>
        )}
      />
    </section>
  );
}
