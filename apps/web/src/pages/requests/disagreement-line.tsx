import type { ReactElement, ReactNode } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useWord } from "../../i18n/use-word.ts";
import { type Disagreement, useFactWords } from "./facts-words.ts";
import "./said.css";

/** One thing that application and document say differently: both words, where it stands, and which of them decides. */
export function DisagreementLine(props: {
  disagreement: Disagreement;
  /** Said where what was declared is the stricter. */
  declaredDecides: string;
  /** The document's name, where there are several. */
  file: string | null;
  children?: ReactNode;
}): ReactElement {
  const { fact, declared, read, page, text, stricter, ruling, together } = props.disagreement;
  // Once a reviewer confirmed the application, the document's word decides nothing any more.
  const readDecides = stricter === "read" && ruling?.ruling !== "declared";
  const isUnfound = stricter === "declared" && read === "";
  // Neither word decides: a reviewer has to say what is so.
  const toSettleOnly = findNote(fact, read);
  const t = useText("templates");
  const say = useFactWords();
  const word = useWord();
  if (fact === "unread" || fact === "language" || fact === "paper") {
    const where = { file: props.file ?? "", pages: read, page: page + 1, text };
    const [alone, among] = (
      {
        unread: ["pictures", "picturesIn"],
        language: ["where", "whereIn"],
        paper: ["unsaid", "unsaid"],
      } as const
    )[fact];
    return (
      <li className="said">
        <strong>{t(`said.${fact}`)}</strong>
        <p className="said-unread">{t(`said.${props.file === null ? alone : among}`, where)}</p>
        <p className="note small">
          {t(`said.${fact}What`, { name: fact === "paper" ? word("attachments", read) : "" })}
        </p>
        {props.children}
      </li>
    );
  }
  if (fact === "shown")
    return (
      <li className="said">
        <strong>{t("said.shown")}</strong>
        <ul className="said-unread">
          {listKinds(read).map((kind) => (
            <li key={kind}>
              {props.file === null
                ? t(`said.shows.${kind}`, { page: page + 1 })
                : t("said.inFile", { file: props.file, said: t(`said.shows.${kind}`, { page: page + 1 }) })}
            </li>
          ))}
        </ul>
        {text !== "" && <p className="note small">{t("said.unseenText", { text })}</p>}
        <p className="note small">{t("said.shownWhat")}</p>
        {props.children}
      </li>
    );
  return (
    <li className="said">
      <strong>{t(`said.${fact}`)}</strong>
      <dl className="facts said-both">
        <dt>{t("said.declared")}</dt>
        <dd data-decides={!readDecides}>{say(fact, declared)}</dd>
        <dt>{together === null ? t("said.read") : t("said.together", { count: together })}</dt>
        <dd data-decides={readDecides}>
          {isUnfound ? t(fact === "amount" ? "said.noAmount" : "said.noCounterparty") : say(fact, read)}
          {text !== "" && (
            <span className="note small said-where">
              {props.file === null
                ? t("said.where", { page: page + 1, text })
                : t("said.whereIn", { file: props.file, page: page + 1, text })}
            </span>
          )}
        </dd>
      </dl>
      {isUnfound && <p className="note small">{t("said.onlyDeclared")}</p>}
      {toSettleOnly !== null && <p className="note small">{t(toSettleOnly)}</p>}
      {!isUnfound && toSettleOnly === null && (stricter === "declared" || readDecides) && (
        <p className="note small">
          {!readDecides
            ? props.declaredDecides
            : t(fact === "class" && read === "other" ? "said.unknownDecides" : "said.stricterRead")}
        </p>
      )}
      {props.children}
    </li>
  );
}

/** What a reviewer has to say of it, where neither word decides. */
function findNote(fact: Disagreement["fact"], read: string) {
  if (fact === "entity") return "said.entityWhat";
  if (fact !== "amount") return null;
  return read === "unstated" ? "said.unstatedWhat" : read.startsWith("recurs ") ? "said.recursWhat" : null;
}

const shownKinds = ["covered", "drawn", "letters", "turned"] as const;
/** How a page shows something else, by what was read: `2 covered,drawn`. */
const listKinds = (read: string) => shownKinds.filter((kind) => read.split(" ")[1]?.split(",").includes(kind));

/** What a document is called among several; null where it is the only one. */
export const nameAmong = (
  documents: readonly { readonly documentId: string; readonly name: string }[],
  documentId: string,
): string | null =>
  documents.length < 2 ? null : (documents.find((one) => one.documentId === documentId)?.name ?? null);
