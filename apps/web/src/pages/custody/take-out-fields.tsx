import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useEffect } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import type { MatterData } from "../matters/matter-forms.ts";
import { Choice, ConditionChoice, PersonChoice } from "./custody-choices.tsx";
import { CONDITIONS, readTakeOut, textOf } from "./custody-data.ts";
import { containersQuery, custodyHistoryQuery, takeOutsQuery } from "./queries.ts";
import { fromLocalInput, toLocalInput } from "./tracks.ts";

interface Props {
  readonly data: MatterData;
  readonly sealId: string | null;
  readonly onChange: (data: MatterData) => void;
}

function Count(props: {
  label: string;
  hint?: string;
  least: number;
  value: number;
  onChange: (value: number) => void;
}): ReactElement {
  return (
    <Field label={props.label} {...(props.hint ? { hint: props.hint } : {})}>
      {(control) => (
        <TextInput
          {...control}
          type="number"
          inputMode="numeric"
          min={props.least}
          value={props.value}
          onChange={(event) => props.onChange(Math.max(props.least, Math.trunc(Number(event.target.value)) || 0))}
        />
      )}
    </Field>
  );
}

function Moment(props: { label: string; value: string; onChange: (at: string) => void }): ReactElement {
  const { timeZone } = useFormatContext();
  return (
    <Field label={props.label}>
      {(control) => (
        <TextInput
          {...control}
          type="datetime-local"
          value={props.value === "" ? "" : toLocalInput(Date.parse(props.value), timeZone)}
          onChange={(event) => props.onChange(fromLocalInput(event.target.value, timeZone) ?? "")}
        />
      )}
    </Field>
  );
}

/** A take-out: which piece, who travels, where to, with which papers, back by when. */
export function TakeOutFields({ data, sealId, onChange }: Props): ReactElement {
  const t = useText("custody");
  const own = readTakeOut(data);
  const { data: custody } = useQuery({ ...custodyHistoryQuery(sealId ?? "", null), enabled: sealId !== null });
  const pieces = (custody?.bodies ?? []).filter((body) => body.kind === "physical");
  const change = (part: Partial<typeof own>): void => onChange({ ...own, ...part });
  return (
    <>
      <Choice
        label={t("forms.piece")}
        value={own.bodyId}
        none={t("handover.choose")}
        options={pieces.map((body) => ({ id: body.bodyId, name: body.number }))}
        onChange={(bodyId) => change({ bodyId })}
      />
      <PersonChoice
        label={t("forms.keeper")}
        value={own.escort[0] ?? ""}
        onChange={(keeper) => change({ escort: [keeper, own.escort[1] ?? ""] })}
      />
      <PersonChoice
        label={t("forms.companion")}
        value={own.escort[1] ?? ""}
        onChange={(companion) => change({ escort: [own.escort[0] ?? "", companion] })}
      />
      <Field label={t("forms.place")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={own.place}
            onChange={(event) => change({ place: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="custody-set stack stack-tight">
        <legend>{t("forms.documents")}</legend>
        {own.documents.map((document, at) => {
          const set = (part: Partial<typeof document>): void =>
            change({ documents: own.documents.map((one, index) => (index === at ? { ...one, ...part } : one)) });
          return (
            <div key={`document ${at.toString()}`} className="custody-pair">
              <Field label={t("forms.document", { number: at + 1 })}>
                {(control) => (
                  <TextInput
                    {...control}
                    maxLength={200}
                    value={document.title}
                    onChange={(event) => set({ title: event.target.value })}
                  />
                )}
              </Field>
              <Count
                label={t("forms.impressions")}
                least={1}
                value={document.impressions}
                onChange={(impressions) => set({ impressions })}
              />
            </div>
          );
        })}
        <div>
          <Button onClick={() => change({ documents: [...own.documents, { title: "", impressions: 1 }] })}>
            {t("forms.addDocument")}
          </Button>
        </div>
      </fieldset>
      <Count
        label={t("forms.most")}
        hint={t("forms.mostHint")}
        least={1}
        value={own.mostImpressions}
        onChange={(mostImpressions) => change({ mostImpressions })}
      />
      <Moment label={t("forms.due")} value={own.dueAt} onChange={(dueAt) => change({ dueAt })} />
    </>
  );
}

/** Which take-out of the reader's a matter is about; the only one is chosen by itself. */
function TakeOutChoice({ data, onChange }: Omit<Props, "sealId">): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const { data: all } = useQuery(takeOutsQuery);
  const away = (all?.items ?? []).filter((one) => one.mine && one.returnedAt === null);
  const chosen = textOf(data, "takeOutId");
  const first = away[0]?.takeOutId ?? "";
  useEffect(() => {
    if (chosen === "" && first !== "") onChange({ ...data, takeOutId: first });
  });
  if (all && away.length === 0) return <p className="note">{t("forms.noneAway")}</p>;
  return (
    <Choice
      label={t("forms.takeOut")}
      value={chosen}
      options={away.map((one) => ({
        id: one.takeOutId,
        name: `${nameIn(one.seal.name, language)} ${one.bodyNumber} · ${one.place}`,
      }))}
      onChange={(takeOutId) => onChange({ ...data, takeOutId })}
    />
  );
}

export function TakeOutExtensionFields({ data, onChange }: Props): ReactElement {
  const t = useText("custody");
  return (
    <>
      <TakeOutChoice data={data} onChange={onChange} />
      <Moment label={t("forms.due")} value={textOf(data, "dueAt")} onChange={(dueAt) => onChange({ ...data, dueAt })} />
    </>
  );
}

export function TakeOutPaperFields({ data, onChange }: Props): ReactElement {
  const t = useText("custody");
  const own = { title: "", impressions: 1, ...data };
  return (
    <>
      <TakeOutChoice data={own} onChange={onChange} />
      <Field label={t("forms.paperTitle")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={200}
            value={textOf(own, "title")}
            onChange={(event) => onChange({ ...own, title: event.target.value })}
          />
        )}
      </Field>
      <Count
        label={t("forms.impressions")}
        least={1}
        value={Number(own.impressions) || 1}
        onChange={(impressions) => onChange({ ...own, impressions })}
      />
    </>
  );
}

export function TakeOutReturnFields({ data, onChange }: Props): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const { data: containers } = useQuery(containersQuery);
  const own = { checkerId: "", containerId: null, usedImpressions: 0, condition: "good", ...data };
  return (
    <>
      <TakeOutChoice data={own} onChange={onChange} />
      <Count
        label={t("forms.used")}
        least={0}
        value={Number(own.usedImpressions) || 0}
        onChange={(usedImpressions) => onChange({ ...own, usedImpressions })}
      />
      <ConditionChoice
        label={t("forms.condition")}
        value={CONDITIONS.find((one) => one === own.condition) ?? "good"}
        onChange={(condition) => onChange({ ...own, condition })}
      />
      <PersonChoice
        label={t("forms.checker")}
        hint={t("forms.checkerHint")}
        value={textOf(own, "checkerId")}
        onChange={(checkerId) => onChange({ ...own, checkerId })}
      />
      <Choice
        label={t("forms.container")}
        value={textOf(own, "containerId")}
        none={t("forms.asBefore")}
        options={(containers?.items ?? [])
          .filter((one) => one.closedAt === null)
          .map((one) => ({ id: one.containerId, name: nameIn(one.name, language) }))}
        onChange={(id) => onChange({ ...own, containerId: id === "" ? null : id })}
      />
    </>
  );
}
