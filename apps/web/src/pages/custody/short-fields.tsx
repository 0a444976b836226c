import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useEffect } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useSession } from "../../session.ts";
import type { MatterData } from "../matters/matter-forms.ts";
import { Choice, ConditionChoice, PersonChoice } from "./custody-choices.tsx";
import { CONDITIONS, readBodies, textOf } from "./custody-data.ts";
import { SealsToHandOver } from "./handover-fields.tsx";
import { ownCustodyQuery } from "./queries.ts";
import { useSayGap } from "./use-say-gap.ts";

interface Props {
  readonly data: MatterData;
  readonly sealId: string | null;
  readonly missing: readonly string[];
  readonly onChange: (data: MatterData, about?: string) => void;
}

/** A short handover: the reader's own seals, to a deputy, under a tag, until a day. */
export function ShortHandoverFields({ data, sealId, missing, onChange }: Props): ReactElement {
  const t = useText("custody");
  const { personId } = useSession().person;
  const problem = useSayGap(missing);
  const own = { tag: "", until: "", deputyId: "", witnessId: "", bodies: [], ...data, transferorId: personId };
  const change = (part: MatterData, about?: string): void => onChange({ ...own, ...part }, about);
  return (
    <>
      <SealsToHandOver
        personId={personId}
        sealId={sealId}
        bodies={readBodies(own)}
        onChange={(bodies, about) => change({ bodies }, about)}
      />
      <PersonChoice
        label={t("handover.deputy")}
        problem={problem("deputy")}
        value={textOf(own, "deputyId")}
        onChange={(deputyId) => change({ deputyId })}
      />
      <PersonChoice
        label={t("handover.witnessByPhone")}
        hint={t("handover.witnessByPhoneHint")}
        problem={problem("witness")}
        value={textOf(own, "witnessId")}
        onChange={(witnessId) => change({ witnessId })}
      />
      <Field label={t("forms.tag")} hint={t("forms.tagHint")} problem={problem("tag")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={40}
            value={textOf(own, "tag")}
            onChange={(event) => change({ tag: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("forms.until")} problem={problem("until")}>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            value={textOf(own, "until")}
            onChange={(event) => change({ until: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

/** Its return: which one, the tag as it was found, the state. */
export function ShortReturnFields({ data, sealId, missing, onChange }: Props): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const problem = useSayGap(missing);
  const { data: mine } = useQuery(ownCustodyQuery);
  const open = [
    ...new Map(
      (mine?.items ?? []).flatMap((piece) =>
        piece.shortHandover
          ? [[piece.shortHandover.matterId, { ...piece.shortHandover, seal: piece.seal }] as const]
          : [],
      ),
    ).values(),
  ];
  const own = { tag: "", condition: "good", ...data };
  const choose = (matterId: string): void => {
    const chosen = open.find((one) => one.matterId === matterId);
    const people = { deputyId: chosen?.deputy?.personId ?? "", transferorId: chosen?.transferor?.personId ?? "" };
    onChange({ ...own, handoverId: matterId, ...people }, chosen?.seal.sealId);
  };
  const first = (open.find((one) => one.seal.sealId === sealId) ?? open[0])?.matterId ?? "";
  const chosen = textOf(own, "handoverId");
  // The one of the seal somebody came from, or that is open alone, needs no choosing.
  useEffect(() => {
    if (chosen === "" && first !== "") choose(first);
  });
  if (mine && open.length === 0) return <p className="note">{t("forms.noneShort")}</p>;
  return (
    <>
      <Choice
        label={t("forms.shortHandover")}
        problem={problem("shortHandover")}
        value={chosen}
        options={open.map((one) => ({
          id: one.matterId,
          name: `${nameIn(one.seal.name, language)} ${one.seal.number}`,
        }))}
        onChange={choose}
      />
      <Field label={t("forms.tag")} hint={t("forms.tagHint")} problem={problem("tag")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={40}
            value={textOf(own, "tag")}
            onChange={(event) => onChange({ ...own, tag: event.target.value })}
          />
        )}
      </Field>
      <Choice
        label={t("forms.whole")}
        problem={problem("whole")}
        none={t("handover.choose")}
        value={data.whole === true ? "yes" : data.whole === false ? "no" : ""}
        options={[
          { id: "yes", name: t("forms.wholeYes") },
          { id: "no", name: t("forms.wholeNo") },
        ]}
        onChange={(id) => onChange({ ...own, whole: id === "" ? null : id === "yes" })}
      />
      <ConditionChoice
        label={t("forms.condition")}
        value={CONDITIONS.find((one) => one === own.condition) ?? "good"}
        onChange={(condition) => onChange({ ...own, condition })}
      />
    </>
  );
}
