import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api, findProblem } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { ListSelect } from "../../parts/list-select.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { FitnessTag } from "./fitness-tag.tsx";
import { type FitnessLine, fitnessQuery, rotationQuery, type Stand } from "./queries.ts";
import { RotationPlan } from "./rotation-plan.tsx";
import "./training.css";

/** Who keeps which seal since when, who is to be relieved, a plan that breaks no rule, and who is fit to hold at all. */
export function RotationPage(): ReactElement {
  const t = useText("training");
  const language = useLanguage();
  const session = useSession();
  const queries = useQueryClient();
  const [entityId, setEntityId] = useState(session.entities[0]?.entityId ?? "");
  const stands = useQuery(rotationQuery(entityId));
  const fitness = useQuery(fitnessQuery(entityId));
  const propose = useMutation({ mutationFn: () => api("GET /v1/rotation-plan", { query: { entityId } }) });
  // Whoever may see neither is told so once.
  if (findProblem(stands.error)?.code === "permission.missing")
    return (
      <>
        <PageHeader title={t("rotation.title")} lead={t("rotation.lead")} />
        <ErrorPanel error={stands.error} onRetry={() => void stands.refetch()} />
      </>
    );
  return (
    <>
      <PageHeader
        title={t("rotation.title")}
        lead={t("rotation.lead")}
        actions={
          mayUse(session, "rotation.plan") && (
            <Button type="primary" loading={propose.isPending} onClick={() => propose.mutate()}>
              {t("rotation.propose")}
            </Button>
          )
        }
      />
      <div className="stack">
        {session.entities.length > 1 && (
          <Field label={t("rotation.entity")}>
            {(control) => (
              <ListSelect
                {...control}
                value={entityId}
                onChange={(chosen: string) => {
                  setEntityId(chosen);
                  propose.reset();
                }}
                options={session.entities.map((one) => ({ value: one.entityId, label: nameIn(one.name, language) }))}
              />
            )}
          </Field>
        )}
        <ErrorPanel error={propose.error} />
        {propose.data && (
          <RotationPlan
            entityId={entityId}
            plan={propose.data}
            onOpened={() => void queries.invalidateQueries({ queryKey: ["rotation"] })}
          />
        )}
        <section className="card" aria-labelledby="stands-title">
          <header>
            <h2 id="stands-title">{t("rotation.stands")}</h2>
          </header>
          <ErrorPanel error={stands.error} onRetry={() => void stands.refetch()} />
          {!stands.data && !stands.error && <Loading />}
          {stands.data?.items.length === 0 && (
            <div className="card-body">
              <EmptyState title={t("rotation.none")}>{t("rotation.noneWhy")}</EmptyState>
            </div>
          )}
          <ul className="rows">
            {stands.data?.items.map((one) => (
              <StandLine key={`${one.seal.sealId} ${one.person.personId}`} stand={one} />
            ))}
          </ul>
        </section>
        <section className="card" aria-labelledby="fitness-title">
          <header>
            <h2 id="fitness-title">{t("rotation.fitness")}</h2>
          </header>
          <ErrorPanel error={fitness.error} onRetry={() => void fitness.refetch()} />
          {!fitness.data && !fitness.error && <Loading />}
          {fitness.data?.items.length === 0 && (
            <div className="card-body">
              <Message tone="action" title={t("rotation.fitnessNone")} />
            </div>
          )}
          <ul className="rows">
            {fitness.data?.items.map((one) => (
              <FitnessRow key={`${one.seal.sealId} ${one.person.personId}`} line={one} />
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}

const Loading = (): ReactElement => (
  <div className="card-body">
    <LinesSkeleton lines={4} />
  </div>
);

const LOOK = {
  fine: { tone: "success", sign: "check" },
  due: { tone: "warning", sign: "warning" },
  overdue: { tone: "problem", sign: "octagon" },
} as const;

function StandLine(props: { stand: Stand }): ReactElement {
  const { seal, person, since, dueOn, state } = props.stand;
  const t = useText("training");
  const language = useLanguage();
  const day = useDay();
  return (
    <li className="rows-line">
      <div className="grow stack stack-tight">
        <div className="row">
          <strong className="grow">{nameIn(person.name, language)}</strong>
          <Tag {...LOOK[state]}>{t(`rotation.states.${state}`, { day: day(dueOn) })}</Tag>
        </div>
        <div className="row">
          <Link to={paths.seal(seal.sealId)}>
            {nameIn(seal.name, language)} <span className="mono">{seal.number}</span>
          </Link>
          <span className="note small">{t("rotation.since", { day: day(since) })}</span>
        </div>
      </div>
    </li>
  );
}

function FitnessRow(props: { line: FitnessLine }): ReactElement {
  const { seal, person, fit, lastFitDay, refusals } = props.line;
  const language = useLanguage();
  return (
    <li className="rows-line">
      <div className="grow stack stack-tight">
        <div className="row">
          <span className="grow">
            <strong>{nameIn(person.name, language)}</strong> · {nameIn(seal.name, language)}{" "}
            <span className="mono">{seal.number}</span>
          </span>
          <FitnessTag fit={fit} lastFitDay={lastFitDay} />
        </div>
        {refusals.map((one) => (
          <span key={one.code} className="note small">
            {one.sentence[language]}
          </span>
        ))}
      </div>
    </li>
  );
}
