import FileOutlined from "@ant-design/icons/FileOutlined";
import { UPLOAD_LIMIT_BYTES } from "@chancery/api/limits";
import { Button } from "antd";
import type { ReactElement } from "react";
import { findProblem } from "../../api.ts";
import { formatBytes } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { OctagonIcon } from "../../parts/icons.tsx";
import { useApply } from "./apply-context.ts";
import type { Upload } from "./uploads.ts";

/** A file on its way: how much has been sent, or why it was not taken and what to do. */
export function UploadRow(props: { upload: Upload }): ReactElement {
  const { upload } = props;
  const { store } = useApply();
  const t = useText("apply");
  const { state } = upload;
  const over = state.kind === "refused" || state.kind === "not-taken";
  const lost = state.kind === "refused" && (findProblem(state.thrown)?.status ?? 0) === 0;
  return (
    <li className="document-row" data-upload={state.kind}>
      {over ? (
        <span className="document-sign document-refused">
          <OctagonIcon />
        </span>
      ) : (
        <FileOutlined className="document-sign" aria-hidden />
      )}
      <div className="document-text">
        <strong>{upload.name}</strong>
        <UploadWords upload={upload} />
      </div>
      <div className="row document-acts">
        {lost && (
          <Button size="small" onClick={() => store.uploads.again(upload.id)}>
            {t("uploads.again")}
          </Button>
        )}
        <Button
          size="small"
          aria-label={
            over ? t("uploads.dropNamed", { name: upload.name }) : t("uploads.stopNamed", { name: upload.name })
          }
          onClick={() => store.uploads.drop(upload.id)}
        >
          {over ? t("uploads.drop") : t("uploads.stop")}
        </Button>
      </div>
    </li>
  );
}

function UploadWords(props: { upload: Upload }): ReactElement {
  const { upload } = props;
  const t = useText("apply");
  const language = useLanguage();
  const { state } = upload;
  switch (state.kind) {
    case "waiting":
      return <span className="note small">{t("uploads.waiting")}</span>;
    case "sending":
    case "reading": {
      const share = state.kind === "sending" ? state.share : 1;
      const words =
        state.kind === "reading"
          ? t("uploads.reading")
          : t("uploads.sending", {
              percent: Math.floor(share * 100),
              done: formatBytes(share * upload.sizeBytes),
              total: formatBytes(upload.sizeBytes),
            });
      return (
        <>
          <progress value={share} aria-label={t("uploads.progress", { name: upload.name })} />
          <span className="note small">{words}</span>
        </>
      );
    }
    case "not-taken":
      return (
        <span role="alert" className="upload-refused">
          {t(`uploads.refused.${state.reason}`, {
            size: formatBytes(upload.sizeBytes),
            mb: UPLOAD_LIMIT_BYTES / (1024 * 1024),
          })}
        </span>
      );
    case "refused": {
      const problem = findProblem(state.thrown);
      return (
        <span role="alert" className="upload-refused">
          {problem && problem.status !== 0 ? problem.sentence[language] : t("uploads.lost")}
          {problem && problem.status !== 0 && <span className="note small mono"> {problem.code}</span>}
        </span>
      );
    }
  }
}
