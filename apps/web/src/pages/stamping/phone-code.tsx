import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { CodeSquare } from "../../parts/code-square.tsx";
import { paths } from "../../paths.ts";
import "./stamping.css";

/** The way from the desk to the phone. */
export function PhoneCode(props: { requestId: string }): ReactElement {
  const t = useText("stamping");
  return (
    <div className="stamp-code">
      <CodeSquare text={`${window.location.origin}${paths.stamp(props.requestId)}`} label={t("open.codeLabel")} />
      <p className="note">{t("open.code")}</p>
    </div>
  );
}
