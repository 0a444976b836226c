import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { SignIcon } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { FourCounts } from "../stamping/four-counts.tsx";
import { PhoneCode } from "../stamping/phone-code.tsx";
import { EvidenceGrades } from "./evidence-grades.tsx";
import { PrintCopies } from "./print-dialog.tsx";
import type { RequestDetail } from "./queries.ts";

/** Before it is agreed there is nothing to stamp; once it is over otherwise there is nothing more. */
const SHOWN: readonly RequestDetail["state"][] = ["authorised", "opened", "closed", "registered", "frozen"];

/** How far a stamping by hand is: who began and ended it, its counts, what is owed and by whom; nothing for what is sealed electronically. */
export function HandCard(props: { request: RequestDetail }): ReactElement | null {
  const { request } = props;
  const { stamping } = request;
  const t = useText("stamping");
  const { personId } = useSession().person;
  const { useMode, state } = request;
  if (useMode !== "by-hand" || !SHOWN.includes(state)) return null;
  const printers = [request.applicant, request.handler, ...request.release.candidates];
  const prints = (state === "authorised" || state === "opened") && printers.some((one) => one?.personId === personId);
  return (
    <section className="card" aria-labelledby="hand-title">
      <header>
        <h2 id="hand-title">{t(stamping?.byController ? "card.byController" : "card.title")}</h2>
        {stamping && <Link to={paths.photos(request.requestId)}>{t("card.toPhotos")}</Link>}
      </header>
      <div className="card-body stack">
        {stamping?.docked && <p>{t("docked.only")}</p>}
        {stamping ? <Course stamping={stamping} /> : <p>{t("card.notOpened")}</p>}
        {stamping && (
          <FourCounts
            counts={stamping.fourCounts}
            byController={stamping.byController}
            frozen={request.state === "frozen"}
          />
        )}
        <EvidenceGrades evidence={request.evidence} />
        {stamping && <Owed debts={stamping.debts} />}
        {stamping?.ended && stamping.opened.by?.personId === personId && stamping.debts.includes("confirmation") && (
          <p>
            <Link to={paths.stamp(request.requestId)}>{t("card.toSpoil")}</Link>
          </p>
        )}
        {prints &&
          (request.paperPrintedBy === null ? (
            <PrintCopies request={request} />
          ) : (
            <p className="note">{t("foreign.notPrinted", { name: request.paperPrintedBy })}</p>
          ))}
        {request.state === "authorised" && <PhoneCode requestId={request.requestId} />}
      </div>
    </section>
  );
}

type Stamping = NonNullable<RequestDetail["stamping"]>;

function Course(props: { stamping: Stamping }): ReactElement {
  const { opened, ended, looked, bookedByCode } = props.stamping;
  const t = useText("stamping");
  const language = useLanguage();
  const recent = useRecent();
  const name = (act: { by: Stamping["opened"]["by"] }): string => (act.by ? nameIn(act.by.name, language) : "");
  return (
    <ul className="stack stack-tight">
      <li>{t("card.opened", { name: name(opened), at: recent(opened.at) })}</li>
      {ended && <li>{t("card.ended", { at: recent(ended.at) })}</li>}
      {bookedByCode > 0 && <li>{t("card.booked", { count: bookedByCode })}</li>}
      {looked && <li>{t("card.looked", { name: name(looked), at: recent(looked.at) })}</li>}
    </ul>
  );
}

function Owed(props: { debts: Stamping["debts"] }): ReactElement {
  const t = useText("stamping");
  const word = useWord();
  if (props.debts.length === 0)
    return (
      <p>
        <SignIcon sign="check" /> {t("card.noDebts")}
      </p>
    );
  return (
    <div className="stack stack-tight">
      <h3>{t("card.debts")}</h3>
      <ul className="stack stack-tight">
        {props.debts.map((debt) => (
          <li key={debt}>
            <SignIcon sign="clock" /> {word("stampDebts", debt)}
          </li>
        ))}
      </ul>
    </div>
  );
}
