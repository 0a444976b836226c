import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { TextLines } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { mayUse, useSession } from "../../session.ts";
import { sealChoicesQuery } from "../seals/queries.ts";
import { GRANTED_ROLES, GrantFields } from "./grant-fields.tsx";
import {
  findGrant,
  type GrantForm,
  listGrantGaps,
  listScopeOptions,
  type Organisation,
  todayIn,
} from "./organisation.ts";
import { peopleQuery, refreshPeople } from "./queries.ts";

/** A new grant: while it is put together, the separation matrix already says which pair would meet. */
export function NewGrantDialog(props: { organisation: Organisation; onClose: () => void }): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const { now, timeZone } = useFormatContext();
  const [personId, setPersonId] = useState("");
  const [form, setForm] = useState<GrantForm>({
    ...{ role: "", scopeKey: "", from: todayIn(now, timeZone), to: "", risk: "" },
  });
  const { data: people } = useQuery(peopleQuery);
  const { data: seals } = useQuery({ ...sealChoicesQuery, enabled: mayUse(session, "seal.read") });
  const options = listScopeOptions(form.role, props.organisation, seals?.items ?? []);
  const grant = findGrant(form, options, GRANTED_ROLES);
  const body = grant && personId !== "" ? { ...grant, personId } : undefined;
  const check = useQuery({
    queryKey: ["grants", "check", body],
    queryFn: () => (body ? api("POST /v1/grants/check", { body }) : Promise.resolve(null)),
    enabled: body !== undefined,
    // While the risk is being typed the answer before stays, and with it the field.
    placeholderData: keepPreviousData,
  });
  const loosened = check.data?.loosened ?? [];
  const give = useMutation({
    mutationFn: () => (body ? api("POST /v1/grants", { body }) : Promise.resolve(null)),
    onSuccess: async () => {
      await refreshPeople(queries);
      props.onClose();
    },
  });
  const gaps = useGaps({
    person: personId === "" && "choose",
    ...listGrantGaps(form),
    days: form.to !== "" && form.to < form.from && t("grants.backwards"),
    // What the rules refuse stands above the button already; it is no use to ask for it.
    rules: check.data?.allowed === false && !check.isPlaceholderData && t("grants.refused"),
  });
  return (
    <Dialog title={t("grants.give")} onClose={props.onClose}>
      <form ref={gaps.ref} className="stack" noValidate onSubmit={gaps.press(() => give.mutate())}>
        <Field label={t("grants.person")} problem={gaps.problem("person")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={personId}
              onChange={(event) => setPersonId(event.target.value)}
            >
              <option value="">{t("choose")}</option>
              {people?.items
                .filter((person) => person.state !== "departed")
                .map((person) => (
                  <option key={person.personId} value={person.personId}>
                    {nameIn(person.name, language)}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <GrantFields form={form} options={options} problem={gaps.problem} onChange={setForm} />
        {loosened.length > 0 && (
          <Field label={t("grants.risk")} hint={t("grants.riskHint")}>
            {(control) => (
              <TextLines
                {...control}
                rows={2}
                maxLength={500}
                value={form.risk}
                onChange={(event) => setForm({ ...form, risk: event.target.value })}
              />
            )}
          </Field>
        )}
        <div aria-live="polite" className="stack">
          {check.data?.allowed && (
            <Message tone="success" title={t(loosened.length > 0 ? "grants.fitsLoosely" : "grants.fits")} />
          )}
          {check.data && <RefusalList refusals={check.data.refusals} />}
        </div>
        <ErrorPanel error={give.error ?? check.error} />
        {gaps.problem("rules") && (
          <p className="field-problem" role="alert">
            {gaps.problem("rules")}
          </p>
        )}
        <Button type="primary" htmlType="submit" loading={give.isPending}>
          {t("grants.give")}
        </Button>
      </form>
    </Dialog>
  );
}
