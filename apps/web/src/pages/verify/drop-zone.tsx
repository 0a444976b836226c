import UploadOutlined from "@ant-design/icons/UploadOutlined";
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from "react";
import { useText } from "../../i18n/i18n.ts";

/**
 * Takes files by choosing or by dropping them anywhere on the page. Large before the first one; afterwards the page
 * itself stays the place to drop, and `children` gets the way to open the choice.
 */
export function DropZone(props: {
  onFiles: (files: readonly File[]) => void;
  large: boolean;
  children: (choose: () => void) => ReactNode;
}): ReactElement {
  const t = useText("verify");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = useRef(props.onFiles);
  take.current = props.onFiles;
  // The whole window takes the file: one dropped a little beside must not make the browser leave the page.
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragenter", enter);
    window.addEventListener("dragover", enter);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", enter);
      window.removeEventListener("dragover", enter);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);
  const choose = (): void => input.current?.click();
  return (
    <div className="verify" data-over={over}>
      {props.children(choose)}
      <input
        ref={input}
        id="verify-file"
        className={props.large ? "verify-input" : "verify-input unseen"}
        type="file"
        accept=".pdf,application/pdf"
        multiple
        {...(props.large ? {} : { tabIndex: -1, "aria-hidden": true })}
        aria-label={t("drop.choose")}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file may be chosen again.
          event.target.value = "";
          props.onFiles(files);
        }}
      />
      {props.large && (
        <label className="verify-drop" htmlFor="verify-file">
          <span className="verify-drop-face" aria-hidden />
          <span className="verify-drop-button">
            <UploadOutlined aria-hidden /> {t("drop.choose")}
          </span>
          <span>{over ? t("drop.over") : t("drop.or")}</span>
          <span className="note small">{t("drop.several")}</span>
        </label>
      )}
      {props.large && <p className="note verify-keeps">{t("drop.keeps")}</p>}
      {over && !props.large && <div className="verify-over">{t("drop.over")}</div>}
    </div>
  );
}
