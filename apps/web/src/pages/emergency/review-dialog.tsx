import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { TickField } from "../../parts/tick-field.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import type { RequestDetail } from "../requests/queries.ts";
import { PressPictures } from "./press-pictures.tsx";
import { refreshEmergency } from "./queries.ts";

const VERDICTS = ["justified", "not-justified"] as const;

/** Says what an emergency was, and why. */
export function ReviewDialog(props: {
  of: { readonly requestId: string } | { readonly slipId: string };
  subject: string;
  /** Papers that followed: he says of each that he opened it and it is what is owed. */
  papers?: NonNullable<RequestDetail["emergencyPapers"]>["followed"];
  /** It was stamped on paper: what was seen at each press is looked at before anything is said. */
  pressed?: boolean;
  onClose: () => void;
}): ReactElement {
  const { of, papers = [], pressed = false } = props;
  const language = useLanguage();
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const t = useText("emergency");
  const queries = useQueryClient();
  const [verdict, setVerdict] = useState<(typeof VERDICTS)[number]>("justified");
  const review = useMutation({
    mutationFn: (note: string) => {
      const body = { verdict, note };
      return "requestId" in of
        ? api("POST /v1/seal-use-requests/:requestId/emergency-review", {
            params: of,
            body: { ...body, papers: [...confirmed] },
          })
        : api("POST /v1/emergency-slips/:slipId/review", { params: of, body });
    },
    onSuccess: async () => {
      await refreshEmergency(queries);
      props.onClose();
    },
  });
  const dialog = (
    <ReasonDialog
      title={t("review.title", { subject: props.subject })}
      what={t("review.what")}
      choice={
        <>
          {pressed && "requestId" in of && (
            <section className="stack stack-tight" aria-label={t("presses.title")}>
              <h3>{t("presses.title")}</h3>
              <PressPictures requestId={of.requestId} />
            </section>
          )}
          <RadioChoice
            label={t("review.verdict")}
            value={verdict}
            options={VERDICTS.map((value) => ({ value, label: t(`verdicts.${value}`) }))}
            onChange={setVerdict}
          />
          {papers.length > 0 && (
            <fieldset className="field">
              <legend className="field-label">{t("review.papers")}</legend>
              {papers.map(({ evidenceId, name, title, file }) => (
                <div key={evidenceId} className="stack stack-tight">
                  <TickField
                    checked={confirmed.includes(evidenceId)}
                    onChange={(on) =>
                      setConfirmed(on ? [...confirmed, evidenceId] : confirmed.filter((one) => one !== evidenceId))
                    }
                  >
                    {t("review.isPaper", { kind: nameIn(name, language), title })}
                  </TickField>
                  <a href={evidenceAddress.file(evidenceId)} download={file}>
                    {file}
                  </a>
                </div>
              ))}
            </fieldset>
          )}
        </>
      }
      label={t("review.note")}
      hint={t("review.noteHint")}
      missing={t("review.noteMissing")}
      most={1000}
      give={t("review.give")}
      busy={review.isPending}
      error={review.error}
      onGive={(note) => review.mutate(note)}
      onClose={props.onClose}
    />
  );
  return pressed ? <div className="dialog-wide">{dialog}</div> : dialog;
}
