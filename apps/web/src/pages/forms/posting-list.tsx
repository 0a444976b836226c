import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { evidenceAddress } from "../matters/queries.ts";
import type { Posting, Series } from "./queries.ts";

/** What was done with the numbers, newest first; all of it stands in the register. */
export function PostingList(props: { series: Series }): ReactElement {
  const { series } = props;
  const t = useText("forms");
  const session = useSession();
  return (
    <section className="card" aria-labelledby="postings-title">
      <header>
        <h2 id="postings-title">{t("postings.title")}</h2>
        {mayUse(session, "register.read") && (
          <Link
            to={paths.register("controlled-forms")}
            search={series.prefix.length > 1 ? { search: series.prefix } : {}}
          >
            {t("postings.register")}
          </Link>
        )}
      </header>
      {series.postings.length === 0 ? (
        <p className="card-body note">{t("postings.none")}</p>
      ) : (
        <ul className="rows">
          {series.postings.map((posting) => (
            <li key={posting.postingId} className="rows-line">
              <PostingLine posting={posting} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PostingLine(props: { posting: Posting }): ReactElement {
  const { posting } = props;
  const { act, actor, person, request, matter } = posting;
  const t = useText("forms");
  const language = useLanguage();
  const recent = useRecent();
  const day = useDay();
  const personName = person ? nameIn(person.name, language) : "";
  const facts: readonly ReactNode[] = [
    act === "issue" && person && t("postings.to", { name: personName }),
    act === "return" && person && t("postings.fromHand", { name: personName }),
    sayHalf(posting.words, language),
    posting.receivedOn && t("postings.came", { on: day(posting.receivedOn) }),
    actor && t("postings.by", { name: nameIn(actor.name, language) }),
    act === "issue" &&
      (posting.receiptAt ? t("postings.receipt", { at: recent(posting.receiptAt) }) : t("postings.noReceipt")),
  ];
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow">
          {t(`postings.${act}`)} <span className="typed">{posting.written}</span>
        </strong>
        <span className="note small">{recent(posting.at)}</span>
      </div>
      <span className="note small">{facts.filter((fact) => typeof fact === "string" && fact !== "").join(" · ")}</span>
      {(request || matter || posting.evidenceId) && (
        <span className="row small">
          {request && (
            <Link to={paths.request(request.requestId)}>{t("postings.request", { number: request.number ?? "" })}</Link>
          )}
          {matter && (
            <Link to={paths.matter(matter.matterId)}>{t("postings.matter", { number: matter.number ?? "" })}</Link>
          )}
          {posting.evidenceId && (
            <a href={evidenceAddress.file(posting.evidenceId)} target="_blank" rel="noreferrer">
              {t(act === "void" ? "postings.photo" : "postings.file")}
            </a>
          )}
        </span>
      )}
    </div>
  );
}
