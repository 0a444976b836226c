import UploadOutlined from "@ant-design/icons/UploadOutlined";
import { Button } from "antd";
import { type ChangeEvent, type ReactElement, useId } from "react";
import { formatBytes } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { FactTag } from "../../parts/state-tag.tsx";
import type { useImportFiles } from "./use-import-files.ts";

const accepted = ".xlsx,.csv,image/jpeg,image/png,image/webp,image/tiff";

/** Sheets and pictures that are handed in, with how far sending is; a mended sheet takes the place of the one before. */
export function FilesCard(props: { upload: ReturnType<typeof useImportFiles> }): ReactElement {
  const { files, refused, sending, send, drop } = props.upload;
  const t = useText("stock");
  const id = useId();
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const chosen = [...(event.target.files ?? [])];
    // The same file may be chosen again after it was mended.
    event.target.value = "";
    if (chosen.length > 0) void send(chosen);
  };
  return (
    <section className="card" aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{t("files.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("files.lead")}</p>
        <div className="row">
          <label className="file-button" data-busy={sending !== null}>
            <UploadOutlined aria-hidden /> {t(files.length === 0 ? "files.choose" : "files.more")}
            <input type="file" accept={accepted} multiple disabled={sending !== null} onChange={choose} />
          </label>
        </div>
        <div aria-live="polite">
          {sending && (
            <p className="note small sending">
              {t("files.sending", { ...sending })}
              <progress aria-label={t("files.progress")} value={sending.number - 1} max={sending.total} />
            </p>
          )}
        </div>
        {refused.map((one) => (
          <div key={one.name} className="stack stack-tight">
            <strong className="file-name">{one.name}</strong>
            <ErrorPanel error={one.error} />
          </div>
        ))}
        {files.length > 0 && (
          <ul className="rows stock-files">
            {files.map((file) => (
              <li key={file.fileId} className="rows-line row">
                <span className="grow file-name">{file.name}</span>
                <FactTag>{t(`files.kind.${file.kind}`)}</FactTag>
                <span className="note small">
                  {file.kind === "sheet"
                    ? t("files.sheets", {
                        sheets: file.sheets.map((sheet) => `${sheet.title} (${sheet.lines})`).join(", "),
                      })
                    : formatBytes(file.sizeBytes)}
                </span>
                <Button
                  size="small"
                  aria-label={t("files.dropOf", { name: file.name })}
                  onClick={() => drop(file.fileId)}
                >
                  {t("files.drop")}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
