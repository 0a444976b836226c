import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { useFieldName } from "../templates/use-field-name.ts";
import { type ComparedPlace, isSameWords, listComparedPlaces } from "./compared-places.ts";
import { FilledValues } from "./filled-values.tsx";
import { comparisonQuery, type RequestDetail, type RequestDocument } from "./queries.ts";
import "../templates/templates.css";

const ComparedPages = lazy(async () => ({ default: (await import("./compared-pages.tsx")).ComparedPages }));

type Followed = RequestDetail["facts"]["templates"][number];

/** Each document beside the template it follows, or is a changed copy of. */
export function ComparisonCards(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  return (
    <>
      {request.facts.templates.map((template) => {
        const document = request.documentList.find((one) => one.documentId === template.documentId);
        return (
          document && (
            <ComparisonCard key={template.documentId} request={request} template={template} document={document} />
          )
        );
      })}
    </>
  );
}

function ComparisonCard(props: {
  request: RequestDetail;
  template: Followed;
  document: RequestDocument;
}): ReactElement {
  const { request, template, document } = props;
  const { name, number, verdict, fields, differences, layout, toRead } = template;
  const t = useText("templates");
  const language = useLanguage();
  const isChanged = verdict === "changed";
  const [shown, setShown] = useState(isChanged);
  const title = `compare-${document.documentId}`;
  return (
    <section className="card" aria-labelledby={title}>
      <header>
        <h2 id={title}>
          <Link to={paths.template(template.versionId)}>
            {t("compare.title", { name: nameIn(name, language), number })}
          </Link>
        </h2>
        <Tag tone={isChanged ? "warning" : "success"} sign={isChanged ? "warning" : "check"}>
          {t(toRead ? "compare.toRead" : `compare.${verdict}`)}
        </Tag>
      </header>
      <div className="card-body stack">
        <p>
          <strong>
            {toRead
              ? t("compare.toReadWhy", { count: differences })
              : isChanged
                ? t("compare.differs", { count: differences })
                : verdict === "same"
                  ? t("compare.sameWhy")
                  : t("compare.filled", { count: fields })}
          </strong>{" "}
          {layout > 0 && <span>{t("compare.ofLayout", { count: layout })} </span>}
          <span className="note">{document.name}</span>
        </p>
        <FilledValues values={template.values} />
        {shown ? (
          <Compared request={request} document={document} versionId={template.versionId} />
        ) : (
          verdict === "same-but-fields" && (
            <div>
              <Button onClick={() => setShown(true)}>{t("compare.open")}</Button>
            </div>
          )
        )}
      </div>
    </section>
  );
}

function Compared(props: { request: RequestDetail; document: RequestDocument; versionId: string }): ReactElement {
  const { request, document, versionId } = props;
  const t = useText("templates");
  const [at, setAt] = useState(0);
  const query = useQuery(comparisonQuery(request.requestId, document.documentId));
  const { data, error } = query;
  if (error) return <ErrorPanel error={error} onRetry={() => void query.refetch()} />;
  if (!data) return <LinesSkeleton lines={4} />;
  if (!data.compared) return <Message tone="warning" title={t("compare.notCompared")} />;
  const places = listComparedPlaces(data);
  const place = places[Math.min(at, places.length - 1)];
  return (
    <div className="stack">
      {data.differences.length + places.length > 0 && (
        <ol
          className="compare-list"
          aria-label={t(places.some((one) => one.kind !== "filled") ? "compare.list" : "compare.fields")}
        >
          {places.map((one, index) => (
            <li key={one.key}>
              <button
                type="button"
                className="compare-place"
                aria-current={one === place ? "true" : undefined}
                onClick={() => setAt(index)}
              >
                <PlaceWords place={one} />
              </button>
            </li>
          ))}
        </ol>
      )}
      {place && (
        <>
          {places.length > 1 && (
            <div className="row">
              <Button disabled={at === 0} onClick={() => setAt(at - 1)}>
                {t("compare.before")}
              </Button>
              <span aria-live="polite">{t("compare.at", { at: at + 1, total: places.length })}</span>
              <Button disabled={at >= places.length - 1} onClick={() => setAt(at + 1)}>
                {t("compare.next")}
              </Button>
            </div>
          )}
          <Suspense fallback={<LinesSkeleton lines={8} />}>
            <ComparedPages document={document} versionId={versionId} templatePages={data.templatePages} place={place} />
          </Suspense>
        </>
      )}
    </div>
  );
}

/** What was there and what is there now; words that went and came are marked, and said for those who do not see it. */
function PlaceWords(props: { place: ComparedPlace }): ReactElement {
  const { kind, was, is, before, after, field, lookAlike } = props.place;
  const t = useText("templates");
  const fieldName = useFieldName();
  const name = field ? fieldName(field.name) : "";
  const isSame = kind === "filled" || isSameWords(props.place);
  return (
    <>
      <span className="compare-kind">
        {kind === "filled"
          ? name
          : t(field?.fault === "to-read" ? "compare.toReadPlace" : `compare.kinds.${kind}`, { name })}
        {kind !== "filled" && isSame && <span className="note"> {t("compare.sameWords")}</span>}
        {field?.fault && field.fault !== "to-read" && (
          <span className="note"> {t(`compare.faults.${field.fault}`)}</span>
        )}
      </span>
      {(was !== "" || is !== "") && (
        <span className="compare-words">
          {before !== "" && <span className="note">…{before} </span>}
          {was !== "" && !isSame && (
            <del>
              <span className="unseen">{t("compare.was")}</span>
              {was}
            </del>
          )}
          {is !== "" &&
            (isSame ? (
              is
            ) : (
              <>
                {was !== "" && " "}
                <ins>
                  <span className="unseen">{t("compare.is")}</span>
                  {is}
                </ins>
              </>
            ))}
          {after !== "" && <span className="note"> {after}…</span>}
        </span>
      )}
      {lookAlike && <span className="note small">{t("compare.lookAlike")}</span>}
    </>
  );
}
