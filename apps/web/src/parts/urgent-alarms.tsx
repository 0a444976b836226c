import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link, useRouterState } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { useClock } from "../i18n/use-format.ts";
import { paths } from "../paths.ts";
import { Message } from "./message.tsx";

/** Asked more often than the menu's numbers, and in a window that lies behind others, too: somebody may be at the box now. */
const urgentAlarmsQuery = queryOptions({
  queryKey: ["alarms", "urgent"],
  queryFn: () => api("GET /v1/alarms/urgent"),
  refetchInterval: 15_000,
  refetchIntervalInBackground: true,
});

/** On every page, above it: a press that waits for the reader, who supervises it from elsewhere, until its two minutes are over. */
function PressWaiting(): ReactElement | null {
  const t = useText("shell");
  const language = useLanguage();
  const clock = useClock();
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const { data } = useQuery(urgentAlarmsQuery);
  const press = data?.presses[0];
  if (press === undefined || pathname === paths.stamp(press.requestId)) return null;
  return (
    <section className="alarm-strip" aria-label={t("press.label")}>
      <Message
        tone="action"
        live="alert"
        title={t("press.title", { name: nameIn(press.controllerName, language) })}
        action={<Link to={paths.stamp(press.requestId)}>{t("press.look")}</Link>}
      >
        {t("press.until", { at: clock(press.expiresAt) })}
      </Message>
    </section>
  );
}

/** What cannot wait for the reader to come to its page. */
export function UrgentStrips(): ReactElement {
  return (
    <>
      <UrgentAlarms />
      <PressWaiting />
    </>
  );
}

/** On every page, above it: the newest alarm that the reader has to look at at once, until he has said his word. */
function UrgentAlarms(): ReactElement | null {
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
