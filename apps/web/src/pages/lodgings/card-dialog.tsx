import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api, type CallOptions } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { useSession } from "../../session.ts";
import { Choice, Tick } from "../custody/custody-choices.tsx";
import { EvidenceField } from "../matters/evidence-field.tsx";
import type { EvidenceFile } from "../matters/queries.ts";
import { sealChoicesQuery } from "../seals/queries.ts";
import { LODGING_KINDS } from "./lodging-filter.ts";
import { type Lodging, refreshLodgings } from "./queries.ts";

type Card = CallOptions<"POST /v1/specimens-lodged">["body"];
const TEXTS = ["placeName", "branch", "card", "contact"] as const;
const LABELS = { placeName: "form.place", branch: "form.branch", card: "form.card", contact: "form.contact" } as const;

/** Records a card: where, which seals, since when, its photo; where it takes the place of another one, what shows that. */
export function CardDialog(props: {
  sealId?: string;
  entityId?: string;
  replaces?: Lodging;
  onClose: () => void;
  onDone: () => void;
}): ReactElement {
  const { replaces } = props;
  const t = useText("lodgings");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const seals = useQuery(sealChoicesQuery);
  const [photo, setPhoto] = useState<EvidenceFile | null>(null);
  const [back, setBack] = useState<EvidenceFile | null>(null);
  const [form, setForm] = useState<Omit<Card, "evidenceId" | "replaces">>({
    entityId: replaces?.entity.entityId ?? props.entityId ?? session.entities[0]?.entityId ?? "",
    kind: replaces?.kind ?? "bank",
    ...{ placeName: replaces?.placeName ?? "", branch: replaces?.branch ?? "", contact: replaces?.contact ?? "" },
    ...{ card: "", lodgedOn: "", sealIds: props.sealId ? [props.sealId] : [] },
  });
  const change = (part: Partial<typeof form>): void => setForm((before) => ({ ...before, ...part }));
  const send = useMutation({
    mutationFn: (files: { photo: string; back: string | null }) =>
      api("POST /v1/specimens-lodged", {
        body: {
          ...form,
          evidenceId: files.photo,
          replaces: replaces && files.back ? { lodgingId: replaces.lodgingId, evidenceId: files.back } : null,
        },
      }),
    onSuccess: async () => {
      await refreshLodgings(queries);
      props.onDone();
    },
  });
  const offered = (seals.data?.items ?? []).filter((seal) => seal.entity.entityId === form.entityId);
  const gaps = useGaps({
    place: form.placeName.trim() === "" && "missing",
    seals: form.sealIds.length === 0 && t("form.sealsMissing"),
    on: form.lodgedOn === "" && "missing",
    photo: photo === null && t("form.photoMissing"),
    back: replaces !== undefined && back === null && t("form.backMissing"),
  });
  return (
    <DialogForm
      title={replaces ? t("form.replaceTitle", { place: replaces.placeName }) : t("form.title")}
      send={t("form.save")}
      gaps={gaps}
      sending={send}
      onSend={() => photo && send.mutate({ photo: photo.evidenceId, back: back?.evidenceId ?? null })}
      onClose={props.onClose}
    >
      {!replaces && session.entities.length > 1 && (
        <Choice
          label={t("form.entity")}
          value={form.entityId}
          options={session.entities.map((one) => ({ id: one.entityId, name: nameIn(one.name, language) }))}
          onChange={(entityId) => change({ entityId, sealIds: [] })}
        />
      )}
      <Choice
        label={t("form.kind")}
        value={form.kind}
        options={LODGING_KINDS.map((id) => ({ id, name: t(`kinds.${id}`) }))}
        onChange={(id) => change({ kind: LODGING_KINDS.find((one) => one === id) ?? "other" })}
      />
      {TEXTS.map((key) => (
        <Field
          key={key}
          label={t(LABELS[key])}
          {...(key === "contact" ? { hint: t("form.contactHint") } : {})}
          problem={key === "placeName" ? gaps.problem("place") : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={200}
              required={key === "placeName"}
              value={form[key]}
              onChange={(event) => change({ [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <fieldset className="field lodging-seals">
        <legend>{t("form.seals")}</legend>
        <span className="field-hint">{offered.length === 0 ? t("form.noSeals") : t("form.sealsHint")}</span>
        {offered.map((seal) => (
          <Tick
            key={seal.sealId}
            label={`${seal.number} ${nameIn(seal.name, language)}`}
            checked={form.sealIds.includes(seal.sealId)}
            onChange={(on) =>
              change({
                sealIds: on ? [...form.sealIds, seal.sealId] : form.sealIds.filter((sealId) => sealId !== seal.sealId),
              })
            }
          />
        ))}
        {gaps.problem("seals") && (
          <p className="field-problem" role="alert">
            {gaps.problem("seals")}
          </p>
        )}
      </fieldset>
      <Field label={t("form.lodgedOn")} problem={gaps.problem("on")}>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            required
            value={form.lodgedOn}
            onChange={(event) => change({ lodgedOn: event.target.value })}
          />
        )}
      </Field>
      <EvidenceField
        accepts="any"
        label={t("form.photo")}
        file={photo}
        problem={gaps.problem("photo")}
        onTaken={setPhoto}
      />
      {replaces && (
        <EvidenceField
          accepts="any"
          label={t("form.back")}
          hint={t("form.backHint")}
          file={back}
          problem={gaps.problem("back")}
          onTaken={setBack}
        />
      )}
    </DialogForm>
  );
}
