import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type CallOptions } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { Choice } from "../custody/custody-choices.tsx";
import { peopleQuery } from "../organisation/queries.ts";
import { refreshEmergency } from "./queries.ts";

type Body = CallOptions<"POST /v1/duty-shifts">["body"];
const ROLES = ["signatory", "custodian", "supervisor"] as const;

/** Puts somebody on call: who, as what, from when to when, how he is reached, where the seal is. */
export function ShiftDialog(props: { entityId: string; today: string; onClose: () => void }): ReactElement {
  const t = useText("emergency");
  const language = useLanguage();
  const queries = useQueryClient();
  const { data: people } = useQuery(peopleQuery);
  const [form, setForm] = useState<Omit<Body, "entityId">>({
    ...{ role: "signatory", personId: "", from: props.today, to: props.today, reach: "", place: "" },
  });
  const change = (part: Partial<typeof form>): void => setForm((before) => ({ ...before, ...part }));
  const send = useMutation({
    mutationFn: () => api("POST /v1/duty-shifts", { body: { ...form, entityId: props.entityId } }),
    onSuccess: async () => {
      await refreshEmergency(queries);
      props.onClose();
    },
  });
  const ready = form.personId !== "" && form.from !== "" && form.to !== "" && form.reach.trim() !== "";
  return (
    <Dialog title={t("onCall.add")} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) send.mutate();
        }}
      >
        <Choice
          label={t("shift.role")}
          value={form.role}
          options={ROLES.map((id) => ({ id, name: t(`roles.${id}`) }))}
          onChange={(id) => change({ role: ROLES.find((one) => one === id) ?? "signatory" })}
        />
        <Choice
          label={t("shift.person")}
          value={form.personId}
          none={t("shift.choose")}
          options={(people?.items ?? [])
            .filter((one) => one.state === "active")
            .map((one) => ({ id: one.personId, name: nameIn(one.name, language) }))}
          onChange={(personId) => change({ personId })}
        />
        <div className="field-pair">
          {(["from", "to"] as const).map((key) => (
            <Field key={key} label={t(`shift.${key}`)}>
              {(control) => (
                <TextInput
                  {...control}
                  type="date"
                  required
                  min={key === "to" ? form.from : props.today}
                  value={form[key]}
                  onChange={(event) => change({ [key]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
        {(["reach", "place"] as const).map((key) => (
          <Field key={key} label={t(`shift.${key}`)} hint={t(`shift.${key}Hint`)}>
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
        <ErrorPanel error={send.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={send.isPending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
