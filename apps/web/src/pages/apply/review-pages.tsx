import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { formatMm, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { faceOf, SealFace } from "../../parts/seal-face.tsx";
import { faceStateOf } from "../../parts/states.ts";
import type { OpenedDocument } from "../requests/pdf-document.ts";
import { PdfPage } from "../requests/pdf-page.tsx";
import { SealTallies } from "../requests/seal-tallies.tsx";
import { sealChoicesQuery } from "../seals/queries.ts";
import { seriesQuery } from "../series/queries.ts";
import { useApply } from "./apply-context.ts";
import { countPlaced, type DraftDocument, type PlacedSeal } from "./draft.ts";
import type { CheckResult, Seal } from "./queries.ts";

const WIDTH_PX = 168;
const HIGHEST_PX = 238;

/** What will be sealed where: every page that gets a seal, small, with the seals in their places. */
export function ReviewPages(props: { tallies: CheckResult["sealTallies"] }): ReactElement {
  const { draft, opened } = useApply();
  const t = useText("apply");
  const { data: seals } = useQuery(sealChoicesQuery);
  return (
    <section className="card" aria-labelledby="apply-review-pages">
      <header>
        <h2 id="apply-review-pages">{t("review.pages")}</h2>
        <span className="note small">
          {t("review.impressions", { count: countAll(props.tallies) ?? countPlaced(draft.documents) })}
        </span>
      </header>
      <SealTallies
        className="card-body"
        lines={props.tallies.flatMap((tally) => {
          const seal = seals?.items.find((one) => one.sealId === tally.sealId);
          return seal ? [{ ...tally, name: seal.name, settled: null }] : [];
        })}
      />
      {draft.facts.seriesId !== null && <EachGets seriesId={draft.facts.seriesId} />}
      {draft.documents.map((document) => (
        <ReviewDocument
          key={document.file.documentId}
          document={document}
          seals={seals?.items ?? []}
          opened={opened[document.file.documentId]?.opened ?? null}
        />
      ))}
    </section>
  );
}

/** Impressions on every document and copy; the draft places those of the first alone. */
const countAll = (tallies: CheckResult["sealTallies"]): number | undefined =>
  tallies.length === 0 ? undefined : tallies.reduce((sum, { authorised }) => sum + authorised, 0);

function EachGets(props: { seriesId: string }): ReactElement | null {
  const t = useText("series");
  const { data } = useQuery(seriesQuery(props.seriesId));
  return data ? <p className="card-body note">{t("eachGets", { count: data.total })}</p> : null;
}

function ReviewDocument(props: {
  document: DraftDocument;
  seals: readonly Seal[];
  opened: OpenedDocument | null;
}): ReactElement {
  const { document } = props;
  const t = useText("apply");
  const pages = [...new Set(document.placed.map((placed) => placed.page))].toSorted((a, b) => a - b);
  const answered = document.file.unfinished.filter((place) => (document.answers[place.placeId] ?? "").trim() !== "");
  return (
    <div className="card-body review-document">
      <h3>{document.file.name}</h3>
      {pages.length === 0 && <p className="note">{t("review.noSeal")}</p>}
      <ul className="review-pages">
        {pages.map((page) => (
          <li key={page}>
            <ReviewPage {...props} page={page} placed={document.placed.filter((placed) => placed.page === page)} />
          </li>
        ))}
      </ul>
      {answered.length > 0 && (
        <ul className="answered" aria-label={t("review.answers")}>
          {answered.map((place) => (
            <li key={place.placeId}>
              <span>{t("review.answered", { page: place.page + 1, text: place.text.trim() })}</span>
              <span className="note">
                {t("review.reason", { reason: document.answers[place.placeId]?.trim() ?? "" })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ReviewPage(props: {
  document: DraftDocument;
  page: number;
  placed: readonly PlacedSeal[];
  seals: readonly Seal[];
  opened: OpenedDocument | null;
}): ReactElement {
  const { document, page } = props;
  const t = useText("apply");
  const language = useLanguage();
  const size = document.file.pages[page] ?? { widthMm: 210, heightMm: 297 };
  const pxPerMm = Math.min(WIDTH_PX / size.widthMm, HIGHEST_PX / size.heightMm);
  const placed = props.placed.flatMap((one) => {
    const seal = props.seals.find((other) => other.sealId === one.sealId);
    return seal ? [{ ...one, seal }] : [];
  });
  return (
    <figure className="review-page">
      <PdfPage
        document={props.opened}
        page={page}
        total={document.file.pages.length}
        widthMm={size.widthMm}
        heightMm={size.heightMm}
        pxPerMm={pxPerMm}
        small
      >
        {placed.map(({ key, seal, xMm, yMm }) => (
          <span key={key} className="future-seal" style={{ left: xMm * pxPerMm, top: yMm * pxPerMm }}>
            <SealFace
              source={faceOf(seal.sealId)}
              name={seal.name}
              widthMm={seal.widthMm}
              heightMm={seal.heightMm}
              state={faceStateOf(seal.state)}
              pxPerMm={pxPerMm}
              onPaper
            />
          </span>
        ))}
      </PdfPage>
      <figcaption>
        <strong>{t("review.page", { page: page + 1, total: document.file.pages.length })}</strong>
        {placed.map(({ key, seal, xMm, yMm }) => (
          <span key={key} className="small">
            {nameIn(seal.name, language)}{" "}
            <span className="mono note">{t("placed.at", { x: formatMm(xMm), y: formatMm(yMm) })}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
