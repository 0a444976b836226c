import { Button } from "antd";
import { type FormEvent, type ReactElement, type ReactNode, useState } from "react";
import { useText } from "../i18n/i18n.ts";
import { Dialog } from "./dialog.tsx";
import { ErrorPanel } from "./error-panel.tsx";
import { ReasonField } from "./reason-field.tsx";

/** Asks why, before something is ended, returned or asked for; others read the answer. */
export function ReasonDialog(props: {
  title: string;
  /** What will happen. */
  what?: string;
  /** What is chosen besides the reason. */
  choice?: ReactNode;
  label: string;
  hint?: string;
  /** What was written before it was asked for. */
  begun?: string;
  /** Said where nothing was written though something has to be; without it nothing has to. */
  missing?: string;
  most?: number;
  /** On the button that does it. */
  give: string;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  onGive: (reason: string) => void;
  onClose: () => void;
}): ReactElement {
  const t = useText("parts");
  const [reason, setReason] = useState(props.begun ?? "");
  const [tried, setTried] = useState(false);
  const empty = reason.trim() === "";
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (props.missing !== undefined && empty) setTried(true);
    else props.onGive(reason.trim());
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form className="stack" onSubmit={submit}>
        {props.what !== undefined && <p>{props.what}</p>}
        {props.choice}
        <ReasonField
          label={props.label}
          hint={props.hint}
          problem={tried && empty ? props.missing : undefined}
          rows={4}
          most={props.most ?? 500}
          value={reason}
          onChange={setReason}
        />
        <ErrorPanel error={props.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("back")}</Button>
          <Button type="primary" htmlType="submit" danger={props.danger ?? false} loading={props.busy}>
            {props.give}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
