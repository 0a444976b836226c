import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { ContainerChoice, gapOfPlate } from "./box-fields.tsx";
import { refreshControllers } from "./queries.ts";
import type { VendorCloud } from "./vendor-queries.ts";

type Props = { cloud: VendorCloud; onClose: () => void };
/** As the server takes it. */
const mobile = /^[+]?[0-9]{5,20}$/;

/** A controller of a cloud is registered; a second person confirms it by the number on its plate. */
export function RegisterVendorDialog({ cloud, onClose }: Props): ReactElement {
  const t = useText("controllers");
  const queries = useQueryClient();
  const [containerId, setContainerId] = useState("");
  const [texts, setTexts] = useState({ en: "", zh: "", deviceNo: "", model: "" });
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/vendor-clouds/:cloudId/controllers", {
        params: { cloudId: cloud.cloudId },
        body: {
          ...{ deviceNo: texts.deviceNo.trim(), model: texts.model.trim(), containerId },
          name: { en: texts.en.trim(), zh: texts.zh.trim() },
        },
      }),
    onSuccess: async () => {
      await refreshControllers(queries);
      onClose();
    },
  });
  const gaps = useGaps({
    en: texts.en.trim() === "" && "missing",
    zh: texts.zh.trim() === "" && "missing",
    deviceNo: gapOfPlate(texts.deviceNo, t("form.plateWrong")),
    model: gapOfPlate(texts.model, t("form.plateWrong")),
    container: containerId === "" && "missing",
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
      title={t("cloud.registerBox")}
      send={t("cloud.saveBox")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={onClose}
    >
      {line("en", t("form.nameEn"))}
      {line("zh", t("form.nameZh"))}
      {line("deviceNo", t("cloud.deviceNo"), t("cloud.deviceNoHint"))}
      {line("model", t("form.model"))}
      <ContainerChoice
        {...{ entityId: cloud.entity.entityId, value: containerId, onChange: setContainerId }}
        none={t("cloud.choose")}
        hint={t("cloud.containerHint")}
        problem={gaps.problem("container")}
      />
    </DialogForm>
  );
}

/** By which mobile number the cloud knows a person; left empty, it knows him no more. */
export function NamePersonDialog({ cloud, onClose }: Props): ReactElement {
  const t = useText("controllers");
  const language = useLanguage();
  const queries = useQueryClient();
  const [personId, setPersonId] = useState("");
  const [number, setNumber] = useState("");
  const known = cloud.people.some(({ person }) => person.personId === personId);
  const typed = number.replaceAll(/[\s-]/g, "");
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/vendor-clouds/:cloudId/people", {
        params: { cloudId: cloud.cloudId },
        body: { personId, mobile: typed === "" ? null : typed },
      }),
    onSuccess: async () => {
      await refreshControllers(queries);
      onClose();
    },
  });
  const gaps = useGaps({
    person: personId === "" && "missing",
    mobile: typed === "" ? !known && "missing" : !mobile.test(typed) && t("cloud.mobileWrong"),
  });
  const people = [...cloud.others, ...cloud.people.map(({ person }) => person)];
  return (
    <DialogForm
      title={t("cloud.namePerson")}
      send={t("cloud.savePerson")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={onClose}
    >
      <Field label={t("cloud.person")} problem={gaps.problem("person")}>
        {(control) => (
          <select
            {...control}
            className="native-select"
            value={personId}
            onChange={(event) => setPersonId(event.target.value)}
          >
            <option value="">{t("cloud.choose")}</option>
            {people.map((person) => (
              <option key={person.personId} value={person.personId}>
                {nameIn(person.name, language)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("cloud.mobile")} hint={t("cloud.mobileHint")} problem={gaps.problem("mobile")}>
        {(control) => (
          <TextInput
            {...control}
            inputMode="tel"
            autoComplete="off"
            maxLength={24}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        )}
      </Field>
    </DialogForm>
  );
}
