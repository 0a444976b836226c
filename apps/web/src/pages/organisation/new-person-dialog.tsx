import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { LocalName } from "../../i18n/language.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { mayUse, useSession } from "../../session.ts";
import { sealChoicesQuery } from "../seals/queries.ts";
import { GRANTED_ROLES, GrantFields } from "./grant-fields.tsx";
import { InvitationLink } from "./invitation-link.tsx";
import {
  findGrant,
  type GrantForm,
  listGrantGaps,
  listScopeOptions,
  type Organisation,
  todayIn,
} from "./organisation.ts";
import { refreshPeople } from "./queries.ts";

/** A new person, with a first role or without: with one it takes force when a second person confirms. */
export function NewPersonDialog(props: { organisation: Organisation; onClose: () => void }): ReactElement {
  const { organisation } = props;
  const t = useText("organisation");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const { now, timeZone } = useFormatContext();
  const noGrant: GrantForm = { role: "", scopeKey: "", from: todayIn(now, timeZone), to: "", risk: "" };
  const [name, setName] = useState<LocalName>({ en: "", zh: "" });
  const [login, setLogin] = useState("");
  const [entityId, setEntityId] = useState(organisation.entities[0]?.entityId ?? "");
  const [unitId, setUnitId] = useState("");
  const [guest, setGuest] = useState(false);
  const [grant, setGrant] = useState<GrantForm>(noGrant);
  const { data: seals } = useQuery({ ...sealChoicesQuery, enabled: mayUse(session, "seal.read") });
  const options = listScopeOptions(grant.role, organisation, seals?.items ?? []);
  const given = findGrant(grant, options, GRANTED_ROLES);
  const asked = listGrantGaps(grant);
  const gaps = useGaps({
    name: (name.en.trim() === "" || name.zh.trim() === "") && t("nameMissing"),
    login: login.trim().length < 2 && t("people.loginShort"),
    entity: entityId === "" && "choose",
    // A role is no must; where one is chosen, it is for something.
    role: false,
    scope: grant.role !== "" && asked.scope,
    from: grant.role !== "" && asked.from,
    days: grant.role !== "" && grant.to !== "" && grant.to < grant.from && t("grants.backwards"),
  });
  const add = useMutation({
    mutationFn: () =>
      api("POST /v1/people", {
        body: {
          name,
          login: login.trim(),
          guest,
          unitId: unitId === "" ? null : unitId,
          entityId,
          grants: given ? [given] : [],
        },
      }),
    onSuccess: () => refreshPeople(queries),
  });
  return (
    <Dialog title={t("people.add")} onClose={props.onClose}>
      {add.data ? (
        <>
          {add.data.accountChangeId !== null ? (
            <Message tone="action" title={t("people.asked", { name: nameIn(name, language) })} live>
              {t("people.askedWhy")}
            </Message>
          ) : (
            <Message tone="success" title={t("people.added", { name: nameIn(name, language) })} live />
          )}
          {add.data.invitationLink && <InvitationLink link={add.data.invitationLink} />}
        </>
      ) : (
        <form ref={gaps.ref} className="stack" noValidate onSubmit={gaps.press(() => add.mutate())}>
          <NameFields label={t("people.name")} value={name} onChange={setName} problem={gaps.problem("name")} />
          <Field label={t("people.login")} problem={gaps.problem("login")}>
            {(control) => (
              <TextInput
                {...control}
                autoComplete="off"
                autoCapitalize="none"
                maxLength={100}
                value={login}
                onChange={(event) => setLogin(event.target.value)}
              />
            )}
          </Field>
          <div className="field-pair">
            <Field label={t("people.entity")} problem={gaps.problem("entity")}>
              {(control) => (
                <select
                  {...control}
                  className="native-select"
                  value={entityId}
                  onChange={(event) => {
                    setEntityId(event.target.value);
                    setUnitId("");
                  }}
                >
                  {organisation.entities.map((entity) => (
                    <option key={entity.entityId} value={entity.entityId}>
                      {nameIn(entity.name, language)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <Field label={t("people.unit")}>
              {(control) => (
                <select
                  {...control}
                  className="native-select"
                  value={unitId}
                  onChange={(event) => setUnitId(event.target.value)}
                >
                  <option value="">{t("people.noUnit")}</option>
                  {organisation.units
                    .filter((unit) => unit.entityId === entityId)
                    .map((unit) => (
                      <option key={unit.unitId} value={unit.unitId}>
                        {nameIn(unit.name, language)}
                      </option>
                    ))}
                </select>
              )}
            </Field>
          </div>
          <label className="choice">
            <input type="checkbox" checked={guest} onChange={(event) => setGuest(event.target.checked)} />
            <span>
              <strong>{t("people.guest")}</strong>
              <br />
              <span className="note">{t("people.guestWhy")}</span>
            </span>
          </label>
          <GrantFields form={grant} options={options} problem={gaps.problem} onChange={setGrant} />
          <ErrorPanel error={add.error} />
          <Button type="primary" htmlType="submit" loading={add.isPending}>
            {grant.role === "" ? t("people.add") : t("people.addAsk")}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
