import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Field } from "../../parts/field.tsx";
import { Message } from "../../parts/message.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { InvitationLink } from "./invitation-link.tsx";
import type { AccountChange } from "./organisation.ts";
import { accountChangesQuery, refreshPeople } from "./queries.ts";

/** New people, grants and resets of credentials that take force only when a second person confirms. */
export function WaitingView(): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(accountChangesQuery);
  // A link is shown only now: each stays, under its person's name, until the reader leaves.
  const [links, setLinks] = useState<readonly { readonly of: string; readonly link: string }[]>([]);
  const [done, setDone] = useState(false);
  const settle = async (of: string, link: string | null): Promise<void> => {
    if (link !== null) setLinks((shown) => [...shown, { of, link }]);
    setDone(true);
    await refreshPeople(queries);
  };
  return (
    <>
      <div aria-live="polite" className="stack">
        {done && <Message tone="success" title={t("waiting.done")} />}
        {links.map(({ of, link }) => (
          <div key={link} className="card card-body">
            <InvitationLink of={of} link={link} />
          </div>
        ))}
      </div>
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!data && !error && <LinesSkeleton lines={6} />}
      {data?.items.length === 0 && <EmptyState title={t("waiting.none")}>{t("waiting.noneWhy")}</EmptyState>}
      {data?.items.map((change) => (
        <ChangeCard
          key={change.accountChangeId}
          change={change}
          onSettled={(link) => settle(nameIn(change.person.name, language), link)}
        />
      ))}
    </>
  );
}

function ChangeCard(props: {
  change: AccountChange;
  onSettled: (invitationLink: string | null) => Promise<void>;
}): ReactElement {
  const { change } = props;
  const t = useText("organisation");
  const word = useWord();
  const language = useLanguage();
  const recent = useRecent();
  const day = useDay();
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState("");
  const gaps = useGaps({ reason: reason.trim() === "" && "missing" });
  const params = { accountChangeId: change.accountChangeId };
  const confirm = useMutation({
    mutationFn: () => api("POST /v1/account-changes/:accountChangeId/confirm", { params }),
    onSuccess: ({ invitationLink }) => props.onSettled(invitationLink),
  });
  const decline = useMutation({
    mutationFn: () =>
      api("POST /v1/account-changes/:accountChangeId/decline", { params, body: { reason: reason.trim() } }),
    onSuccess: () => props.onSettled(null),
  });
  return (
    <section className="card" aria-label={nameIn(change.person.name, language)}>
      <header>
        <h2>
          <BothNames name={change.person.name} />
        </h2>
        <Tag tone="waiting" sign="dashed">
          {t(`waiting.kinds.${change.kind}`)}
        </Tag>
      </header>
      <div className="card-body stack">
        <p className="note">
          {t("waiting.asked", { name: nameIn(change.askedBy.name, language), at: recent(change.askedAt) })}
        </p>
        {change.reason && <p>{change.reason}</p>}
        {change.grants.length > 0 && (
          <ul className="points">
            {change.grants.map((grant) => (
              <li key={`${grant.role} ${grant.scopeName.en}`}>
                <strong>{word("roles", grant.role)}</strong> <BothNames name={grant.scopeName} />
                {grant.to && <span className="note small"> {t("grants.until", { to: day(grant.to) })}</span>}
                {grant.risk && (
                  <p className="typed">
                    <span className="note">{t("grants.risk")}: </span>
                    {grant.risk}
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
        {change.why && <RefusalList refusals={[change.why]} />}
        <ErrorPanel error={confirm.error ?? decline.error} />
        {change.mayConfirm && !declining && (
          <div className="row">
            <Button onClick={() => setDeclining(true)}>{t("waiting.decline")}</Button>
            <Button type="primary" loading={confirm.isPending} onClick={() => confirm.mutate()}>
              {t("waiting.confirm")}
            </Button>
          </div>
        )}
        {declining && (
          <form ref={gaps.ref} className="stack" noValidate onSubmit={gaps.press(() => decline.mutate())}>
            <Field label={t("reason")} problem={gaps.problem("reason")}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={500}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
            <div className="row">
              <Button onClick={() => setDeclining(false)}>{t("waiting.back")}</Button>
              <Button danger htmlType="submit" loading={decline.isPending}>
                {t("waiting.decline")}
              </Button>
            </div>
          </form>
        )}
      </div>
    </section>
  );
}
