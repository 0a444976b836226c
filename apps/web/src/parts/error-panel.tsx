import { Button } from "antd";
import type { ReactElement } from "react";
import { findProblem } from "../api.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { Message } from "./message.tsx";
import { RefusalList } from "./refusal-panel.tsx";

/**
 * What an act or a page met: the rules that refused it, or the problem with its request id and "try again". What was
 * typed stays where it is.
 */
export function ErrorPanel(props: { error: unknown; onRetry?: () => void }): ReactElement | null {
  const t = useText("parts");
  const language = useLanguage();
  if (!props.error) return null;
  const problem = findProblem(props.error);
  if (problem && problem.refusals.length > 0) return <RefusalList refusals={problem.refusals} live />;
  const unreachable = problem?.status === 0;
  return (
    <div role="alert">
      <Message
        tone="problem"
        title={unreachable ? t("problem.unreachable") : (problem?.sentence[language] ?? t("problem.unexpected"))}
        {...(props.onRetry
          ? {
              action: (
                <Button size="small" onClick={props.onRetry}>
                  {t("problem.again")}
                </Button>
              ),
            }
          : {})}
      >
        {unreachable && <p>{t("problem.unreachableWhy")}</p>}
        {problem?.requestId && <p className="note small">{t("problem.request", { id: problem.requestId })}</p>}
      </Message>
    </div>
  );
}
