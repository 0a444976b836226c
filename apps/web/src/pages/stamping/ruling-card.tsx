import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { EvidenceField } from "../matters/evidence-field.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import { type Impression, refreshStamping, type StampingView, type StampVerdict } from "./queries.ts";
import { usePlaceWords } from "./use-place-words.ts";

const VERDICTS: readonly StampVerdict[] = ["settled", "spoiled", "released"];

/** An impression that nobody can tell: what one person said it was, to be agreed to, or decided anew, by another. */
export function RulingCard(props: { view: StampingView; impression: Impression }): ReactElement {
  const { view, impression } = props;
  const { proposal } = impression;
  const t = useText("stamping");
  const language = useLanguage();
  const words = usePlaceWords(view);
  const [asked, setAsked] = useState(false);
  const rule = useRuling(view.requestId, impression.impressionId, () => setAsked(false));
  const may = view.actions.includes("rule");
  return (
    <Message
      tone="warning"
      title={t("ruling.of", { nth: impression.nth, where: words(impression) })}
      {...(may
        ? {
            action: (
              <span className="row">
                {/* What was said before evidence was asked for needs some from who agrees. */}
                {proposal?.evidenceId && (
                  <Button
                    type="primary"
                    loading={rule.isPending}
                    onClick={() =>
                      rule.mutate({ verdict: proposal.verdict, reason: proposal.reason, evidenceId: null })
                    }
                  >
                    {t("ruling.agree")}
                  </Button>
                )}
                <Button onClick={() => setAsked(true)}>{t("ruling.decide")}</Button>
              </span>
            ),
          }
        : {})}
    >
      <p>{t("ruling.what")}</p>
      {proposal?.by && (
        <>
          <p>
            {t("ruling.proposed", {
              name: nameIn(proposal.by.name, language),
              verdict: t(`ruling.verdicts.${proposal.verdict}`),
              reason: proposal.reason,
            })}
          </p>
          <p>{t("ruling.proposedWhy")}</p>
        </>
      )}
      {proposal?.evidenceId && (
        <p>
          <a href={evidenceAddress.file(proposal.evidenceId)} target="_blank" rel="noreferrer">
            {t("ruling.proposedEvidence")}
          </a>
        </p>
      )}
      {!asked && <ErrorPanel error={rule.error} />}
      {asked && <RulingDialog impression={impression} rule={rule} onClose={() => setAsked(false)} />}
    </Message>
  );
}

interface Ruling {
  readonly verdict: StampVerdict;
  readonly reason: string;
  readonly evidenceId: string | null;
}

function useRuling(requestId: string, impressionId: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Ruling) =>
      api("POST /v1/seal-use-requests/:requestId/impressions/:impressionId/ruling", {
        params: { requestId, impressionId },
        body,
      }),
    onSuccess: onDone,
    onSettled: () => refreshStamping(queries),
  });
}

function RulingDialog(props: {
  impression: Impression;
  rule: ReturnType<typeof useRuling>;
  onClose: () => void;
}): ReactElement {
  const { impression, rule } = props;
  const t = useText("stamping");
  // What was pressed and photographed is never said to be unused; a photo of another copy is none.
  const photographed = impression.pressed && impression.photo?.comparison?.verdict !== "wrong-copy";
  const verdicts = VERDICTS.filter((one) => one !== "released" || !photographed);
  const [verdict, setVerdict] = useState<StampVerdict>("settled");
  const [reason, setReason] = useState("");
  const [photo, setPhoto] = useState<{ readonly evidenceId: string; readonly name: string } | null>(null);
  const gaps = useGaps({
    reason: reason.trim() === "" && t("ruling.missing"),
    evidence:
      photo === null &&
      (impression.proposal?.verdict !== verdict || impression.proposal.evidenceId === null) &&
      t(verdict === "spoiled" ? "ruling.photoMissing" : "ruling.evidenceMissing"),
  });
  return (
    <DialogForm
      title={t("ruling.ofOne", { nth: impression.nth })}
      send={t("ruling.give")}
      gaps={gaps}
      sending={rule}
      onSend={() => rule.mutate({ verdict, reason: reason.trim(), evidenceId: photo?.evidenceId ?? null })}
      onClose={props.onClose}
    >
      <RadioChoice
        label={t("ruling.verdict")}
        stacked
        value={verdict}
        options={verdicts.map((value) => ({ value, label: t(`ruling.verdicts.${value}`) }))}
        onChange={setVerdict}
      />
      <ReasonField
        label={t("ruling.reason")}
        problem={gaps.problem("reason")}
        rows={2}
        value={reason}
        onChange={setReason}
      />
      <EvidenceField
        label={t(verdict === "spoiled" ? "ruling.photo" : "ruling.evidence")}
        problem={gaps.problem("evidence")}
        accepts={verdict === "spoiled" ? "picture" : "any"}
        file={photo}
        onTaken={setPhoto}
      />
    </DialogForm>
  );
}
