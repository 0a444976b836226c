import { useQuery } from "@tanstack/react-query";
import type { ReactElement, ReactNode } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field, type FieldControl } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { documentClassesQuery, useClassName } from "../document-classes/queries.ts";
import { type TemplateDetail, templatesQuery } from "./queries.ts";
import type { DraftBody } from "./use-template-draft.ts";

const LANGUAGES = ["zh", "en", "both"] as const;

/** What the template is; of a draft, to be changed. */
export function TemplateFacts(props: {
  detail: TemplateDetail;
  body: DraftBody;
  onChange: ((change: Partial<DraftBody>) => void) | undefined;
}): ReactElement {
  const { detail, body, onChange } = props;
  const t = useText("templates");
  const className = useClassName();
  const language = useLanguage();
  const { version } = detail;
  return (
    <section className="card" aria-labelledby="template-facts">
      <header>
        <h2 id="template-facts">{t("facts")}</h2>
      </header>
      <div className="card-body stack">
        {onChange ? (
          <FactFields body={body} detail={detail} onChange={onChange} />
        ) : (
          <dl className="facts">
            <dt>{t("class")}</dt>
            <dd>{className(version.documentClass)}</dd>
            <dt>{t("language")}</dt>
            <dd>{t(`languages.${version.language}`)}</dd>
            <dt>{t("entity")}</dt>
            <dd>{nameIn(version.entity.name, language)}</dd>
          </dl>
        )}
      </div>
    </section>
  );
}

function FactFields(props: {
  detail: TemplateDetail;
  body: DraftBody;
  onChange: (change: Partial<DraftBody>) => void;
}): ReactElement {
  const { body, onChange } = props;
  const t = useText("templates");
  const className = useClassName();
  const language = useLanguage();
  const { data } = useQuery(templatesQuery);
  const { data: classes } = useQuery(documentClassesQuery);
  const replaceable = (data?.items ?? []).filter(
    (one) => one.state === "in-force" && one.entity.entityId === body.entityId,
  );
  return (
    <>
      {(["zh", "en"] as const).map((one) => (
        <Field key={one} label={t(one === "zh" ? "nameZh" : "nameEn")}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={120}
              value={body.name[one]}
              onChange={(event) => onChange({ name: { ...body.name, [one]: event.target.value } })}
            />
          )}
        </Field>
      ))}
      <Choice
        label={t("class")}
        value={body.documentClass}
        onChoose={(value) => {
          const found = classes?.items.find((one) => one.documentClass === value);
          if (found) onChange({ documentClass: found.documentClass });
        }}
        options={(classes?.items ?? [])
          .filter((one) => !one.retired || one.documentClass === body.documentClass)
          .map((one) => [one.documentClass, className(one.documentClass)])}
      />
      <Choice
        label={t("language")}
        value={body.language}
        onChoose={(value) => onChange({ language: LANGUAGES.find((one) => one === value) ?? body.language })}
        options={LANGUAGES.map((one) => [one, t(`languages.${one}`)])}
      />
      {(data?.mayWriteIn.length ?? 0) > 1 && (
        <Choice
          label={t("entity")}
          value={body.entityId}
          onChoose={(entityId) => onChange({ entityId, replaces: null })}
          options={(data?.mayWriteIn ?? []).map((one) => [one.entityId, nameIn(one.name, language)])}
        />
      )}
      <Choice
        label={t("newVersion")}
        value={body.replaces ?? ""}
        onChoose={(value) => {
          const found = replaceable.find((one) => one.templateId === value);
          onChange({ replaces: found?.templateId ?? null });
        }}
        options={[
          ["", t("newVersionNone")],
          ...replaceable.map((one): [string, string] => [one.templateId, nameIn(one.name, language)]),
        ]}
      />
    </>
  );
}

function Choice(props: {
  label: ReactNode;
  value: string;
  options: readonly (readonly [value: string, name: string])[];
  onChoose: (value: string) => void;
}): ReactElement {
  return (
    <Field label={props.label}>
      {(control: FieldControl) => (
        <select
          {...control}
          className="native-select"
          value={props.value}
          onChange={(event) => props.onChoose(event.target.value)}
        >
          {props.options.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
