import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import { paths } from "../../paths.ts";
import type { RequestDetail } from "./queries.ts";

type Objection = RequestDetail["objections"][number];
const wordsOf = ({ other, sameDocument }: Objection) => {
  if (other?.elsewhere) return other.requestId ? "objections.otherElsewhere" : "objections.closedElsewhere";
  if (other) return "objections.other";
  return sameDocument ? "objections.same" : "objections.changed";
};

/** What reviewers said against these documents and nobody has answered: who decides next reads it before anything else. */
export function ObjectionsCard(props: { request: RequestDetail }): ReactElement | null {
  const { objections } = props.request;
  const t = useText("requests");
  const language = useLanguage();
  const moment = useMoment();
  if (objections.length === 0) return null;
  return (
    <section className="stack stack-tight" aria-label={t("objections.title")}>
      {objections.map((one) => {
        const kind = one.title ? nameIn(one.title, language) : one.kind && t(`route.kinds.${one.kind}`);
        const name = one.by ? nameIn(one.by.name, language) : t("objections.somebody");
        return (
          <Message
            key={`${one.at} ${one.other?.number}`}
            tone="problem"
            title={
              kind === null
                ? t(`objections.elsewhere.${one.decision}`, { day: moment(one.at) })
                : t(`objections.${one.decision}`, { kind, name, at: moment(one.at) })
            }
          >
            {one.comment !== null && <p className="typed">{one.comment}</p>}
            <p className="note">
              {t(wordsOf(one))}{" "}
              {one.other?.requestId ? (
                <Link to={paths.request(one.other.requestId)}>{one.other.number}</Link>
              ) : (
                one.other?.number
              )}
            </p>
          </Message>
        );
      })}
    </section>
  );
}
