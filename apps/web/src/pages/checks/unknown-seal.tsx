import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { EvidenceInput } from "../matters/evidence-input.tsx";

/** Anybody who sees a seal that is in no register reports it here, with a photo. */
export function UnknownSeal(props: { entityId: string }): ReactElement {
  const t = useText("checks");
  const [evidenceId, setEvidenceId] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const send = useMutation({
    mutationFn: (photo: string) =>
      api("POST /v1/unknown-seals", { body: { entityId: props.entityId, evidenceId: photo, note } }),
    onSuccess: () => {
      setEvidenceId(null);
      setNote("");
    },
  });
  const gaps = useGaps({
    note: note.trim() === "" && "missing",
    photo: evidenceId === null && t("dialog.photoMissing"),
  });
  return (
    <section className="card" aria-labelledby="unknown-title" ref={gaps.ref}>
      <header>
        <h2 id="unknown-title">{t("unknown.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("unknown.lead")}</p>
        <Field label={t("unknown.note")} problem={gaps.problem("note")}>
          {(control) => <TextInput {...control} value={note} onChange={(event) => setNote(event.target.value)} />}
        </Field>
        <EvidenceInput
          accepts="picture"
          label={t("unknown.photo")}
          onTaken={(file) => setEvidenceId(file.evidenceId)}
        />
        <p aria-live="polite">{evidenceId !== null && t("dialog.taken")}</p>
        <ErrorPanel error={send.error} />
        {send.data && <Message tone="success" title={t("unknown.sent")} live />}
        {gaps.problem("photo") && (
          <p className="field-problem" role="alert">
            {gaps.problem("photo")}
          </p>
        )}
        <Button
          type="primary"
          loading={send.isPending}
          onClick={() => gaps.press(() => evidenceId !== null && send.mutate(evidenceId))()}
        >
          {t("unknown.send")}
        </Button>
      </div>
    </section>
  );
}
