import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useId, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { type Delegation, refreshDelegations } from "./queries.ts";

/** Delegations, newest first: who acts for whom, in which role, from when to when; with a button to end one. */
export function DelegationList(props: {
  title: string;
  none: string;
  delegations: readonly Delegation[] | undefined;
  error: unknown;
}): ReactElement {
  const id = useId();
  const [ending, setEnding] = useState<Delegation | null>(null);
  return (
    <section className="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
      </header>
      {!props.delegations && !props.error && <LinesSkeleton lines={3} />}
      <ErrorPanel error={props.error} />
      {props.delegations?.length === 0 && <p className="card-body note">{props.none}</p>}
      {props.delegations && props.delegations.length > 0 && (
        <ul className="rows">
          {props.delegations.map((one) => (
            <DelegationLine key={one.delegationId} delegation={one} onEnd={() => setEnding(one)} />
          ))}
        </ul>
      )}
      {ending && <EndDialog delegation={ending} onClose={() => setEnding(null)} />}
    </section>
  );
}

function DelegationLine(props: { delegation: Delegation; onEnd: () => void }): ReactElement {
  const { delegation } = props;
  const t = useText("separation");
  const word = useWord();
  const language = useLanguage();
  const day = useDay();
  const names = {
    delegate: nameIn(delegation.delegate.name, language),
    delegator: nameIn(delegation.delegator.name, language),
  };
  const role = word("roles", delegation.role);
  return (
    <li className="rows-line delegation">
      <div className="grow">
        <strong>{t("away.standsIn", names)}</strong>
        <div>{t("away.roleOf", { role, scope: nameIn(delegation.scopeName, language) })}</div>
        <div className="note small">
          {t("away.days", { from: day(delegation.from), to: day(delegation.to) })}
          {delegation.endCause && (
            <>
              {" · "}
              {t(`away.causes.${delegation.endCause}`, {
                name: delegation.endedBy ? nameIn(delegation.endedBy.name, language) : "",
              })}
            </>
          )}
        </div>
        <div className="typed note small">{delegation.reason}</div>
      </div>
      <StateTag kind="grant" state={delegation.state} />
      {delegation.mayEnd && (
        <Button size="small" aria-label={t("away.endOf", { role, name: names.delegate })} onClick={props.onEnd}>
          {t("away.end")}
        </Button>
      )}
    </li>
  );
}

function EndDialog(props: { delegation: Delegation; onClose: () => void }): ReactElement {
  const { delegationId, role, delegate } = props.delegation;
  const t = useText("separation");
  const parts = useText("parts");
  const word = useWord();
  const language = useLanguage();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/delegations/:delegationId/end", { params: { delegationId }, body: { reason } }),
    onSuccess: async () => {
      await refreshDelegations(queries);
      props.onClose();
    },
  });
  return (
    <ReasonDialog
      title={t("away.endOf", { role: word("roles", role), name: nameIn(delegate.name, language) })}
      what={t("away.endWhy")}
      label={t("away.reason")}
      missing={parts("whyMissing")}
      give={t("away.endNow")}
      danger
      busy={end.isPending}
      error={end.error}
      onGive={(reason) => end.mutate(reason)}
      onClose={props.onClose}
    />
  );
}
