import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useEffect, useRef } from "react";
import { formatNames, nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { StateTag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { matterQuery } from "../matters/queries.ts";

/** The seal is asked for: which matter it is, and whom it waits for. */
export function RegisterResult(props: { matterId: string; onAnother: () => void }): ReactElement {
  const { matterId } = props;
  const t = useText("seals");
  const language = useLanguage();
  const { data: matter } = useQuery(matterQuery(matterId));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const names = formatNames(matter?.waitingFor.map((person) => nameIn(person.name, language)) ?? [], language);
  return (
    <section className="card register-result" aria-labelledby="result-title">
      <div className="card-body stack">
        <h2 id="result-title" ref={heading} tabIndex={-1}>
          {t("new.result.title")}
        </h2>
        {matter ? (
          <>
            <p className="row">
              <strong>{sayHalf(matter.title, language)}</strong>
              <StateTag kind="matter" state={matter.state} />
            </p>
            <p>{t("new.result.waits", { names })}</p>
          </>
        ) : (
          <LinesSkeleton lines={2} />
        )}
        <div className="row">
          <Link className="button-link button-link-primary" to={paths.matter(matterId)}>
            {t("new.result.open", { number: matter?.number ?? "" })}
          </Link>
          <Button onClick={props.onAnother}>{t("new.result.another")}</Button>
        </div>
      </div>
    </section>
  );
}
