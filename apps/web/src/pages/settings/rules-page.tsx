import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { mayUse, useSession } from "../../session.ts";
import { groupOf, SETTING_GROUPS, type Setting } from "./rules.ts";
import { SettingChangeDialog } from "./setting-change-dialog.tsx";
import { SettingsTabs } from "./settings-tabs.tsx";
import { settingsQuery, useSettingValue } from "./use-settings.ts";
import "./settings.css";

/** The numbers of the rules: what holds, what is loosened and until when, what waits for a second person. */
export function RulesPage(): ReactElement {
  const t = useText("settings");
  const session = useSession();
  const { data, error, refetch } = useQuery(settingsQuery);
  const [changing, setChanging] = useState<Setting | null>(null);
  const mayAsk = mayUse(session, "settings.manage");
  return (
    <>
      <PageHeader title={t("title")} lead={t("rules.lead")} />
      <SettingsTabs current="rules" />
      <div className="stack">
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {!data && !error && <LinesSkeleton lines={10} />}
        {data &&
          SETTING_GROUPS.map((group) => {
            const settings = data.items.filter((setting) => groupOf(setting) === group);
            return (
              <section key={group} className="card" aria-labelledby={`settings-${group}`}>
                <header>
                  <h2 id={`settings-${group}`}>{t(`rules.groups.${group}`)}</h2>
                </header>
                {settings.length === 0 && group !== "usual" && (
                  <p className="card-body note">{t(`rules.none.${group}`)}</p>
                )}
                <ul className="rows">
                  {settings.map((setting) => (
                    <li key={setting.key} className="rows-line setting-line">
                      <SettingText setting={setting} />
                      {setting.waiting ? (
                        <SecondPerson setting={setting} waiting={setting.waiting} />
                      ) : (
                        mayAsk && (
                          <ChangeButton setting={setting} onPress={() => setChanging(setting)}>
                            {t("rules.change")}
                          </ChangeButton>
                        )
                      )}
                    </li>
                  ))}
                </ul>
              </section>
            );
          })}
      </div>
      {changing && <SettingChangeDialog setting={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

function ChangeButton(props: { setting: Setting; onPress: () => void; children: string }): ReactElement {
  const t = useText("settings");
  const language = useLanguage();
  return (
    <Button aria-label={t("rules.changeNamed", { name: nameIn(props.setting.name, language) })} onClick={props.onPress}>
      {props.children}
    </Button>
  );
}

function SettingText(props: { setting: Setting }): ReactElement {
  const { setting } = props;
  const t = useText("settings");
  const language = useLanguage();
  const day = useDay();
  const value = useSettingValue();
  const { unit, waiting } = setting;
  const show = (number: number): string => value(unit, number);
  return (
    <div className="grow setting-text">
      <span className="row">
        <strong>{nameIn(setting.name, language)}</strong>
        {setting.control && <span className="rule rule-plain">{setting.control}</span>}
      </span>
      <span>
        <b className="setting-value">{show(setting.value)}</b>{" "}
        <span className="note small">
          {setting.value !== setting.default && `${t("rules.usual", { value: show(setting.default) })} · `}
          {unit !== "switch" && t("rules.range", { least: setting.least, most: setting.most })}
        </span>
      </span>
      {setting.loosened && (
        <span className="row">
          <Tag tone="warning" sign="warning">
            {setting.endsOn ? t("rules.loosened", { on: day(setting.endsOn) }) : t("rules.loosenedOpen")}
          </Tag>
          <span className="note">{t("rules.risk", { risk: nameIn(setting.risk, language) })}</span>
        </span>
      )}
      {!setting.loosened && setting.value !== setting.default && (
        <span className="note small">{t("rules.stricter")}</span>
      )}
      {waiting && (
        <span className="setting-waiting">
          <strong>{t("rules.waits", { from: show(setting.value), to: show(waiting.value) })}</strong>{" "}
          {waiting.endsOn && t("rules.until", { on: day(waiting.endsOn) })}
          {waiting.askedBy && (
            <span className="note small"> · {t("rules.asked", { name: nameIn(waiting.askedBy.name, language) })}</span>
          )}
          <span className="typed">{waiting.reason}</span>
          {waiting.endsOn && <span className="note">{t("rules.risk", { risk: nameIn(setting.risk, language) })}</span>}
        </span>
      )}
    </div>
  );
}

/** The second person's answer to a change that waits. */
function SecondPerson(props: { setting: Setting; waiting: NonNullable<Setting["waiting"]> }): ReactElement {
  const { setting, waiting } = props;
  const t = useText("settings");
  const language = useLanguage();
  const queries = useQueryClient();
  const name = nameIn(setting.name, language);
  const decide = useMutation({
    mutationFn: (confirm: boolean) =>
      api("POST /v1/setting-changes/:settingChangeId/decide", {
        params: { settingChangeId: waiting.settingChangeId },
        body: { confirm },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: settingsQuery.queryKey }),
  });
  if (!waiting.mayConfirm) return <span className="note small">{t("rules.own")}</span>;
  return (
    <div className="stack stack-tight">
      <div className="row">
        <Button
          aria-label={t("rules.declineNamed", { name })}
          disabled={decide.isPending}
          onClick={() => decide.mutate(false)}
        >
          {t("rules.decline")}
        </Button>
        <Button
          type="primary"
          aria-label={t("rules.confirmNamed", { name })}
          loading={decide.isPending}
          onClick={() => decide.mutate(true)}
        >
          {t("rules.confirm")}
        </Button>
      </div>
      <ErrorPanel error={decide.error} />
    </div>
  );
}
