import DownloadOutlined from "@ant-design/icons/DownloadOutlined";
import FileOutlined from "@ant-design/icons/FileOutlined";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { api } from "../../api.ts";
import { formatBytes, formatDigest } from "../../i18n/format.ts";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { EvidenceBadge, listedLeaf } from "../../parts/evidence-badge.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import type { RequestDetail, RequestDocument } from "./queries.ts";
import { nameSealedFile, saveFile } from "./save-file.ts";

const DocumentReader = lazy(async () => ({ default: (await import("./document-reader.tsx")).DocumentReader }));

/** The documents of a request with their digests, what was answered in them, and the sealed files. */
export function RequestDocuments(props: { request: RequestDetail }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const [open, setOpen] = useState<RequestDocument | null>(null);
  return (
    <section className="card" aria-labelledby="documents-title">
      <header>
        <h2 id="documents-title">{t("documents.title")}</h2>
      </header>
      <div className="table-card">
        <table className="table table-rows">
          <thead>
            <tr>
              <th scope="col">{t("documents.file")}</th>
              <th scope="col" className="number">
                {t("documents.pages")}
              </th>
              <th scope="col">{t("documents.digest")}</th>
              <th scope="col">{t("documents.now")}</th>
            </tr>
          </thead>
          <tbody>
            {request.documentList.map((document) => (
              <DocumentRow
                key={document.documentId}
                document={document}
                request={request}
                onOpen={() => setOpen(document)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {open && (
        <div className="dialog-wide">
          <Dialog title={open.name} onClose={() => setOpen(null)}>
            <Suspense fallback={<LinesSkeleton lines={8} />}>
              <DocumentReader
                document={open}
                seals={request.sealList}
                otherSide={request.otherSide}
                disagreements={request.facts.disagreements}
              />
            </Suspense>
          </Dialog>
        </div>
      )}
    </section>
  );
}

function DocumentRow(props: { document: RequestDocument; request: RequestDetail; onOpen: () => void }): ReactElement {
  const { document } = props;
  const t = useText("requests");
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link-button" onClick={props.onOpen}>
          <FileOutlined aria-hidden /> {document.name}
        </button>
        <span className="login note small">
          {formatBytes(document.sizeBytes)}
          {document.signatures > 0 && ` · ${t("documents.existing", { count: document.signatures })}`}
        </span>
        <AnsweredPlaces document={document} />
        {document.sealed && <SealedFile document={document} request={props.request} sealed={document.sealed} />}
      </th>
      <td className="number" data-label={t("documents.pages")}>
        {document.pages.length}
      </td>
      <td data-label={t("documents.digest")}>
        <span className="mono" title={document.digest}>
          {formatDigest(document.digest)}
        </span>
      </td>
      <td data-label={t("documents.now")}>
        {document.unchanged ? (
          <Tag tone="success" sign="check">
            {t("documents.unchanged")}
          </Tag>
        ) : (
          <Tag tone="problem" sign="octagon">
            {t("documents.altered")}
          </Tag>
        )}
      </td>
    </tr>
  );
}

/** Unfinished places that the applicant answered with a reason; reviewers have to see them. */
export function AnsweredPlaces(props: { document: RequestDocument }): ReactElement | null {
  const t = useText("requests");
  const answered = props.document.unfinished.filter((place) => place.answer !== null);
  if (answered.length === 0) return null;
  return (
    <ul className="answered" aria-label={t("documents.answers")}>
      {answered.map((place) => (
        <li key={place.placeId}>
          <span>{t("documents.answered", { page: place.page + 1, text: place.text.trim() })}</span>
          <span className="note">{t("documents.reason", { reason: place.answer ?? "" })}</span>
        </li>
      ))}
    </ul>
  );
}

function SealedFile(props: {
  document: RequestDocument;
  request: RequestDetail;
  sealed: NonNullable<RequestDocument["sealed"]>;
}): ReactElement {
  const { document, request, sealed } = props;
  const t = useText("requests");
  const moment = useMoment();
  const download = useMutation({
    mutationFn: () =>
      api("GET /v1/seal-use-requests/:requestId/sealed/:documentId", {
        params: { requestId: request.requestId, documentId: document.documentId },
      }),
    onSuccess: (file) => saveFile(file, nameSealedFile(document.name, request.number)),
  });
  return (
    <div className="sealed-file stack stack-tight">
      <div className="row">
        {request.actions.includes("download") && (
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={download.isPending}
            aria-label={t("documents.downloadNamed", { name: document.name })}
            onClick={() => download.mutate()}
          >
            {t("documents.download")}
          </Button>
        )}
        <EvidenceBadge
          evidence={listedLeaf(sealed.proofLeaf, {
            type: "ImpressionSettled",
            facts: { sealedDigest: sealed.digest },
          })}
        />
      </div>
      <span className="note small">
        {t("documents.sealed", { at: moment(sealed.sealedAt), size: formatBytes(sealed.sizeBytes) })} ·{" "}
        <span className="mono" title={sealed.digest}>
          {formatDigest(sealed.digest)}
        </span>
      </span>
      <ErrorPanel error={download.error} onRetry={() => download.mutate()} />
    </div>
  );
}
