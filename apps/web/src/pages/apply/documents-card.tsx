import DeleteOutlined from "@ant-design/icons/DeleteOutlined";
import FileOutlined from "@ant-design/icons/FileOutlined";
import SwapOutlined from "@ant-design/icons/SwapOutlined";
import UploadOutlined from "@ant-design/icons/UploadOutlined";
import { MOST_DOCUMENTS, UPLOAD_LIMIT_BYTES } from "@chancery/api/limits";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type DragEvent, type ReactElement, useRef, useState } from "react";
import { formatBytes, formatNames } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { Language } from "../../i18n/language.ts";
import { OctagonIcon } from "../../parts/icons.tsx";
import { Message } from "../../parts/message.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { useApply } from "./apply-context.ts";
import { countPlaced, type DraftDocument } from "./draft.ts";
import { SeriesMaker } from "./series-card.tsx";
import { listOpenPlaces } from "./steps.ts";
import { UploadRow } from "./upload-row.tsx";

const MEGABYTE = 1024 * 1024;
/** Empty pages that are named one by one. */
const MOST_NAMED = 6;

/** The documents of the application: dropped or chosen, several at once, each with its own line and its own answer. */
export function DocumentsCard(props: { problem: boolean }): ReactElement {
  const { draft, uploads, store } = useApply();
  const t = useText("apply");
  const [over, setOver] = useState(false);
  const [gone, setGone] = useState<string | null>(null);
  const choose = usePdfChooser((files) => store.uploads.take(files));
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    store.uploads.take([...event.dataTransfer.files]);
  };
  const isFirst = draft.documents.length === 0 && uploads.length === 0;
  return (
    <section className="card documents-card" aria-labelledby="apply-documents" data-gap="documents">
      <header>
        <h2 id="apply-documents">{t("documents.title")}</h2>
        {draft.documents.length > 0 && (
          <span className="note small">{t("documents.count", { count: draft.documents.length })}</span>
        )}
      </header>
      <ul className="rows document-rows" aria-label={t("documents.title")}>
        {draft.documents.map((document) => (
          <DocumentRow
            key={document.file.documentId}
            document={document}
            onRemoved={() => setGone(document.file.name)}
          />
        ))}
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} />
        ))}
      </ul>
      <div aria-live="polite" className="documents-gone">
        {gone !== null && draft.past.length > 0 && (
          <p className="row">
            <span>{t("documents.removed", { name: gone })}</span>
            <Button
              size="small"
              onClick={() => {
                store.change({ type: "undo" });
                setGone(null);
              }}
            >
              {t("documents.bringBack")}
            </Button>
          </p>
        )}
      </div>
      <div className="card-body">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without dragging */}
        <div
          className="drop"
          data-over={over}
          data-first={isFirst}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <Button type={isFirst ? "primary" : "default"} icon={<UploadOutlined aria-hidden />} onClick={choose.open}>
            {isFirst ? t("documents.choose") : t("documents.chooseMore")}
          </Button>
          <span className="note not-narrow">{t("documents.drop")}</span>
          <span className="note small">
            {t("documents.limit", { mb: UPLOAD_LIMIT_BYTES / MEGABYTE, most: MOST_DOCUMENTS })}
          </span>
          <Link className="inline-link small" to={paths.templates}>
            {t("documents.templates")}
          </Link>
          {choose.input}
        </div>
        {isFirst && <SeriesMaker />}
        {props.problem && (
          <p className="field-problem" role="alert">
            <OctagonIcon />
            {t("problems.documents")}
          </p>
        )}
      </div>
    </section>
  );
}

function DocumentRow(props: { document: DraftDocument; onRemoved: () => void }): ReactElement {
  const { file } = props.document;
  const { store } = useApply();
  const t = useText("apply");
  const choose = usePdfChooser((files) => store.uploads.take(files, file.documentId), false);
  const placed = countPlaced([props.document]);
  return (
    <li className="document-row">
      <FileOutlined className="document-sign" aria-hidden />
      <div className="document-text">
        <strong>{file.name}</strong>
        <span className="note small">
          {[
            t("documents.pages", { count: file.pages.length }),
            formatBytes(file.sizeBytes),
            ...(file.signatures > 0 ? [t("documents.signatures", { count: file.signatures })] : []),
            ...(placed > 0 ? [t("documents.placed", { count: placed })] : []),
          ].join(" · ")}
        </span>
      </div>
      <div className="row document-acts">
        <Button
          size="small"
          icon={<SwapOutlined aria-hidden />}
          aria-label={t("documents.replaceNamed", { name: file.name })}
          title={t("documents.replaceWhy")}
          onClick={choose.open}
        >
          {t("documents.replace")}
        </Button>
        <Button
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t("documents.removeNamed", { name: file.name })}
          onClick={() => {
            store.change({ type: "remove-document", documentId: file.documentId });
            props.onRemoved();
          }}
        >
          {t("documents.remove")}
        </Button>
        {choose.input}
      </div>
      <div className="document-findings">
        <Unfinished document={props.document} onReplace={choose.open} />
      </div>
    </li>
  );
}

/** What is not filled in, told with the document: an empty page at once, the rest to be answered where it is seen. */
function Unfinished(props: { document: DraftDocument; onReplace: () => void }): ReactElement | null {
  const t = useText("apply");
  const language = useLanguage();
  const open = listOpenPlaces(props.document);
  const never = open.filter((place) => !place.answerable);
  if (open.length === 0) return null;
  if (never.length === 0)
    return (
      <span>
        <Tag tone="warning" sign="warning">
          {t("documents.unfinished", { count: open.length })}
        </Tag>{" "}
        <span className="note small">{t("documents.unfinishedWhy")}</span>
      </span>
    );
  if (never.some((place) => place.kind === "numbered-sheet"))
    return (
      <Message
        tone="problem"
        title={t("documents.sheets")}
        action={
          <Link className="inline-link" to={paths.forms}>
            {t("documents.toSheets")}
          </Link>
        }
      >
        <p>{t("documents.sheetsWhy")}</p>
      </Message>
    );
  const empty = never.filter((place) => place.kind === "empty-page").map((place) => place.page + 1);
  return (
    <Message
      tone="problem"
      title={
        empty.length === 0
          ? (never[0]?.sentence[language] ?? "")
          : t("documents.emptyPages", { count: empty.length, pages: listPages(empty, language) })
      }
      action={
        <Button size="small" onClick={props.onReplace}>
          {t("documents.uploadFinished")}
        </Button>
      }
    >
      <p>
        {t("documents.emptyPageWhy")} {t("documents.needBlank")}{" "}
        <Link className="inline-link" to={paths.forms}>
          {t("documents.toSheets")}
        </Link>
      </p>
    </Message>
  );
}

/** `1, 2, 5 …`: enough to find them. */
function listPages(pages: readonly number[], language: Language): string {
  return `${formatNames(pages.slice(0, MOST_NAMED).map(String), language)}${pages.length > MOST_NAMED ? " …" : ""}`;
}

const pdfFiles = ".pdf,application/pdf";
const wordFiles = ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** The browser's own chooser of files, behind a button of ours; `takesWord`: of Word files, too. */
export function usePdfChooser(
  onChosen: (files: readonly File[]) => void,
  several = true,
  takesWord = false,
): { readonly open: () => void; readonly input: ReactElement } {
  const input = useRef<HTMLInputElement>(null);
  return {
    open: () => input.current?.click(),
    input: (
      <input
        ref={input}
        type="file"
        hidden
        multiple={several}
        accept={takesWord ? `${pdfFiles},${wordFiles}` : pdfFiles}
        onChange={(event) => {
          onChosen([...(event.target.files ?? [])]);
          // The same file may be chosen again after it was mended.
          event.target.value = "";
        }}
      />
    ),
  };
}
