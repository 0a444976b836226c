import CameraOutlined from "@ant-design/icons/CameraOutlined";
import UploadOutlined from "@ant-design/icons/UploadOutlined";
import { type ChangeEvent, type ReactElement, useId } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { acceptedBy } from "./matters.ts";
import type { EvidenceFile, EvidenceSlot } from "./queries.ts";
import { useEvidenceUpload } from "./use-evidence.ts";
import "./evidence-input.css";

/** Takes a photo with the camera, or files from the device, and says how far sending is. */
export function EvidenceInput(props: {
  accepts: EvidenceSlot["accepts"];
  /** What the files are for, read out with the buttons. */
  label: string;
  onTaken: (file: EvidenceFile) => Promise<void> | void;
}): ReactElement {
  const t = useText("matters");
  const id = useId();
  const upload = useEvidenceUpload(props.onTaken);
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.target.files ?? [])];
    // The same file may be chosen again after it was refused.
    event.target.value = "";
    if (files.length > 0) void upload.send(files);
  };
  const busy = upload.sending !== null;
  return (
    <div className="stack stack-tight">
      <div className="row">
        {props.accepts !== "document" && (
          <label className="file-button" data-busy={busy}>
            <CameraOutlined aria-hidden /> {t("evidence.camera")}
            <span className="unseen">{props.label}</span>
            <input
              id={`${id}-camera`}
              type="file"
              accept={acceptedBy("picture")}
              capture="environment"
              disabled={busy}
              onChange={choose}
            />
          </label>
        )}
        <label className="file-button" data-busy={busy}>
          <UploadOutlined aria-hidden /> {t("evidence.choose")}
          <span className="unseen">{props.label}</span>
          <input
            id={`${id}-file`}
            type="file"
            accept={acceptedBy(props.accepts)}
            multiple
            disabled={busy}
            onChange={choose}
          />
        </label>
      </div>
      <div aria-live="polite">
        {upload.sending && (
          <p className="note small sending">
            {t("evidence.sending", { ...upload.sending })}
            <progress
              aria-label={t("evidence.progress")}
              value={upload.sending.number - 1}
              max={upload.sending.total}
            />
          </p>
        )}
        {upload.tooLarge.length > 0 && (
          <Message tone="problem" title={t("evidence.tooLarge", { names: upload.tooLarge.join(", ") })}>
            {t("evidence.tooLargeWay")}
          </Message>
        )}
      </div>
      <ErrorPanel error={upload.error} />
    </div>
  );
}
