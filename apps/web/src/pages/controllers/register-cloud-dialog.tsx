import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { useSession } from "../../session.ts";
import { EntityChoice } from "./box-fields.tsx";
import { refreshControllers } from "./queries.ts";
import type { CloudMade } from "./vendor-queries.ts";

/** As the server takes them. */
const secret = /^[\x21-\x7e]{6,200}$/;
const zones = ["Asia/Shanghai", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "Asia/Shanghai")];

/** A maker's cloud is registered: where it is asked, and with what. A second person confirms it. */
export function RegisterCloudDialog(props: { onClose: () => void; onMade: (made: CloudMade) => void }): ReactElement {
  const t = useText("controllers");
  const session = useSession();
  const queries = useQueryClient();
  const [entityId, setEntityId] = useState(session.entities[0]?.entityId ?? "");
  const [timeZone, setTimeZone] = useState("Asia/Shanghai");
  const [texts, setTexts] = useState({ en: "", zh: "", address: "", token: "", secret: "", callKey: "" });
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/vendor-clouds", {
        body: {
          ...{ entityId, timeZone, address: texts.address.trim() },
          name: { en: texts.en.trim(), zh: texts.zh.trim() },
          ...{ accessToken: texts.token.trim(), accessSecret: texts.secret.trim() },
          callKey: texts.callKey.trim() === "" ? null : texts.callKey.trim(),
        },
      }),
    onSuccess: async (made) => {
      await refreshControllers(queries);
      props.onMade(made);
    },
  });
  const secretGap = (text: string) =>
    text.trim() === "" ? "missing" : !secret.test(text.trim()) && t("cloud.secretWrong");
  const gaps = useGaps({
    en: texts.en.trim() === "" && "missing",
    zh: texts.zh.trim() === "" && "missing",
    address: texts.address.trim() === "" && "missing",
    token: secretGap(texts.token),
    secret: secretGap(texts.secret),
    callKey: texts.callKey.trim() !== "" && secretGap(texts.callKey),
  });
  const line = (name: keyof typeof texts, label: string, hint?: string): ReactElement => (
    <Field label={label} hint={hint} problem={gaps.problem(name)}>
      {(control) => (
        <TextInput
          {...control}
          type={name === "secret" || name === "callKey" ? "password" : "text"}
          autoComplete="off"
          maxLength={name === "address" ? 300 : 200}
          value={texts[name]}
          onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <DialogForm
      title={t("cloud.register")}
      send={t("cloud.save")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <EntityChoice value={entityId} onChange={setEntityId} />
      {line("en", t("form.nameEn"))}
      {line("zh", t("form.nameZh"))}
      {line("address", t("cloud.address"), t("cloud.addressHint"))}
      <Field label={t("cloud.timeZone")} hint={t("cloud.timeZoneHint")}>
        {(control) => (
          <select
            {...control}
            className="native-select"
            value={timeZone}
            onChange={(event) => setTimeZone(event.target.value)}
          >
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone}
              </option>
            ))}
          </select>
        )}
      </Field>
      {line("token", t("cloud.token"))}
      {line("secret", t("cloud.secret"), t("cloud.secretHint"))}
      {line("callKey", t("cloud.callKey"), t("cloud.callKeyHint"))}
    </DialogForm>
  );
}

/** The address that the cloud calls, shown this once: only the digest of its secret is kept. */
export function CallAddressDialog(props: { made: CloudMade; onClose: () => void }): ReactElement {
  const t = useText("controllers");
  return (
    <Dialog
      title={t("cloud.callTitle")}
      onClose={props.onClose}
      actions={
        <Button type="primary" onClick={props.onClose}>
          {t("code.done")}
        </Button>
      }
    >
      <p>{t("cloud.callWhat")}</p>
      <p className="mono call-address">{`${window.location.origin}${props.made.callPath}`}</p>
      <Message tone="warning" title={t("cloud.callOnce")} />
    </Dialog>
  );
}
