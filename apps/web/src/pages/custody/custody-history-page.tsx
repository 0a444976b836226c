import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useFormatContext, useMoment } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { Field } from "../../parts/field.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { paths } from "../../paths.ts";
import { CustodyTracks } from "./custody-tracks.tsx";
import { type CustodyHistory, custodyHistoryQuery } from "./queries.ts";
import { StandIn, UnderWayLinks } from "./stand-in.tsx";
import { type CustodyBody, findSilence, fromLocalInput, toLocalInput } from "./tracks.ts";
import "./custody.css";

/** Who held a seal at any time: the answer first, then the whole history as tracks and as a list. */
export function CustodyHistoryPage(): ReactElement {
  const t = useText("custody");
  const { sealId = "" } = useParams({ strict: false });
  const search: Record<string, unknown> = useSearch({ strict: false });
  const at = typeof search.at === "string" && !Number.isNaN(Date.parse(search.at)) ? search.at : null;
  const { data, error, refetch } = useQuery(custodyHistoryQuery(sealId, at));
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.custody, name: t("mine.title") },
          { to: paths.sealCustody(sealId), name: data.seal.number },
        ]}
        title={t("history.title")}
        lead={<BothNames name={data.seal.name} />}
      />
      <div className="stack">
        <Now history={data} />
        {data.whole ? <AtPicker key={data.at} at={data.at} sealId={sealId} /> : <Keepers keepers={data.keepers} />}
        {data.bodies.map((body) => (
          <section key={body.bodyId} className="card" aria-label={body.number}>
            <header>
              <h2>
                <span className="mono">{body.number}</span>
              </h2>
              {at === null && <StateTag kind="seal" state={body.state} />}
            </header>
            <div className="card-body stack">
              <Answer body={body} at={data.at} />
              {body.stays.length > 0 && <CustodyTracks body={body} />}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}

/** What is under way with the seal now: with a deputy for some days, handed over, taken out, coming back. */
function Now(props: { history: CustodyHistory }): ReactElement | null {
  const { shortHandover, underWay } = props.history;
  const t = useText("custody");
  if (shortHandover === null && underWay.length === 0) return null;
  return (
    <section className="card card-body stack stack-tight" aria-label={t("history.underWay")}>
      {shortHandover && <StandIn short={shortHandover} />}
      {underWay.length > 0 && (
        <div className="row">
          <UnderWayLinks underWay={underWay} />
        </div>
      )}
    </section>
  );
}

/** Whom to ask for the seal: where it lies is told to who has to do with that. */
function Keepers(props: { keepers: CustodyHistory["keepers"] }): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  return (
    <section className="card card-body stack" aria-label={t("history.custodians")}>
      <dl className="facts">
        <dt>{t("history.custodians")}</dt>
        <dd>
          {props.keepers.length === 0
            ? t("history.nobody")
            : props.keepers.map(({ person, unit }) => (
                <p key={person.personId}>
                  <strong>{nameIn(person.name, language)}</strong>
                  {unit && ` · ${nameIn(unit, language)}`}
                </p>
              ))}
        </dd>
      </dl>
      <p className="note">{t("history.narrow")}</p>
    </section>
  );
}

function AtPicker(props: { at: string; sealId: string }): ReactElement {
  const { timeZone } = useFormatContext();
  const t = useText("custody");
  const navigate = useNavigate();
  const [value, setValue] = useState(toLocalInput(Date.parse(props.at), timeZone));
  const [ahead, setAhead] = useState(false);
  const go = (at: string | null): void =>
    void navigate({ to: paths.sealCustody(props.sealId), search: at === null ? {} : { at } });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const at = fromLocalInput(value, timeZone);
    const future = at !== null && Date.parse(at) > Date.now();
    setAhead(future);
    if (at !== null && !future) go(at);
  };
  return (
    <form className="card card-body custody-at" onSubmit={submit}>
      <Field label={t("history.at")} problem={ahead ? t("history.future") : undefined}>
        {(control) => (
          <TextInput
            {...control}
            type="datetime-local"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
      <Button type="primary" htmlType="submit">
        {t("history.show")}
      </Button>
      <Button onClick={() => go(null)}>{t("history.now")}</Button>
    </form>
  );
}

function Answer(props: { body: CustodyBody; at: string }): ReactElement {
  const { body, at } = props;
  const t = useText("custody");
  const language = useLanguage();
  const moment = useMoment();
  const { custodians, place } = body.held;
  const silence = findSilence(body.stays, at);
  const nobody =
    silence === null
      ? t("history.nobody")
      : "since" in silence
        ? t("history.notBegun", { at: moment(silence.since) })
        : t("history.ended", { at: moment(silence.until) });
  const names = formatNames(
    custodians.map((one) => nameIn(one.name, language)),
    language,
  );
  const where = place?.container
    ? nameIn(place.container.name, language)
    : (place?.people ?? []).map((one) => nameIn(one.name, language)).join("");
  return (
    <dl className="facts custody-answer">
      <dt>{t("history.at")}</dt>
      <dd>{moment(at)}</dd>
      <dt>{t("history.custodians")}</dt>
      <dd>
        <strong>
          {custodians.length === 0 ? nobody : custodians.length > 1 ? t("mine.jointly", { names }) : names}
        </strong>
      </dd>
      <dt>{t("history.place")}</dt>
      <dd>{body.kind === "electronic" ? t("history.noPlace") : where || nobody}</dd>
    </dl>
  );
}
