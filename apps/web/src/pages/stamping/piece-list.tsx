import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { mayUse, useSession } from "../../session.ts";
import { OpeningLines } from "../custody/opening-lines.tsx";
import { BringOut, LockAway } from "../custody/piece-acts.tsx";
import { ownCustodyQuery, type PieceInCustody } from "../custody/queries.ts";
import type { StampingView } from "./queries.ts";

const isBroughtOutFor = (piece: PieceInCustody, requestId: string): boolean =>
  piece.stampings.some((one) => one.requestId === requestId && one.released);

/** What somebody wrote, as a sentence of its own. */
const endSentence = (text: string, language: "en" | "zh"): string =>
  /[.!?。！？]$/u.test(text) ? text : `${text}${language === "zh" ? "。" : "."}`;

/** The pieces that are pressed: in hand since when and until when, taken out and locked away from here. */
export function PieceList(props: { view: StampingView }): ReactElement {
  const { view } = props;
  const t = useText("stamping");
  const language = useLanguage();
  const recent = useRecent();
  const session = useSession();
  const { data: mine } = useQuery({ ...ownCustodyQuery, enabled: mayUse(session, "custody.read") });
  // What stands here is told of who stamps, whoever reads it.
  const stamper = view.opened?.by ?? session.person;
  const placeOf = (inHand: boolean): string =>
    stamper.personId === session.person.personId
      ? t(inHand ? "turn.inHand" : "turn.notInHand")
      : t(inHand ? "pieces.inHandOf" : "pieces.notInHandOf", { name: nameIn(stamper.name, language) });
  // Who holds the second lock opens from here as well.
  const openings = (mine?.openings ?? []).filter((one) => view.seals.some(({ sealId }) => sealId === one.seal.sealId));
  return (
    <section className="card" aria-labelledby="pieces-title">
      <header>
        <h2 id="pieces-title">{t("pieces.title")}</h2>
      </header>
      <ul className="rows">
        <OpeningLines openings={openings} />
        {view.pieces.map((piece) => {
          const kept = mine?.items.find((one) => one.bodyId === piece.bodyId);
          const seal = view.seals.find((one) => one.sealId === piece.sealId);
          return (
            <li key={piece.bodyId} className="rows-line">
              <span className="grow">
                {seal && nameIn(seal.name, language)} <span className="mono">{piece.number}</span>
                <br />
                <span className="note small">{placeOf(piece.inHand)}</span>
                {piece.putAway && (
                  <Message
                    tone="action"
                    title={t("pieces.putAway", {
                      ...{ at: recent(piece.putAway.at), open: piece.putAway.open, total: piece.putAway.total },
                      reason: endSentence(
                        [piece.putAway.reason, piece.putAway.matter].filter(Boolean).join(" "),
                        language,
                      ),
                    })}
                  />
                )}
              </span>
              {kept?.alarm && (
                <Tag tone="problem" sign="octagon">
                  {t("pieces.alarm")}
                </Tag>
              )}
              {kept?.sessionUntil && !kept.alarm && (
                <Tag tone="action" sign="clock">
                  {t("pieces.out", { at: recent(kept.sessionUntil) })}
                </Tag>
              )}
              {kept?.actions.includes("bring-out") && isBroughtOutFor(kept, view.requestId) && (
                <BringOut piece={kept} requestId={view.requestId} />
              )}
              {kept?.actions.includes("lock-away") && <LockAway piece={kept} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
