import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNames, nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageFault } from "../../parts/page-fault.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { OpeningLines } from "./opening-lines.tsx";
import { BringOut, LockAway } from "./piece-acts.tsx";
import { type OwnCustody, ownCustodyQuery, type PieceInCustody } from "./queries.ts";
import "./custody.css";

/** The custodian's page: what waits for him, what he answers for, where it is; locking away is one tap. */
export function MyCustodyPage(): ReactElement {
  const t = useText("custody");
  const { data, error, refetch } = useQuery(ownCustodyQuery);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <>
      <PageHeader
        title={t("mine.title")}
        lead={t("mine.lead")}
        actions={
          data.items.some((piece) => !piece.shortHandover?.given) && (
            <>
              <Link className="button-link" to={paths.newMatter} search={{ kind: "short-handover" }}>
                {t("mine.short")}
              </Link>
              <Link className="button-link button-link-primary" to={paths.handOver}>
                {t("mine.handover")}
              </Link>
            </>
          )
        }
      />
      <div className="stack">
        <Waiting mine={data} />
        {data.items.length === 0 ? (
          <section className="card card-body">
            <EmptyState title={t("mine.none")}>{t("mine.noneWhy")}</EmptyState>
          </section>
        ) : (
          <ul className="custody-list">
            {data.items.map((piece) => (
              <li key={piece.bodyId} className="card">
                <Piece piece={piece} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}

function Waiting(props: { mine: OwnCustody }): ReactElement | null {
  const { openings, matters } = props.mine;
  const t = useText("custody");
  const language = useLanguage();
  if (openings.length === 0 && matters.length === 0) return null;
  return (
    <section className="card" aria-labelledby="waiting-title">
      <header>
        <h2 id="waiting-title">{t("mine.waiting")}</h2>
      </header>
      <ul className="rows">
        <OpeningLines openings={openings} />
        {matters.map((one) => (
          <li key={one.matterId} className="rows-line">
            <strong className="grow">{sayHalf(one.title, language)}</strong>
            <Link className="button-link" to={paths.matter(one.matterId)}>
              {t("mine.confirm")}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where a piece is, in one line. */
function usePlaceLine(): (piece: PieceInCustody) => string {
  const t = useText("custody");
  const language = useLanguage();
  const recent = useRecent();
  return ({ kind, place, since }) => {
    if (kind === "electronic") return t("mine.key");
    if (place?.container)
      return t("mine.inContainer", { name: nameIn(place.container.name, language), since: recent(since) });
    const [holder] = place?.people ?? [];
    return holder ? t("mine.inHand", { name: nameIn(holder.name, language), since: recent(since) }) : "";
  };
}

function Piece(props: { piece: PieceInCustody }): ReactElement {
  const { piece } = props;
  const t = useText("custody");
  const language = useLanguage();
  const recent = useRecent();
  const placeLine = usePlaceLine();
  const names = formatNames(
    piece.custodians.map((one) => nameIn(one.name, language)),
    language,
  );
  return (
    <div className="card-body stack stack-tight">
      <div className="row">
        <h2 className="grow">
          <BothNames name={piece.seal.name} /> <span className="mono">{piece.number}</span>
        </h2>
        <StateTag kind="seal" state={piece.state} />
      </div>
      <p>{piece.custodians.length > 1 ? t("mine.jointly", { names }) : names}</p>
      {placeLine(piece) !== "" && <p className="note">{placeLine(piece)}</p>}
      {piece.stampings.map(
        ({ requestId, begun, number, open, total }) =>
          begun && (
            <p key={requestId}>
              <Link to={paths.stamp(requestId)}>{t("mine.putAwayOpen", { number, open, total })}</Link>
            </p>
          ),
      )}
      <div className="row">
        {piece.alarm && (
          <Tag tone="problem" sign="octagon">
            {t("mine.alarm")}
          </Tag>
        )}
        {!piece.alarm && piece.sessionUntil && (
          <Tag tone="action" sign="clock">
            {t("mine.until", { at: recent(piece.sessionUntil) })}
          </Tag>
        )}
        {piece.shortHandover && (
          <Tag
            tone={piece.shortHandover.overdue ? "problem" : "warning"}
            sign={piece.shortHandover.overdue ? "octagon" : "swap"}
          >
            {t(piece.shortHandover.overdue ? "mine.tagLate" : "mine.tag", {
              tag: piece.shortHandover.tag,
              until: recent(piece.shortHandover.until),
            })}
          </Tag>
        )}
        {piece.takeOut && (
          <Tag tone={piece.takeOut.overdue ? "problem" : "action"} sign={piece.takeOut.overdue ? "octagon" : "export"}>
            {t(piece.takeOut.overdue ? "mine.awayLate" : "mine.away", { at: recent(piece.takeOut.dueAt) })}
          </Tag>
        )}
      </div>
      <div className="row custody-acts">
        <Link to={paths.sealCustody(piece.seal.sealId)}>{t("mine.history")}</Link>
        {piece.shortHandover && !piece.shortHandover.given && (
          <Link to={paths.newMatter} search={{ kind: "short-return", sealId: piece.seal.sealId }}>
            {t("mine.returnTag")}
          </Link>
        )}
        {piece.takeOut?.mine && (
          <>
            <Link
              to={paths.newMatter}
              search={{ kind: "take-out-return", sealId: piece.seal.sealId, takeOutId: piece.takeOut.matterId }}
            >
              {t("takeOuts.giveBack")}
            </Link>
            <Link
              to={paths.newMatter}
              search={{ kind: "take-out-extension", sealId: piece.seal.sealId, takeOutId: piece.takeOut.matterId }}
            >
              {t("takeOuts.extend")}
            </Link>
          </>
        )}
        {piece.takeOut && <Link to={paths.matter(piece.takeOut.matterId)}>{t("mine.takeOut")}</Link>}
        <span className="grow" />
        {piece.actions.includes("bring-out") && <BringOut piece={piece} />}
        {piece.actions.includes("lock-away") && <LockAway piece={piece} />}
      </div>
    </div>
  );
}
