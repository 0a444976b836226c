import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useBlocker, useNavigate, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useRef, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { BothLines } from "../../parts/both-lines.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import {
  beginCourse,
  type CourseDraft,
  changeCourse,
  type DraftPart,
  findGaps,
  moveUp,
  noText,
  toBody,
} from "./course-draft.ts";
import { CourseQuestions } from "./course-questions.tsx";
import { courseSourceQuery } from "./queries.ts";
import "../matters/matters.css";
import "./training.css";

/** Writes a course that the organisation does not have yet. */
export function NewCoursePage(): ReactElement {
  const [courseId] = useState(() => `crs_${crypto.randomUUID()}`);
  return <Editor courseId={courseId} begun={beginCourse()} />;
}

/** Changes a course: what is published is a new version. */
export function EditCoursePage(): ReactElement {
  const { courseId = "" }: { courseId?: string } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(courseSourceQuery(courseId));
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Editor courseId={courseId} begun={changeCourse(data)} />;
}

function Editor(props: { courseId: string; begun: CourseDraft }): ReactElement {
  const { courseId, begun } = props;
  const t = useText("training");
  const language = useLanguage();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(begun);
  const published = useRef(false);
  const change = (part: Partial<CourseDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const publish = useMutation({
    mutationFn: (body: ReturnType<typeof toBody>) => api("PUT /v1/courses/:courseId", { params: { courseId }, body }),
    onSuccess: async () => {
      published.current = true;
      await queries.invalidateQueries({ queryKey: ["training"] });
      await navigate({ to: paths.training });
    },
  });
  const isChanged = (): boolean => !published.current && draft !== begun;
  const leaving = useBlocker({ shouldBlockFn: isChanged, enableBeforeUnload: isChanged, withResolver: true });
  const { gaps, open } = findGaps(draft);
  const version = draft.version + 1;
  return (
    <>
      <PageHeader
        title={draft.version === 0 ? t("editor.new") : nameIn(begun.title, language)}
        trail={[{ to: paths.training, name: t("course.back") }]}
        lead={t("editor.lead", { version })}
      />
      <div className="stack">
        <About draft={draft} change={change} />
        <Reading draft={draft} change={change} />
        <CourseQuestions draft={draft} change={change} open={open} />
        <section className="card" aria-labelledby="why-title">
          <header>
            <h2 id="why-title">{t("editor.why")}</h2>
          </header>
          <div className="card-body stack">
            <Field label={t("editor.reason")} hint={t("editor.reasonHint")}>
              {(control) => (
                <TextLines
                  {...control}
                  rows={2}
                  maxLength={500}
                  value={draft.reason}
                  onChange={(event) => change({ reason: event.target.value })}
                />
              )}
            </Field>
            {gaps.length > 0 && (
              <Message tone="action" title={t("editor.open")}>
                <ul>
                  {gaps.map((gap) => (
                    <li key={gap}>{t(`editor.gaps.${gap}`)}</li>
                  ))}
                </ul>
              </Message>
            )}
            <ErrorPanel error={publish.error} />
            <div className="row">
              <Button
                type="primary"
                size="large"
                disabled={gaps.length > 0}
                loading={publish.isPending}
                onClick={() => publish.mutate(toBody(draft))}
              >
                {t("editor.publish", { version })}
              </Button>
            </div>
          </div>
        </section>
      </div>
      {leaving.status === "blocked" && (
        <Dialog
          title={t("editor.leave")}
          onClose={leaving.reset}
          actions={
            <>
              <Button onClick={leaving.reset}>{t("editor.stay")}</Button>
              <Button danger onClick={leaving.proceed}>
                {t("editor.go")}
              </Button>
            </>
          }
        >
          {null}
        </Dialog>
      )}
    </>
  );
}

function About({ draft, change }: DraftPart): ReactElement {
  const t = useText("training");
  const marks = ["passMark", "validMonths"] as const;
  return (
    <section className="card" aria-labelledby="about-title">
      <header>
        <h2 id="about-title">{t("editor.about")}</h2>
      </header>
      <div className="card-body stack">
        <NameFields label={t("editor.name")} value={draft.title} onChange={(title) => change({ title })} />
        <div className="field-pair">
          {marks.map((mark) => (
            <Field key={mark} label={t(`editor.${mark}`)} hint={t(`editor.${mark}Hint`)}>
              {(control) => (
                <TextInput
                  {...control}
                  inputMode="numeric"
                  maxLength={3}
                  value={draft[mark]}
                  onChange={(event) => change({ [mark]: event.target.value.trim() })}
                />
              )}
            </Field>
          ))}
        </div>
        <label className="choice">
          <input
            type="checkbox"
            checked={draft.forCustody}
            onChange={(event) => change({ forCustody: event.target.checked })}
          />
          <span>{t("editor.forCustody")}</span>
        </label>
      </div>
    </section>
  );
}

function Reading({ draft, change }: DraftPart): ReactElement {
  const t = useText("training");
  const { text, documents } = draft;
  return (
    <section className="card" aria-labelledby="reading-title">
      <header>
        <h2 id="reading-title">{t("editor.text")}</h2>
      </header>
      <div className="card-body stack">
        {text.map((paragraph, at) => {
          const name = t("editor.paragraph", { at: at + 1 });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a paragraph has nothing of its own but its place
            <div key={at} className="stack stack-tight">
              <BothLines label={name} value={paragraph} onChange={(one) => change({ text: text.with(at, one) })} />
              <div className="row">
                <Button disabled={at === 0} onClick={() => change({ text: moveUp(text, at) })}>
                  {t("editor.up")} <span className="unseen">{name}</span>
                </Button>
                <Button onClick={() => change({ text: text.filter((_, index) => index !== at) })}>
                  {t("editor.drop")} <span className="unseen">{name}</span>
                </Button>
              </div>
            </div>
          );
        })}
        <div className="row">
          <Button onClick={() => change({ text: [...text, noText] })}>{t("editor.addParagraph")}</Button>
        </div>
        <h3>{t("editor.documents")}</h3>
        <p className="note">{t("editor.documentsHint")}</p>
        {documents.length > 0 && (
          <ul className="rows">
            {documents.map((file) => (
              <li key={file.evidenceId} className="rows-line row">
                <span className="grow">{file.name}</span>
                <Button
                  aria-label={t("editor.dropDocument", { name: file.name })}
                  onClick={() => change({ documents: documents.filter((one) => one !== file) })}
                >
                  {t("editor.drop")}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <EvidenceInput
          accepts="any"
          label={t("editor.documents")}
          onTaken={(file) => change({ documents: [...documents, file] })}
        />
      </div>
    </section>
  );
}
