import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import type { Series } from "./queries.ts";

type Given = Series["sheets"][number];

/** Blank sheets that were given out: what of them is still out, who has it, until when, and what was sealed. */
export function SheetsCard({ series }: { series: Series }): ReactElement | null {
  const t = useText("forms");
  if (series.kind !== "blank-sheet") return null;
  return (
    <section className="card" aria-labelledby="sheets-title">
      <header>
        <h2 id="sheets-title">{t("sheets.title")}</h2>
      </header>
      {series.sheets.length === 0 && <p className="card-body note">{t("sheets.none")}</p>}
      <ul className="rows">
        {series.sheets.map((one) => (
          <li key={one.matterId} className="rows-line">
            <SheetsLine seriesId={series.seriesId} given={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SheetsLine({ seriesId, given }: { seriesId: string; given: Given }): ReactElement {
  const t = useText("forms");
  const language = useLanguage();
  const day = useDay();
  const base = `/v1/form-series/${encodeURIComponent(seriesId)}/sheets/${encodeURIComponent(given.matterId)}`;
  const isPrinted = given.printed > 0 || given.sealed.some(({ downloads }) => downloads > 0);
  const state = given.overdue ? "overdue" : given.out === "" ? "settled" : "outstanding";
  const look = {
    overdue: { tone: "problem", sign: "octagon" },
    settled: { tone: "success", sign: "check" },
    outstanding: { tone: "action", sign: "clock" },
  } as const;
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <span className="grow mono">{given.written}</span>
        <Tag {...look[state]}>{t(`sheets.${state}`)}</Tag>
      </div>
      <span>
        {given.taker && nameIn(given.taker.name, language)} · {t("sheets.until", { day: day(given.backBy) })} ·{" "}
        <Link className="inline-link" to={paths.matter(given.matterId)}>
          {given.number}
        </Link>
      </span>
      {given.out !== "" && <span className="note small">{t("sheets.out", { numbers: given.out })}</span>}
      {given.reported !== "" && <span className="note small">{t("sheets.reported", { numbers: given.reported })}</span>}
      {given.sealed.map((file) => (
        <div key={file.documentId} className="row">
          <span className="note small">
            {t("sheets.sealed", { numbers: file.written })}{" "}
            <Link className="inline-link" to={paths.request(file.requestId)}>
              {file.number}
            </Link>{" "}
            · {t("sheets.downloads", { count: file.downloads })}
          </span>
          {file.mayDownload && (
            <a
              className="button-link button-link-quiet"
              href={`${base}/sealed/${encodeURIComponent(file.documentId)}`}
              aria-label={t("sheets.downloadOf", { numbers: file.written })}
              download
            >
              {t("sheets.download")}
            </a>
          )}
        </div>
      ))}
      {given.toConfirm !== "" && (
        <span className="note small">{t("sheets.toConfirm", { numbers: given.toConfirm })}</span>
      )}
      {given.toSeal !== "" && <HaveSealed seriesId={seriesId} given={given} />}
      {given.mayPrint && (
        <div className="row">
          <a className="button-link button-link-quiet" href={`${base}/file`} download>
            {t(isPrinted ? "sheets.printAgain" : "sheets.print")}
          </a>
          {isPrinted && <span className="note small">{t("sheets.printAgainWhy")}</span>}
        </div>
      )}
    </div>
  );
}

/** Begins a request whose document is the file that the platform makes of the sheets that remain. */
function HaveSealed({ seriesId, given }: { seriesId: string; given: Given }): ReactElement {
  const t = useText("forms");
  const navigate = useNavigate();
  const { matterId, toSeal } = given;
  const begin = useMutation({
    mutationFn: () =>
      api("POST /v1/form-series/:seriesId/sheets/:matterId/request", { params: { seriesId, matterId } }),
    onSuccess: ({ requestId }) => navigate({ to: paths.editRequest(requestId) }),
  });
  return (
    <div className="stack stack-tight">
      <div className="row">
        <Button loading={begin.isPending} onClick={() => begin.mutate()}>
          {t("sheets.haveSealed")}
        </Button>
        <span className="note small" role="status">
          {begin.isPending ? t("sheets.making") : t("sheets.haveSealedWhy", { numbers: toSeal })}
        </span>
      </div>
      {given.printed > 0 && <span className="note small">{t("sheets.printedBefore")}</span>}
      <ErrorPanel error={begin.error} />
    </div>
  );
}
