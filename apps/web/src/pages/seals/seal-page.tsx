import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatFaceSize, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { DutyLine } from "../../parts/duty-line.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { faceOf } from "../../parts/seal-face.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { FactTag, StateTag } from "../../parts/state-tag.tsx";
import { faceStateOf, faceStateOfSeal } from "../../parts/states.ts";
import { useHolders } from "../../parts/use-holders.ts";
import { paths } from "../../paths.ts";
import { SealLodgings } from "../lodgings/seal-lodgings.tsx";
import { type SealDetail, sealQuery } from "./queries.ts";
import { RuledFace } from "./ruled-face.tsx";
import { RefusedActs, SealActButtons } from "./seal-acts.tsx";
import { SealBodies } from "./seal-bodies.tsx";
import { SealCertificate } from "./seal-certificate.tsx";
import { SealHistory } from "./seal-history.tsx";
import { SealNext } from "./seal-next.tsx";
import { SealPeople } from "./seal-people.tsx";
import { SealUses } from "./seal-uses.tsx";
import { useSealActs } from "./use-seal-acts.tsx";
import "./seals.css";

/** One seal, whole: its face at size, what comes next, the life of each body, its people, certificate, uses, and what happened to it. */
export function SealPage(): ReactElement {
  const { sealId = "" } = useParams({ strict: false });
  const { data: seal, error, refetch } = useQuery(sealQuery(sealId));
  if (error && !seal) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!seal) return <PageSkeleton />;
  return <WholeSeal key={seal.sealId} seal={seal} />;
}

function WholeSeal(props: { seal: SealDetail }): ReactElement {
  const { seal } = props;
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  const acts = useSealActs(seal);
  return (
    <>
      <PageHeader
        trail={[
          { to: paths.seals, name: t("title") },
          { to: paths.seal(seal.sealId), name: seal.number },
        ]}
        title={<BothNames name={seal.name} />}
        tags={
          <>
            <StateTag kind="seal" state={seal.state} />
            {seal.body !== "physical" && seal.certificateState !== "valid" && faceStateOf(seal.state) !== "ended" && (
              <StateTag kind="certificate" state={seal.certificateState} />
            )}
            {seal.important && <FactTag>{word("fact", "important")}</FactTag>}
          </>
        }
        lead={nameIn(seal.entity.name, language)}
        actions={<SealActButtons seal={seal} acts={acts} />}
      />
      <div className="stack">
        <div aria-live="polite" className="act-done">
          {acts.done === "freeze" && <span className="unseen">{t("acts.freeze.done")}</span>}
          {acts.done && acts.done !== "freeze" && <Message tone="success" title={t(`acts.${acts.done}.done`)} />}
        </div>
        {acts.dialogAct === null && <ErrorPanel error={acts.run.error} />}
        {seal.state === "lost" && (
          <Message tone="problem" title={t("lost.title")}>
            {seal.frozenReason && <p className="typed">{t("lost.reason", { reason: seal.frozenReason })}</p>}
            <p>{t("lost.what")}</p>
          </Message>
        )}
        {seal.state === "frozen" && (
          <Message tone="frozen" title={t("frozen.title")}>
            {seal.frozenReason && <p className="typed">{t("frozen.reason", { reason: seal.frozenReason })}</p>}
            <p>{t("frozen.what")}</p>
          </Message>
        )}
        {seal.certificateState === "expired" && seal.state === "in-use" && (
          <Message tone="problem" title={t("expired.title")}>
            {t("expired.what")}
          </Message>
        )}
        <InHandover seal={seal} />
        <SealHead seal={seal} />
        <SealNext seal={seal} />
        <SealBodies seal={seal} />
        <RefusedActs seal={seal} />
        <SealLodgings seal={seal} />
        <div className="columns">
          <SealHistory seal={seal} />
          <div className="stack">
            <SealPeople seal={seal} />
            <SealUses seal={seal} />
            {seal.body !== "physical" && <SealCertificate seal={seal} />}
          </div>
        </div>
      </div>
      {acts.dialog}
    </>
  );
}

/** Why nothing can be done with a seal that is being handed over, and what ends that. */
function InHandover({ seal }: { seal: SealDetail }): ReactElement | null {
  const t = useText("seals");
  if (!seal.bodies.some((body) => body.state === "in-handover")) return null;
  const [matter] = seal.custodyUnderWay;
  return (
    <Message
      tone="action"
      title={t("inHandover.title")}
      {...(matter
        ? {
            action: (
              <Link className="inline-link" to={paths.matter(matter.matterId)}>
                {t("inHandover.open", { number: matter.number ?? "" })}
              </Link>
            ),
          }
        : {})}
    >
      <p>{t("inHandover.why")}</p>
      <p>{t(matter ? "inHandover.next" : "inHandover.nextOthers")}</p>
    </Message>
  );
}

/** The face between its rulers, and the facts of the seal. */
function SealHead(props: { seal: SealDetail }): ReactElement {
  const { seal } = props;
  const t = useText("seals");
  const parts = useText("parts");
  const word = useWord();
  const language = useLanguage();
  const day = useDay();
  const holdersOf = useHolders();
  const state = faceStateOfSeal(seal);
  const facts: readonly (readonly [string, ReactElement | string])[] = [
    [t("facts.number"), <strong key="number">{seal.number}</strong>],
    [t("facts.kind"), nameIn(seal.kindName, language)],
    [
      t("facts.entity"),
      [seal.entity.name, ...(seal.unit ? [seal.unit.name] : [])].map((name) => nameIn(name, language)).join(" · "),
    ],
    [t("facts.body"), word("body", seal.body)],
    [t("facts.holders"), holdersOf(seal)],
    [t("facts.key"), parts(`seal.keyPlace.${seal.keyPlace}`)],
    [t("facts.scope"), t(seal.external ? "facts.external" : "facts.internal")],
    [t("facts.duty"), <DutyLine key="duty" seal={seal} here />],
  ];
  return (
    <section className="card seal-head" aria-label={nameIn(seal.name, language)}>
      <RuledFace
        source={faceOf(seal.sealId)}
        name={seal.name}
        widthMm={seal.widthMm}
        heightMm={seal.heightMm}
        round={seal.faceShape === "circle"}
        state={state}
        caption={t(state === "approved" ? "facts.approvedFace" : "facts.specimen", {
          on: day(seal.registeredAt),
          size: formatFaceSize(seal.widthMm, seal.heightMm, seal.faceShape === "circle"),
        })}
      />
      <div className="seal-head-text">
        <dl className="facts seal-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
