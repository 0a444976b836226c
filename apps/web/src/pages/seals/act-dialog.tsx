import type { UseMutationResult } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import type { SealDetail } from "./queries.ts";
import type { SealAct } from "./seal-life.ts";
import type { ActInput } from "./use-seal-acts.tsx";

/** An act that wants a reason; stopping also wants the seal's number typed, so that it is never the wrong seal. */
export function ActDialog(props: {
  seal: SealDetail;
  act: Exclude<SealAct, "put-in-use">;
  run: UseMutationResult<boolean, Error, ActInput>;
  onClose: () => void;
}): ReactElement {
  const { seal, act, run } = props;
  const t = useText("seals");
  const parts = useText("parts");
  const language = useLanguage();
  const [reason, setReason] = useState("");
  const [typedNumber, setTypedNumber] = useState("");
  const stops = act === "stop";
  const ready = reason.trim() !== "" && (!stops || typedNumber.trim() === seal.number);
  const differs = stops && typedNumber.trim().length >= seal.number.length && typedNumber.trim() !== seal.number;
  return (
    <Dialog title={t(`acts.${act}.title`, { name: nameIn(seal.name, language) })} onClose={props.onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) run.mutate({ act, reason: reason.trim(), typedNumber: typedNumber.trim() });
        }}
      >
        <p>{t(`acts.${act}.why`)}</p>
        <Field label={t("acts.reason")} hint={t("acts.reasonHint")}>
          {(control) => (
            <TextLines
              {...control}
              required
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {stops && (
          <Field
            label={t("acts.typedNumber", { number: seal.number })}
            problem={differs ? t("acts.typedDiffers") : undefined}
          >
            {(control) => (
              <TextInput
                {...control}
                required
                className="mono"
                autoComplete="off"
                spellCheck={false}
                maxLength={40}
                value={typedNumber}
                onChange={(event) => setTypedNumber(event.target.value)}
              />
            )}
          </Field>
        )}
        <ErrorPanel error={run.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{parts("cancel")}</Button>
          <Button
            {...(stops ? { danger: true } : { type: "primary" as const })}
            htmlType="submit"
            disabled={!ready}
            loading={run.isPending}
          >
            {t(`acts.${act}.button`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
