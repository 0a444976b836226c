import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import type { MatterDetail } from "../matters/queries.ts";
import { representativeImpactQuery, unitImpactQuery } from "./queries.ts";
import type { UnitChange, UnitImpact } from "./unit-change.ts";

/** What a change of a unit touches, as counts and lists; asked anew whenever the change is another one. */
export function UnitImpactPanel(props: {
  unitId: string;
  change: UnitChange;
  /** Why it may not be is said where it can still be changed. */
  refusals: boolean;
}): ReactElement {
  const answer = useQuery(unitImpactQuery(props.unitId, props.change));
  return <ImpactCard {...answer} refusals={props.refusals} of="unit" />;
}

/** What a change of the legal representative touches: seals that stop, and roles that get a last day. */
export function RepresentativeImpactPanel(props: { entityId: string; lapseOn: string }): ReactElement {
  const answer = useQuery(representativeImpactQuery(props.entityId, props.lapseOn));
  return <ImpactCard {...answer} refusals={false} of="representative" />;
}

function ImpactCard(props: {
  data: UnitImpact | undefined;
  error: Error | null;
  refetch: () => unknown;
  refusals: boolean;
  of: "unit" | "representative";
}): ReactElement {
  const { data, error } = props;
  const t = useText("organisation");
  return (
    <section className="card" aria-label={t("change.touches")} aria-live="polite">
      <header>
        <h2>{t("change.touches")}</h2>
      </header>
      <div className="card-body stack">
        <ErrorPanel error={error} onRetry={() => void props.refetch()} />
        {!data && !error && <LinesSkeleton lines={5} />}
        {data && props.refusals && <RefusalList refusals={data.refusals} />}
        {data && <Touched impact={data} of={props.of} />}
      </div>
    </section>
  );
}

function Touched({ impact, of: what }: { impact: UnitImpact; of: "unit" | "representative" }): ReactElement {
  const t = useText("organisation");
  const word = useWord();
  const language = useLanguage();
  const recent = useRecent();
  const day = useDay();
  const names = (all: readonly { name: { en: string; zh: string } }[]): string =>
    formatNames(
      all.map((one) => nameIn(one.name, language)),
      language,
    );
  const of = (fate: UnitImpact["seals"][number]["fate"]) => impact.seals.filter((seal) => seal.fate === fate);
  const pieces = impact.seals.reduce((sum, seal) => sum + seal.pieces, 0);
  const numbers = (all: readonly { number: string | null }[]): string =>
    all.flatMap((one) => one.number ?? []).join(language === "en" ? ", " : "、");
  return (
    <dl className="facts">
      <Line name={t("change.stops", { count: of("stops").length })} shown={of("stops").length > 0}>
        <SealLinks seals={of("stops")} />
        {pieces > 0 && (
          <p className="note small">{t("change.collect", { count: pieces, day: day(impact.collectBy) })}</p>
        )}
      </Line>
      <Line name={t("change.kept", { count: of("kept").length })} shown={of("kept").length > 0}>
        <SealLinks seals={of("kept")} />
      </Line>
      <Line name={t("change.takeOuts", { count: impact.takeOuts.length })} shown={impact.takeOuts.length > 0}>
        {impact.takeOuts.map((one) => (
          <p key={one.sealNumber}>
            <span className="mono">{one.sealNumber}</span>
            {one.keeper && ` · ${nameIn(one.keeper.name, language)}`}
            {` · ${recent(one.dueAt)}`}
          </p>
        ))}
      </Line>
      <Line name={t("change.short", { count: impact.shortHandovers })} shown={impact.shortHandovers > 0}>
        {t("change.shortWhy")}
      </Line>
      <Line name={t("change.requests", { count: impact.requests.length })} shown={impact.requests.length > 0}>
        <span className="mono">{numbers(impact.requests)}</span>
      </Line>
      <Line name={t("change.matters", { count: impact.matters.length })} shown={impact.matters.length > 0}>
        {impact.matters.map((one) => (
          <p key={one.number}>
            {nameIn(one.kindName, language)} <span className="mono">{one.number}</span>
          </p>
        ))}
      </Line>
      <Line
        name={t(what === "unit" ? "change.grants" : "change.grantsLapse", { count: impact.grants.length })}
        shown={impact.grants.length > 0}
      >
        {impact.grants.map((one) => (
          <p key={one.grantId}>{`${nameIn(one.person.name, language)} · ${word("roles", one.role)}`}</p>
        ))}
      </Line>
      <Line name={t("change.delegations", { count: impact.delegations.length })} shown={impact.delegations.length > 0}>
        {impact.delegations.map((one) => (
          <p key={one.delegationId}>
            {t("change.delegation", {
              delegate: nameIn(one.delegate.name, language),
              delegator: nameIn(one.delegator.name, language),
              to: day(one.to),
            })}
          </p>
        ))}
      </Line>
      <Line name={t("change.people", { count: impact.people.length })} shown={impact.people.length > 0}>
        {impact.peopleTo && <p>{t("change.goTo", { unit: nameIn(impact.peopleTo, language) })}</p>}
        <p className="note small">{names(impact.people)}</p>
      </Line>
      <Line name={t("change.below", { count: impact.unitsBelow.length })} shown={impact.unitsBelow.length > 0}>
        {names(impact.unitsBelow.map((name) => ({ name })))}
      </Line>
      <Line name={t("change.over", { count: of("over").length })} shown={of("over").length > 0}>
        <SealLinks seals={of("over")} />
      </Line>
      <Line name={t("change.nothing")} shown={isEmpty(impact)}>
        {t(what === "unit" ? "change.nothingWhy" : "change.nothingOfFormer")}
      </Line>
    </dl>
  );
}

/** What the change did, once it was carried out: what was shown before it was decided does not vanish with it. */
export function TouchedCard({
  matter,
  of,
}: {
  matter: MatterDetail;
  of: "unit" | "representative";
}): ReactElement | null {
  const t = useText("organisation");
  const language = useLanguage();
  const { touched } = matter;
  if (!touched) return null;
  const { stopped, moved, requests, grants, people } = touched;
  const seals = (all: typeof stopped): ReactElement[] =>
    all.map((seal) => (
      <p key={seal.sealId}>
        <Link to={paths.seal(seal.sealId)}>
          {nameIn(seal.name, language)} <span className="mono">{seal.number}</span>
        </Link>
      </p>
    ));
  const nothing = stopped.length + moved.length + requests + grants + people === 0;
  return (
    <section className="card" aria-label={t("change.touched")}>
      <header>
        <h2>{t("change.touched")}</h2>
      </header>
      <dl className="card-body facts">
        <Line name={t("change.stops", { count: stopped.length })} shown={stopped.length > 0}>
          {seals(stopped)}
        </Line>
        <Line name={t("change.kept", { count: moved.length })} shown={moved.length > 0}>
          {seals(moved)}
        </Line>
        <Line name={t("change.requests", { count: requests })} shown={requests > 0}>
          {null}
        </Line>
        <Line name={t(of === "unit" ? "change.grants" : "change.grantsLapse", { count: grants })} shown={grants > 0}>
          {null}
        </Line>
        <Line name={t("change.people", { count: people })} shown={people > 0}>
          {null}
        </Line>
        <Line name={t("change.nothing")} shown={nothing}>
          {null}
        </Line>
      </dl>
    </section>
  );
}

const isEmpty = (impact: UnitImpact): boolean =>
  [impact.seals, impact.grants, impact.people, impact.unitsBelow, impact.requests, impact.matters].every(
    (list) => list.length === 0,
  );

function Line(props: { name: string; shown: boolean; children: ReactNode }): ReactElement | null {
  if (!props.shown) return null;
  return (
    <div className="facts-line">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function SealLinks(props: { seals: UnitImpact["seals"] }): ReactElement {
  const language = useLanguage();
  return (
    <>
      {props.seals.map((seal) => (
        <p key={seal.sealId} className="row">
          <Link to={paths.seal(seal.sealId)}>
            {nameIn(seal.name, language)} <span className="mono">{seal.number}</span>
          </Link>
          <StateTag kind="seal" state={seal.state} />
        </p>
      ))}
    </>
  );
}
