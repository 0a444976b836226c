import { useMutation, useQueryClient } from "@tanstack/react-query";

import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { NumberInput } from "../../parts/number-input.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { Choice, PersonChoice } from "../custody/custody-choices.tsx";
import { EvidenceInput } from "../matters/evidence-input.tsx";
import type { Check, CheckItem } from "./checks-page.tsx";

const WHERE = ["container", "hand", "missing"] as const;
type Where = (typeof WHERE)[number];
/** So much of a remark says why a number could not be read. */
const shortestWhy = 5;

/** Where a piece is now and who holds it, with a photo taken on the spot; the book is not told beforehand. */
export function AnswerDialog(props: { check: Check; item: CheckItem; onClose: () => void }): ReactElement {
  const { check, item } = props;
  const t = useText("checks");
  const language = useLanguage();
  const queries = useQueryClient();
  const [where, setWhere] = useState<Where>("container");
  const [containerId, setContainerId] = useState("");
  const [holderId, setHolderId] = useState("");
  const [evidenceId, setEvidenceId] = useState<string | null>(null);
  const [counter, setCounter] = useState<number | null>(null);
  const [note, setNote] = useState("");
  const counts = where === "container" && check.places.some((one) => one.containerId === containerId && one.counts);
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/storage-checks/:checkId/answers", {
        params: { checkId: check.checkId },
        body: {
          ...{ bodyId: item.bodyId, evidenceId: where === "missing" ? null : evidenceId, note },
          containerId: where === "container" ? containerId : null,
          holderId: where === "hand" ? holderId : null,
          counter: counts ? counter : null,
        },
      }),
    onSuccess: props.onClose,
    onSettled: () => queries.invalidateQueries({ queryKey: ["checks"] }),
  });
  const gaps = useGaps({
    container: where === "container" && containerId === "" && "choose",
    hand: where === "hand" && holderId === "" && "choose",
    counter: counts && counter === null && note.trim().length < shortestWhy && t("dialog.counterMissing"),
    photo: where !== "missing" && evidenceId === null && t("dialog.photoMissing"),
  });
  const seal = `${nameIn(item.seal.name, language)} ${item.bodyNumber}`;
  return (
    <DialogForm
      title={t("dialog.title", { seal })}
      send={t("dialog.send")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={props.onClose}
    >
      <RadioChoice
        label={t("dialog.choose")}
        value={where}
        onChange={setWhere}
        options={WHERE.map((value) => ({ value, label: t(`dialog.${value}`) }))}
      />
      {where === "container" && (
        <Choice
          label={t("dialog.which")}
          problem={gaps.problem("container")}
          none={t("dialog.none")}
          value={containerId}
          options={check.places.map((one) => ({ id: one.containerId, name: nameIn(one.name, language) }))}
          onChange={setContainerId}
        />
      )}
      {counts && (
        <Field label={t("dialog.counter")} hint={t("dialog.counterHint")} problem={gaps.problem("counter")}>
          {(control) => (
            <NumberInput control={control} min={0} max={4_294_967_295} value={counter} onChange={setCounter} />
          )}
        </Field>
      )}
      {where === "hand" && (
        <PersonChoice label={t("dialog.who")} problem={gaps.problem("hand")} value={holderId} onChange={setHolderId} />
      )}
      {where !== "missing" && (
        <>
          <EvidenceInput
            accepts="picture"
            label={t("dialog.photo")}
            onTaken={(file) => setEvidenceId(file.evidenceId)}
          />
          <p className="note small">{t("photoFor")}</p>
          <p aria-live="polite">{evidenceId !== null && t("dialog.taken")}</p>
          {gaps.problem("photo") && (
            <p className="field-problem" role="alert">
              {gaps.problem("photo")}
            </p>
          )}
        </>
      )}
      <Field label={t("dialog.note")}>
        {(control) => <TextInput {...control} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </DialogForm>
  );
}
