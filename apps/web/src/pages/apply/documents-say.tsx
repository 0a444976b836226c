import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { DisagreementLine, nameAmong } from "../requests/disagreement-line.tsx";
import { type Disagreement, isForReaders } from "../requests/facts-words.ts";
import { FilledValues } from "../requests/filled-values.tsx";
import { useApply } from "./apply-context.ts";
import type { CheckResult } from "./queries.ts";

/** What the documents say: the template each follows, and where they say another thing than the application. */
export function DocumentsSay(props: { check: CheckResult }): ReactElement | null {
  const { facts, unanswered } = props.check;
  const { draft } = useApply();
  const files = draft.documents.map(({ file }) => file);
  const t = useText("templates");
  if (facts.templates.length === 0 && facts.disagreements.length === 0) return null;
  return (
    <section className="card" aria-labelledby="documents-say">
      <header>
        <h2 id="documents-say">{t("said.title")}</h2>
      </header>
      <div className="card-body stack">
        <ul className="stack stack-tight said-list">
          {facts.templates.map((template) => (
            <li key={template.documentId}>
              <Followed template={template} />
            </li>
          ))}
        </ul>
        {facts.disagreements.length === 0 ? (
          <p className="note">{t("said.agree")}</p>
        ) : (
          <>
            {facts.disagreements.some(({ fact }) => !isForReaders(fact)) && <p className="note">{t("said.lead")}</p>}
            <ul className="stack said-list">
              {facts.disagreements.map((one) => (
                <DisagreementLine
                  key={one.key}
                  disagreement={one}
                  file={nameAmong(files, one.documentId)}
                  declaredDecides={t("said.stricterDeclared")}
                >
                  {one.stricter === "read" && !isForReaders(one.fact) && (
                    <Why disagreement={one} needed={unanswered.includes(one.key)} />
                  )}
                </DisagreementLine>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

function Followed(props: { template: CheckResult["facts"]["templates"][number] }): ReactElement {
  const { name, number, verdict, fields, differences, documentId, versionId, values, toRead, layout } = props.template;
  const { draft } = useApply();
  const t = useText("templates");
  const language = useLanguage();
  const file = draft.documents.find((one) => one.file.documentId === documentId)?.file.name ?? "";
  const said = { name: nameIn(name, language), number };
  const isChanged = verdict === "changed";
  return (
    <div className="stack stack-tight">
      <div className="row">
        <Tag tone={isChanged ? "warning" : "success"} sign={isChanged ? "warning" : "check"}>
          {t(toRead ? "compare.toRead" : `compare.${verdict}`)}
        </Tag>
        <span>{file}</span>
      </div>
      <span>
        <Link to={paths.template(versionId)}>{t(isChanged && !toRead ? "followsChanged" : "follows", said)}</Link>{" "}
        <span className="note">
          {toRead
            ? t("compare.toReadWhy", { count: differences })
            : isChanged
              ? `${t("compare.differs", { count: differences })} ${layout > 0 ? t("compare.ofLayout", { count: layout }) : ""}`
              : verdict === "same"
                ? t("compare.sameWhy")
                : t("compare.filled", { count: fields })}
        </span>
      </span>
      <FilledValues values={values} />
    </div>
  );
}

/** Why it is as declared; where nothing else stands against the request, a reason is all it needs. */
function Why(props: { disagreement: Disagreement; needed: boolean }): ReactElement {
  const { disagreement, needed } = props;
  const { draft, store } = useApply();
  const t = useText("templates");
  const { factAnswers } = draft.facts;
  const answer = factAnswers[disagreement.key] ?? "";
  const say = (reason: string): void =>
    store.change({ type: "fact", change: { factAnswers: { ...factAnswers, [disagreement.key]: reason } } });
  const field = (
    <Field
      label={t("said.why")}
      hint={t("said.whyHint")}
      problem={needed && answer.trim() === "" ? t("said.whyNeeded") : undefined}
    >
      {(control) => (
        <TextInput {...control} maxLength={500} value={answer} onChange={(event) => say(event.target.value)} />
      )}
    </Field>
  );
  // An agreement on technical matters, or the contract in another language, says the sum of one deal once more.
  if (disagreement.together === null) return field;
  return (
    <div className="stack stack-tight">
      {field}
      {answer === "" && (
        <div>
          <Button size="small" onClick={() => say(t("said.sameOnce"))}>
            {t("said.sameOnceAnswer")}
          </Button>
        </div>
      )}
    </div>
  );
}
