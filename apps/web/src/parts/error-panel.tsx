import { Link, useRouterState } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { type ApiProblem, findProblem } from "../api.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { paths } from "../paths.ts";
import { Message } from "./message.tsx";
import { RefusalList } from "./refusal-panel.tsx";

/** The list that an address lies under; every kind of thing has its own. */
const listOf = (path: string): string | undefined => {
  const [, first, second] = path.split("/");
  return first && second ? `/${first}` : undefined;
};

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
        action={props.onRetry && <WayOn problem={problem} onRetry={props.onRetry} />}
      >
        {unreachable && <p>{t("problem.unreachableWhy")}</p>}
        {problem?.requestId && <p className="note small">{t("problem.request", { id: problem.requestId })}</p>}
      </Message>
    </div>
  );
}

/** What can be done about a page that is not shown: whoever may not see it may not the next time either. */
function WayOn(props: { problem: ApiProblem["problem"] | undefined; onRetry: () => void }): ReactElement {
  const { problem } = props;
  const t = useText("parts");
  const path = useRouterState({ select: (state) => state.location.pathname });
  // What is not there is not there the next time either; its list is the way on.
  const list = listOf(path);
  if (problem?.code === "permission.missing") return <Link to={paths.overview}>{t("problem.toOverview")}</Link>;
  if (problem?.status === 404 && list !== undefined) return <Link to={list}>{t("problem.toList")}</Link>;
  return (
    <Button size="small" onClick={props.onRetry}>
      {t("problem.again")}
    </Button>
  );
}
