import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, type RouteAnswer } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment, useRecent } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { usePages } from "../../parts/use-pages.ts";
import { paths } from "../../paths.ts";
import { sessionQuery } from "../../session.ts";

type Alarm = RouteAnswer<"GET /v1/alarms">["items"][number];
const VIEWS = ["open", "acknowledged"] as const;

/** Alarms of controllers, those that are open first: what happened, what to do, who was told and what they said. */
export function AlarmsPage(): ReactElement {
  const t = useText("alarms");
  const search: { view?: unknown } = useSearch({ strict: false });
  const state = VIEWS.find((one) => one === search.view) ?? "open";
  const alarms = usePages<RouteAnswer<"GET /v1/alarms">>(["alarms", state], (after) =>
    api("GET /v1/alarms", { query: { state, ...after } }),
  );
  const [done, setDone] = useState<"acknowledged" | "noted" | null>(null);
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <nav className="tabs" aria-label={t("views.label")}>
        {VIEWS.map((one) => (
          <Link key={one} to={paths.alarms} search={{ view: one }} aria-current={one === state ? "page" : undefined}>
            {t(`views.${one}`)}
          </Link>
        ))}
      </nav>
      <div className="stack">
        {done && (
          <Message tone="success" title={t(`done.${done}`)} live>
            {t(`done.${done}Why`)}
          </Message>
        )}
        <section className="card" aria-label={t(`views.${state}`)}>
          <ErrorPanel error={alarms.error} onRetry={alarms.refetch} />
          {!alarms.items && !alarms.error && (
            <div className="card-body">
              <LinesSkeleton lines={6} />
            </div>
          )}
          {alarms.items?.length === 0 && (
            <div className="card-body">
              <EmptyState title={t(`none.${state}`)}>{t("noneWhy")}</EmptyState>
            </div>
          )}
          {alarms.items && alarms.items.length > 0 && (
            <ul className="rows">
              {alarms.items.map((alarm) => (
                <li key={alarm.alarmId} className="rows-line">
                  <AlarmLine alarm={alarm} onDone={setDone} />
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
      {alarms.hasMore && (
        <p className="more">
          <Button loading={alarms.loadingMore} onClick={alarms.loadMore}>
            {t("more")}
          </Button>
        </p>
      )}
    </>
  );
}

function AlarmLine(props: { alarm: Alarm; onDone: (done: "acknowledged" | "noted") => void }): ReactElement {
  const { alarm } = props;
  const t = useText("alarms");
  const language = useLanguage();
  const recent = useRecent();
  const moment = useMoment();
  const [answering, setAnswering] = useState(false);
  const { controller, seals } = alarm;
  const open = alarm.state === "open";
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <h2 className="grow">{alarm.says[language]}</h2>
        <Tag
          tone={open ? (alarm.speed === "at-once" ? "problem" : "action") : "ended"}
          sign={open ? (alarm.speed === "at-once" ? "octagon" : "clock") : "box"}
        >
          {open ? t(`speed.${alarm.speed}`) : t("acknowledged")}
        </Tag>
      </div>
      <p>{t("todo", { todo: alarm.todo[language] })}</p>
      <p>
        <Link to={paths.controller(controller.controllerId)}>
          {t("box", { name: nameIn(controller.name, language), serial: controller.serial })}
        </Link>
        {controller.place && ` · ${nameIn(controller.place, language)}`}
        {` · ${nameIn(alarm.entity.name, language)}`}
      </p>
      {seals.length > 0 && (
        <p>
          {t("seals")}{" "}
          {seals.map((seal) => (
            <Link key={seal.sealId} className="alarm-seal" to={paths.seal(seal.sealId)}>
              {`${nameIn(seal.name, language)} ${seal.number}`}
            </Link>
          ))}
        </p>
      )}
      <span className="note small">
        {t("raised", { at: recent(alarm.raisedAt) })}
        {alarm.times > 1 && ` · ${t("times", { count: alarm.times, at: recent(alarm.lastAt) })}`}
        {alarm.escalatesAt && ` · ${t("escalates", { at: moment(alarm.escalatesAt) })}`}
      </span>
      <Told alarm={alarm} />
      {alarm.words.map((word) => (
        <p key={`${word.person.personId} ${word.at}`} className="alarm-word">
          {t(word.ends ? "ended" : "said", {
            name: nameIn(word.person.name, language),
            at: recent(word.at),
            word: word.word,
          })}
        </p>
      ))}
      {alarm.mayAnswer && (
        <div className="row">
          <Button type={alarm.keepsSeal ? "default" : "primary"} onClick={() => setAnswering(true)}>
            {t(alarm.keepsSeal ? "answer.note" : "answer.acknowledge")}
          </Button>
          {alarm.keepsSeal && <span className="note">{t("answer.keeps")}</span>}
        </div>
      )}
      {answering && <AnswerDialog alarm={alarm} onDone={props.onDone} onClose={() => setAnswering(false)} />}
    </div>
  );
}

/** Whom it was told to, level by level, and whose mail did not get there. */
function Told({ alarm }: { alarm: Alarm }): ReactElement {
  const t = useText("alarms");
  const language = useLanguage();
  const levels = [...new Set(alarm.told.map(({ level }) => level))];
  const unsent = alarm.told.filter(({ mail, mailFault }) => mailFault !== null && mail !== "sent");
  const names = (told: Alarm["told"]): string =>
    formatNames(
      told.map(({ person }) => nameIn(person.name, language)),
      language,
    );
  return (
    <>
      {levels.map((level) => (
        <span key={level} className="note">
          {t(level === 0 ? "told" : "toldHigher", { names: names(alarm.told.filter((one) => one.level === level)) })}
        </span>
      ))}
      {unsent.length > 0 && (
        <span className="note">
          {t("unsent", { names: names(unsent), fault: [...new Set(unsent.map((one) => one.mailFault))].join(", ") })}
        </span>
      )}
    </>
  );
}

function AnswerDialog(props: {
  alarm: Alarm;
  onDone: (done: "acknowledged" | "noted") => void;
  onClose: () => void;
}): ReactElement {
  const { alarm } = props;
  const t = useText("alarms");
  const language = useLanguage();
  const queries = useQueryClient();
  const answer = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/alarms/:alarmId/acknowledgement", { params: { alarmId: alarm.alarmId }, body: { reason } }),
    onSuccess: async ({ acknowledged }) => {
      props.onDone(acknowledged ? "acknowledged" : "noted");
      props.onClose();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["alarms"] }),
        queries.invalidateQueries({ queryKey: ["findings"] }),
        queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      ]);
    },
  });
  return (
    <ReasonDialog
      title={t(alarm.keepsSeal ? "answer.note" : "answer.acknowledge")}
      what={alarm.says[language]}
      label={t("answer.label")}
      hint={t("answer.hint")}
      missing={t("answer.missing")}
      most={2000}
      give={t(alarm.keepsSeal ? "answer.giveNote" : "answer.give")}
      busy={answer.isPending}
      error={answer.error}
      onGive={(reason) => answer.mutate(reason)}
      onClose={props.onClose}
    />
  );
}
