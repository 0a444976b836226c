import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn, sayHalf } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { DialogForm } from "../../parts/dialog-form.tsx";
import { Field } from "../../parts/field.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { TextInput, TextLines } from "../../parts/text-input.tsx";
import { useGaps } from "../../parts/use-gaps.ts";
import { paths } from "../../paths.ts";
import { evidenceAddress } from "../matters/queries.ts";
import { refreshForms, type Series, type SheetReport } from "./queries.ts";

const looks = {
  waiting: { tone: "action", sign: "clock" },
  confirmed: { tone: "success", sign: "check" },
  rejected: { tone: "problem", sign: "octagon" },
} as const;

/** What takers reported of their blank sheets, and who confirmed it. */
export function SheetReports({ series }: { series: Series }): ReactElement | null {
  const t = useText("forms");
  if (series.reports.length === 0) return null;
  return (
    <section className="card" aria-labelledby="reports-title">
      <header>
        <h2 id="reports-title">{t("reports.title")}</h2>
      </header>
      <ul className="rows">
        {series.reports.map((report) => (
          <li key={report.reportId} className="rows-line">
            <ReportLine series={series} report={report} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ReportLine({ series, report }: { series: Series; report: SheetReport }): ReactElement {
  const t = useText("forms");
  const language = useLanguage();
  const recent = useRecent();
  const [decision, setDecision] = useState<boolean | null>(null);
  const { reportedBy, decidedBy, request, words, unread } = report;
  const file = report.end === "destroyed" ? "postings.photo" : "reports.open";
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <span className="grow">
          <span className="mono">{report.written}</span> · {t(`reports.ends.${report.end}`)}
        </span>
        <Tag {...looks[report.state]}>{t(`reports.states.${report.state}`)}</Tag>
      </div>
      <span>
        {reportedBy && t("reports.by", { name: nameIn(reportedBy.name, language), at: recent(report.reportedAt) })}
        {request ? (
          <>
            {" · "}
            <Link className="inline-link" to={paths.request(request.requestId)}>
              {request.number}
            </Link>
          </>
        ) : (
          words && ` · ${sayHalf(words, language)}`
        )}
        {report.evidenceId && (
          <>
            {" · "}
            <a
              className="inline-link"
              href={evidenceAddress.file(report.evidenceId)}
              target="_blank"
              rel="noreferrer"
              aria-label={`${t(file)} ${report.written}`}
            >
              {t(file)}
            </a>
          </>
        )}
      </span>
      {report.waitsFor && (
        <span className="note small">
          {report.waitsFor === "keeper"
            ? t("reports.waitsKeeper", { name: nameIn(series.keeper.name, language) })
            : t("reports.waitsWatchers")}
        </span>
      )}
      {report.state === "waiting" && unread !== "" && (
        <span className="note small">{t("reports.unread", { numbers: unread })}</span>
      )}
      {decidedBy && report.decidedAt && (
        <span>
          {t(report.state === "confirmed" ? "reports.confirmedBy" : "reports.rejectedBy", {
            name: nameIn(decidedBy.name, language),
            at: recent(report.decidedAt),
          })}
          {report.reason !== "" && ` · ${sayHalf(report.reason, language)}`}
        </span>
      )}
      {report.mayDecide && (
        <div className="row">
          <Button type="primary" onClick={() => setDecision(true)}>
            {t(`reports.confirm.${report.end}`)}
          </Button>
          <Button onClick={() => setDecision(false)}>{t("reports.reject")}</Button>
        </div>
      )}
      {decision !== null && (
        <DecideDialog
          seriesId={series.seriesId}
          report={report}
          confirmed={decision}
          onClose={() => setDecision(null)}
        />
      )}
    </div>
  );
}

/** To have the copy in one's hand, or to have been there, is said on its own; so is why it is not so. */
function DecideDialog(props: {
  seriesId: string;
  report: SheetReport;
  confirmed: boolean;
  onClose: () => void;
}): ReactElement {
  const { seriesId, report, confirmed, onClose } = props;
  const t = useText("forms");
  const queries = useQueryClient();
  const [codes, setCodes] = useState("");
  const [reason, setReason] = useState("");
  const send = useMutation({
    mutationFn: () =>
      api("POST /v1/form-series/:seriesId/sheet-reports/:reportId/decision", {
        params: { seriesId, reportId: report.reportId },
        body: { confirmed, codes, reason },
      }),
    onSuccess: onClose,
    onSettled: () => refreshForms(queries),
  });
  const asksCode = confirmed && report.unread !== "";
  const gaps = useGaps<"reason" | "codes">({
    reason: !confirmed && reason.trim() === "" && "missing",
    codes: asksCode && codes.trim() === "" && reason.trim() === "" && "missing",
  });
  return (
    <DialogForm
      title={confirmed ? t(`reports.confirm.${report.end}`) : t("reports.reject")}
      send={t(confirmed ? "reports.sendConfirm" : "reports.reject")}
      gaps={gaps}
      sending={send}
      onSend={() => send.mutate()}
      onClose={onClose}
    >
      {confirmed && <p>{t(`reports.confirmWhy.${report.end}`, { numbers: report.written })}</p>}
      {asksCode && (
        <Field
          label={t("reports.codes")}
          hint={t("reports.codesHint", { numbers: report.unread })}
          problem={gaps.problem("codes")}
        >
          {(control) => (
            <TextInput
              {...control}
              maxLength={400}
              autoComplete="off"
              value={codes}
              onChange={(event) => setCodes(event.target.value)}
            />
          )}
        </Field>
      )}
      {(!confirmed || asksCode) && (
        <Field label={t(confirmed ? "reports.noCode" : "reports.reason")} problem={gaps.problem("reason")}>
          {(control) => (
            <TextLines
              {...control}
              rows={2}
              maxLength={300}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      )}
    </DialogForm>
  );
}
