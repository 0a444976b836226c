import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { type ChangeGap, listChangeGaps, type Setting, wouldLoosen } from "./rules.ts";
import { settingsQuery, useSettingValue } from "./use-settings.ts";

/** Asks for a change of a setting: the value, why, and until when where it loosens the rule. */
export function SettingChangeDialog(props: { setting: Setting; onClose: () => void }): ReactElement {
  const { setting } = props;
  const t = useText("settings");
  const language = useLanguage();
  const queries = useQueryClient();
  const show = useSettingValue();
  const [typed, setTyped] = useState(setting.value.toString());
  const [endsOn, setEndsOn] = useState(setting.endsOn ?? "");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const value = typed.trim() === "" ? Number.NaN : Number(typed);
  const loosens = wouldLoosen(setting, value);
  const gaps = listChangeGaps(setting, { value, endsOn, reason });
  const problem = (...wanted: readonly ChangeGap[]): string | undefined => {
    const gap = tried ? wanted.find((one) => gaps.includes(one)) : undefined;
    return gap ? t(`rules.gaps.${gap}`) : undefined;
  };
  const ask = useMutation({
    mutationFn: () =>
      api("POST /v1/setting-changes", {
        body: { key: setting.key, value, endsOn: loosens ? endsOn : null, reason: reason.trim() },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: settingsQuery.queryKey });
      props.onClose();
    },
  });
  const give = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (gaps.length === 0) ask.mutate();
  };
  return (
    <Dialog title={t("rules.changeTitle")} onClose={props.onClose}>
      <form className="stack" onSubmit={give} noValidate>
        <p>
          <strong>{nameIn(setting.name, language)}</strong>{" "}
          <span className="note">
            {show(setting.unit, setting.value)} · {t("rules.usual", { value: show(setting.unit, setting.default) })}
          </span>
        </p>
        <Field
          label={t("rules.value")}
          hint={setting.unit === "switch" ? undefined : t("rules.range", { least: setting.least, most: setting.most })}
          problem={problem("value", "same")}
        >
          {(control) =>
            setting.unit === "switch" ? (
              <select
                {...control}
                className="native-select"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              >
                <option value="1">{t("rules.on")}</option>
                <option value="0">{t("rules.off")}</option>
              </select>
            ) : (
              <TextInput
                {...control}
                type="number"
                inputMode="numeric"
                min={setting.least}
                max={setting.most}
                step={1}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )
          }
        </Field>
        {loosens && (
          <>
            <Message tone="warning" live title={t("rules.risk", { risk: nameIn(setting.risk, language) })} />
            <Field label={t("rules.endsOn")} hint={t("rules.endsOnHint")} problem={problem("endsOn")}>
              {(control) => (
                <TextInput
                  {...control}
                  type="date"
                  value={endsOn}
                  onChange={(event) => setEndsOn(event.target.value)}
                />
              )}
            </Field>
          </>
        )}
        <ReasonField
          label={t("rules.reason")}
          hint={t("rules.reasonHint")}
          problem={problem("reason")}
          value={reason}
          onChange={setReason}
        />
        <ErrorPanel error={ask.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("rules.back")}</Button>
          <Button type="primary" htmlType="submit" loading={ask.isPending}>
            {t("rules.ask")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
