import { Button } from "antd";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { SealingButton } from "../../parts/sealing-button.tsx";
import { useSession } from "../../session.ts";
import { PhoneCode } from "./phone-code.tsx";
import type { StampingView } from "./queries.ts";
import type { StampActs, StampWay } from "./use-stamp-acts.tsx";

/** What stands before the first impression: to begin, to be seen by a second person, to go on another day; or who is waited for. */
export function StampBegin(props: { view: StampingView; acts: StampActs; explainedBy: string }): ReactElement | null {
  const { view, acts } = props;
  const t = useText("stamping");
  const requests = useText("requests");
  const { personId } = useSession().person;
  const byController = view.opened !== null && view.controller !== null;
  const impressions = requests("page.impressions", { count: view.counts.authorised });
  const language = useLanguage();
  const may = (action: StampingView["actions"][number]): boolean => view.actions.includes(action);
  // The seal sits in a controller that would press it now: then that is the way to begin.
  const boxes = may("open-at-controller")
    ? formatNames(
        (view.controller?.boxes ?? []).map((box) => nameIn(box.name, language)),
        language,
      )
    : null;
  return (
    <>
      {may("open") && (
        <section className="card" aria-labelledby="begin-title">
          <header>
            <h2 id="begin-title">{t("open.title")}</h2>
          </header>
          <div className="card-body stack">
            <ol className="stamp-steps">
              <li>{t("open.steps.paper", { copies: t("copies", { count: view.copies }), impressions })}</li>
              <li>{boxes === null ? t("open.steps.seal") : t("controller.steps.at", { boxes })}</li>
              <li>{t(boxes === null ? "open.steps.photo" : "controller.steps.counts")}</li>
            </ol>
            <SealingButton
              allowed
              wide
              busy={acts.open.isPending}
              explainedBy={props.explainedBy}
              onPress={() => acts.open.mutate(boxes === null ? "hand" : "controller")}
            >
              {t(boxes === null ? "open.begin" : "controller.begin")}
            </SealingButton>
            {boxes !== null && may("open-remote") && (
              <>
                <Button loading={acts.open.isPending} onClick={() => acts.open.mutate("remote")}>
                  {t("remote.begin")}
                </Button>
                <p className="note small">{t("remote.beginWhy")}</p>
              </>
            )}
            {boxes !== null && may("open-docked") && (
              <>
                <Button loading={acts.open.isPending} onClick={() => acts.open.mutate("docked")}>
                  {t("docked.begin")}
                </Button>
                <p className="note small">{t("docked.beginWhy")}</p>
              </>
            )}
            {boxes !== null && (
              <Button loading={acts.open.isPending} onClick={() => acts.open.mutate("hand")}>
                {t("controller.byHand")}
              </Button>
            )}
            {boxes === null && <WhyByHand view={view} />}
          </div>
        </section>
      )}
      {may("supervise") && (
        <Message
          tone="action"
          title={t(view.remote ? "remote.superviseTitle" : "supervise.title")}
          action={
            <Button type="primary" loading={acts.supervise.isPending} onClick={() => acts.supervise.mutate()}>
              {t(view.remote ? "remote.superviseConfirm" : "supervise.confirm")}
            </Button>
          }
        >
          {t(view.remote ? "remote.superviseWhat" : "supervise.what", { impressions })}
        </Message>
      )}
      {may("go-on") && (
        <Message
          tone="warning"
          title={t(byController ? "controller.goOn" : "waits.goOn")}
          action={
            <Button
              type="primary"
              loading={acts.open.isPending}
              onClick={() => acts.open.mutate(byController ? wayAtController(view) : "hand")}
            >
              {t("waits.goOnAct")}
            </Button>
          }
        >
          {t(byController ? "controller.goOnWhy" : "waits.goOnWhy")}
        </Message>
      )}
      <Waited view={view} personId={personId} />
      {view.state === "authorised" && (
        <section className="card card-body">
          <PhoneCode requestId={view.requestId} />
        </section>
      )}
    </>
  );
}

/** It goes on as it was opened. */
const wayAtController = ({ remote, docked }: StampingView): StampWay =>
  remote ? "remote" : docked ? "docked" : "controller";

/** Who is waited for, told to everybody who can do nothing now. */
function Waited(props: { view: StampingView; personId: string }): ReactElement | null {
  const { view, personId } = props;
  const t = useText("stamping");
  const language = useLanguage();
  const condition = view.gate.conditions.find((one) => one.id === "supervisor-confirmed");
  const confirmers = condition && !condition.met ? condition.who.filter((one) => one.personId !== personId) : [];
  const names = formatNames(
    confirmers.map((one) => nameIn(one.name, language)),
    language,
  );
  const released = view.gate.conditions.find((one) => one.id === "custodian-present")?.met === true;
  if (view.supervised && released && condition && !condition.met && !view.actions.includes("supervise"))
    return (
      <Message tone="action" live title={t(names === "" ? "waits.nobody" : "waits.supervisor")}>
        {names !== "" && t("waits.supervisorWhy", { names })}
      </Message>
    );
  const stamper = view.opened?.by;
  if (view.state === "opened" && stamper && stamper.personId !== personId)
    return (
      <Message tone="action" title={t("waits.other", { name: nameIn(stamper.name, language) })}>
        {t("waits.otherWhy")}
      </Message>
    );
  return null;
}

/** The seal sits in a controller that cannot press it now: why, and what to do, beside the way by hand. */
function WhyByHand(props: { view: StampingView }): ReactElement | null {
  const t = useText("stamping");
  const language = useLanguage();
  const refusals = props.view.controller?.refusals ?? [];
  if (refusals.length === 0) return null;
  return (
    <div className="stack stack-tight">
      <h3>{t("controller.why")}</h3>
      <ul className="stack stack-tight">
        {refusals.map((one) => (
          <li key={one.code}>
            {one.sentence[language]} {one.wayOut && <span className="note">{one.wayOut[language]}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
