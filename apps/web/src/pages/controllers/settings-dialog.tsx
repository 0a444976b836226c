import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { type BoxSettings, refreshControllers } from "./queries.ts";
import { typedIn } from "./setting-text.ts";

type Settings = BoxSettings["desired"];
type BoxNumber = BoxSettings["bounds"][number]["name"];
type Values = Record<BoxNumber | "fence" | "reason", string>;

/** One place a line: latitude, longitude, radius in metres. */
function readPlaces(text: string): Settings["fence"] | null {
  const places = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => line.split(/[\s,，]+/).map(Number));
  return places.every((one) => one.length === 3 && one.every(Number.isFinite))
    ? places.map(([latitude = 0, longitude = 0, radius = 0]) => ({ latitude, longitude, radius }))
    : null;
}

/** Every setting as it is typed, with its bounds; what needs a second person says so. */
export function SettingsDialog(props: { controllerId: string; view: BoxSettings; onClose: () => void }): ReactElement {
  const { controllerId, view } = props;
  const settings = view.desired;
  const numbers = view.bounds.map(({ name }) => name);
  const definitionOf = (name: BoxNumber) =>
    view.bounds.find((one) => one.name === name) ?? { least: 0, most: 0, guarded: true };
  const t = useText("controllers");
  const queries = useQueryClient();
  const [values, setValues] = useState<Values>({
    ...(Object.fromEntries(numbers.map((name) => [name, String(settings[name] / typedIn[name][1])])) as Record<
      BoxNumber,
      string
    >),
    fence: settings.fence.map((one) => `${one.latitude}, ${one.longitude}, ${one.radius}`).join("\n"),
    reason: "",
  });
  const set = (name: keyof Values, value: string): void => setValues({ ...values, [name]: value });
  const wireOf = (name: BoxNumber): number => Math.round(Number(values[name]) * typedIn[name][1]);
  const boundsOf = (name: BoxNumber): string => {
    const { least, most } = definitionOf(name);
    const per = typedIn[name][1];
    return t(`set.units.${typedIn[name][0]}`, { value: `${Math.round((least / per) * 100) / 100} – ${most / per}` });
  };
  const gapOf = (name: BoxNumber): string | false => {
    const { least, most } = definitionOf(name);
    const fits = values[name].trim() !== "" && wireOf(name) >= least && wireOf(name) <= most;
    return !fits && t("set.outOfBounds", { bounds: boundsOf(name) });
  };
  const places = readPlaces(values.fence);
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/controllers/:controllerId/settings", {
        params: { controllerId },
        body: {
          boxSettings: {
            ...(Object.fromEntries(numbers.map((name) => [name, wireOf(name)])) as Record<BoxNumber, number>),
            fence: places ?? [],
          },
          reason: values.reason,
        },
      }),
    onSuccess: async () => {
      await refreshControllers(queries);
      props.onClose();
    },
  });
  const gaps = useGaps({
    ...(Object.fromEntries(numbers.map((name) => [name, gapOf(name)])) as Record<BoxNumber, string | false>),
    fence: places === null && t("set.placesWrong"),
    reason: values.reason.trim() === "" && "missing",
  });
  return (
    <DialogForm
      title={t("set.change")}
      send={t("set.send")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <p>{t("set.lead")}</p>
      {numbers.map((name) => (
        <Field
          key={name}
          label={t(`set.names.${name}`)}
          hint={`${t(definitionOf(name).guarded ? "set.hintTwo" : "set.hintOne", { bounds: boundsOf(name) })} ${t(`set.what.${name}`)}`}
          problem={gaps.problem(name)}
        >
          {(control) => (
            <TextInput
              {...control}
              inputMode="decimal"
              maxLength={8}
              value={values[name]}
              onChange={(event) => set(name, event.target.value)}
            />
          )}
        </Field>
      ))}
      <Field label={t("set.names.fence")} hint={t("set.placesHint")} problem={gaps.problem("fence")}>
        {(control) => (
          <textarea
            {...control}
            className="native-select"
            rows={2}
            value={values.fence}
            onChange={(event) => set("fence", event.target.value)}
          />
        )}
      </Field>
      <Field label={t("set.reason")} problem={gaps.problem("reason")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={1000}
            value={values.reason}
            onChange={(event) => set("reason", event.target.value)}
          />
        )}
      </Field>
    </DialogForm>
  );
}
