import { MOST_PLACEMENTS } from "@chancery/api/limits";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "../../session.ts";
import { boxOf, centreOn, keepOnPage, type Place, placeLowerRight, type SizeMm } from "../requests/placement.ts";
import { sealChoicesQuery } from "../seals/queries.ts";
import { useApply } from "./apply-context.ts";
import { type DraftDocument, findPlaced, type PlacedSeal } from "./draft.ts";
import { type PageAround, settleAt, type TextBox } from "./place-checks.ts";
import {
  type FoundWords,
  findFirstWords,
  listSealWords,
  type PagePlace,
  placeBeside,
  placeCentre,
  placeOnEveryPage,
  placeOnLastPage,
} from "./presets.ts";
import { checkQuery, runsQuery, type Seal, wordsQuery } from "./queries.ts";
import { listUnplaced } from "./steps.ts";

export type PlacePreset = "lower-right" | "centre" | "every-page";
export interface Placing {
  readonly seals: readonly Seal[] | undefined;
  readonly document: DraftDocument;
  readonly page: number;
  readonly paper: SizeMm;
  readonly selected: PlacedSeal | null;
  /** The seal that the next place is for. */
  readonly inHand: Seal | null;
  /** Words to set a seal at in the document shown, the likeliest first; undefined while they are looked for. */
  readonly words: readonly FoundWords[] | undefined;
  /** What stands around the chosen seal on the page shown. */
  readonly around: PageAround;
  /** Where the seal in hand would stand at these words, on the page shown. */
  readonly placeAt: (words: FoundWords) => Place | null;
  readonly findSeal: (sealId: string) => Seal | undefined;
  readonly show: (documentId: string, page: number, key?: string | null) => void;
  readonly select: (key: string | null) => void;
  /** Takes a seal in hand and, where the document has none of it yet, sets it at the likeliest place. */
  readonly take: (seal: Seal) => void;
  /** The place that is chosen next has to get the focus, because what was pressed for it goes away. */
  readonly focusNext: RefObject<boolean>;
  readonly putAt: (point: { readonly x: number; readonly y: number }) => void;
  readonly putAtWords: (words: FoundWords) => void;
  readonly putPreset: (preset: PlacePreset) => void;
  readonly addAnother: () => void;
  readonly putOnOthers: () => void;
  readonly move: (to: Partial<Place & { readonly page: number }>, mark?: string) => void;
  readonly nudge: (dx: number, dy: number) => void;
  readonly remove: (key: string) => void;
  /** Documents beside the one shown on which nothing stands yet. */
  readonly others: readonly DraftDocument[];
}

const NO_WORDS: readonly FoundWords[] = [];
const NO_TEXT: readonly TextBox[] = [];
const A4: SizeMm = { widthMm: 210, heightMm: 297 };

/** Where the reader is on the documents, what he has chosen there, and everything he can do to a seal. */
export function usePlacing(first: DraftDocument): Placing {
  const { draft, store, saved, opened } = useApply();
  const session = useSession();
  const queries = useQueryClient();
  const [spot, setSpot] = useState<{ documentId: string; page: number } | null>(null);
  const [key, setKey] = useState<string | null>(null);
  const [handId, setHandId] = useState<string | null>(null);
  const focusNext = useRef(false);
  const { entityId, joint } = draft.facts;
  const { data: allSeals } = useQuery(sealChoicesQuery);
  const seals = useMemo(
    () => allSeals?.items.filter((seal) => [entityId, joint?.entityId].includes(seal.entity.entityId)),
    [allSeals, entityId, joint?.entityId],
  );
  const check = useQuery({ ...checkQuery(saved?.requestId ?? "", saved?.version ?? 0), enabled: saved !== null });
  const findSeal = useCallback((sealId: string) => allSeals?.items.find((seal) => seal.sealId === sealId), [allSeals]);

  const document = draft.documents.find((one) => one.file.documentId === spot?.documentId) ?? first;
  const page = Math.min(
    spot?.documentId === document.file.documentId ? spot.page : firstPage(document),
    document.file.pages.length - 1,
  );
  const paper = document.file.pages[page] ?? A4;
  const found = findPlaced(draft, key);
  const selected =
    found?.document === document && found.placed.page === page
      ? found.placed
      : key === null && spot === null
        ? (document.placed.find((placed) => placed.page === page) ?? null)
        : null;
  const suggested = check.data?.suggestedSeals[0]?.sealId;
  const inHand = findSeal(selected?.sealId ?? handId ?? document.placed[0]?.sealId ?? suggested ?? "") ?? null;
  const words = useWords(
    draft.documents,
    session.entities.find((one) => one.entityId === draft.facts.entityId)?.name.zh,
  );
  const own = words.get(document.file.documentId);

  const show = useCallback(
    (documentId: string, to: number, chosen: string | null = null) => {
      setSpot({ documentId, page: to });
      setKey(chosen);
      // The seal that was chosen last is the one in hand, also where no place of it is shown.
      const sealId = findPlaced(store.read().draft, chosen)?.placed.sealId;
      if (sealId !== undefined) setHandId(sealId);
    },
    [store],
  );
  /** Adds places and chooses the first of them; its key is known before it is there. */
  const put = (on: DraftDocument, seal: Seal, places: readonly PagePlace[]): void => {
    const [target] = places;
    if (!target || on.placed.length + places.length > MOST_PLACEMENTS) return;
    const next = `p${store.read().draft.nextKey}`;
    store.change({
      type: "place",
      documentId: on.file.documentId,
      places: places.map(({ page: at, xMm, yMm }) => ({ sealId: seal.sealId, page: at, xMm, yMm })),
    });
    setHandId(seal.sealId);
    show(on.file.documentId, target.page, next);
  };
  const { data: runs } = useQuery(
    runsQuery(document.file.documentId, page, opened[document.file.documentId]?.opened ?? null),
  );
  const onPage = document.placed.filter((placed) => placed.page === page);
  const aroundOn = (on: DraftDocument, at: number, lines: readonly TextBox[], but: string | null): PageAround => ({
    page: on.file.pages[at] ?? A4,
    runs: lines,
    block: (words.get(on.file.documentId)?.block ?? NO_WORDS).filter((one) => one.page === at).map((one) => one.box),
    others: on.placed
      .filter((placed) => placed.page === at && placed.key !== but)
      .flatMap((placed) => {
        const other = findSeal(placed.sealId);
        return other ? [{ key: placed.key, ...boxOf(placed, other) }] : [];
      }),
  });
  const around = aroundOn(document, page, runs ?? NO_TEXT, selected?.key ?? null);
  // Where the chosen seal itself stands makes no difference to where it would go: while it is moved nothing is worked out.
  const beside = JSON.stringify([around.others, around.block, inHand?.sealId]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `beside` says all that `around` and the seal change by
  const settled = useMemo(
    () =>
      new Map(
        inHand
          ? (own?.choices ?? NO_WORDS)
              .filter((at) => at.page === page)
              .map((at) => [at, settleAt(at.box, inHand, around)] as const)
          : [],
      ),
    [own?.choices, page, runs, beside],
  );
  /** At words of any page, with the lines of that page read first: the seal keeps off the clauses beside them. */
  const settle = async (on: DraftDocument, seal: SizeMm, at: FoundWords, but: string | null): Promise<PagePlace> => {
    const { documentId } = on.file;
    const reader = opened[documentId]?.opened;
    const lines = reader
      ? await queries.ensureQueryData(runsQuery(documentId, at.page, reader)).catch(() => NO_TEXT)
      : NO_TEXT;
    return { page: at.page, ...settleAt(at.box, seal, aroundOn(on, at.page, lines, but)) };
  };
  const moveOrPut = (place: Place, at = page): void => {
    if (selected) {
      store.change({ type: "move", key: selected.key, to: { ...place, page: at } });
      show(document.file.documentId, at, selected.key);
    } else if (inHand) put(document, inHand, [{ page: at, ...place }]);
  };
  const firstPlaceOn = async (on: DraftDocument, seal: Seal): Promise<PagePlace> => {
    const at = findFirstWords(on.file.pages, words.get(on.file.documentId)?.choices ?? NO_WORDS);
    const place = at ? await settle(on, seal, at, null) : placeOnLastPage(seal, on.file.pages);
    const taken = on.placed.filter((placed) => placed.page === place.page);
    return { page: place.page, ...placeBeside(place, seal, on.file.pages[place.page] ?? A4, taken) };
  };
  const others = listUnplaced(draft).filter((one) => one !== document);

  // A place that was taken back leaves nothing chosen.
  useEffect(() => {
    if (key !== null && !found) setKey(null);
  }, [key, found]);

  return {
    seals,
    document,
    page,
    paper,
    selected,
    inHand,
    words: own ? own.choices : undefined,
    around,
    placeAt: (at) => settled.get(at) ?? null,
    findSeal,
    show,
    select: (chosen) => show(document.file.documentId, page, chosen),
    focusNext,
    take: (seal) => {
      focusNext.current = true;
      setHandId(seal.sealId);
      const there = document.placed.find((placed) => placed.sealId === seal.sealId);
      if (there) show(document.file.documentId, there.page, there.key);
      else void firstPlaceOn(document, seal).then((place) => put(document, seal, [place]));
    },
    putAt: (point) => {
      const seal = findSeal(selected?.sealId ?? inHand?.sealId ?? "");
      if (seal) moveOrPut(centreOn(point, seal, paper));
    },
    putAtWords: (at) => {
      if (inHand)
        void settle(document, inHand, at, selected?.key ?? null).then(({ page: to, ...place }) => moveOrPut(place, to));
    },
    putPreset: (preset) => {
      if (!inHand) return;
      const { pages } = document.file;
      if (preset === "centre") moveOrPut(placeCentre(inHand, paper));
      else if (preset === "lower-right") moveOrPut(placeLowerRight(inHand, paper));
      else put(document, inHand, placeOnEveryPage(inHand, pages, document.placed) ?? []);
    },
    addAnother: () => {
      if (!inHand) return;
      const from = selected ?? placeLowerRight(inHand, paper);
      put(document, inHand, [{ page, ...placeBeside(from, inHand, paper, onPage) }]);
    },
    putOnOthers: () => {
      if (!inHand) return;
      for (const on of others)
        void firstPlaceOn(on, inHand).then((place) =>
          store.change({
            type: "place",
            documentId: on.file.documentId,
            places: [{ sealId: inHand.sealId, ...place }],
          }),
        );
    },
    move: (to, mark) => {
      if (!selected) return;
      store.change({ type: "move", key: selected.key, to, ...(mark === undefined ? {} : { mark }) });
      if (to.page !== undefined) show(document.file.documentId, to.page, selected.key);
    },
    nudge: (dx, dy) => {
      const seal = selected && findSeal(selected.sealId);
      if (!selected || !seal) return;
      const to = keepOnPage({ xMm: selected.xMm + dx, yMm: selected.yMm + dy }, seal, paper);
      store.change({ type: "move", key: selected.key, to, mark: `keys ${selected.key}` });
    },
    remove: (gone) => store.change({ type: "remove-place", key: gone }),
    others,
  };
}

/** Opened without a place: where its first seal stands, else the last page, where contracts are sealed. */
function firstPage(document: DraftDocument): number {
  return document.placed[0]?.page ?? document.file.pages.length - 1;
}

type Found = { readonly data?: { readonly places: readonly FoundWords[] } | undefined; readonly isError: boolean };

/** What was found so far; null while it is looked for. What could not be searched has nothing. */
function listFound(results: readonly Found[]): readonly (readonly FoundWords[] | null)[] {
  return results.map((result) => result.data?.places ?? (result.isError ? NO_WORDS : null));
}

/** For every document: where a seal is likely to go, and what it may lie on. */
function useWords(
  documents: readonly DraftDocument[],
  ownName: string | undefined,
): ReadonlyMap<string, { readonly choices: readonly FoundWords[]; readonly block: readonly FoundWords[] }> {
  const ids = documents.map((document) => document.file.documentId).join(" ");
  const each = ids === "" ? [] : ids.split(" ");
  const found = useQueries({ queries: each.map((id) => wordsQuery(id)), combine: listFound });
  const names = useQueries({
    queries: each.map((id) => ({ ...wordsQuery(id, ownName), enabled: ownName !== undefined })),
    combine: listFound,
  });
  return useMemo(() => {
    const entries = ids.split(" ").flatMap((id, at) => {
      const words = found[at];
      const own = ownName === undefined ? NO_WORDS : names[at];
      return words && own ? [[id, { choices: listSealWords(words, own), block: [...words, ...own] }] as const] : [];
    });
    return new Map(entries);
  }, [ids, found, names, ownName]);
}
