import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { NameFields } from "../../parts/name-fields.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { Choice, PersonChoice } from "../custody/custody-choices.tsx";
import { sealChoicesQuery } from "../seals/queries.ts";
import { refreshForms, type SeriesSummary } from "./queries.ts";

const KINDS = [
  "introduction-letter",
  "receipt",
  "invoice",
  "guarantee",
  "cheque",
  "headed-paper",
  "emergency-slip",
  "blank-sheet",
  "other",
] as const satisfies SeriesSummary["kind"][];

/** Opens a series, or changes what of it may change: numbers and prefix stay for ever. */
export function SeriesDialog(props: { series?: SeriesSummary; onClose: () => void }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const seals = useQuery(sealChoicesQuery);
  const [name, setName] = useState(series?.name ?? { en: "", zh: "" });
  const [kind, setKind] = useState<SeriesSummary["kind"]>(series?.kind ?? "receipt");
  const [entityId, setEntityId] = useState(series?.entity.entityId ?? session.entities[0]?.entityId ?? "");
  const [prefix, setPrefix] = useState(series?.prefix ?? "");
  const [digits, setDigits] = useState<number | null>(series?.digits ?? 6);
  const [sealId, setSealId] = useState(series?.seal?.sealId ?? "");
  const [keeperId, setKeeperId] = useState(series?.keeper.personId ?? "");
  const [lowMark, setLowMark] = useState<number | null>(series?.lowMark ?? 20);
  const isSheets = kind === "blank-sheet";
  const send = useMutation({
    mutationFn: async () => {
      // Blank sheets are made when they are asked for: there is no stock that runs out.
      const body = { name, sealId: sealId || null, keeperId, lowMark: isSheets ? 0 : (lowMark ?? 0) };
      if (series) await api("PUT /v1/form-series/:seriesId", { params: { seriesId: series.seriesId }, body });
      else {
        const made = await api("POST /v1/form-series", {
          body: { ...body, entityId, kind, prefix: prefix.trim(), digits: digits ?? 0 },
        });
        await navigate({ to: paths.formSeries(made.seriesId) });
      }
    },
    onSuccess: props.onClose,
    onSettled: () => refreshForms(queries),
  });
  const gaps = useGaps({
    name: (name.en.trim() === "" || name.zh.trim() === "") && "missing",
    digits: digits === null && "missing",
    keeper: keeperId === "" && "choose",
  });
  return (
    <DialogForm
      title={t(series ? "acts.change" : "list.open")}
      send={t(series ? "dialog.send.change" : "dialog.send.open")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <NameFields label={t("series.name")} problem={gaps.problem("name")} value={name} onChange={setName} />
      {!series && (
        <>
          {session.entities.length > 1 && (
            <Choice
              label={t("series.entity")}
              value={entityId}
              options={session.entities.map((one) => ({ id: one.entityId, name: nameIn(one.name, language) }))}
              onChange={(id) => {
                setEntityId(id);
                setSealId("");
              }}
            />
          )}
          <Choice
            label={t("series.kind")}
            value={kind}
            options={KINDS.map((id) => ({ id, name: t(`kinds.${id}`) }))}
            onChange={(id) => setKind(KINDS.find((one) => one === id) ?? "other")}
          />
          <div className="field-pair">
            <Field label={t("series.prefix")} hint={t("series.prefixHint")}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={12}
                  value={prefix}
                  onChange={(event) => setPrefix(event.target.value)}
                />
              )}
            </Field>
            <Field label={t("series.digits")} problem={gaps.problem("digits")}>
              {(control) => <NumberInput control={control} min={1} max={11} value={digits} onChange={setDigits} />}
            </Field>
          </div>
        </>
      )}
      <Choice
        label={t("series.seal")}
        value={sealId}
        none={t("series.noSeal")}
        options={(seals.data?.items ?? [])
          .filter((seal) => seal.entity.entityId === entityId)
          .map((seal) => ({ id: seal.sealId, name: `${nameIn(seal.name, language)} ${seal.number}` }))}
        onChange={setSealId}
      />
      <PersonChoice
        label={t("series.keeper")}
        hint={t("series.keeperHint")}
        problem={gaps.problem("keeper")}
        value={keeperId}
        onChange={setKeeperId}
      />
      {!isSheets && (
        <Field label={t("series.lowMark")} hint={t("series.lowMarkHint")}>
          {(control) => <NumberInput control={control} min={0} max={1_000_000} value={lowMark} onChange={setLowMark} />}
        </Field>
      )}
    </DialogForm>
  );
}
