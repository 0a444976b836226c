import AimOutlined from "@ant-design/icons/AimOutlined";
import PlusOutlined from "@ant-design/icons/PlusOutlined";
import { MOST_PLACEMENTS } from "@chancery/api/limits";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type FormEvent, type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Field } from "../../parts/field.tsx";
import { TextInput } from "../../parts/text-input.tsx";
import { type Place, placeLowerRight, readMm, toTenth } from "../requests/placement.ts";
import { placeCentre, placeOnEveryPage } from "./presets.ts";
import { wordsQuery } from "./queries.ts";
import type { PlacePreset, Placing } from "./use-placing.ts";

/** The place in figures, and places by a click: at words of the document, lower right, in the middle. */
export function PlaceFields(props: { placing: Placing }): ReactElement {
  const { placing } = props;
  const t = useText("apply");
  const language = useLanguage();
  const { selected, inHand, document, words, page, paper } = placing;
  const isAt = (place: Place | null): boolean =>
    place !== null && selected?.xMm === place.xMm && selected.yMm === place.yMm;
  const every = inHand ? placeOnEveryPage(inHand, document.file.pages, document.placed) : undefined;
  const presets: readonly (readonly [PlacePreset, boolean, boolean])[] = [
    ["lower-right", isAt(inHand && placeLowerRight(inHand, paper)), true],
    ["centre", isAt(inHand && placeCentre(inHand, paper)), true],
    ["every-page", false, document.file.pages.length > 1 && every !== undefined && every.length > 0],
  ];
  return (
    <section className="place-fields" aria-labelledby="apply-place">
      <h3 id="apply-place">
        {selected ? t("place.title") : t("place.titleNew", { name: inHand ? nameIn(inHand.name, language) : "" })}
      </h3>
      {selected && (
        <div className="place-figures">
          <MmField
            label={t("place.x")}
            value={selected.xMm}
            most={paper.widthMm - 1}
            onTyped={(xMm) => placing.move({ xMm })}
          />
          <MmField
            label={t("place.y")}
            value={selected.yMm}
            most={paper.heightMm - 1}
            onTyped={(yMm) => placing.move({ yMm })}
          />
          <PageField placing={placing} key={`${document.file.documentId} ${page}`} />
        </div>
      )}
      <ul className="place-presets" aria-label={t("place.presets")}>
        {words?.map((one) => (
          <li key={`${one.page} ${one.box.x} ${one.box.y}`}>
            <Button
              size="small"
              icon={<AimOutlined aria-hidden />}
              aria-pressed={isAt(placing.placeAt(one))}
              onClick={() => placing.putAtWords(one)}
            >
              {document.file.pages.length > 1
                ? t("place.atWordsOnPage", { text: shorten(one.text), page: one.page + 1 })
                : t("place.atWords", { text: shorten(one.text) })}
            </Button>
          </li>
        ))}
        {presets.map(
          ([preset, isThere, shown]) =>
            shown && (
              <li key={preset}>
                <Button size="small" aria-pressed={isThere} onClick={() => placing.putPreset(preset)}>
                  {t(`place.preset.${preset}`)}
                </Button>
              </li>
            ),
        )}
      </ul>
      <WordSearch placing={placing} key={document.file.documentId} />
      <div className="row">
        {selected && inHand && (
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            disabled={document.placed.length >= MOST_PLACEMENTS}
            onClick={placing.addAnother}
          >
            {t("place.another", { name: nameIn(inHand.name, language) })}
          </Button>
        )}
        {selected && (
          <Button size="small" onClick={() => placing.remove(selected.key)}>
            {t("place.remove")}
          </Button>
        )}
      </div>
      <p className="note small">{t("place.withoutDragging")}</p>
    </section>
  );
}

/**
 * Millimetres as typed; taken as soon as they are a number, shown to the tenth once the field is left. More than the page
 * is long would only take the seal out of sight.
 */
function MmField(props: { label: string; value: number; most: number; onTyped: (mm: number) => void }): ReactElement {
  const t = useText("apply");
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? props.value.toFixed(1);
  return (
    <Field
      label={props.label}
      problem={typed !== null && readMm(typed) === undefined ? t("place.noNumber") : undefined}
    >
      {(control) => (
        <span className="with-unit">
          <TextInput
            {...control}
            inputMode="decimal"
            value={shown}
            onFocus={(event) => event.target.select()}
            onChange={(event) => {
              setTyped(event.target.value);
              const mm = readMm(event.target.value);
              if (mm !== undefined) props.onTyped(toTenth(Math.min(mm, props.most)));
            }}
            onBlur={() => setTyped(null)}
          />
          <span aria-hidden>{t("place.unit")}</span>
        </span>
      )}
    </Field>
  );
}

function PageField(props: { placing: Placing }): ReactElement {
  const { placing } = props;
  const t = useText("apply");
  const total = placing.document.file.pages.length;
  const [typed, setTyped] = useState<string | null>(null);
  const take = (): void => {
    const page = Number(typed) - 1;
    if (typed !== null && Number.isInteger(page) && page >= 0 && page < total && page !== placing.page)
      placing.move({ page });
    setTyped(null);
  };
  return (
    <Field label={t("place.page")}>
      {(control) => (
        <span className="with-unit">
          <TextInput
            {...control}
            inputMode="numeric"
            value={typed ?? String(placing.page + 1)}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={take}
            onKeyDown={(event) => event.key === "Enter" && take()}
          />
          <span>{t("place.ofPages", { total })}</span>
        </span>
      )}
    </Field>
  );
}

/** Any words of the document to set the seal at: the last place of them first. */
function WordSearch(props: { placing: Placing }): ReactElement {
  const { placing } = props;
  const t = useText("apply");
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const found = useQuery({
    ...wordsQuery(placing.document.file.documentId, asked),
    enabled: asked !== "",
  });
  const places = asked === "" ? undefined : found.data?.places;
  const ask = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(typed.trim());
  };
  return (
    <details className="word-search">
      <summary>{t("place.byWords")}</summary>
      <form onSubmit={ask} className="row">
        <TextInput
          type="search"
          aria-label={t("place.wordsLabel")}
          placeholder={t("place.wordsHint")}
          maxLength={100}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button htmlType="submit" loading={found.isFetching} disabled={typed.trim() === ""}>
          {t("place.find")}
        </Button>
      </form>
      <div aria-live="polite">
        {found.error && <p className="note small">{t("place.notSearched")}</p>}
        {places?.length === 0 && <p className="note small">{t("place.notFound", { text: asked })}</p>}
        {places && places.length > 0 && (
          <ul className="place-presets">
            {places
              .toReversed()
              .slice(0, 6)
              .map((one) => (
                <li key={`${one.page} ${one.box.x} ${one.box.y}`}>
                  <Button size="small" onClick={() => placing.putAtWords(one)}>
                    {t("place.atWordsOnPage", { text: shorten(one.text), page: one.page + 1 })}
                  </Button>
                </li>
              ))}
          </ul>
        )}
      </div>
    </details>
  );
}

function shorten(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
