import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDeadline, useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { EvidenceFiles } from "./evidence-files.tsx";
import { EvidenceInput } from "./evidence-input.tsx";
import { type EvidenceFile, evidenceAddress, refreshMatters, type Task } from "./queries.ts";
import { handoverOf, placeOf, urgencyOf } from "./tasks.ts";

/** Tasks with their clocks. `within` leaves out what the page around them says already. */
export function TaskList(props: { tasks: readonly Task[]; within?: boolean }): ReactElement {
  return (
    <ul className="rows">
      {props.tasks.map((task) => (
        <li key={task.taskId} className="rows-line task-line">
          <TaskItem task={task} within={props.within ?? false} />
        </li>
      ))}
    </ul>
  );
}

/** What is read at its place, and confirmed there. */
const CONFIRMED_THERE: ReadonlySet<string> = new Set(["read-rule-book", "confirm-position"]);

function TaskItem(props: { task: Task; within: boolean }): ReactElement {
  const { task, within } = props;
  const t = useText("matters");
  const word = useWord();
  const language = useLanguage();
  const recent = useRecent();
  const deadline = useDeadline();
  const [ending, setEnding] = useState(false);
  const place = placeOf(task);
  const handover = handoverOf(task);
  const urgency = urgencyOf(task, Date.now());
  const whose = task.assignee
    ? nameIn(task.assignee.name, language)
    : task.assigneeRole
      ? word("roles", task.assigneeRole)
      : "";
  const about = within
    ? []
    : [
        task.seal ? `${nameIn(task.seal.name, language)} ${task.seal.number}` : "",
        task.person ? nameIn(task.person.name, language) : "",
        task.entity ? nameIn(task.entity.name, language) : "",
      ].filter(Boolean);
  return (
    <>
      <div className="grow task-text">
        <strong>{task.title[language]}</strong>
        {about.length > 0 && <span>{about.join(" · ")}</span>}
        {task.state === "open" && task.wayOut && <span className="note">{task.wayOut[language]}</span>}
        <span className="row">
          {task.state === "open" ? (
            <Tag tone={urgency.tone} sign={urgency.sign}>
              {task.dueAt ? deadline(task.dueAt) : t("tasks.noClock")}
            </Tag>
          ) : (
            <StateTag kind="task" state={task.state} />
          )}
          {whose && <span className="note small">{whose}</span>}
          {task.endedAt && (
            <span className="note small">
              {task.endedBy && `${nameIn(task.endedBy.name, language)} · `}
              {recent(task.endedAt)}
            </span>
          )}
          {task.requestId && task.endsByWord && <Link to={paths.request(task.requestId)}>{t("tasks.toRequest")}</Link>}
          {!within && task.matterId && <Link to={paths.matter(task.matterId)}>{t("tasks.toMatter")}</Link>}
          {task.evidenceId && (
            <a href={evidenceAddress.file(task.evidenceId)} download>
              {t("tasks.evidence")}
            </a>
          )}
        </span>
        {task.note && <span className="typed note">{sayHalf(task.note, language)}</span>}
      </div>
      {place && task.mayDo && (
        <Link className="button-link" {...place}>
          {t(CONFIRMED_THERE.has(task.kind) ? "tasks.toPlace" : "tasks.toAct")}
        </Link>
      )}
      {handover && "open" in handover && (
        <Link className="button-link" to={handover.open}>
          {t("tasks.toOpenHandover")}
        </Link>
      )}
      {handover && "begin" in handover && (
        <Link className="button-link" to={paths.handOver} search={handover.begin}>
          {t("tasks.toHandover")}
        </Link>
      )}
      {task.mayDo && task.endsByWord && <Button onClick={() => setEnding(true)}>{t(wordOf(task))}</Button>}
      {ending && <DoneDialog task={task} onClose={() => setEnding(false)} />}
    </>
  );
}

/** What whoever ends a task by his word does: he has a thing, says what happened, or did what was to be done. */
const wordOf = ({ kind }: Task) =>
  kind === "issue-receipt" ? "tasks.haveIt" : kind === "explain-finding" ? "tasks.explain" : "tasks.done";

/** Says that a task is done: what was done, and a photo or paper that shows it. */
function DoneDialog(props: { task: Task; onClose: () => void }): ReactElement {
  const { task } = props;
  const t = useText("matters");
  const parts = useText("parts");
  const language = useLanguage();
  const queries = useQueryClient();
  const explains = task.kind === "explain-finding";
  const [note, setNote] = useState("");
  const [file, setFile] = useState<EvidenceFile | null>(null);
  const done = useMutation({
    mutationFn: () =>
      api("POST /v1/tasks/:taskId/done", {
        params: { taskId: task.taskId },
        body: { note: note.trim(), evidenceId: file?.evidenceId ?? null },
      }),
    onSuccess: async () => {
      await refreshMatters(queries);
      props.onClose();
    },
  });
  return (
    <Dialog title={t(wordOf(task))} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          done.mutate();
        }}
      >
        <p>{task.title[language]}</p>
        <ReasonField
          label={t(explains ? "tasks.happened" : "tasks.note")}
          hint={t("tasks.noteHint")}
          most={1000}
          value={note}
          onChange={setNote}
        />
        {file ? (
          <EvidenceFiles files={[file]} />
        ) : (
          <EvidenceInput accepts="any" label={t("tasks.evidence")} onTaken={setFile} />
        )}
        <ErrorPanel error={done.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{parts("back")}</Button>
          <Button type="primary" htmlType="submit" loading={done.isPending}>
            {t(explains ? "tasks.explainNow" : "tasks.doneNow")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
