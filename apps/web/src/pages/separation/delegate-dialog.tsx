import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { useSession } from "../../session.ts";
import { type DelegationForm, findDelegation, latestDay, runsBackwards } from "./delegation-form.ts";
import { type Delegations, refreshDelegations } from "./queries.ts";

/** A new delegation: while it is put together, matrix and proof already say what stands against it. */
export function DelegateDialog(props: { own: Delegations; onClose: (given: boolean) => void }): ReactElement {
  const { grants, mostDays } = props.own;
  const t = useText("separation");
  const word = useWord();
  const language = useLanguage();
  const queries = useQueryClient();
  const me = useSession().person.personId;
  const first = grants[0];
  const [form, setForm] = useState<DelegationForm>({
    ...{ grantId: first?.grantId ?? "", part: null, delegateId: "", from: first?.today ?? "", to: "" },
  });
  const [reason, setReason] = useState("");
  const { data: people } = useQuery({ queryKey: ["people"], queryFn: () => api("GET /v1/people") });
  const grant = grants.find((one) => one.grantId === form.grantId);
  const body = findDelegation(form, grants);
  const check = useQuery({
    queryKey: ["delegations", "check", body],
    queryFn: () => (body ? api("POST /v1/delegations/check", { body }) : Promise.resolve(null)),
    enabled: body !== undefined,
  });
  const give = useMutation({
    mutationFn: () =>
      body ? api("POST /v1/delegations", { body: { ...body, reason: reason.trim() } }) : Promise.resolve(null),
    onSuccess: async () => {
      await refreshDelegations(queries);
      props.onClose(true);
    },
  });
  const gaps = useGaps({
    who: form.delegateId === "" && "choose",
    from: form.from === "" && "missing",
    to: form.to === "" && "missing",
    reason: reason.trim() === "" && "missing",
    // What the rules refuse stands above the button already.
    rules: check.data?.allowed === false && t("away.refused"),
  });
  const change = (part: Partial<DelegationForm>): void => setForm({ ...form, ...part });
  return (
    <Dialog title={t("away.new")} onClose={() => props.onClose(false)}>
      <form ref={gaps.ref} className="stack" noValidate onSubmit={gaps.press(() => body && give.mutate())}>
        <Field label={t("away.role")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={form.grantId}
              onChange={(event) => change({ grantId: event.target.value, part: null })}
            >
              {grants.map((one) => (
                <option key={one.grantId} value={one.grantId}>
                  {t("away.roleOf", { role: word("roles", one.role), scope: nameIn(one.scopeName, language) })}
                </option>
              ))}
            </select>
          )}
        </Field>
        {grant && grant.parts.length > 0 && (
          <Field label={t("away.part")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={form.part ?? ""}
                onChange={(event) => change({ part: event.target.value === "" ? null : Number(event.target.value) })}
              >
                <option value="">{t("away.whole")}</option>
                {grant.parts.map((one, at) => (
                  <option key={JSON.stringify(one.scope)} value={at}>
                    {nameIn(one.name, language)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field label={t("away.who")} problem={gaps.problem("who")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={form.delegateId}
              onChange={(event) => change({ delegateId: event.target.value })}
            >
              <option value="">{t("away.choose")}</option>
              {people?.items
                .filter((person) => person.state === "active" && person.awayUntil === null && person.personId !== me)
                .map((person) => (
                  <option key={person.personId} value={person.personId}>
                    {nameIn(person.name, language)}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <div className="field-pair">
          <Field label={t("away.from")} problem={gaps.problem("from")}>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                min={grant?.today}
                value={form.from}
                onChange={(event) => change({ from: event.target.value })}
              />
            )}
          </Field>
          <Field
            label={t("away.to")}
            problem={(runsBackwards(form) ? t("away.backwards") : undefined) ?? gaps.problem("to")}
            hint={t("away.most", { count: mostDays })}
          >
            {(control) => (
              <TextInput
                {...control}
                type="date"
                min={form.from}
                max={latestDay(form, grant, mostDays)}
                value={form.to}
                onChange={(event) => change({ to: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Field label={t("away.reason")} hint={t("away.reasonHint")} problem={gaps.problem("reason")}>
          {(control) => (
            <TextLines
              {...control}
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <div aria-live="polite" className="stack">
          {check.data?.allowed && <Message tone="success" title={t("away.fits")} />}
          {check.data && <RefusalList refusals={check.data.refusals} />}
        </div>
        <ErrorPanel error={give.error ?? check.error} />
        {gaps.problem("rules") && (
          <p className="field-problem" role="alert">
            {gaps.problem("rules")}
          </p>
        )}
        <Button type="primary" htmlType="submit" loading={give.isPending}>
          {t("away.give")}
        </Button>
      </form>
    </Dialog>
  );
}
