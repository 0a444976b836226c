import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { delegationsQuery } from "../separation/queries.ts";

/** Who stands in for a person who goes on leave, as far as the reader is told; the person himself names somebody. */
export function WhoStandsIn(props: { personId: string }): ReactElement {
  const t = useText("organisation");
  const language = useLanguage();
  const session = useSession();
  const word = useWord();
  const day = useDay();
  const mine = session.person.personId === props.personId;
  const told = mine ? mayUse(session, "delegation.give") : mayUse(session, "separation.read");
  const { data } = useQuery({ ...delegationsQuery(mine ? "mine" : "all"), enabled: told });
  const given = (data?.items ?? []).filter(
    ({ delegator, state }) => delegator.personId === props.personId && state !== "ended",
  );
  return (
    <div className="stack stack-tight">
      {given.map(({ delegationId, delegate, role, to }) => (
        <p key={delegationId} className="note">
          {t("events.standsIn", {
            ...{ name: nameIn(delegate.name, language), role: word("roles", role), day: day(to) },
          })}
        </p>
      ))}
      {given.length === 0 && <p className="note">{t(data ? "events.nobodyStandsIn" : "events.whoStandsIn")}</p>}
      {mine && told && (
        <p>
          <Link to={paths.away}>{t("events.nameStandIn")}</Link>
        </p>
      )}
    </div>
  );
}
