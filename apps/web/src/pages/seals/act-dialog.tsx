import type { UseMutationResult } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import type { SealDetail } from "./queries.ts";
import { listPiecesToLose, type SealAct } from "./seal-life.ts";
import type { ActInput } from "./use-seal-acts.tsx";

/** An act that wants a reason; a loss also says which piece. */
export function ActDialog(props: {
  seal: SealDetail;
  act: SealAct;
  run: UseMutationResult<boolean, Error, ActInput>;
  onClose: () => void;
}): ReactElement {
  const { seal, act, run } = props;
  const t = useText("seals");
  const parts = useText("parts");
  const language = useLanguage();
  const pieces = act === "report-loss" ? listPiecesToLose(seal.bodies) : [];
  const [reason, setReason] = useState("");
  const [bodyId, setBodyId] = useState(pieces[0]?.bodyId ?? "");
  const gaps = useGaps({
    piece: act === "report-loss" && bodyId === "" && "choose",
    reason: reason.trim() === "" && "missing",
  });
  return (
    <Dialog title={t(`acts.${act}.title`, { name: nameIn(seal.name, language) })} onClose={props.onClose}>
      <form
        ref={gaps.ref}
        className="stack"
        noValidate
        onSubmit={gaps.press(() => run.mutate({ act, reason: reason.trim(), bodyId }))}
      >
        <p>{t(`acts.${act}.why`)}</p>
        {pieces.length > 1 && (
          <Field label={t("acts.piece")} problem={gaps.problem("piece")}>
            {(control) => (
              <select
                {...control}
                className="native-select"
                value={bodyId}
                onChange={(event) => setBodyId(event.target.value)}
              >
                {pieces.map((piece) => (
                  <option key={piece.bodyId} value={piece.bodyId}>
                    {piece.number}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <ReasonField
          label={t("acts.reason")}
          hint={t("acts.reasonHint")}
          problem={gaps.problem("reason")}
          value={reason}
          onChange={setReason}
        />
        <ErrorPanel error={run.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{parts("cancel")}</Button>
          <Button
            {...(act === "report-loss" ? { danger: true } : { type: "primary" as const })}
            htmlType="submit"
            loading={run.isPending}
          >
            {t(`acts.${act}.button`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
