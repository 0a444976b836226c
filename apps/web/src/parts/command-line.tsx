import CopyOutlined from "@ant-design/icons/CopyOutlined";
import { type ReactElement, useState } from "react";
import { useText } from "../i18n/i18n.ts";

/** Runs the program that lies there already, and never fetches one of that name from a registry. */
const PROGRAM = "npx --no chancery";

/** Where the commands are run: the program comes with the source, it is not something to fetch by name. */
export function CommandsNote(): ReactElement {
  const t = useText("parts");
  return <p className="note small">{t("commandsWhere")}</p>;
}

/** A command of Chancery's own program to run elsewhere, word for word, with a way to copy it. */
export function CommandLine(props: { command: string }): ReactElement {
  const t = useText("parts");
  const [copied, setCopied] = useState(false);
  const line = `${PROGRAM} ${props.command}`;
  return (
    <div className="command">
      <code>{line}</code>
      <button
        type="button"
        className="icon-button"
        aria-label={t("copyOf", { text: line })}
        title={copied ? t("copied") : t("copy")}
        onClick={() => {
          void navigator.clipboard.writeText(line).then(() => setCopied(true));
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
