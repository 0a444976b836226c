import { Button } from "antd";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { SealingButton } from "../../parts/sealing-button.tsx";
import { useSession } from "../../session.ts";
import { PhoneCode } from "./phone-code.tsx";
import type { StampingView } from "./queries.ts";
import type { StampActs } from "./use-stamp-acts.tsx";

/** What stands before the first impression: to begin, to be seen by a second person, to go on another day; or who is waited for. */
export function StampBegin(props: { view: StampingView; acts: StampActs; explainedBy: string }): ReactElement | null {
  const { view, acts } = props;
  const t = useText("stamping");
  const requests = useText("requests");
  const { personId } = useSession().person;
  const impressions = requests("page.impressions", { count: view.counts.authorised });
  const may = (action: StampingView["actions"][number]): boolean => view.actions.includes(action);
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
              <li>{t("open.steps.seal")}</li>
              <li>{t("open.steps.photo")}</li>
            </ol>
            <SealingButton
              allowed
              wide
              busy={acts.open.isPending}
              explainedBy={props.explainedBy}
              onPress={() => acts.open.mutate()}
            >
              {t("open.begin")}
            </SealingButton>
          </div>
        </section>
      )}
      {may("supervise") && (
        <Message
          tone="action"
          title={t("supervise.title")}
          action={
            <Button type="primary" loading={acts.supervise.isPending} onClick={() => acts.supervise.mutate()}>
              {t("supervise.confirm")}
            </Button>
          }
        >
          {t("supervise.what", { impressions })}
        </Message>
      )}
      {may("go-on") && (
        <Message
          tone="warning"
          title={t("waits.goOn")}
          action={
            <Button type="primary" loading={acts.open.isPending} onClick={() => acts.open.mutate()}>
              {t("waits.goOnAct")}
            </Button>
          }
        >
          {t("waits.goOnWhy")}
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
