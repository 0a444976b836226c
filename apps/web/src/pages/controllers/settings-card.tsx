import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { FactLines } from "../../parts/fact-lines.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { type BoxSetting, type BoxSettings, boxSettingsQuery, refreshControllers } from "./queries.ts";
import { settingOrder, useSettingText } from "./setting-text.ts";
import { SettingsDialog } from "./settings-dialog.tsx";

/** What a controller is to be set to against what it says it is set to, and what waits for a second person. */
export function SettingsCard({ controllerId }: { controllerId: string }): ReactElement | null {
  const t = useText("controllers");
  const moment = useMoment();
  const say = useSettingText();
  const { data, error, refetch } = useQuery(boxSettingsQuery(controllerId));
  const [changing, setChanging] = useState(false);
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const line = (name: BoxSetting): readonly [string, string] => {
    const wanted = say(name, data.desired);
    const differs = data.reported !== null && data.differing.includes(name);
    const value =
      differs && data.reported ? t("set.against", { wanted, says: say(name, data.reported.settings) }) : wanted;
    return [t(`set.names.${name}`), value];
  };
  return (
    <section className="card" aria-labelledby="box-settings">
      <header className="row">
        <h2 id="box-settings" className="grow">
          {t("set.title")}
        </h2>
        <StandTag settings={data} />
      </header>
      <div className="card-body stack">
        <p className="note">{stand(data, t, moment)}</p>
        <FactLines lines={settingOrder.map(line)} />
        {data.waiting && <Waiting controllerId={controllerId} waiting={data.waiting} desired={data.desired} />}
        {data.mayChange && (
          <div className="row">
            <Button onClick={() => setChanging(true)}>{t("set.change")}</Button>
          </div>
        )}
      </div>
      {changing && <SettingsDialog controllerId={controllerId} view={data} onClose={() => setChanging(false)} />}
    </section>
  );
}

function stand(
  data: BoxSettings,
  t: ReturnType<typeof useText<"controllers">>,
  moment: (at: string) => string,
): string {
  if (data.differsSince !== null) {
    const at = moment(data.differsSince);
    return data.reported === null
      ? t("set.unheard", { version: data.version, at })
      : t("set.differs", { version: data.version, says: data.reported.version, at });
  }
  if (data.reported === null) return t("set.never");
  return t("set.same", { version: data.reported.version, at: moment(data.reported.at) });
}

function StandTag({ settings }: { settings: BoxSettings }): ReactElement {
  const t = useText("controllers");
  if (settings.differing.length > 0)
    return (
      <Tag tone="action" sign="clock">
        {t("set.tagDiffers")}
      </Tag>
    );
  return settings.reported === null ? (
    <Tag tone="waiting" sign="dashed">
      {t("set.tagUnheard")}
    </Tag>
  ) : (
    <Tag tone="success" sign="check">
      {t("set.tagSame")}
    </Tag>
  );
}

function Waiting(props: {
  controllerId: string;
  waiting: NonNullable<BoxSettings["waiting"]>;
  desired: BoxSettings["desired"];
}): ReactElement {
  const { waiting, controllerId } = props;
  const t = useText("controllers");
  const language = useLanguage();
  const moment = useMoment();
  const say = useSettingText();
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (confirm: boolean) =>
      api("POST /v1/controllers/:controllerId/settings-decision", {
        params: { controllerId },
        body: { changeId: waiting.changeId, confirm },
      }),
    onSuccess: () => refreshControllers(queries),
  });
  return (
    <section className="stack stack-tight" aria-label={t("set.waits")}>
      <h3>{t("set.waits")}</h3>
      <ul>
        {waiting.changed.map((name) => (
          <li key={name}>
            {t("set.fromTo", {
              name: t(`set.names.${name}`),
              from: say(name, props.desired),
              to: say(name, waiting.settings),
            })}
          </li>
        ))}
      </ul>
      <p className="note">
        {t("set.askedBy", {
          name: waiting.askedBy ? nameIn(waiting.askedBy.name, language) : "",
          at: moment(waiting.askedAt),
          reason: waiting.reason,
        })}
      </p>
      <ErrorPanel error={decide.error} />
      <div className="row">
        {waiting.mayAgree && (
          <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
            {t("set.agree")}
          </Button>
        )}
        {waiting.mayDecline && (
          <Button loading={decide.isPending} onClick={() => decide.mutate(false)}>
            {t(waiting.mayAgree ? "set.decline" : "set.withdraw")}
          </Button>
        )}
      </div>
    </section>
  );
}
