import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactElement } from "react";
import { formatAmount, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { useSession } from "../../session.ts";
import { useClassName } from "../document-classes/queries.ts";
import { peopleQuery } from "../organisation/queries.ts";
import { readAmount } from "./amount.ts";
import { useApply } from "./apply-context.ts";
import { countCopies } from "./draft.ts";

/** What the application says, to be read once more. */
export function ReviewFacts(): ReactElement {
  const { draft, goTo } = useApply();
  const { facts } = draft;
  const t = useText("apply");
  const words = useText("requests");
  const secret = useText("confidential");
  const sides = useText("joint");
  const session = useSession();
  const word = useWord();
  const className = useClassName();
  const language = useLanguage();
  const day = useDay();
  const { data: people } = useQuery({ ...peopleQuery, enabled: facts.handlerId !== null });
  const handler = people?.items.find((person) => person.personId === facts.handlerId);
  const other = session.entities.find((one) => one.entityId === facts.joint?.entityId);
  const amount = readAmount(facts.amount);
  return (
    <section className="card" aria-labelledby="apply-review-facts">
      <header>
        <h2 id="apply-review-facts">{words("page.facts")}</h2>
        <Button size="small" onClick={() => goTo("documents")}>
          {t("review.change")}
        </Button>
      </header>
      <div className="card-body">
        <dl className="facts">
          <dt>{t("facts.matter")}</dt>
          <dd>{facts.title || words("page.untitled")}</dd>
          {facts.documentClass && (
            <>
              <dt>{words("facts.documentClass")}</dt>
              <dd>
                {className(facts.documentClass)} · {word("fact", facts.external ? "external" : "internal")}
              </dd>
            </>
          )}
          {facts.counterparty && (
            <>
              <dt>{words("facts.counterparty")}</dt>
              <dd>
                {facts.counterparty}
                {facts.external && facts.counterpartyKind && (
                  <span className="note"> · {word("counterpartyKinds", facts.counterpartyKind)}</span>
                )}
              </dd>
            </>
          )}
          <dt>{words("facts.amount")}</dt>
          <dd>{amount ? formatAmount(amount, facts.currency, language) : words("facts.noAmount")}</dd>
          {facts.purpose && (
            <>
              <dt>{words("facts.purpose")}</dt>
              <dd className="typed">{facts.purpose}</dd>
            </>
          )}
          {facts.useMode === "by-hand" && (
            <>
              <dt>{t("useMode.label")}</dt>
              <dd>
                {word("useModes", facts.useMode)} · {t("useMode.copies", { count: countCopies(facts) ?? 0 })}
                {facts.paperReason && <div className="note typed">{facts.paperReason}</div>}
                {facts.paperPrintedBy !== null && (
                  <div className="note typed">{words("facts.foreignPaper", { name: facts.paperPrintedBy })}</div>
                )}
              </dd>
            </>
          )}
          {handler && (
            <>
              <dt>{words("facts.handler")}</dt>
              <dd>{nameIn(handler.name, language)}</dd>
            </>
          )}
          {other && (
            <>
              <dt>{sides("review.other")}</dt>
              <dd>{nameIn(other.name, language)}</dd>
            </>
          )}
          {facts.emergency !== null && (
            <>
              <dt>{words("emergency.tag")}</dt>
              <dd className="typed">{facts.emergency}</dd>
            </>
          )}
          {facts.confidential !== null && (
            <>
              <dt>{secret("card.title")}</dt>
              <dd className="typed">{facts.confidential.reason}</dd>
            </>
          )}
          {facts.wantedBy && (
            <>
              <dt>{words("facts.wantedBy")}</dt>
              <dd>{day(facts.wantedBy)}</dd>
            </>
          )}
          <dt>{words("facts.validUntil")}</dt>
          <dd>
            {facts.validUntil
              ? day(facts.validUntil)
              : t(facts.emergency === null ? "facts.endOfYear" : "facts.emergencyEnd")}
          </dd>
        </dl>
      </div>
    </section>
  );
}
