import FilePdfOutlined from "@ant-design/icons/FilePdfOutlined";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { formatBytes, formatDigest, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { type EvidenceFile, evidenceAddress } from "./queries.ts";

/** Files of evidence with their small pictures, who gave them and when they were taken. */
export function EvidenceFiles(props: {
  files: readonly EvidenceFile[];
  /** Those that may be taken out again, and how. */
  removable?: readonly string[];
  onRemove?: (file: EvidenceFile) => void;
}): ReactElement {
  const t = useText("matters");
  const { onRemove } = props;
  return (
    <ul className="evidence-files">
      {props.files.map((file) => (
        <li key={file.evidenceId}>
          <EvidenceItem file={file} />
          {onRemove && props.removable?.includes(file.evidenceId) && (
            <Button
              size="small"
              className="evidence-remove"
              aria-label={t("evidence.removeNamed", { name: file.name })}
              onClick={() => onRemove(file)}
            >
              {t("evidence.remove")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

function EvidenceItem(props: { file: EvidenceFile }): ReactElement {
  const { file } = props;
  const t = useText("matters");
  const language = useLanguage();
  const moment = useMoment();
  const [open, setOpen] = useState(false);
  const facts = [
    formatBytes(file.sizeBytes),
    file.widthPx && file.heightPx ? `${file.widthPx} × ${file.heightPx} px` : "",
  ].filter(Boolean);
  return (
    <>
      {file.hasPreview ? (
        <button type="button" className="evidence-picture" onClick={() => setOpen(true)}>
          <img src={evidenceAddress.preview(file.evidenceId)} alt={t("evidence.show", { name: file.name })} />
        </button>
      ) : (
        <span className="evidence-picture" aria-hidden>
          <FilePdfOutlined aria-hidden />
        </span>
      )}
      <div className="evidence-text">
        <a href={evidenceAddress.file(file.evidenceId)} download={file.name}>
          {file.name}
          <span className="unseen">{t("evidence.download")}</span>
        </a>
        <span className="note small">
          {facts.join(" · ")} ·{" "}
          <span className="mono" title={file.digest}>
            {formatDigest(file.digest)}
          </span>
        </span>
        <span className="note small">
          {file.takenAt ? t("evidence.taken", { at: moment(file.takenAt) }) : t("evidence.notTaken")}
        </span>
        <span className="note small">
          {file.uploadedBy
            ? t("evidence.given", { name: nameIn(file.uploadedBy.name, language), at: moment(file.uploadedAt) })
            : moment(file.uploadedAt)}
        </span>
      </div>
      {open && (
        <Dialog title={file.name} onClose={() => setOpen(false)}>
          <img
            className="evidence-large"
            src={evidenceAddress.preview(file.evidenceId)}
            alt={t("evidence.picture", { name: file.name })}
          />
          <p className="note small">{t("evidence.small")}</p>
        </Dialog>
      )}
    </>
  );
}
