import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { formatAmount, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { Choice } from "../custody/custody-choices.tsx";
import { useHomeEntity } from "../opening-stock/use-home-entity.ts";
import { refreshStanding, type Standing, standingQuery } from "./queries.ts";
import { stateOf } from "./terms.ts";
import "../seals/seals.css";

/** What may be sealed without a new approval each time: the terms, how often it was used, and its end. */
export function StandingPage(): ReactElement {
  const t = useText("standing");
  const language = useLanguage();
  const session = useSession();
  const [entityId, choose] = useHomeEntity();
  const list = useQuery(standingQuery(entityId));
  const mayAsk = session.roles.includes("unit-head");
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          mayAsk && (
            <Link
              className="button-link button-link-primary"
              to={paths.newMatter}
              search={{ kind: "standing-authorisation" }}
            >
              {t("ask")}
            </Link>
          )
        }
      />
      <div className="stack">
        {session.entities.length > 1 && (
          <div className="row filters">
            <Choice
              label={t("entity")}
              value={entityId}
              options={session.entities.map((one) => ({ id: one.entityId, name: nameIn(one.name, language) }))}
              onChange={choose}
            />
          </div>
        )}
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
        {!list.data && !list.error && (
          <div className="card card-body">
            <LinesSkeleton lines={5} />
          </div>
        )}
        {list.data?.items.length === 0 && (
          <div className="card card-body">
            <EmptyState title={t("none")}>{t(mayAsk ? "noneWhy" : "noneAsk")}</EmptyState>
          </div>
        )}
        {list.data && list.data.items.length > 0 && (
          <section className="card" aria-label={t("title")}>
            <ul className="rows">
              {list.data.items.map((one) => (
                <li key={one.standingId} className="rows-line">
                  <StandingLine standing={one} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

function StandingLine(props: { standing: Standing }): ReactElement {
  const { standing } = props;
  const t = useText("standing");
  const word = useWord();
  const language = useLanguage();
  const day = useDay();
  const recent = useRecent();
  const [ending, setEnding] = useState(false);
  const kinds = standing.counterpartyKinds.map((kind) => word("counterpartyKinds", kind));
  const none = Number(standing.limit) === 0;
  const state = stateOf(standing);
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow typed">
          {standing.template[language]} · {nameIn(standing.seal.name, language)}
        </strong>
        <Tag tone={state === "inForce" ? "success" : "ended"} sign={state === "inForce" ? "check" : "stop"}>
          {t(state)}
        </Tag>
      </div>
      <span>
        {kinds.join(language === "zh" ? "、" : ", ")} ·{" "}
        {none ? t("noAmount") : t("limit", { amount: formatAmount(standing.limit, standing.currency, language) })}
      </span>
      <span>
        {t("used", { used: standing.used, count: standing.count })} ·{" "}
        {t("days", { from: day(standing.from), to: day(standing.to) })}
      </span>
      {standing.unsealed > 0 && (
        <>
          <span>{t("others", { count: standing.used - standing.unsealed })}</span>
          <span className="note">{t("unsealed", { count: standing.unsealed })}</span>
        </>
      )}
      {standing.ended && (
        <span className="note typed">
          {t("endedBy", {
            name: standing.ended.by ? nameIn(standing.ended.by.name, language) : "",
            at: recent(standing.ended.at),
            reason: standing.ended.reason,
          })}
        </span>
      )}
      <div className="row">
        <Link to={paths.matter(standing.matterId)}>{standing.number}</Link>
        {standing.mayEnd && (
          <Button size="small" danger onClick={() => setEnding(true)}>
            {t("end.open")}
          </Button>
        )}
      </div>
      {ending && <EndDialog standing={standing} onClose={() => setEnding(false)} />}
    </div>
  );
}

function EndDialog(props: { standing: Standing; onClose: () => void }): ReactElement {
  const { standingId, number } = props.standing;
  const t = useText("standing");
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/standing-authorisations/:standingId/end", { params: { standingId }, body: { reason } }),
    onSuccess: async () => {
      await refreshStanding(queries);
      props.onClose();
    },
  });
  return (
    <ReasonDialog
      title={t("end.title", { number })}
      what={t("end.what")}
      label={t("end.reason")}
      missing={t("end.missing")}
      most={500}
      give={t("end.give")}
      danger
      busy={end.isPending}
      error={end.error}
      onGive={(reason) => end.mutate(reason)}
      onClose={props.onClose}
    />
  );
}
