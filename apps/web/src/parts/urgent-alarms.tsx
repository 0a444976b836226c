import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link, useRouterState } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { paths } from "../paths.ts";
import { Message } from "./message.tsx";

/** Asked more often than the menu's numbers, and in a window that lies behind others, too: somebody may be at the box now. */
const urgentAlarmsQuery = queryOptions({
  queryKey: ["alarms", "urgent"],
  queryFn: () => api("GET /v1/alarms/urgent"),
  refetchInterval: 15_000,
  refetchIntervalInBackground: true,
});

/** On every page, above it: the newest alarm that the reader has to look at at once, until he has said his word. */
export function UrgentAlarms(): ReactElement | null {
  const t = useText("shell");
  const language = useLanguage();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const { data } = useQuery(urgentAlarmsQuery);
  const [first, ...more] = data?.items ?? [];
  // On their own page each stands with its button.
  if (first === undefined || pathname === paths.alarms) return null;
  return (
    <section className="alarm-strip" aria-label={t("alarm.label")}>
      <Message
        tone="problem"
        live="alert"
        title={t("alarm.title", { name: nameIn(first.controllerName, language), says: first.says[language] })}
        action={<Link to={paths.alarms}>{t("alarm.look")}</Link>}
      >
        {more.length > 0 ? t("alarm.more", { count: more.length }) : undefined}
      </Message>
    </section>
  );
}
