import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { Choice, Tick } from "../custody/custody-choices.tsx";
import { type ClassForm, ELECTRONIC_USES, readWords, rebase } from "./class-form.ts";
import { documentClassesQuery } from "./queries.ts";
import "./document-classes.css";

/** Everything that is said of a class. What it inherits of its base is told and not asked. */
export function ClassFields(props: { form: ClassForm; onChange: (form: ClassForm) => void }): ReactElement {
  const { form, onChange } = props;
  const t = useText("documentClasses");
  const language = useLanguage();
  const { data } = useQuery(documentClassesQuery);
  const starters = (data?.items ?? []).filter((one) => !one.own);
  const base = starters.find((one) => one.documentClass === form.base);
  const isStarter = form.classId !== null && form.classId === form.base;
  const set = (part: Partial<ClassForm>): void => onChange({ ...form, ...part });
  return (
    <>
      {form.classId === null && (
        <Choice
          label={t("form.base")}
          hint={t("form.baseHint")}
          value={form.base}
          options={starters.map((one) => ({ id: one.documentClass, name: nameIn(one.name, language) }))}
          onChange={(id) => {
            const chosen = starters.find((one) => one.documentClass === id);
            if (chosen) onChange(rebase(form, chosen));
          }}
        />
      )}
      <NameFields label={t("name")} value={form.name} onChange={(name) => set({ name })} />
      <Tick label={t("makesRights")} checked={form.makesRights} onChange={(makesRights) => set({ makesRights })} />
      {base?.makesRights && <p className="note small">{t("form.rightsStay", { base: nameIn(base.name, language) })}</p>}
      <Tick label={t("external")} checked={form.external} onChange={(external) => set({ external })} />
      <Tick label={t("confidential")} checked={form.confidential} onChange={(confidential) => set({ confidential })} />
      <Choice
        label={t("electronic")}
        value={form.electronic}
        options={ELECTRONIC_USES.map((id) => ({ id, name: t(`electronicUses.${id}`) }))}
        onChange={(id) => set({ electronic: ELECTRONIC_USES.find((one) => one === id) ?? "first" })}
      />
      {form.electronic !== "first" && (
        <NameFields
          label={t("electronicReason")}
          value={form.electronicReason}
          onChange={(electronicReason) => set({ electronicReason })}
        />
      )}
      {isStarter ? (
        <p className="note small">{t("form.kindsElsewhere")}</p>
      ) : (
        <KindTicks form={form} kinds={data?.kinds ?? []} onChange={(sealKinds) => set({ sealKinds })} />
      )}
      <WordsField words={form.words} onChange={(words) => set({ words })} />
      {form.classId !== null && (
        <>
          <Tick label={t("form.retire")} checked={form.retired} onChange={(retired) => set({ retired })} />
          <p className="note small">{t("form.retireHint")}</p>
        </>
      )}
    </>
  );
}

function KindTicks(props: {
  form: ClassForm;
  kinds: readonly { readonly kindId: string; readonly name: { readonly en: string; readonly zh: string } }[];
  onChange: (kinds: readonly string[]) => void;
}): ReactElement {
  const { sealKinds } = props.form;
  const t = useText("documentClasses");
  const language = useLanguage();
  return (
    <fieldset className="field class-kinds">
      <legend>{t("kinds")}</legend>
      <span className="field-hint">{t("form.kindsHint")}</span>
      <div className="class-kind-list">
        {props.kinds.map(({ kindId, name }) => (
          <Tick
            key={kindId}
            label={
              sealKinds.includes(kindId)
                ? `${nameIn(name, language)} · ${sealKinds.indexOf(kindId) + 1}`
                : nameIn(name, language)
            }
            checked={sealKinds.includes(kindId)}
            onChange={(on) => props.onChange(on ? [...sealKinds, kindId] : sealKinds.filter((one) => one !== kindId))}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Words are written as one line; what was typed stays as it stands until it is read again. */
function WordsField(props: { words: readonly string[]; onChange: (words: string[]) => void }): ReactElement {
  const t = useText("documentClasses");
  const language = useLanguage();
  const [text, setText] = useState(props.words.join(language === "zh" ? "，" : ", "));
  return (
    <Field label={t("words")} hint={t("form.wordsHint")}>
      {(control) => (
        <TextInput
          {...control}
          maxLength={600}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            props.onChange(readWords(event.target.value));
          }}
        />
      )}
    </Field>
  );
}
