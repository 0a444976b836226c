import CopyOutlined from "@ant-design/icons/CopyOutlined";
import { type ReactElement, useState } from "react";
import { useText } from "../i18n/i18n.ts";

/** A command to run elsewhere, word for word, with a way to copy it. */
export function CommandLine(props: { command: string }): ReactElement {
  const t = useText("parts");
  const [copied, setCopied] = useState(false);
  return (
    <div className="command">
      <code>{props.command}</code>
      <button
        type="button"
        className="icon-button"
        aria-label={t("copyOf", { text: props.command })}
        title={copied ? t("copied") : t("copy")}
        onClick={() => {
          void navigator.clipboard.writeText(props.command).then(() => setCopied(true));
        }}
      >
        <CopyOutlined aria-hidden />
      </button>
      <span className="unseen" role="status">
        {copied && t("copied")}
      </span>
    </div>
  );
}
