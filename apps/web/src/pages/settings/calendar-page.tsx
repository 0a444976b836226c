import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { mayUse, useSession } from "../../session.ts";
import { type Calendar, isSameCalendar, putDays } from "./calendar.ts";
import { CalendarDays } from "./calendar-days.tsx";
import { DayForm, PasteForm } from "./calendar-forms.tsx";
import { SettingsTabs } from "./settings-tabs.tsx";
import "./settings.css";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

/** The working calendar of an entity: its weekend, its holidays, and the days worked in their place. */
export function CalendarPage(): ReactElement {
  const t = useText("settings");
  const language = useLanguage();
  const session = useSession();
  const { data: organisation } = useQuery({
    queryKey: ["organisation"],
    queryFn: () => api("GET /v1/organisation"),
  });
  const [chosen, setChosen] = useState(session.entities[0]?.entityId ?? "");
  const entityId = chosen || (organisation?.entities[0]?.entityId ?? "");
  const { data, error, refetch } = useQuery({
    queryKey: ["calendars", entityId],
    queryFn: () => api("GET /v1/calendars/:entityId", { params: { entityId } }),
    enabled: entityId !== "",
  });
  return (
    <>
      <PageHeader title={t("title")} lead={t("calendar.lead")} />
      <SettingsTabs current="calendar" />
      <div className="stack">
        <Field label={t("calendar.entity")}>
          {(control) => (
            <select
              {...control}
              className="native-select calendar-entity"
              value={entityId}
              onChange={(event) => setChosen(event.target.value)}
            >
              {organisation?.entities.map((entity) => (
                <option key={entity.entityId} value={entity.entityId}>
                  {nameIn(entity.name, language)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={8} />}
        {data && <CalendarEditor key={entityId} entityId={entityId} kept={data} />}
      </div>
    </>
  );
}

function CalendarEditor(props: { entityId: string; kept: Calendar }): ReactElement {
  const { entityId, kept } = props;
  const t = useText("settings");
  const queries = useQueryClient();
  const may = mayUse(useSession(), "organisation.manage");
  const [draft, setDraft] = useState<Pick<Calendar, "weekend" | "days">>(kept);
  const changed = !isSameCalendar(draft, kept);
  const save = useMutation({
    mutationFn: () =>
      api("PUT /v1/calendars/:entityId", {
        params: { entityId },
        body: { weekend: [...draft.weekend], days: [...draft.days] },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["calendars", entityId] }),
  });
  const put = (days: Calendar["days"]): void =>
    setDraft((before) => ({ ...before, days: [...putDays(before.days, days)] }));
  return (
    <>
      <div className="columns">
        <section className="card" aria-labelledby="days-title">
          <header>
            <h2 id="days-title">{t("calendar.days")}</h2>
            <span className="note">{t("calendar.zone", { zone: kept.timeZone })}</span>
          </header>
          {draft.days.length === 0 ? (
            <div className="card-body">
              <EmptyState title={t("calendar.none")}>{t("calendar.noneWhy")}</EmptyState>
            </div>
          ) : (
            <CalendarDays
              days={draft.days}
              {...(may
                ? {
                    onRemove: (day: string) =>
                      setDraft((before) => ({ ...before, days: before.days.filter((one) => one.day !== day) })),
                  }
                : {})}
            />
          )}
        </section>
        <div className="stack">
          <fieldset className="card weekend" disabled={!may}>
            <legend>{t("calendar.weekend")}</legend>
            {WEEKDAYS.map((weekday) => (
              <label key={weekday}>
                <input
                  type="checkbox"
                  checked={draft.weekend.includes(weekday)}
                  onChange={(event) => {
                    const { checked } = event.target;
                    setDraft((before) => ({
                      ...before,
                      weekend: checked
                        ? [...before.weekend, weekday].sort()
                        : before.weekend.filter((one) => one !== weekday),
                    }));
                  }}
                />{" "}
                {t(`calendar.weekdays.d${weekday}`)}
              </label>
            ))}
          </fieldset>
          {may ? (
            <>
              <DayForm onAdd={(day) => put([day])} />
              <PasteForm onTake={(days) => put([...days])} />
            </>
          ) : (
            <p className="note">{t("calendar.readOnly")}</p>
          )}
        </div>
      </div>
      {may && (
        <section className="act-bar" aria-label={t("calendar.save")}>
          <ErrorPanel error={save.error} />
          <div aria-live="polite">
            {changed && <p className="note small">{t("calendar.changed")}</p>}
            {!changed && save.isSuccess && <Message tone="success" title={t("calendar.saved")} />}
          </div>
          <div className="act-buttons">
            <Button
              className="act-main"
              type="primary"
              disabled={!changed}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              {t("calendar.save")}
            </Button>
          </div>
        </section>
      )}
    </>
  );
}
