import CloseOutlined from "@ant-design/icons/CloseOutlined";
import { type ReactElement, type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../i18n/i18n.ts";

/** A dialog of the browser's own kind: it holds the focus, ends with Escape and gives the focus back. */
export function Dialog(props: {
  title: ReactNode;
  children: ReactNode;
  onClose: () => void;
  actions?: ReactNode;
}): ReactElement {
  const t = useText("parts");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        // A dialog within this one ends by itself alone.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        props.onClose();
      }}
    >
      <header>
        <h2 id={id}>{props.title}</h2>
        <button type="button" className="icon-button" aria-label={t("close")} onClick={props.onClose}>
          <CloseOutlined aria-hidden />
        </button>
      </header>
      <div className="dialog-body stack">{props.children}</div>
      {props.actions !== undefined && <footer className="row">{props.actions}</footer>}
    </dialog>
  );
}
