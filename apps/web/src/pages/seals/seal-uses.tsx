import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatCount } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RequestLine } from "../../parts/request-line.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { latestUsesQuery, type SealDetail } from "./queries.ts";

/** How often the seal was used, and the newest uses among those the reader may see. */
export function SealUses(props: { seal: SealDetail }): ReactElement {
  const { sealId, uses } = props.seal;
  const t = useText("seals");
  const { data, error, refetch } = useQuery(latestUsesQuery(sealId));
  return (
    <section className="card" aria-labelledby="uses-title">
      <header>
        <h2 id="uses-title">{t("uses.title")}</h2>
        {data && data.length > 0 && (
          <Link to={paths.requests} search={{ view: "all", sealId }}>
            {t("uses.all")}
          </Link>
        )}
      </header>
      <dl className="use-counts">
        <div>
          <dt>{t("uses.settled")}</dt>
          <dd>{formatCount(uses.settled)}</dd>
        </div>
        <div>
          <dt>{t("uses.reserved")}</dt>
          <dd>{formatCount(uses.reserved)}</dd>
        </div>
      </dl>
      <ErrorPanel error={error} onRetry={() => void refetch()} />
      {!data && !error && (
        <div className="card-body">
          <LinesSkeleton lines={2} />
        </div>
      )}
      {data?.length === 0 && (
        <p className="card-body note">{uses.settled + uses.reserved > 0 ? t("uses.notYours") : t("uses.none")}</p>
      )}
      {data && data.length > 0 && (
        <ul className="rows uses-rows">
          {data.map((request) => (
            <li key={request.requestId}>
              <RequestLine request={request} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
