import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { useSession } from "../../session.ts";
import { containersQuery } from "../custody/queries.ts";
import { type PairingMade, refreshControllers } from "./queries.ts";

/** As the server takes it. */
const plate = /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}$/;

/** A box is registered: what it is called, what stands on its plate, and where it stands in the custody book. */
export function RegisterDialog(props: { onClose: () => void; onMade: (made: PairingMade) => void }): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const containers = useQuery(containersQuery);
  const [entityId, setEntityId] = useState(session.entities[0]?.entityId ?? "");
  const [containerId, setContainerId] = useState("");
  const [texts, setTexts] = useState({ en: "", zh: "", serial: "", model: "" });
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/controllers", {
        body: {
          ...{ entityId, serial: texts.serial.trim(), model: texts.model.trim() },
          name: { en: texts.en.trim(), zh: texts.zh.trim() },
          containerId: containerId === "" ? null : containerId,
        },
      }),
    onSuccess: async (made) => {
      await refreshControllers(queries);
      props.onMade(made);
    },
  });
  const plateGap = (text: string) =>
    text.trim() === "" ? "missing" : !plate.test(text.trim()) && t("form.plateWrong");
  const gaps = useGaps({
    en: texts.en.trim() === "" && "missing",
    zh: texts.zh.trim() === "" && "missing",
    serial: plateGap(texts.serial),
    model: plateGap(texts.model),
  });
  const line = (name: keyof typeof texts, label: string, hint?: string): ReactElement => (
    <Field label={label} hint={hint} problem={gaps.problem(name)}>
      {(control) => (
        <TextInput
          {...control}
          maxLength={name === "en" || name === "zh" ? 200 : 40}
          value={texts[name]}
          onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  const offered = (containers.data?.items ?? []).filter(
    ({ kind, entity, closedAt }) => kind === "controller" && entity.entityId === entityId && closedAt === null,
  );
  return (
    <DialogForm
      title={t("form.title")}
      send={t("form.save")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      {session.entities.length > 1 && (
        <Field label={t("form.entity")}>
          {(control) => (
            <select
              {...control}
              className="native-select"
              value={entityId}
              onChange={(event) => {
                setEntityId(event.target.value);
                setContainerId("");
              }}
            >
              {session.entities.map((entity) => (
                <option key={entity.entityId} value={entity.entityId}>
                  {nameIn(entity.name, language)}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {line("en", t("form.nameEn"))}
      {line("zh", t("form.nameZh"))}
      {line("serial", t("form.serial"), t("form.serialHint"))}
      {line("model", t("form.model"))}
      <Field label={t("form.container")} hint={t("form.containerHint")}>
        {(control) => (
          <select
            {...control}
            className="native-select"
            value={containerId}
            onChange={(event) => setContainerId(event.target.value)}
          >
            <option value="">{t("form.containerNone")}</option>
            {offered.map((container) => (
              <option key={container.containerId} value={container.containerId}>
                {nameIn(container.name, language)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </DialogForm>
  );
}
