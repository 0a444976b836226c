import { Button } from "antd";
import { type ReactElement, useEffect, useRef } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { changeKind, type Field as FoundField, makeMark, takeOver } from "./fields.ts";
import type { Mark, TemplateDetail } from "./queries.ts";
import { useFieldName } from "./use-field-name.ts";

const KINDS = ["text", "words", "amount", "date", "party"] as const;
const PLACE = [
  ["x", "fieldX"],
  ["y", "fieldY"],
  ["width", "fieldWidth"],
  ["height", "fieldHeight"],
] as const;
/** Where a field stands that is added without drawing: it is moved by its numbers. */
const FRESH = { x: 25, y: 25, width: 60, height: 7 };

/** Everything that may be filled in: what the text leaves open, and what was drawn, which can be changed and removed. */
export function TemplateFields(props: {
  detail: TemplateDetail;
  marks: readonly Mark[];
  chosen: number | null;
  newName: string;
  onChoose: (at: number | null) => void;
  onAdd: ((mark: Mark) => void) | undefined;
  onChange: (marks: Mark[]) => void;
}): ReactElement {
  const { detail, marks, chosen, newName, onChoose, onAdd, onChange } = props;
  const t = useText("templates");
  const fieldName = useFieldName();
  const found = detail.fields.filter((field) => field.mark === null);
  return (
    <section className="card" aria-labelledby="template-fields">
      <header>
        <h2 id="template-fields">{t("fields")}</h2>
        <span className="note small">{found.length + marks.length}</span>
      </header>
      <div className="card-body stack">
        <p className="note small">{t("fieldsLead")}</p>
        {marks.some(({ kind }) => kind === "words") && (
          <Message tone="warning" title={t("fieldWords")}>
            {t("fieldWordsWhy")}
          </Message>
        )}
        {found.length + marks.length === 0 && <p className="note">{t("fieldsNone")}</p>}
        <ul className="template-fields said-list">
          {marks.map((mark, at) => (
            <li key={`${at.toString()} ${mark.page}`}>
              {onAdd && chosen === at ? (
                <MarkFields
                  mark={mark}
                  onChange={(changed) => onChange(marks.with(at, changed))}
                  onRemove={() => {
                    onChoose(null);
                    onChange(marks.toSpliced(at, 1));
                  }}
                />
              ) : (
                <button type="button" className="link-button" onClick={() => onChoose(at)}>
                  {fieldName(mark.name)}{" "}
                  <span className="note small">
                    {t(`fieldKinds.${mark.kind}`)} · {t("fieldDrawn")}
                  </span>
                </button>
              )}
            </li>
          ))}
          {found.map((field) => (
            <FoundLine
              key={`${field.page} ${field.box.x} ${field.box.y}`}
              field={field}
              onTakeOver={onAdd && (() => onAdd(takeOver(field)))}
            />
          ))}
        </ul>
        {onAdd && (
          <div className="row">
            {detail.version.pages.slice(0, 12).map((_, page) => (
              <Button
                key={`page-${page.toString()}`}
                size="small"
                onClick={() => onAdd(makeMark(newName, page, FRESH))}
              >
                {t("addField", { page: page + 1 })}
              </Button>
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

function FoundLine(props: { field: FoundField; onTakeOver: (() => void) | undefined }): ReactElement {
  const { field, onTakeOver } = props;
  const t = useText("templates");
  const fieldName = useFieldName();
  return (
    <li className="row">
      <span className="grow">
        {fieldName(field.name)}{" "}
        <span className="note small">
          {t(`fieldKinds.${field.kind}`)} · {t("fieldFound")}
        </span>
      </span>
      {onTakeOver && (
        <Button size="small" aria-label={t("takeOverNamed", { name: fieldName(field.name) })} onClick={onTakeOver}>
          {t("takeOver")}
        </Button>
      )}
    </li>
  );
}

/** One drawn field, whole; everything that the mouse can do is done by its numbers too. */
function MarkFields(props: { mark: Mark; onChange: (mark: Mark) => void; onRemove: () => void }): ReactElement {
  const { mark, onChange, onRemove } = props;
  const t = useText("templates");
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    first.current?.querySelector("input")?.focus();
  }, []);
  return (
    <div className="stack stack-tight" ref={first}>
      <Field label={t("fieldName")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={60}
            value={mark.name}
            onChange={(event) => onChange({ ...mark, name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t("fieldKind")}
        {...(mark.kind === "text"
          ? { hint: t("fieldTextHint") }
          : mark.kind === "words"
            ? { hint: t("fieldWordsHint") }
            : {})}
      >
        {(control) => (
          <select
            {...control}
            className="native-select"
            value={mark.kind}
            onChange={(event) => {
              const kind = KINDS.find((one) => one === event.target.value);
              if (kind) onChange(changeKind(mark, kind));
            }}
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`fieldKinds.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("fieldMost")} hint={t("fieldMostHint")}>
        {(control) => (
          <NumberInput
            control={control}
            min={1}
            max={400}
            value={mark.mostCharacters}
            onChange={(most) =>
              most !== null && onChange({ ...mark, mostCharacters: Math.min(400, Math.max(1, most)) })
            }
          />
        )}
      </Field>
      <div className="template-numbers">
        {PLACE.map(([side, label]) => (
          <Field key={side} label={t(label)}>
            {(control) => (
              <NumberInput
                control={control}
                min={0}
                max={2000}
                value={Math.round(mark.place[side])}
                onChange={(mm) =>
                  mm !== null && onChange({ ...mark, place: { ...mark.place, [side]: Math.max(0, mm) } })
                }
              />
            )}
          </Field>
        ))}
      </div>
      <div>
        <Button danger aria-label={t("removeField", { name: mark.name })} onClick={onRemove}>
          {t("removeField", { name: mark.name })}
        </Button>
      </div>
    </div>
  );
}
