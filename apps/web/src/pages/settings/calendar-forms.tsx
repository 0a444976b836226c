import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { type CalendarDay, parseDays } from "./calendar.ts";

/** Adds one day. */
export function DayForm(props: { onAdd: (day: CalendarDay) => void }): ReactElement {
  const t = useText("settings");
  const [day, setDay] = useState("");
  const [kind, setKind] = useState<CalendarDay["kind"]>("holiday");
  const [name, setName] = useState("");
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (day === "") return;
    props.onAdd({ day, kind, name: name.trim() });
    setDay("");
    setName("");
  };
  return (
    <form className="card card-body stack" onSubmit={add}>
      <div className="field-pair">
        <Field label={t("calendar.day")}>
          {(control) => (
            <TextInput {...control} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
          )}
        </Field>
        <Field label={t("calendar.kind")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={kind}
              onChange={(event) => setKind(event.target.value === "make-up" ? "make-up" : "holiday")}
            >
              <option value="holiday">{t("calendar.kinds.holiday")}</option>
              <option value="make-up">{t("calendar.kinds.make-up")}</option>
            </select>
          )}
        </Field>
      </div>
      <Field label={t("calendar.name")}>
        {(control) => (
          <TextInput {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <div>
        <Button htmlType="submit" disabled={day === ""}>
          {t("calendar.add")}
        </Button>
      </div>
    </form>
  );
}

/** Takes a pasted list, all of it or nothing. */
export function PasteForm(props: { onTake: (days: readonly CalendarDay[]) => void }): ReactElement {
  const t = useText("settings");
  const [text, setText] = useState("");
  const [answer, setAnswer] = useState<ReturnType<typeof parseDays> | null>(null);
  const take = (event: FormEvent): void => {
    event.preventDefault();
    const read = parseDays(text);
    setAnswer(read);
    if (!read.ok) return;
    props.onTake(read.days);
    setText("");
  };
  return (
    <form className="card card-body stack" onSubmit={take}>
      <Field label={t("calendar.paste")} hint={t("calendar.pasteHint")}>
        {(control) => (
          <TextLines {...control} rows={5} value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <div aria-live="polite">
        {answer?.ok === true && <Message tone="success" title={t("calendar.taken", { count: answer.days.length })} />}
        {answer?.ok === false && (
          <Message tone="problem" title={t("calendar.notTaken")}>
            {answer.problems.slice(0, 10).map((problem) => (
              <p key={problem.line}>{t(`calendar.errors.${problem.code}`, { line: problem.line })}</p>
            ))}
          </Message>
        )}
      </div>
      <div>
        <Button htmlType="submit" disabled={text.trim() === ""}>
          {t("calendar.take")}
        </Button>
      </div>
    </form>
  );
}
