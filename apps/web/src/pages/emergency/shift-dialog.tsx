import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api, type CallOptions } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { Choice } from "../custody/custody-choices.tsx";
import { listCallable } from "./callable.ts";
import { type EmergencyView, refreshEmergency } from "./queries.ts";

type Body = CallOptions<"POST /v1/duty-shifts">["body"];

const ROLES = ["signatory", "custodian", "supervisor"] as const;

/** Puts somebody on call: who, as what, from when to when, how he is reached, where the seal is. */
export function ShiftDialog(props: { entityId: string; view: EmergencyView; onClose: () => void }): ReactElement {
  const { view } = props;
  const t = useText("emergency");
  const language = useLanguage();
  const queries = useQueryClient();
  const [form, setForm] = useState<Omit<Body, "entityId">>({
    ...{ role: "signatory", personId: "", from: view.today, to: view.today, reach: "", place: "" },
  });
  const change = (part: Partial<typeof form>): void => setForm((before) => ({ ...before, ...part }));
  const send = useMutation({
    mutationFn: () => api("POST /v1/duty-shifts", { body: { ...form, entityId: props.entityId } }),
    onSuccess: async () => {
      await refreshEmergency(queries);
      props.onClose();
    },
  });
  const people = listCallable(view.callable, form);
  const gaps = useGaps({
    person: !people.some(({ personId }) => personId === form.personId) && "choose",
    from: form.from === "" && "missing",
    to: form.to === "" && "missing",
    reach: form.reach.trim() === "" && "missing",
  });
  return (
    <DialogForm
      title={t("onCall.add")}
      send={t("save")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <Choice
        label={t("shift.role")}
        value={form.role}
        options={ROLES.map((id) => ({ id, name: t(`roles.${id}`) }))}
        onChange={(id) => change({ role: ROLES.find((one) => one === id) ?? "signatory" })}
      />
      <Choice
        label={t("shift.person")}
        problem={gaps.problem("person")}
        value={form.personId}
        none={t("shift.choose")}
        hint={people.length === 0 ? t("shift.nobody") : t("shift.personHint")}
        options={people.map((one) => ({ id: one.personId, name: nameIn(one.name, language) }))}
        onChange={(personId) => change({ personId })}
      />
      <div className="field-pair">
        {(["from", "to"] as const).map((key) => (
          <Field key={key} label={t(`shift.${key}`)} problem={gaps.problem(key)}>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                required
                min={key === "to" ? form.from : view.today}
                value={form[key]}
                onChange={(event) => change({ [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      {(["reach", "place"] as const).map((key) => (
        <Field
          key={key}
          label={t(`shift.${key}`)}
          hint={t(`shift.${key}Hint`)}
          problem={key === "reach" ? gaps.problem("reach") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={200}
              required={key === "reach"}
              value={form[key]}
              onChange={(event) => change({ [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </DialogForm>
  );
}
