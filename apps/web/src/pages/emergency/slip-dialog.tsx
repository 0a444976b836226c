import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useSession } from "../../session.ts";
import { Choice } from "../custody/custody-choices.tsx";
import { EvidenceField } from "../lodgings/evidence-field.tsx";
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
  const said = [form.number, form.sealId, form.title, form.reason, form.usedAt, form.signatoryId, form.custodianId];
  const ready = said.every((one) => one.trim() !== "") && Number.isInteger(impressions) && impressions > 0 && photo;
  const persons = (people?.items ?? []).map((one) => ({ id: one.personId, name: nameIn(one.name, language) }));
  return (
    <Dialog title={t("slips.enter")} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) send.mutate(photo.evidenceId);
        }}
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
          <Field key={key} label={t(`slip.${key}`)}>
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
          value={form.sealId}
          none={t("shift.choose")}
          options={(seals?.items ?? [])
            .filter((seal) => seal.entity.entityId === props.entityId)
            .map((seal) => ({ id: seal.sealId, name: `${seal.number} ${nameIn(seal.name, language)}` }))}
          onChange={(sealId) => change({ sealId })}
        />
        <div className="field-pair">
          <Field label={t("slip.usedAt")}>
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
          <Field label={t("slip.impressions")}>
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
          value={form.signatoryId}
          none={t("shift.choose")}
          options={persons}
          onChange={(signatoryId) => change({ signatoryId })}
        />
        <Choice
          label={t("slip.custodian")}
          value={form.custodianId}
          options={persons}
          onChange={(custodianId) => change({ custodianId })}
        />
        <Field label={t("slip.reason")}>
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
        <EvidenceField label={t("slip.photo")} file={photo} onTaken={setPhoto} />
        <ErrorPanel error={send.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={send.isPending}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
