import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { useSession } from "../../session.ts";
import { Choice } from "../custody/custody-choices.tsx";
import { EvidenceField } from "../matters/evidence-field.tsx";
import type { EvidenceFile } from "../matters/queries.ts";
import { peopleQuery } from "../organisation/queries.ts";
import { sealChoicesQuery } from "../seals/queries.ts";
import { type EmergencyView, refreshEmergency } from "./queries.ts";

/** Enters what was stamped by a slip: its number, what, when, who signed, and a photo of it. */
export function SlipDialog(props: {
  slips: EmergencyView["slips"]["inHand"];
  entityId: string;
  onClose: () => void;
}): ReactElement {
  const t = useText("emergency");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const { data: people } = useQuery(peopleQuery);
  const { data: seals } = useQuery(sealChoicesQuery);
  const [photo, setPhoto] = useState<EvidenceFile | null>(null);
  const [form, setForm] = useState({
    ...{ seriesId: props.slips[0]?.seriesId ?? "", number: "", sealId: "", title: "", counterparty: "", reason: "" },
    ...{ impressions: "1", usedAt: "", signatoryId: "", custodianId: session.person.personId },
  });
  const change = (part: Partial<typeof form>): void => setForm((before) => ({ ...before, ...part }));
  const impressions = Number(form.impressions);
  const send = useMutation({
    mutationFn: (evidenceId: string) =>
      api("POST /v1/emergency-slips", {
        body: { ...form, impressions, usedAt: new Date(form.usedAt).toISOString(), evidenceId },
      }),
    onSuccess: async () => {
      await refreshEmergency(queries);
      props.onClose();
    },
  });
  const empty = (key: keyof typeof form) => form[key].trim() === "" && "missing";
  const unchosen = (key: keyof typeof form) => form[key] === "" && "choose";
  const gaps = useGaps({
    ...{ number: empty("number"), title: empty("title"), sealId: unchosen("sealId"), usedAt: empty("usedAt") },
    impressions: (!Number.isInteger(impressions) || impressions < 1) && t("slip.impressionsMissing"),
    ...{ signatoryId: unchosen("signatoryId"), custodianId: unchosen("custodianId"), reason: empty("reason") },
    photo: photo === null && t("slip.photoMissing"),
  });
  const persons = (people?.items ?? []).map((one) => ({ id: one.personId, name: nameIn(one.name, language) }));
  return (
    <DialogForm
      title={t("slips.enter")}
      send={t("save")}
      gaps={gaps}
      sending={send}
      onSend={() => photo && send.mutate(photo.evidenceId)}
      onClose={props.onClose}
    >
      {props.slips.length > 1 && (
        <Choice
          label={t("slip.series")}
          value={form.seriesId}
          options={props.slips.map((one) => ({ id: one.seriesId, name: one.numbers }))}
          onChange={(seriesId) => change({ seriesId })}
        />
      )}
      {(["number", "title", "counterparty"] as const).map((key) => (
        <Field key={key} label={t(`slip.${key}`)} problem={key === "counterparty" ? undefined : gaps.problem(key)}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={key === "number" ? 50 : 200}
              required={key !== "counterparty"}
              value={form[key]}
              onChange={(event) => change({ [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Choice
        label={t("slip.seal")}
        problem={gaps.problem("sealId")}
        value={form.sealId}
        none={t("shift.choose")}
        options={(seals?.items ?? [])
          .filter((seal) => seal.entity.entityId === props.entityId)
          .map((seal) => ({ id: seal.sealId, name: `${seal.number} ${nameIn(seal.name, language)}` }))}
        onChange={(sealId) => change({ sealId })}
      />
      <div className="field-pair">
        <Field label={t("slip.usedAt")} problem={gaps.problem("usedAt")}>
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              required
              value={form.usedAt}
              onChange={(event) => change({ usedAt: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("slip.impressions")} problem={gaps.problem("impressions")}>
          {(control) => (
            <TextInput
              {...control}
              inputMode="numeric"
              maxLength={4}
              value={form.impressions}
              onChange={(event) => change({ impressions: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Choice
        label={t("slip.signatory")}
        problem={gaps.problem("signatoryId")}
        value={form.signatoryId}
        none={t("shift.choose")}
        options={persons}
        onChange={(signatoryId) => change({ signatoryId })}
      />
      <Choice
        label={t("slip.custodian")}
        problem={gaps.problem("custodianId")}
        value={form.custodianId}
        options={persons}
        onChange={(custodianId) => change({ custodianId })}
      />
      <Field label={t("slip.reason")} problem={gaps.problem("reason")}>
        {(control) => (
          <TextLines
            {...control}
            rows={2}
            maxLength={500}
            value={form.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
      <EvidenceField
        accepts="any"
        label={t("slip.photo")}
        file={photo}
        problem={gaps.problem("photo")}
        onTaken={setPhoto}
      />
    </DialogForm>
  );
}
