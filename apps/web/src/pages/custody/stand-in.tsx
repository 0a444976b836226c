import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { matterKindsQuery } from "../matters/queries.ts";
import type { CustodyHistory } from "./queries.ts";

/** Who stands in for whom and until when, and who begins the return, told to each from where he stands. */
export function StandIn(props: { short: NonNullable<CustodyHistory["shortHandover"]> }): ReactElement {
  const { short } = props;
  const t = useText("custody");
  const language = useLanguage();
  const recent = useRecent();
  const { personId } = useSession().person;
  const names = {
    deputy: short.deputy ? nameIn(short.deputy.name, language) : "",
    transferor: short.transferor ? nameIn(short.transferor.name, language) : "",
    until: recent(short.until),
  };
  if (short.given)
    return (
      <p>
        {t("mine.withDeputy", names)} <span className="note">{t("mine.deputyBegins", names)}</span>
      </p>
    );
  return <p>{t(short.deputy?.personId === personId ? "mine.youStandIn" : "mine.standsIn", names)}</p>;
}

/** Links to the matters of custody that hold a seal now. */
export function UnderWayLinks(props: { underWay: CustodyHistory["underWay"] }): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const { data: kinds } = useQuery(matterKindsQuery);
  return (
    <>
      {props.underWay.map((one) => {
        const name = kinds?.items.find((kind) => kind.kind === one.kind)?.name;
        return (
          <Link key={one.matterId} to={paths.matter(one.matterId)}>
            {t("mine.underWay", { kind: name ? nameIn(name, language) : "" })} {one.number}
          </Link>
        );
      })}
    </>
  );
}
