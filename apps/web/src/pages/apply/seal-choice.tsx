import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { formatFaceSize, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { Message } from "../../parts/message.tsx";
import { faceOf, SealFace, Specimen } from "../../parts/seal-face.tsx";
import { FactTag, SignIcon, StateTag } from "../../parts/state-tag.tsx";
import { faceStateOf } from "../../parts/states.ts";
import { useClassName } from "../document-classes/queries.ts";
import type { Disagreement } from "../requests/facts-words.ts";
import { useApply } from "./apply-context.ts";
import { listSealIds } from "./draft.ts";
import { type CheckResult, checkQuery, type Seal } from "./queries.ts";
import type { Placing } from "./use-placing.ts";

/** All faces beside each other share one scale. */
const PX_PER_MM = 1.45;
type Verdict = CheckResult["seals"][number];

/** The class that a document was read as decides which seals fit, until a reviewer confirms the declared one. */
const isReadAsClass = ({ fact, stricter, ruling }: Disagreement): boolean =>
  fact === "class" && stricter === "read" && ruling?.ruling !== "declared";

/** What the documents were read as, by the side of a joint request that the seal belongs to; each reading once. */
function listReadAs(check: CheckResult | undefined, seal: Seal): Disagreement[] {
  const side = check?.otherSide?.entity.entityId === seal.entity.entityId ? check.otherSide : check;
  const found = (side?.facts.disagreements ?? []).filter(isReadAsClass);
  return [...new Map(found.map((one) => [`${one.declared} ${one.read}`, one])).values()];
}

/**
 * The seals of the entity as cards with their faces. The ones that fit the class stand first; one that does not says
 * why as soon as it is chosen, and names the one that does.
 */
export function SealChoice(props: { placing: Placing; headingId: string }): ReactElement {
  const { placing } = props;
  const { draft, saved, wishedSealId } = useApply();
  const t = useText("apply");
  const [asked, setAsked] = useState<string | null>(wishedSealId);
  const [changing, setChanging] = useState(false);
  // Counts what was asked for in vain: why not stands below the card, and is brought into view each time.
  const [refusedTimes, setRefusedTimes] = useState(0);
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusedTimes > 0) told.current?.scrollIntoView({ block: "nearest" });
  }, [refusedTimes]);
  const check = useQuery({ ...checkQuery(saved?.requestId ?? "", saved?.version ?? 0), enabled: saved !== null });
  const verdicts = [...(check.data?.seals ?? []), ...(check.data?.otherSide?.seals ?? [])];
  const verdictOf = (seal: Seal): Verdict | undefined => verdicts.find((one) => one.sealId === seal.sealId);
  const fits = (seal: Seal): boolean => verdictOf(seal)?.refusals.length === 0;
  // Of a joint request both sides have seals that fit.
  const suggestions = [...(check.data?.suggestedSeals ?? []), ...(check.data?.otherSide?.suggestedSeals ?? [])];
  const fitting = suggestions
    .map((seal) => seal.sealId)
    .toSorted((a, b) => Number(b === wishedSealId) - Number(a === wishedSealId));
  const rank = (seal: Seal): number => (fitting.indexOf(seal.sealId) + 1 || 1000) + (fits(seal) ? 0 : 1000);
  const usedIds = listSealIds(draft.documents);
  // One that will not come back is no choice; where it was chosen before, it stays to be seen, and why it does not fit.
  const isOffered = ({ sealId, state }: Seal): boolean =>
    faceStateOf(state) !== "ended" || usedIds.includes(sealId) || sealId === wishedSealId;
  const seals = (placing.seals ?? []).filter(isOffered).toSorted((a, b) => rank(a) - rank(b));
  const suggested = seals.find((seal) => seal.sealId === fitting[0]);
  const used = usedIds.flatMap((sealId) => placing.findSeal(sealId) ?? []);
  const wrong = [...used, ...seals.filter((seal) => seal.sealId === asked)].find(
    (seal, index, all) => all.indexOf(seal) === index && verdictOf(seal) && !fits(seal),
  );
  const rightOf = (seal: Seal): Seal | undefined =>
    seals.find((one) => fitting.includes(one.sealId) && one.entity.entityId === seal.entity.entityId);
  const current = placing.selected ? placing.findSeal(placing.selected.sealId) : undefined;
  const showsCards = current === undefined || changing;
  // The refusal stands where the choice is seen: with its card, else below the seal in hand.
  const refusal = wrong && (
    <WrongSeal
      seal={wrong}
      verdict={verdictOf(wrong)}
      right={rightOf(wrong)}
      readAs={listReadAs(check.data, wrong)}
      placed={used.includes(wrong)}
      onTaken={(right) => {
        setAsked(null);
        setChanging(false);
        if (used.includes(wrong)) placing.focusNext.current = true;
        else placing.take(right);
      }}
    />
  );
  const take = (seal: Seal): void => {
    const refused = verdictOf(seal) !== undefined && !fits(seal);
    setAsked(refused ? seal.sealId : null);
    if (refused) {
      setRefusedTimes((times) => times + 1);
      return;
    }
    setChanging(false);
    placing.take(seal);
  };
  return (
    <>
      <header className="seal-panel-head">
        <h2 id={props.headingId}>{current ? <SealTitle seal={current} /> : t("seals.title")}</h2>
        {current && <FactTag>{current.number}</FactTag>}
        {current && <StateTag kind="seal" state={current.state} />}
      </header>
      <div className="seal-choice">
        {current && <Picked seal={current} verdict={verdictOf(current)} />}
        {!(showsCards && wrong && seals.includes(wrong)) && <div aria-live="assertive">{refusal}</div>}
        {current && !changing && seals.length > 1 && (
          <Button size="small" onClick={() => setChanging(true)}>
            {t("seals.other")}
          </Button>
        )}
        {showsCards && placing.seals && (
          <ul className="seal-options" aria-label={t("seals.label")}>
            {seals.map((seal) => (
              <li key={seal.sealId}>
                <SealOption
                  seal={seal}
                  verdict={verdictOf(seal)}
                  suggested={seal === suggested}
                  ofEntity={draft.facts.joint !== null}
                  onTake={() => take(seal)}
                />
                <div ref={seal === wrong ? told : null} aria-live="assertive">
                  {seal === wrong && refusal}
                </div>
              </li>
            ))}
          </ul>
        )}
        {placing.seals && seals.length === 0 && <p className="note">{t("seals.none")}</p>}
      </div>
    </>
  );
}

function SealTitle(props: { seal: Seal }): ReactElement {
  const language = useLanguage();
  return <>{nameIn(props.seal.name, language)}</>;
}

/** The face in hand with the reason why it is the right one. */
function Picked(props: { seal: Seal; verdict: Verdict | undefined }): ReactElement {
  const { seal, verdict } = props;
  const { draft } = useApply();
  const t = useText("apply");
  const word = useWord();
  const className = useClassName();
  const { documentClass, external } = draft.facts;
  return (
    <div className="seal-picked">
      <Specimen>
        <SealFace
          source={faceOf(seal.sealId)}
          name={seal.name}
          widthMm={seal.widthMm}
          heightMm={seal.heightMm}
          state={faceStateOf(seal.state)}
          pxPerMm={PX_PER_MM}
        />
      </Specimen>
      <p className="small">
        {verdict?.refusals.length === 0 && documentClass
          ? t("seals.fitsWhy", {
              documentClass: className(documentClass),
              reach: word("fact", external ? "external" : "internal"),
            })
          : t("seals.size")}
        <span className="note login">{formatFaceSize(seal.widthMm, seal.heightMm)}</span>
      </p>
    </div>
  );
}

function SealOption(props: {
  seal: Seal;
  verdict: Verdict | undefined;
  suggested: boolean;
  /** Whether it is told whose it is, because two entities seal. */
  ofEntity: boolean;
  onTake: () => void;
}): ReactElement {
  const { seal, verdict } = props;
  const t = useText("apply");
  const language = useLanguage();
  const fits = verdict?.refusals.length === 0;
  const rules = [...new Set((verdict?.refusals ?? []).flatMap((refusal) => refusal.rule ?? []))].join(", ");
  return (
    <button type="button" className="seal-option" data-fits={verdict ? fits : undefined} onClick={props.onTake}>
      <span className="seal-option-face">
        <SealFace
          source={faceOf(seal.sealId)}
          name={seal.name}
          widthMm={seal.widthMm}
          heightMm={seal.heightMm}
          state={faceStateOf(seal.state)}
          pxPerMm={PX_PER_MM}
        />
      </span>
      <span className="seal-option-text">
        <span className="small mono">{seal.number}</span>
        <strong>
          <BothNames name={seal.name} stacked />
        </strong>
        {props.ofEntity && <span className="note small">{nameIn(seal.entity.name, language)}</span>}
        {verdict && (
          <span className="seal-option-verdict small">
            <SignIcon sign={fits ? "check" : "octagon"} />
            {props.suggested
              ? t("seals.suggested")
              : fits
                ? t("seals.fits")
                : rules
                  ? t("seals.doesNotFitRule", { rules })
                  : t("seals.doesNotFit")}
          </span>
        )}
      </span>
    </button>
  );
}

/** The refusal at once: what is not possible, the rule, and the right seal by one click. */
function WrongSeal(props: {
  seal: Seal;
  verdict: Verdict | undefined;
  right: Seal | undefined;
  readAs: readonly Disagreement[];
  placed: boolean;
  onTaken: (right: Seal) => void;
}): ReactElement {
  const { seal, verdict, right, readAs, placed } = props;
  const { store } = useApply();
  const t = useText("apply");
  const className = useClassName();
  const language = useLanguage();
  // Several rules may say the same in the same words.
  const refusals = [...new Map((verdict?.refusals ?? []).map((one) => [one.sentence[language], one])).values()];
  const [first, ...others] = refusals;
  return (
    <Message
      tone="problem"
      title={first?.sentence[language] ?? ""}
      {...(right
        ? {
            action: (
              <Button
                size="small"
                onClick={() => {
                  if (placed)
                    store.change({ type: "swap-seal", from: seal.sealId, to: right.sealId, sizes: [seal, right] });
                  props.onTaken(right);
                }}
              >
                {t("seals.takeRight", { name: nameIn(right.name, language) })}
              </Button>
            ),
          }
        : {})}
    >
      <p>
        {right
          ? t("seals.rightOne", { name: nameIn(right.name, language), number: right.number })
          : (first?.wayOut?.[language] ?? t("seals.noRightOne"))}
      </p>
      {others.length > 0 && (
        <>
          <p>{t("seals.otherRules", { count: others.length })}</p>
          <ul className="why-list small">
            {others.map(({ sentence }) => (
              <li key={sentence.en}>{sentence[language]}</li>
            ))}
          </ul>
        </>
      )}
      {readAs.map((one) => (
        <p key={`${one.declared} ${one.read}`}>
          {t("seals.readAs", { read: className(one.read), declared: className(one.declared) })}
        </p>
      ))}
    </Message>
  );
}
