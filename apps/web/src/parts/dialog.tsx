import CloseOutlined from "@ant-design/icons/CloseOutlined";
import { Button } from "antd";
import { type KeyboardEvent, type ReactElement, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { useText } from "../i18n/i18n.ts";
import { hasWords } from "../typed.ts";
import { OfflineMessage } from "./offline-message.tsx";

const FIELDS = "input:not([type=hidden]), select, textarea";

/**
 * A dialog of the browser's own kind: it holds the focus, ends with Escape and gives the focus back to what opened it.
 * It opens on its first field, or on its heading where none is in sight (WAI-ARIA Authoring Practices, Dialog (Modal)).
 * What was typed is not dropped by Escape or the cross without asking.
 */
export function Dialog(props: {
  title: ReactNode;
  children: ReactNode;
  onClose: () => void;
  actions?: ReactNode;
}): ReactElement {
  const t = useText("parts");
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  // The page takes it away itself: nobody has to be told that it ended.
  const gone = useRef(false);
  const written = useRef<HTMLElement>(null);
  const [typed, setTyped] = useState(false);
  const [leaving, setLeaving] = useState(false);
  // Before it is drawn and before it is taken away: an element that is gone can not give the focus back.
  useLayoutEffect(() => {
    const shown = dialog.current;
    const opener = document.activeElement;
    if (!shown) return;
    gone.current = false;
    if (!shown.open) shown.showModal();
    focusFirst(shown, heading.current);
    return () => {
      gone.current = true;
      shown.close();
      queueMicrotask(() => giveFocusBack(opener));
    };
  }, []);
  useLayoutEffect(() => {
    if (leaving) keep.current?.focus();
  }, [leaving]);
  const leave = (): void => {
    if (typed && !leaving) setLeaving(true);
    else props.onClose();
  };
  const goOn = (): void => {
    setLeaving(false);
    written.current?.focus();
  };
  // Escape that ends an open list ends nothing else; the browser would ask the dialog, too.
  const onKeyDownCapture = (event: KeyboardEvent): void => {
    const { target } = event;
    if (event.key === "Escape" && target instanceof Element && target.getAttribute("aria-expanded") === "true")
      event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Escape may belong to an open list, to a way of writing Chinese, or to a dialog within this one.
    if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (leaving) goOn();
    else leave();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={onKeyDown}
      onInput={(event) => {
        written.current = event.target as HTMLElement;
        setTyped(hasWords(event.currentTarget));
      }}
      onCancel={(event) => {
        // A dialog within this one ends by itself alone.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        leave();
      }}
      // Where the browser ends it without asking, as the way back of a phone does when it is pressed twice.
      onClose={(event) => {
        const { target, currentTarget } = event;
        if (target === currentTarget && !currentTarget.open && !gone.current) props.onClose();
      }}
    >
      <header>
        <h2 ref={heading} id={id} tabIndex={-1}>
          {props.title}
        </h2>
        <button type="button" className="icon-button" aria-label={t("close")} onClick={leave}>
          <CloseOutlined aria-hidden />
        </button>
      </header>
      {leaving && (
        <div className="dialog-leave row" role="alert">
          <span className="grow">{t("dialog.typed")}</span>
          <Button ref={keep} onClick={goOn}>
            {t("dialog.keep")}
          </Button>
          <Button danger onClick={props.onClose}>
            {t("dialog.drop")}
          </Button>
        </div>
      )}
      <div className="dialog-body stack">
        {props.children}
        <OfflineMessage />
      </div>
      {props.actions !== undefined && <footer className="row">{props.actions}</footer>}
    </dialog>
  );
}

/** The first field, unless one would have to scroll past what stands before it. */
function focusFirst(dialog: HTMLDialogElement, heading: HTMLElement | null): void {
  const fields = [...dialog.querySelectorAll<HTMLInputElement>(FIELDS)].filter(
    (field) => !field.disabled && field.checkVisibility(),
  );
  const [first] = fields;
  const chosen = fields.find((field) => field.type === "radio" && field.name === first?.name && field.checked);
  const field = first?.type === "radio" ? (chosen ?? first) : first;
  const foot = dialog.getBoundingClientRect().bottom;
  if (field && field.getBoundingClientRect().bottom <= foot) field.focus({ preventScroll: true });
  else heading?.focus();
}

/** Where what opened it is gone, or can not be pressed any more, the page's own content has the focus. */
function giveFocusBack(opener: Element | null): void {
  if (document.activeElement !== document.body) return;
  if (opener instanceof HTMLElement) opener.focus();
  if (document.activeElement === document.body) document.getElementById("main")?.focus({ preventScroll: true });
}
