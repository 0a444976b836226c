import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import type { RequestDetail } from "./queries.ts";

/** That the route became shorter by what a reviewer confirmed, by whom and why; or why it stays though he did. */
export function RouteShortened(props: { request: RequestDetail }): ReactElement | null {
  const { stepsDropped, routeStays } = props.request;
  const t = useText("requests");
  const words = useText("templates");
  const language = useLanguage();
  return (
    <>
      {stepsDropped.length > 0 && (
        <Message tone="warning" title={t("route.shorter", { count: stepsDropped.length })}>
          <ul className="stack stack-tight">
            {stepsDropped.map(({ stepId, kind, title, people, by, fact, reason }) => (
              <li key={stepId}>
                {t("route.fellAway", {
                  step: title ? nameIn(title, language) : t(`route.kinds.${kind}`),
                  names: people.map((person) => nameIn(person.name, language)).join(language === "zh" ? "、" : ", "),
                  by: by ? nameIn(by.name, language) : "",
                  fact: words(`said.${fact}`),
                  reason,
                })}
              </li>
            ))}
          </ul>
        </Message>
      )}
      {routeStays && (
        <Message tone="action" title={routeStays.sentence[language]}>
          {routeStays.wayOut?.[language]}
        </Message>
      )}
    </>
  );
}
