import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useId, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Choice } from "../custody/custody-choices.tsx";
import { peopleQuery } from "../organisation/queries.ts";
import { type RequestDetail, refreshRequests } from "./queries.ts";

/** Of a confidential request: why, whom the applicant named, and who opened it to watch. */
export function ConfidentialCard(props: { request: RequestDetail }): ReactElement | null {
  const { request } = props;
  const { confidentiality } = request;
  const t = useText("confidential");
  const language = useLanguage();
  const moment = useMoment();
  const id = useId();
  if (!confidentiality) return null;
  const { readers, accesses } = confidentiality;
  const mayName = confidentiality.mayName && request.number !== null;
  return (
    <section className="card" aria-labelledby={id}>
      <header>
        <h2 id={id}>{t("card.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="typed">{confidentiality.reason}</p>
        <p className="note">{t("card.who")}</p>
        <dl className="facts">
          <dt>{t("card.readers")}</dt>
          <dd>
            {readers.length === 0 && <span className="note">{t("card.none")}</span>}
            {readers.map(({ person }) => (
              <div key={person.personId} className="row">
                {nameIn(person.name, language)}
                {mayName && <EndReader requestId={request.requestId} person={person} />}
              </div>
            ))}
          </dd>
          <dt>{t("card.accesses")}</dt>
          <dd>
            {accesses.length === 0 && <span className="note">{t("card.notOpened")}</span>}
            {accesses.map((one) => (
              <div key={`${one.by?.personId} ${one.at}`}>
                {t("card.access", {
                  name: one.by ? nameIn(one.by.name, language) : "",
                  at: moment(one.at),
                  until: moment(one.until),
                })}
                <p className="note typed">{one.reason}</p>
              </div>
            ))}
          </dd>
        </dl>
        {mayName && <NameReader request={request} named={readers.map((one) => one.person.personId)} />}
      </div>
    </section>
  );
}

function EndReader(props: {
  requestId: string;
  person: { personId: string; name: { en: string; zh: string } };
}): ReactElement {
  const { requestId, person } = props;
  const t = useText("confidential");
  const language = useLanguage();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      api("DELETE /v1/seal-use-requests/:requestId/readers/:personId", {
        params: { requestId, personId: person.personId },
      }),
    onSuccess: () => refreshRequests(queries),
  });
  return (
    <>
      <Button size="small" loading={end.isPending} onClick={() => end.mutate()}>
        {t("card.end", { name: nameIn(person.name, language) })}
      </Button>
      <ErrorPanel error={end.error} />
    </>
  );
}

function NameReader(props: { request: RequestDetail; named: readonly string[] }): ReactElement {
  const { request, named } = props;
  const t = useText("confidential");
  const language = useLanguage();
  const queries = useQueryClient();
  const [personId, setPersonId] = useState("");
  const people = useQuery(peopleQuery);
  const add = useMutation({
    mutationFn: () =>
      api("POST /v1/seal-use-requests/:requestId/readers", {
        params: { requestId: request.requestId },
        body: { personId },
      }),
    onSuccess: async () => {
      setPersonId("");
      await refreshRequests(queries);
    },
  });
  const fit = (people.data?.items ?? []).filter(
    (one) =>
      one.state === "active" &&
      !one.guest &&
      one.entityId === request.entity?.entityId &&
      one.personId !== request.applicant.personId &&
      !named.includes(one.personId),
  );
  return (
    <div className="stack stack-tight">
      <Choice
        label={t("card.add")}
        value={personId}
        none="–"
        options={fit.map((one) => ({ id: one.personId, name: nameIn(one.name, language) }))}
        onChange={setPersonId}
      />
      <ErrorPanel error={add.error} />
      <div>
        <Button disabled={personId === ""} loading={add.isPending} onClick={() => add.mutate()}>
          {t("card.name")}
        </Button>
      </div>
    </div>
  );
}
