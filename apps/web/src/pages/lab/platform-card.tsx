import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { CountStrip } from "../../parts/count-strip.tsx";
import { FactTag, Tag } from "../../parts/state-tag.tsx";
import { TickField } from "../../parts/tick-field.tsx";
import type { Lab } from "./lab.ts";
import type { LabRequest } from "./lab-platform.ts";
import type { LabSnapshot } from "./lab-state.ts";
import { type PaperNumber, papers } from "./people.ts";
import { useWords } from "./use-words.ts";

/** What the platform knows: how far the journal has come, requests, and its four counts. */
export function PlatformCard(props: { lab: Lab; now: LabSnapshot }): ReactElement {
  const { lab, now } = props;
  const t = useText("lab");
  const words = useWords();
  const { chain, view } = now;
  const { quarantined } = chain;
  const facts: readonly (readonly [string, number])[] = [
    [t("platform.last"), chain.last],
    [t("platform.waiting"), view?.waiting ?? 0],
    [t("platform.acked"), view?.acked ?? 0],
    [t("platform.pending"), chain.pending],
    [t("platform.epoch"), view?.ep ?? 1],
  ];
  return (
    <section className="card" aria-labelledby="lab-platform">
      <header>
        <h2 id="lab-platform">{t("platform.title")}</h2>
        {quarantined === null ? (
          <Tag tone="success" sign="check">
            {t("platform.good")}
          </Tag>
        ) : (
          <Tag tone="problem" sign="octagon">
            {t("platform.quarantine", { code: quarantined })}
          </Tag>
        )}
      </header>
      <div className="card-body stack">
        {now.pairing && <p className="lab-digits-platform">{t("box.atPlatform", { digits: now.pairing.digits })}</p>}
        {quarantined !== null && (
          <div className="row">
            <p>{words.code(quarantined).todo}</p>
            <Button onClick={() => void lab.do(() => lab.inspect())}>{t("machine.inspect")}</Button>
          </div>
        )}
        <dl className="lab-facts">
          {facts.map(([name, count]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
        <Requests lab={lab} now={now} />
        {now.counts && <Counts counts={now.counts} />}
      </div>
    </section>
  );
}

function Requests(props: { lab: Lab; now: LabSnapshot }): ReactElement {
  const { lab, now } = props;
  const t = useText("lab");
  const [paper, setPaper] = useState<PaperNumber>(0);
  const [docked, setDocked] = useState(false);
  const own = now.requests.filter(({ trick }) => !trick).toReversed();
  return (
    <div className="stack stack-tight">
      <h3>{t("platform.requests")}</h3>
      {own.length === 0 && <p className="note">{t("platform.noRequests")}</p>}
      <ul className="rows">
        {own.map((request) => (
          <RequestLine key={request.id} lab={lab} request={request} />
        ))}
      </ul>
      {now.waitingTokens > 0 && <p className="note">{t("platform.tokensWait", { count: now.waitingTokens })}</p>}
      <div className="row lab-apply">
        <select
          className="native-select"
          aria-label={t("platform.paper")}
          value={paper}
          onChange={(event) => setPaper(event.target.value === "1" ? 1 : event.target.value === "2" ? 2 : 0)}
        >
          {papers.map(({ name, copies, code }, at) => (
            <option key={code} value={at}>
              {`${t(`papers.${name}`)} · ${t("platform.impressions", { count: copies })}`}
            </option>
          ))}
        </select>
        <Button onClick={() => void lab.do(async () => void lab.apply(paper, { docked }))}>
          {t("platform.apply")}
        </Button>
      </div>
      <TickField checked={docked} onChange={setDocked}>
        {t("platform.docked")}
      </TickField>
    </div>
  );
}

function RequestLine(props: { lab: Lab; request: LabRequest }): ReactElement {
  const { lab, request } = props;
  const t = useText("lab");
  const language = useLanguage();
  const { code, copies } = papers[request.paper];
  return (
    <li className="lab-request">
      <span>
        {sayHalf(request.title, language)} <b className="mono">{code}</b>
      </span>
      <FactTag>{t("platform.impressions", { count: copies })}</FactTag>
      {request.docked && <FactTag>{t("box.onlyDocked")}</FactTag>}
      {request.state === "approved" ? (
        <Tag tone="success" sign="check">
          {t("platform.requestState.approved")}
        </Tag>
      ) : (
        <Button size="small" onClick={() => void lab.do(async () => void (await lab.approve(request.id)))}>
          {t("platform.approve")}
        </Button>
      )}
    </li>
  );
}

const countNames = ["authorised", "stamped", "photographed", "registered"] as const;

function Counts(props: { counts: NonNullable<LabSnapshot["counts"]> }): ReactElement {
  const { counts, state } = props.counts;
  const t = useText("lab");
  return (
    <div className="stack stack-tight">
      <h3>{t("platform.counts")}</h3>
      <CountStrip
        label={t("platform.counts")}
        counts={countNames.map((name) => ({
          key: name,
          label: t(`platform.${name}`),
          count: counts[name],
          reason: t(`platform.from.${name}`),
          unequal: state === "disputed" && counts[name] !== counts.authorised,
        }))}
      />
      <p className="note">{t(`platform.states.${state}`)}</p>
    </div>
  );
}
