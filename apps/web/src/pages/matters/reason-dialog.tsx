import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { TextLines } from "../../parts/text-input.tsx";

export type Reasoned = "reject" | "return" | "withdraw" | "cancel";

/** Asks why, before a matter is rejected, returned, withdrawn or ended; others read the answer. */
export function ReasonDialog(props: {
  act: Reasoned;
  busy: boolean;
  error: unknown;
  onGive: (reason: string) => void;
  onClose: () => void;
}): ReactElement {
  const { act } = props;
  const t = useText("matters");
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const needed = act !== "withdraw";
  const give = (event: FormEvent): void => {
    event.preventDefault();
    if (needed && reason.trim() === "") setMissing(true);
    else props.onGive(reason.trim());
  };
  return (
    <Dialog title={t(`act.${act}`)} onClose={props.onClose}>
      <form className="stack" onSubmit={give}>
        <p>{t(`act.what.${act}`)}</p>
        <Field
          label={t(`act.why.${act}`)}
          hint={t("act.whyHint")}
          problem={missing && reason.trim() === "" ? t("act.whyMissing") : undefined}
        >
          {(control) => (
            <TextLines
              {...control}
              rows={4}
              maxLength={act === "reject" || act === "return" ? 2000 : 500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <ErrorPanel error={props.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("act.back")}</Button>
          <Button type="primary" htmlType="submit" danger={act !== "return"} loading={props.busy}>
            {t(`act.now.${act}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
