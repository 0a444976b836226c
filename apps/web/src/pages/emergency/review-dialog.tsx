import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { refreshEmergency } from "./queries.ts";

const VERDICTS = ["justified", "not-justified"] as const;

/** Says what an emergency was, and why. */
export function ReviewDialog(props: {
  of: { readonly requestId: string } | { readonly slipId: string };
  subject: string;
  onClose: () => void;
}): ReactElement {
  const { of } = props;
  const t = useText("emergency");
  const queries = useQueryClient();
  const [verdict, setVerdict] = useState<(typeof VERDICTS)[number]>("justified");
  const review = useMutation({
    mutationFn: (note: string) => {
      const body = { verdict, note };
      return "requestId" in of
        ? api("POST /v1/seal-use-requests/:requestId/emergency-review", { params: of, body })
        : api("POST /v1/emergency-slips/:slipId/review", { params: of, body });
    },
    onSuccess: async () => {
      await refreshEmergency(queries);
      props.onClose();
    },
  });
  return (
    <ReasonDialog
      title={t("review.title", { subject: props.subject })}
      what={t("review.what")}
      choice={
        <fieldset className="field">
          <legend className="field-label">{t("review.verdict")}</legend>
          <div className="reach">
            {VERDICTS.map((one) => (
              <label key={one} className="reach-choice">
                <input type="radio" name="verdict" checked={verdict === one} onChange={() => setVerdict(one)} />
                <span>{t(`verdicts.${one}`)}</span>
              </label>
            ))}
          </div>
        </fieldset>
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
}
