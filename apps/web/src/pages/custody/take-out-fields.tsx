import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useEffect } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useFormatContext } from "../../i18n/use-format.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import type { AboutSeal } from "../matters/matter-body.ts";
import type { MatterData } from "../matters/matter-forms.ts";
import { sealQuery } from "../seals/queries.ts";
import { Choice, ConditionChoice, PersonChoice } from "./custody-choices.tsx";
import { CONDITIONS, findTakeOutToBegin, readTakeOut, textOf } from "./custody-data.ts";
import { containersQuery, takeOutsQuery } from "./queries.ts";
import { fromLocalInput, toLocalInput } from "./tracks.ts";
import { useSayGap } from "./use-say-gap.ts";

interface Props {
  readonly data: MatterData;
  readonly sealId: string | null;
  readonly missing: readonly string[];
  readonly onChange: (data: MatterData, about?: AboutSeal) => void;
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

function Moment(props: {
  label: string;
  problem?: string | undefined;
  value: string;
  onChange: (at: string) => void;
}): ReactElement {
  const { timeZone } = useFormatContext();
  return (
    <Field label={props.label} problem={props.problem}>
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
export function TakeOutFields({ data, sealId, missing, onChange }: Props): ReactElement {
  const t = useText("custody");
  const own = readTakeOut(data);
  const problem = useSayGap(missing);
  // Of the seal, which everybody of its entity sees: where its pieces lie, and their history, is told to fewer.
  const { data: seal } = useQuery({ ...sealQuery(sealId ?? ""), enabled: sealId !== null });
  const pieces = (seal?.bodies ?? []).filter((body) => body.kind === "physical" && body.state === "in-use");
  const change = (part: Partial<typeof own>): void => onChange({ ...own, ...part });
  return (
    <>
      <Choice
        label={t("forms.piece")}
        problem={problem("piece")}
        value={own.bodyId}
        none={t("handover.choose")}
        options={pieces.map((body) => ({ id: body.bodyId, name: body.number }))}
        onChange={(bodyId) => change({ bodyId })}
      />
      <PersonChoice
        label={t("forms.keeper")}
        problem={problem("keeper")}
        value={own.escort[0] ?? ""}
        onChange={(keeper) => change({ escort: [keeper, own.escort[1] ?? ""] })}
      />
      <PersonChoice
        label={t("forms.companion")}
        problem={problem("companion")}
        value={own.escort[1] ?? ""}
        onChange={(companion) => change({ escort: [own.escort[0] ?? "", companion] })}
      />
      <Field label={t("forms.place")} problem={problem("place")}>
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
              <Field
                label={t("forms.document", { number: at + 1 })}
                problem={document.title.trim() === "" ? problem("documents") : undefined}
              >
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
      <Moment
        label={t("forms.due")}
        problem={problem("due")}
        value={own.dueAt}
        onChange={(dueAt) => change({ dueAt })}
      />
    </>
  );
}

/** Which take-out of the reader's a matter is about, and so which seal; that of the seal he came from, or the only one, is chosen by itself. */
function TakeOutChoice({ data, sealId, missing, onChange }: Props): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const { data: all } = useQuery(takeOutsQuery);
  const problem = useSayGap(missing);
  const away = (all?.items ?? []).filter((one) => one.mine && one.ended === null);
  const chosen = textOf(data, "takeOutId");
  const first = findTakeOutToBegin(away, sealId);
  const choose = (takeOutId: string): void => {
    const one = away.find((other) => other.takeOutId === takeOutId);
    onChange({ ...data, takeOutId }, one ? { sealId: one.seal.sealId, entityId: one.entityId } : undefined);
  };
  const ofChosen = away.find((one) => one.takeOutId === chosen);
  useEffect(() => {
    if (chosen === "" && first !== "") choose(first);
    // A link or an older draft may name a take-out and another seal: the take-out decides.
    else if (ofChosen && ofChosen.seal.sealId !== sealId) choose(chosen);
  });
  if (all && away.length === 0) return <p className="note">{t("forms.noneAway")}</p>;
  return (
    <Choice
      label={t("forms.takeOut")}
      problem={problem("takeOut")}
      value={ofChosen ? chosen : ""}
      none={t("handover.choose")}
      options={away.map((one) => ({
        id: one.takeOutId,
        name: `${nameIn(one.seal.name, language)} ${one.bodyNumber} · ${one.place ?? ""}`,
      }))}
      onChange={choose}
    />
  );
}

export function TakeOutExtensionFields({ data, sealId, missing, onChange }: Props): ReactElement {
  const t = useText("custody");
  const problem = useSayGap(missing);
  return (
    <>
      <TakeOutChoice data={data} sealId={sealId} missing={missing} onChange={onChange} />
      <Moment
        label={t("forms.due")}
        problem={problem("due")}
        value={textOf(data, "dueAt")}
        onChange={(dueAt) => onChange({ ...data, dueAt })}
      />
    </>
  );
}

export function TakeOutPaperFields({ data, sealId, missing, onChange }: Props): ReactElement {
  const t = useText("custody");
  const problem = useSayGap(missing);
  const own = { title: "", impressions: 1, ...data };
  return (
    <>
      <TakeOutChoice data={own} sealId={sealId} missing={missing} onChange={onChange} />
      <Field label={t("forms.paperTitle")} problem={problem("paperTitle")}>
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

export function TakeOutReturnFields({ data, sealId, missing, onChange }: Props): ReactElement {
  const t = useText("custody");
  const problem = useSayGap(missing);
  const language = useLanguage();
  const { data: containers } = useQuery(containersQuery);
  const own = { checkerId: "", containerId: null, usedImpressions: 0, condition: "good", difference: "", ...data };
  const { data: all } = useQuery(takeOutsQuery);
  const takeOut = all?.items.find((one) => one.takeOutId === textOf(data, "takeOutId"));
  const used = Number(own.usedImpressions) || 0;
  return (
    <>
      <TakeOutChoice data={own} sealId={sealId} missing={missing} onChange={onChange} />
      <Count
        label={t("forms.used")}
        least={0}
        value={Number(own.usedImpressions) || 0}
        onChange={(usedImpressions) => onChange({ ...own, usedImpressions })}
      />
      {takeOut && used !== takeOut.listedImpressions && (
        <Field
          label={t("forms.difference")}
          hint={t("forms.differenceHint", { used, covered: takeOut.listedImpressions })}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={1000}
              value={textOf(own, "difference")}
              onChange={(event) => onChange({ ...own, difference: event.target.value })}
            />
          )}
        </Field>
      )}
      <ConditionChoice
        label={t("forms.condition")}
        value={CONDITIONS.find((one) => one === own.condition) ?? "good"}
        onChange={(condition) => onChange({ ...own, condition })}
      />
      <PersonChoice
        label={t("forms.checker")}
        hint={t("forms.checkerHint")}
        problem={problem("checker")}
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
