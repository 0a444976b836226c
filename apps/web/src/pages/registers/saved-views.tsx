import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { changeFilter, type LineFilter, narrowsAlike } from "./line-filter.ts";
import { type RegisterName, viewsQuery } from "./queries.ts";

/** The reader's saved views of this register: chosen, saved, dropped. */
export function SavedViews(props: {
  register: RegisterName;
  filter: LineFilter;
  onGo: (search: Record<string, string>) => void;
}): ReactElement {
  const { register, filter } = props;
  const t = useText("registers");
  const queries = useQueryClient();
  const { data } = useQuery(viewsQuery(register));
  const [saving, setSaving] = useState(false);
  const views = data?.items ?? [];
  const current = views.find((view) => narrowsAlike(view.filter as LineFilter, filter));
  const narrowed = Object.keys(filter).length > 0;
  const drop = useMutation({
    mutationFn: (viewId: string) => api("DELETE /v1/register-views/:viewId", { params: { viewId } }),
    onSettled: () => queries.invalidateQueries({ queryKey: viewsQuery(register).queryKey }),
  });
  return (
    <div className="row register-views">
      {views.length > 0 && (
        <select
          className="native-select"
          aria-label={t("views.label")}
          value={current?.viewId ?? (narrowed ? "unsaved" : "")}
          onChange={(event) => {
            const chosen = views.find((view) => view.viewId === event.target.value);
            props.onGo(chosen ? changeFilter(chosen.filter as LineFilter, {}) : {});
          }}
        >
          <option value="">{t("views.all")}</option>
          {narrowed && !current && <option value="unsaved">{t("views.unsaved")}</option>}
          {views.map((view) => (
            <option key={view.viewId} value={view.viewId}>
              {view.name}
            </option>
          ))}
        </select>
      )}
      {narrowed && !current && <Button onClick={() => setSaving(true)}>{t("views.save")}</Button>}
      {narrowed && current && (
        <Button loading={drop.isPending} onClick={() => drop.mutate(current.viewId)}>
          {t("views.drop")}
        </Button>
      )}
      <ErrorPanel error={drop.error} />
      {saving && <SaveDialog register={register} filter={filter} onClose={() => setSaving(false)} />}
    </div>
  );
}

function SaveDialog(props: { register: RegisterName; filter: LineFilter; onClose: () => void }): ReactElement {
  const t = useText("registers");
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [missing, setMissing] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      api("POST /v1/register-views", {
        body: { register: props.register, name: name.trim(), filter: changeFilter(props.filter, {}) },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: viewsQuery(props.register).queryKey });
      props.onClose();
    },
  });
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === "") setMissing(true);
    else save.mutate();
  };
  return (
    <Dialog title={t("views.save")} onClose={props.onClose}>
      <form className="stack" onSubmit={keep}>
        <Field
          label={t("views.name")}
          hint={t("views.nameHint")}
          problem={missing && name.trim() === "" ? t("views.nameMissing") : undefined}
        >
          {(control) => (
            <TextInput {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <ErrorPanel error={save.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("views.back")}</Button>
          <Button type="primary" htmlType="submit" loading={save.isPending}>
            {t("views.keep")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
