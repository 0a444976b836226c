import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatCount, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { type RegisterCard, registersQuery } from "./queries.ts";
import "./registers.css";
import { PageFault } from "../../parts/page-fault.tsx";

/** All registers: how many lines each has for the reader, and the last of them. */
export function RegistersPage(): ReactElement {
  const t = useText("registers");
  const session = useSession();
  const { data, error, refetch } = useQuery(registersQuery);
  if (error && !data) return <PageFault error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <>
      <PageHeader title={t("all.title")} lead={mayUse(session, "audit.read") ? t("all.lead") : t("all.mine")} />
      <ul className="register-cards">
        {data.items.map((card) => (
          <li key={card.register}>
            <Card card={card} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Card({ card }: { card: RegisterCard }): ReactElement {
  const t = useText("registers");
  const language = useLanguage();
  const recent = useRecent();
  const { count, last } = card;
  return (
    <Link className="card card-body register-card" to={paths.register(card.register)}>
      <strong>{nameIn(card.name, language)}</strong>
      <span className={count === 0 ? "note" : "register-count"}>
        {count === null
          ? t("all.many")
          : count === 0
            ? t("all.none")
            : t("all.count", { count, lines: formatCount(count) })}
      </span>
      {last && (
        <span className="note">
          {t("all.last", { what: nameIn(last.title, language), at: recent(last.at) })}
          <br />
          {last.number}
        </span>
      )}
    </Link>
  );
}
