import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { formatDigest, nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useFormatContext } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message, type MessageTone } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { LinesSkeleton, PageSkeleton } from "../../parts/skeletons.tsx";
import { SignIcon, StateTag } from "../../parts/state-tag.tsx";
import { StepBar } from "../../parts/step-bar.tsx";
import { paths } from "../../paths.ts";
import { todayIn } from "../organisation/organisation.ts";
import { MatterActBar } from "./matter-act-bar.tsx";
import { MatterEvidence } from "./matter-evidence.tsx";
import { matterForm } from "./matter-forms.ts";
import { MatterRoute, useNames } from "./matter-route.tsx";
import { MatterTimeline } from "./matter-timeline.tsx";
import { findNext, listStages, type Next } from "./matters.ts";
import { type MatterDetail, matterCheckQuery, matterQuery } from "./queries.ts";
import { MatterReasonDialog } from "./reason-dialog.tsx";
import { TaskList } from "./task-list.tsx";
import { type MatterActs, useMatterActs } from "./use-matter-acts.tsx";
import "./matters.css";

/** One matter, whole: what is next and who does it, what it lacks, its files, its route, its tasks and what happened. */
export function MatterPage(): ReactElement {
  const { matterId = "" } = useParams({ strict: false });
  const { data: matter, error, refetch } = useQuery(matterQuery(matterId));
  if (error && !matter) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!matter) return <PageSkeleton />;
  return <WholeMatter key={matter.matterId} matter={matter} />;
}

const TONES: Readonly<Record<Next, MessageTone>> = {
  draft: "action",
  returned: "warning",
  withdrawn: "frozen",
  decide: "action",
  review: "action",
  confirm: "action",
  missing: "warning",
  later: "action",
  "carry-out": "action",
  approved: "action",
  done: "success",
  rejected: "problem",
  cancelled: "frozen",
};

function WholeMatter(props: { matter: MatterDetail }): ReactElement {
  const { matter } = props;
  const t = useText("matters");
  const language = useLanguage();
  const acts = useMatterActs(matter);
  const { now, timeZone } = useFormatContext();
  const next = findNext(matter, todayIn(now, timeZone));
  const { Facts } = matterForm(matter.kind);
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.matters, name: t("list.title") },
          { to: paths.matter(matter.matterId), name: matter.number ?? t("page.draft") },
        ]}
        title={sayHalf(matter.title, language)}
        tags={<StateTag kind="matter" state={matter.state} />}
        lead={`${nameIn(matter.kindName, language)} · ${nameIn(matter.entity.name, language)}`}
        actions={<MatterWays matter={matter} acts={acts} />}
      />
      <div className="stack">
        <Answer matter={matter} next={next} />
        <section className="card card-body">
          <StepBar
            label={t("stages.label")}
            steps={listStages(matter).map(({ stage, state }) => ({
              key: stage,
              title: t(`stages.${stage}`),
              state,
              detail: t(`stages.detail.${stage}`),
            }))}
          />
        </section>
        <div className="columns">
          <div className="stack">
            {matter.actions.includes("submit") && <Check matter={matter} />}
            {matter.missing.length > 0 && <Missing matter={matter} />}
            <section className="card" aria-labelledby="facts-title">
              <header>
                <h2 id="facts-title">{t("page.facts")}</h2>
              </header>
              <div className="card-body stack">
                <MatterFacts matter={matter} />
                {Facts && <Facts matter={matter} />}
              </div>
            </section>
            <MatterEvidence matter={matter} />
            {matter.tasks.length > 0 && (
              <section className="card" aria-labelledby="tasks-title">
                <header>
                  <h2 id="tasks-title">{t("tasks.title")}</h2>
                </header>
                <TaskList tasks={matter.tasks} within />
              </section>
            )}
          </div>
          <div className="stack">
            <MatterRoute matter={matter} />
            <MatterTimeline matter={matter} />
          </div>
        </div>
      </div>
      <MatterActBar matter={matter} next={next} acts={acts} />
      {acts.dialog}
    </>
  );
}

/** The answer first: how it stands, and whose turn it is. */
function Answer(props: { matter: MatterDetail; next: Next }): ReactElement {
  const { matter, next } = props;
  const t = useText("matters");
  const day = useDay();
  const names = useNames();
  const ended = matter.steps.find((step) => step.state === "rejected" || step.state === "returned");
  const why = next === "rejected" || next === "returned" ? ended?.comment : null;
  return (
    <Message
      live
      tone={TONES[next]}
      title={t(`next.${next}`, {
        names: names(matter.waitingFor),
        on: matter.effectiveOn ? day(matter.effectiveOn) : "",
      })}
    >
      {t(`next.why.${next}`)}
      {why && <p className="typed">{t("next.reason", { reason: why })}</p>}
    </Message>
  );
}

/** What may be done beside the next act: change it, take it back, end it. */
function MatterWays(props: { matter: MatterDetail; acts: MatterActs }): ReactElement {
  const { matter, acts } = props;
  const t = useText("matters");
  const [ending, setEnding] = useState<"withdraw" | "cancel" | null>(null);
  return (
    <>
      {matter.actions.includes("cancel") && <Button onClick={() => setEnding("cancel")}>{t("act.cancel")}</Button>}
      {matter.actions.includes("withdraw") && (
        <Button onClick={() => setEnding("withdraw")}>{t("act.withdraw")}</Button>
      )}
      {matter.actions.includes("edit") && (
        <Link className="button-link button-link-quiet" {...whereChanged(matter)}>
          {t("act.edit")}
        </Link>
      )}
      {ending && (
        <MatterReasonDialog
          act={ending}
          busy={acts.end.isPending}
          error={acts.end.error}
          onGive={(reason) => acts.end.mutate({ how: ending, reason }, { onSuccess: () => setEnding(null) })}
          onClose={() => {
            acts.end.reset();
            setEnding(null);
          }}
        />
      )}
    </>
  );
}

/** Before it is submitted: what still refuses it, or who will decide it. */
function Check(props: { matter: MatterDetail }): ReactElement {
  const t = useText("matters");
  const word = useWord();
  const names = useNames();
  const { data: check, error, refetch } = useQuery(matterCheckQuery(props.matter));
  return (
    <section className="card" aria-labelledby="check-title">
      <header>
        <h2 id="check-title" tabIndex={-1}>
          {check && !check.ready ? t("check.refused", { count: check.refusals.length }) : t("check.title")}
        </h2>
      </header>
      <div className="card-body stack" aria-live="polite">
        <ErrorPanel error={error} onRetry={() => void refetch()} />
        {!check && !error && <LinesSkeleton lines={2} />}
        {check && <RefusalList refusals={check.refusals} />}
        {check?.ready && (
          <p>
            <span className="check-good">
              <SignIcon sign="check" />
            </span>{" "}
            {check.steps.length === 0
              ? t("check.nobody")
              : check.steps
                  .map((step) => t("check.step", { role: word("roles", step.role), names: names(step.candidates) }))
                  .join(" → ")}
          </p>
        )}
      </div>
    </section>
  );
}

/** Why it can not be carried out yet, each reason with its way out. */
function Missing(props: { matter: MatterDetail }): ReactElement {
  const { missing } = props.matter;
  const t = useText("matters");
  return (
    <section className="card" aria-labelledby="missing-title">
      <header>
        <h2 id="missing-title">{t("missing.title", { count: missing.length })}</h2>
      </header>
      <div className="card-body">
        <RefusalList refusals={missing} />
      </div>
    </section>
  );
}

function MatterFacts(props: { matter: MatterDetail }): ReactElement {
  const { matter } = props;
  const t = useText("matters");
  const language = useLanguage();
  const day = useDay();
  return (
    <dl className="facts">
      {matter.seal && (
        <>
          <dt>{t("facts.seal")}</dt>
          <dd>
            <Link to={paths.seal(matter.seal.sealId)}>
              <BothNames name={matter.seal.name} /> <span className="mono">{matter.seal.number}</span>
            </Link>
          </dd>
        </>
      )}
      {matter.person && (
        <>
          <dt>{t("facts.person")}</dt>
          <dd>{nameIn(matter.person.name, language)}</dd>
        </>
      )}
      <dt>{t("facts.reason")}</dt>
      <dd className="typed">{sayHalf(matter.reason, language) || t("facts.noReason")}</dd>
      {matter.effectiveOn && (
        <>
          <dt>{t("facts.effectiveOn")}</dt>
          <dd>{day(matter.effectiveOn)}</dd>
        </>
      )}
      {matter.askedBy && (
        <>
          <dt>{t("facts.askedBy")}</dt>
          <dd>{nameIn(matter.askedBy.name, language)}</dd>
        </>
      )}
      {matter.digest && (
        <>
          <dt>{t("facts.digest")}</dt>
          <dd>
            <span className="mono" title={matter.digest}>
              {formatDigest(matter.digest)}
            </span>{" "}
            <span className="note small">{t("facts.digestWhy")}</span>
          </dd>
        </>
      )}
    </dl>
  );
}

/** Where a matter of one's own is changed: the page it was begun on, where that page can open it again. */
function whereChanged({ kind, matterId, data }: MatterDetail): { to: string; search?: Record<string, string> } {
  switch (matterForm(kind).ownPage) {
    case "import":
      return { to: paths.importStock };
    case "rule-book":
      return { to: paths.ruleBook };
    case "rules":
      return { to: paths.rulesVersion(String(data.versionId)) };
    case "template":
      return { to: data.versionId ? paths.template(String(data.versionId)) : paths.templates };
    case "seal":
      return { to: paths.registerSeal, search: { matter: matterId } };
    default:
      return { to: paths.editMatter(matterId) };
  }
}
