import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { EvidenceBadge, listedLeaf } from "../../parts/evidence-badge.tsx";
import { Message } from "../../parts/message.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { NewGrantDialog } from "./new-grant-dialog.tsx";
import type { Grant, Organisation } from "./organisation.ts";
import { grantsQuery, refreshPeople } from "./queries.ts";

/** Who holds which role, for what, from when to when; and whether anybody could carry a use alone. */
export function GrantsView(props: { organisation: Organisation }): ReactElement {
  const t = useText("organisation");
  const session = useSession();
  const manages = mayUse(session, "grant.manage");
  const { data, error, refetch } = useQuery(grantsQuery);
  const [giving, setGiving] = useState(false);
  const [ending, setEnding] = useState<Grant | null>(null);
  return (
    <>
      {mayUse(session, "separation.read") && <Separation />}
      {manages && (
        <div className="row">
          <span className="grow" />
          <Button type="primary" onClick={() => setGiving(true)}>
            {t("grants.give")}
          </Button>
        </div>
      )}
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!data && !error && <LinesSkeleton lines={8} />}
      {data?.items.length === 0 && <EmptyState title={t("grants.none")}>{t("grants.noneWhy")}</EmptyState>}
      {data && data.items.length > 0 && (
        <div className="card table-card">
          <table className="table table-rows">
            <caption className="unseen">{t("views.grants")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("grants.person")}</th>
                <th scope="col">{t("grants.role")}</th>
                <th scope="col">{t("grants.scope")}</th>
                <th scope="col">{t("grants.days")}</th>
                <th scope="col">{t("state")}</th>
                <th scope="col">{t("grants.evidence")}</th>
                {manages && (
                  <th scope="col">
                    <span className="unseen">{t("people.acts")}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {data.items.map((grant) => (
                <GrantRow key={grant.grantId} grant={grant} manages={manages} onEnd={() => setEnding(grant)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {giving && <NewGrantDialog organisation={props.organisation} onClose={() => setGiving(false)} />}
      {ending && <EndDialog grant={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

function GrantRow(props: { grant: Grant; manages: boolean; onEnd: () => void }): ReactElement {
  const { grant } = props;
  const t = useText("organisation");
  const word = useWord();
  const language = useLanguage();
  const day = useDay();
  const open = grant.state === "in-force" || grant.state === "future";
  return (
    <tr>
      <th scope="row">
        <BothNames name={grant.person.name} />
      </th>
      <td data-label={t("grants.role")}>{word("roles", grant.role)}</td>
      <td data-label={t("grants.scope")}>
        <BothNames name={grant.scopeName} />
      </td>
      <td data-label={t("grants.days")}>
        {grant.to === null
          ? t("grants.since", { from: day(grant.from) })
          : t("grants.between", { from: day(grant.from), to: day(grant.to) })}
        {grant.grantedBy && (
          <span className="note small login">
            {t("grants.by", { name: nameIn(grant.grantedBy.name, language), day: day(grant.grantedAt) })}
          </span>
        )}
      </td>
      <td data-label={t("state")}>
        <StateTag kind="grant" state={grant.state} />
        {open && grant.confirmedAt === null && (
          <span className="login">
            <Tag tone="waiting" sign="dashed">
              {t("grants.unconfirmed")}
            </Tag>
          </span>
        )}
      </td>
      <td data-label={t("grants.evidence")}>
        <EvidenceBadge
          evidence={listedLeaf(grant.leaf, {
            type: "GrantGiven",
            facts: { grant: grant.grantId, role: grant.role, from: grant.from },
          })}
        />
      </td>
      {props.manages && (
        <td className="acts">
          {open && (
            <Button
              size="small"
              aria-label={t("grants.endOf", {
                role: word("roles", grant.role),
                name: nameIn(grant.person.name, language),
              })}
              onClick={props.onEnd}
            >
              {t("grants.end")}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}

function EndDialog(props: { grant: Grant; onClose: () => void }): ReactElement {
  const { grant } = props;
  const t = useText("organisation");
  const parts = useText("parts");
  const word = useWord();
  const language = useLanguage();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/grants/:grantId/end", { params: { grantId: grant.grantId }, body: { reason } }),
    onSuccess: async () => {
      await refreshPeople(queries);
      props.onClose();
    },
  });
  return (
    <ReasonDialog
      title={t("grants.endOf", { role: word("roles", grant.role), name: nameIn(grant.person.name, language) })}
      what={t("grants.endWhy")}
      label={t("reason")}
      missing={parts("whyMissing")}
      give={t("grants.endNow")}
      danger
      busy={end.isPending}
      error={end.error}
      onGive={(reason) => end.mutate(reason)}
      onClose={props.onClose}
    />
  );
}

/** The answer in one line; the question, its chains and the matrix have a page of their own. */
function Separation(): ReactElement | null {
  const t = useText("organisation");
  const { data } = useQuery({ queryKey: ["separation"], queryFn: () => api("GET /v1/separation") });
  if (!data) return null;
  const link = <Link to={paths.separation}>{t("separation.page")}</Link>;
  return (
    <>
      {data.proof.holds ? (
        <Message tone="success" title={t("separation.holds")} action={link}>
          {t("separation.holdsWhy")}
        </Message>
      ) : (
        <Message
          tone="problem"
          title={t("separation.hole", { count: new Set(data.proof.holes.map((hole) => hole.person.personId)).size })}
          action={link}
        />
      )}
      <RefusalList refusals={data.conflicts} />
    </>
  );
}
