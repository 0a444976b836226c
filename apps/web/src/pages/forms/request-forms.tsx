import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { refreshForms, requestFormsQuery } from "./queries.ts";

type RequestForms = RouteAnswer<"GET /v1/seal-use-requests/:requestId/forms">;

/** Controlled forms a seal use is printed on: named by its applicant while he edits, read by everybody who decides. */
export function RequestForms(props: { requestId: string }): ReactElement | null {
  const { requestId } = props;
  const t = useText("forms");
  const language = useLanguage();
  const { data } = useQuery(requestFormsQuery(requestId));
  const [editing, setEditing] = useState(false);
  if (!data || (data.items.length === 0 && data.inHand.length === 0)) return null;
  return (
    <section className="card" aria-labelledby="forms-title">
      <header>
        <h2 id="forms-title">{t("request.title")}</h2>
        {data.mayChange && <Button onClick={() => setEditing(true)}>{t("request.edit")}</Button>}
      </header>
      {data.items.length === 0 ? (
        <p className="card-body note">
          {t("request.none")} {data.mayChange && t("request.hint")}
        </p>
      ) : (
        <ul className="rows">
          {data.items.map((one) => (
            <li key={`${one.seriesId} ${one.written}`} className="rows-line">
              <span className="grow">
                {data.mayChange ? (
                  <Link to={paths.formSeries(one.seriesId)}>{nameIn(one.name, language)}</Link>
                ) : (
                  nameIn(one.name, language)
                )}{" "}
                <strong className="typed">{one.written}</strong>
              </span>
              <span className="note">{t("page.size", { count: one.size })}</span>
            </li>
          ))}
        </ul>
      )}
      {editing && <NameDialog requestId={requestId} forms={data} onClose={() => setEditing(false)} />}
    </section>
  );
}

function NameDialog(props: { requestId: string; forms: RequestForms; onClose: () => void }): ReactElement {
  const { requestId, forms } = props;
  const t = useText("forms");
  const language = useLanguage();
  const queries = useQueryClient();
  const held = [...Map.groupBy([...forms.inHand, ...forms.items], (one) => one.seriesId).keys()];
  const writtenOf = (list: RequestForms["items"], seriesId: string): string =>
    list
      .filter((one) => one.seriesId === seriesId)
      .map((one) => one.written)
      .join(", ");
  const [numbers, setNumbers] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(held.map((seriesId) => [seriesId, writtenOf(forms.items, seriesId)])),
  );
  const save = useMutation({
    mutationFn: () =>
      api("PUT /v1/seal-use-requests/:requestId/forms", {
        params: { requestId },
        body: {
          items: held
            .map((seriesId) => ({ seriesId, numbers: numbers[seriesId]?.trim() ?? "" }))
            .filter((one) => one.numbers !== ""),
        },
      }),
    onSuccess: props.onClose,
    onSettled: () => refreshForms(queries),
  });
  return (
    <Dialog title={t("request.title2")} onClose={props.onClose}>
      <div className="stack">
        <p className="note">{t("request.hint")}</p>
        {held.map((seriesId) => {
          const name = [...forms.inHand, ...forms.items].find((one) => one.seriesId === seriesId)?.name;
          const ranges = writtenOf(forms.inHand, seriesId);
          return (
            <Field
              key={seriesId}
              label={name ? nameIn(name, language) : t("dialog.numbers")}
              hint={`${ranges ? t("request.inHand", { ranges }) : ""} ${t("request.empty")}`.trim()}
            >
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={500}
                  autoComplete="off"
                  value={numbers[seriesId] ?? ""}
                  onChange={(event) => setNumbers((before) => ({ ...before, [seriesId]: event.target.value }))}
                />
              )}
            </Field>
          );
        })}
        <ErrorPanel error={save.error} />
        <Button type="primary" size="large" block loading={save.isPending} onClick={() => save.mutate()}>
          {t("request.save")}
        </Button>
      </div>
    </Dialog>
  );
}
