import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { useSession } from "../../session.ts";
import { ContainerChoice, EntityChoice, gapOfPlate } from "./box-fields.tsx";
import { type PairingMade, refreshControllers } from "./queries.ts";

/** A box is registered: what it is called, what stands on its plate, and where it stands in the custody book. */
export function RegisterDialog(props: { onClose: () => void; onMade: (made: PairingMade) => void }): ReactElement {
  const t = useText("controllers");
  const session = useSession();
  const queries = useQueryClient();
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
  const gaps = useGaps({
    en: texts.en.trim() === "" && "missing",
    zh: texts.zh.trim() === "" && "missing",
    serial: gapOfPlate(texts.serial, t("form.plateWrong")),
    model: gapOfPlate(texts.model, t("form.plateWrong")),
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
  return (
    <DialogForm
      title={t("form.title")}
      send={t("form.save")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <EntityChoice
        value={entityId}
        onChange={(chosen) => {
          setEntityId(chosen);
          setContainerId("");
        }}
      />
      {line("en", t("form.nameEn"))}
      {line("zh", t("form.nameZh"))}
      {line("serial", t("form.serial"), t("form.serialHint"))}
      {line("model", t("form.model"))}
      <ContainerChoice
        {...{ entityId, value: containerId, onChange: setContainerId }}
        none={t("form.containerNone")}
        hint={t("form.containerHint")}
      />
    </DialogForm>
  );
}
