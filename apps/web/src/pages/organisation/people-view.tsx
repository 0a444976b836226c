import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { MailAddressForm } from "../../parts/mail-address-form.tsx";
import { Message } from "../../parts/message.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, StateTag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { InvitationLink } from "./invitation-link.tsx";
import { NewPersonDialog } from "./new-person-dialog.tsx";
import { asksForLeave, filterPeople, type Organisation, type Person } from "./organisation.ts";
import { peopleQuery, refreshPeople } from "./queries.ts";

/** The people of the organisation. */
export function PeopleView(props: { organisation: Organisation }): ReactElement {
  const t = useText("organisation");
  const word = useWord();
  const session = useSession();
  const manages = mayUse(session, "person.manage");
  const { data, error, refetch } = useQuery(peopleQuery);
  const search: { search?: unknown } = useSearch({ strict: false });
  const navigate = useNavigate();
  const wanted = typeof search.search === "string" ? search.search : "";
  const [adding, setAdding] = useState(false);
  const [resetting, setResetting] = useState<Person | null>(null);
  const [inviting, setInviting] = useState<Person | null>(null);
  const [writing, setWriting] = useState<Person | null>(null);
  const people = data ? filterPeople(data.items, wanted, (role) => word("roles", role)) : [];
  const find = (text: string): void => {
    void navigate({
      to: paths.organisation,
      search: text === "" ? { view: "people" } : { view: "people", search: text },
      replace: true,
    });
  };
  return (
    <>
      <div className="row">
        <TextInput
          className="search"
          type="search"
          aria-label={t("people.search")}
          placeholder={t("people.search")}
          value={wanted}
          onChange={(event) => find(event.target.value)}
        />
        <span className="grow" />
        {asksForLeave(session.roles) && (
          <Link to={paths.newMatter} search={{ kind: "person-departure" }}>
            {t("events.departure")}
          </Link>
        )}
        {mayUse(session, "stock.import") && <Link to={paths.importStock}>{t("people.import")}</Link>}
        {manages && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t("people.add")}
          </Button>
        )}
      </div>
      {session.person.guest && <p className="note">{t("people.guestSees")}</p>}
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!data && !error && <LinesSkeleton lines={8} />}
      {data && people.length === 0 && (
        <EmptyState
          title={t("people.noneFound", { search: wanted })}
          action={<Button onClick={() => find("")}>{t("people.showAll")}</Button>}
        />
      )}
      {people.length > 0 && (
        <div className="card table-card">
          <table className="table table-rows">
            <caption className="unseen">{t("views.people")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("name")}</th>
                <th scope="col">{t("people.unit")}</th>
                <th scope="col">{t("people.roles")}</th>
                <th scope="col">{t("state")}</th>
                <th scope="col">{t("people.lastSignIn")}</th>
                {manages && (
                  <th scope="col">
                    <span className="unseen">{t("people.acts")}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {people.map((person) => (
                <PersonRow
                  key={person.personId}
                  person={person}
                  organisation={props.organisation}
                  {...(manages
                    ? {
                        onReset: () => setResetting(person),
                        onInvite: () => setInviting(person),
                        onMail: () => setWriting(person),
                      }
                    : {})}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {adding && <NewPersonDialog organisation={props.organisation} onClose={() => setAdding(false)} />}
      {inviting && <NewLinkDialog person={inviting} onClose={() => setInviting(null)} />}
      {writing && <MailDialog person={writing} onClose={() => setWriting(null)} />}
      {resetting && <ResetDialog person={resetting} onClose={() => setResetting(null)} />}
    </>
  );
}

function PersonRow(props: {
  person: Person;
  organisation: Organisation;
  onReset?: () => void;
  onInvite?: () => void;
  onMail?: () => void;
}): ReactElement {
  const { person, organisation } = props;
  const t = useText("organisation");
  const word = useWord();
  const language = useLanguage();
  const recent = useRecent();
  const day = useDay();
  const me = useSession();
  const unit = organisation.units.find((known) => known.unitId === person.unitId);
  const entity = organisation.entities.find((known) => known.entityId === person.entityId);
  const place = unit ?? entity;
  return (
    <tr>
      <th scope="row">
        <BothNames name={person.name} />
        <span className="note small login">{person.login}</span>
      </th>
      <td data-label={t("people.unit")}>{place ? nameIn(place.name, language) : "–"}</td>
      <td data-label={t("people.roles")}>
        {formatNames(
          person.roles.map((role) => word("roles", role)),
          language,
        ) || "–"}
        {person.guest && <FactTag>{t("people.guest")}</FactTag>}
      </td>
      <td data-label={t("state")}>
        <StateTag kind="person" state={person.state} />
        {person.awayUntil && (
          <>
            <FactTag>{t("people.awayUntil", { on: day(person.awayUntil) })}</FactTag>
            {(me.person.personId === person.personId || asksForLeave(me.roles)) && (
              <Link to={paths.newMatter} search={{ kind: "leave-end", personId: person.personId }}>
                {t("events.endsEarly")}
              </Link>
            )}
          </>
        )}
      </td>
      <td data-label={t("people.lastSignIn")}>{person.lastSignInAt ? recent(person.lastSignInAt) : "–"}</td>
      {props.onReset && (
        <td className="acts">
          {person.mayInviteAgain && (
            <Button
              size="small"
              aria-label={t("people.againOf", { name: nameIn(person.name, language) })}
              onClick={props.onInvite}
            >
              {t("people.again")}
            </Button>
          )}
          {person.state !== "departed" && (
            <Button
              size="small"
              aria-label={t("people.mailOf", { name: nameIn(person.name, language) })}
              onClick={props.onMail}
            >
              {t("people.mail")}
            </Button>
          )}
          <Button
            size="small"
            aria-label={t("people.resetOf", { name: nameIn(person.name, language) })}
            onClick={props.onReset}
          >
            {t("people.reset")}
          </Button>
        </td>
      )}
    </tr>
  );
}

/** A link that got lost before it was used: the old one dies, the new one is shown once. */
function NewLinkDialog(props: { person: Person; onClose: () => void }): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => api("POST /v1/people/:personId/invitation", { params: { personId: props.person.personId } }),
    onSuccess: () => refreshPeople(queries),
  });
  return (
    <Dialog title={t("people.againOf", { name: nameIn(props.person.name, language) })} onClose={props.onClose}>
      {again.data ? (
        <>
          <Message tone="success" title={t("people.againDone")} live />
          <InvitationLink link={again.data.invitationLink} />
        </>
      ) : (
        <div className="stack">
          <p>{t("people.againWhy")}</p>
          <ErrorPanel error={again.error} />
          <Button type="primary" loading={again.isPending} onClick={() => again.mutate()}>
            {t("people.againMake")}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function MailDialog({ person, onClose }: { person: Person; onClose: () => void }): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const params = { personId: person.personId };
  return (
    <Dialog title={t("people.mailOf", { name: nameIn(person.name, language) })} onClose={onClose}>
      <MailAddressForm
        of={person.personId}
        read={() => api("GET /v1/people/:personId/mail-address", { params })}
        change={(body) => api("POST /v1/people/:personId/mail-address", { params, body })}
      />
    </Dialog>
  );
}

function ResetDialog(props: { person: Person; onClose: () => void }): ReactElement {
  const t = useText("organisation");
  const parts = useText("parts");
  const language = useLanguage();
  const queries = useQueryClient();
  const reset = useMutation({
    mutationFn: (reason: string) =>
      api("POST /v1/people/:personId/credential-reset", {
        params: { personId: props.person.personId },
        body: { reason },
      }),
    onSuccess: () => refreshPeople(queries),
  });
  const title = t("people.resetOf", { name: nameIn(props.person.name, language) });
  if (reset.isSuccess)
    return (
      <Dialog title={title} onClose={props.onClose}>
        <Message tone="success" title={t("people.resetAsked")} live>
          {t("people.resetAskedWhy")}
        </Message>
      </Dialog>
    );
  return (
    <ReasonDialog
      title={title}
      what={t("people.resetWhy")}
      label={t("reason")}
      missing={parts("whyMissing")}
      give={t("people.resetAsk")}
      busy={reset.isPending}
      error={reset.error}
      onGive={(reason) => reset.mutate(reason)}
      onClose={props.onClose}
    />
  );
}
