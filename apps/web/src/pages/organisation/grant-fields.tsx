import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import type { GrantForm, Role, ScopeOption } from "./organisation.ts";

/** Every role that can be granted, in the order of a seal's use. */
export const GRANTED_ROLES: readonly Role[] = [
  "applicant",
  "unit-head",
  "legal-reviewer",
  "signatory",
  "custodian",
  "supervisor",
  "certificate-keeper",
  "seal-administrator",
  "inspector",
  "system-administrator",
];

/** Role, what it is for, and from when to when. */
export function GrantFields(props: {
  form: GrantForm;
  options: readonly ScopeOption[];
  problem: (gap: "role" | "scope" | "from") => string | undefined;
  onChange: (form: GrantForm) => void;
}): ReactElement {
  const { form, options, problem, onChange } = props;
  const t = useText("organisation");
  const word = useWord();
  const language = useLanguage();
  const backwards = form.to !== "" && form.to < form.from;
  return (
    <>
      <div className="field-pair">
        <Field
          label={t("grants.role")}
          problem={problem("role")}
          {...(form.role ? { hint: word("roleDuties", form.role) } : {})}
        >
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={form.role}
              onChange={(event) => onChange({ ...form, role: event.target.value, scopeKey: "" })}
            >
              <option value="">{t("choose")}</option>
              {GRANTED_ROLES.map((role) => (
                <option key={role} value={role}>
                  {word("roles", role)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label={t("grants.scope")}
          {...(form.role === "" ? { hint: t("grants.scopeHint") } : {})}
          problem={problem("scope")}
        >
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={form.scopeKey}
              onChange={(event) => onChange({ ...form, scopeKey: event.target.value })}
            >
              <option value="">{t("choose")}</option>
              {(["entity", "unit", "seal"] as const).map((kind) => {
                const ofKind = options.filter((option) => option.scope.kind === kind);
                return (
                  ofKind.length > 0 && (
                    <optgroup key={kind} label={t(`grants.kinds.${kind}`)}>
                      {ofKind.map((option) => (
                        <option key={option.key} value={option.key}>
                          {nameIn(option.name, language)}
                        </option>
                      ))}
                    </optgroup>
                  )
                );
              })}
            </select>
          )}
        </Field>
      </div>
      <div className="field-pair">
        <Field label={t("grants.from")} problem={problem("from")}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={form.from}
              onChange={(event) => onChange({ ...form, from: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("grants.to")} hint={t("grants.toHint")} problem={backwards ? t("grants.backwards") : undefined}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              min={form.from}
              value={form.to}
              onChange={(event) => onChange({ ...form, to: event.target.value })}
            />
          )}
        </Field>
      </div>
    </>
  );
}
