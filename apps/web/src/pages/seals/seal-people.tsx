import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { initialsOf, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { DashedCircleIcon } from "../../parts/icons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { faceStateOf } from "../../parts/states.ts";
import { useHolders } from "../../parts/use-holders.ts";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import type { SealDetail } from "./queries.ts";
import { isOver, listDutiesToday } from "./seal-life.ts";

/** Who may do what with the seal, today. */
export function SealPeople(props: { seal: SealDetail }): ReactElement {
  const { seal } = props;
  const t = useText("seals");
  const word = useWord();
  const language = useLanguage();
  const session = useSession();
  const holdersOf = useHolders();
  // Where a seal lies and who had it is told to who keeps it, watches it or inspects.
  const seesCustody = mayUse(session, "audit.read") || mayUse(session, "custody.move");
  const over = isOver(seal.state);
  return (
    <section className="card" aria-labelledby="people-title">
      <header>
        <h2 id="people-title">{t("people.title")}</h2>
        {seesCustody && (
          <Link className="inline-link" to={paths.sealCustody(seal.sealId)}>
            {t("people.history")}
          </Link>
        )}
      </header>
      {over && <p className="card-body note">{t("people.over")}</p>}
      <ul className="rows">
        {listDutiesToday(seal).flatMap(([role, people]) =>
          people.length === 0
            ? [
                <li key={role} className="rows-line person-line">
                  <span className="person-none" aria-hidden>
                    <DashedCircleIcon size={20} />
                  </span>
                  <span className="person-text">
                    <strong>
                      {role === "custodian" && seal.custodyEndedAt !== null
                        ? holdersOf(seal)
                        : t("people.none", { role: word("roles", role) })}
                    </strong>
                    <span className="note small">{word("roleDuties", role)}</span>
                  </span>
                </li>,
              ]
            : people.map((person) => (
                <li key={`${role} ${person.personId}`} className="rows-line person-line">
                  <span className="disc" aria-hidden>
                    {initialsOf(nameIn(person.name, language))}
                  </span>
                  <span className="person-text">
                    <strong>
                      <BothNames name={person.name} />
                    </strong>
                    <span className="note small">
                      {t("people.duty", { role: word("roles", role), duty: word("roleDuties", role) })}
                    </span>
                  </span>
                  {seal.unconfirmed.some((one) => one.role === role && one.personId === person.personId) && (
                    <Unconfirmed own={person.personId === session.person.personId} />
                  )}
                </li>
              )),
        )}
        {seal.custodians.length === 1 && faceStateOf(seal.state) !== "ended" && (
          <li className="rows-line person-line">
            <span className="person-none" aria-hidden>
              <DashedCircleIcon size={20} />
            </span>
            <span className="note small person-text">{t("people.noDeputy")}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

/** Somebody named who has not confirmed his position: it lets him do nothing yet. */
function Unconfirmed({ own }: { own: boolean }): ReactElement {
  const t = useText("seals");
  return (
    <span className="person-tag">
      <Tag tone="waiting" sign="dashed">
        {t("people.unconfirmed")}
      </Tag>
      {own && (
        <Link className="inline-link" to={paths.account}>
          {t("people.confirm")}
        </Link>
      )}
    </span>
  );
}
