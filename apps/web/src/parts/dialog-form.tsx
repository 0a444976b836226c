import { Button } from "antd";
import type { FormEvent, ReactElement, ReactNode } from "react";
import { useText } from "../i18n/i18n.ts";
import { Dialog } from "./dialog.tsx";
import { ErrorPanel } from "./error-panel.tsx";

/** A dialog that is a form: fields, what went wrong, and a button that can always be pressed beside the way back. */
export function DialogForm(props: {
  title: ReactNode;
  /** What the button says. */
  send: string;
  gaps: {
    readonly ref: (holder: HTMLElement | null) => void;
    readonly press: (act: () => void) => (event?: FormEvent) => void;
  };
  sending: { readonly error: unknown; readonly isPending: boolean };
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}): ReactElement {
  const { sending, gaps } = props;
  const t = useText("parts");
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form ref={gaps.ref} className="stack" noValidate onSubmit={gaps.press(props.onSend)}>
        {props.children}
        <ErrorPanel error={sending.error} />
        <div className="row row-end">
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button type="primary" htmlType="submit" loading={sending.isPending}>
            {props.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
