import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { useApply } from "./apply-context.ts";
import type { DraftDocument, UnfinishedPlace } from "./draft.ts";
import type { Placing } from "./use-placing.ts";

/** What is not filled in, each with its number on the page: a reason for it, or what else has to be done. */
export function UnfinishedList(props: { placing: Placing }): ReactElement | null {
  const { draft, goTo } = useApply();
  const t = useText("apply");
  const documents = draft.documents.filter((document) => document.file.unfinished.length > 0);
  if (documents.length === 0) return null;
  return (
    <section id="apply-unfinished" className="unfinished" aria-labelledby="apply-unfinished-title">
      <h3 id="apply-unfinished-title" tabIndex={-1}>
        {t("unfinished.title")}
      </h3>
      <p className="note small">{t("unfinished.why")}</p>
      {documents.map((document) => (
        <ol key={document.file.documentId} aria-label={document.file.name}>
          {draft.documents.length > 1 && <li className="note small unfinished-file">{document.file.name}</li>}
          {document.file.unfinished.map((place, index) => (
            <li key={place.placeId} className="unfinished-place">
              <PlaceHead document={document} place={place} number={index + 1} placing={props.placing} />
              {place.answerable ? (
                <AnswerField document={document} place={place} placing={props.placing} />
              ) : (
                <p className="small">
                  {t("unfinished.never")}{" "}
                  <button type="button" className="link-button" onClick={() => goTo("documents")}>
                    {t("unfinished.toDocuments")}
                  </button>
                </p>
              )}
            </li>
          ))}
        </ol>
      ))}
    </section>
  );
}

function PlaceHead(props: {
  document: DraftDocument;
  place: UnfinishedPlace;
  number: number;
  placing: Placing;
}): ReactElement {
  const { document, place, placing } = props;
  const t = useText("apply");
  const language = useLanguage();
  const answered = place.answerable && (document.answers[place.placeId] ?? "").trim() !== "";
  return (
    <div className="unfinished-head" data-answered={answered}>
      <SignIcon sign={answered ? "check" : place.answerable ? "warning" : "octagon"} />
      <div>
        <button
          type="button"
          className="link-button"
          onClick={() => placing.show(document.file.documentId, place.page)}
        >
          {t("unfinished.place", { number: props.number, page: place.page + 1 })}
        </button>{" "}
        <span>{place.sentence[language]}</span>
        {place.text.trim() !== "" && <q className="note small">{place.text.trim().slice(0, 80)}</q>}
      </div>
    </div>
  );
}

function AnswerField(props: { document: DraftDocument; place: UnfinishedPlace; placing: Placing }): ReactElement {
  const { document, place, placing } = props;
  const { store } = useApply();
  const t = useText("apply");
  return (
    <Field label={t("unfinished.reason")}>
      {(control) => (
        <TextInput
          {...control}
          maxLength={500}
          placeholder={t("unfinished.reasonHint")}
          value={document.answers[place.placeId] ?? ""}
          onFocus={() => placing.show(document.file.documentId, place.page)}
          onChange={(event) =>
            store.change({
              type: "answer",
              documentId: document.file.documentId,
              placeId: place.placeId,
              reason: event.target.value,
            })
          }
        />
      )}
    </Field>
  );
}
