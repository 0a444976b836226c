import { Button } from "antd";
import type { ReactElement } from "react";
import { formatBytes } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import type { FileCheck } from "./use-file-checks.ts";

/** How far the check of a file has come, counted where it can be; it can be stopped. Appears when it takes a moment. */
export function CheckProgress(props: { check: FileCheck; onStop?: () => void }): ReactElement {
  const { phase, name } = props.check;
  const t = useText("verify");
  const counted = phase.at === "hashing" || phase.at === "sending";
  const words = counted
    ? t(`phases.${phase.at}`, { done: formatBytes(phase.done), of: formatBytes(phase.of) })
    : t(`phases.${phase.at}`);
  return (
    <section className="card verify-progress" aria-label={t("phases.of", { name })}>
      <div className="card-body stack">
        <h1 className="verify-progress-title">{t("phases.of", { name })}</h1>
        <div className="progress">
          <span>{words}</span>
          <progress
            aria-label={t("phases.of", { name })}
            {...(counted ? { value: phase.done, max: Math.max(phase.of, 1) } : {})}
          />
        </div>
        {props.onStop && (
          <div>
            <Button onClick={props.onStop}>{t("phases.stop")}</Button>
          </div>
        )}
      </div>
    </section>
  );
}
