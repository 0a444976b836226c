import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import type { text as verifyText } from "../../i18n/verify.en.ts";
import type { Verification } from "./check-file.ts";
import { splitReasons } from "./split-reasons.ts";

type Seal = Verification["seals"][number];
type Verdict = keyof (typeof verifyText)["verdicts"];
type Trust = keyof (typeof verifyText)["trusts"];

/** Everything behind the findings, for who wants it: each seal, its certificate, what was added later, the digests. */
export function FileDetails(props: { answer: Verification; byLink: boolean }): ReactElement {
  const { answer } = props;
  const t = useText("verify");
  const { known, file } = answer;
  return (
    <section className="card verify-details" aria-labelledby="details-title">
      <header>
        <h2 id="details-title">{t("details.title")}</h2>
      </header>
      <details className="disclosure">
        <summary>
          {answer.seals.length === 0 ? t("details.noSeals") : t("details.seals", { count: answer.seals.length })}
        </summary>
        <ol className="stack">
          {answer.seals.map((seal, at) => (
            <li key={seal.fieldName}>
              <SealDetails seal={seal} place={at + 1} zone={answer.known?.timeZone} />
            </li>
          ))}
        </ol>
        {answer.code !== null && <p className="mono small">{answer.code}</p>}
      </details>
      <details className="disclosure">
        <summary>{t("details.digests")}</summary>
        <dl className="facts">
          <dt>{t("details.thisFile")}</dt>
          <dd className="mono digest">{file.digest.replace(/^sha256:/, "")}</dd>
          {known && (
            <>
              <dt>{t("details.sealedFile")}</dt>
              <dd className="mono digest">
                {known.sealedDigest?.replace(/^sha256:/, "") ?? known.sealedDigestHint}
                {known.sealedDigest === null && <p className="note small">{t("details.sealedHint")}</p>}
              </dd>
            </>
          )}
        </dl>
      </details>
      <details className="disclosure">
        <summary>{t("details.where")}</summary>
        <dl className="facts">
          <dt>{t("details.here")}</dt>
          <dd>
            {props.byLink ? t("details.hereNothing") : t("details.hereDigest")}
            {known?.proofUrl != null && <p>{t("details.hereProof")}</p>}
          </dd>
          <dt>{t("details.there")}</dt>
          <dd>{t("details.thereReads")}</dd>
        </dl>
        <p className="note small">{t("details.yourself")}</p>
      </details>
    </section>
  );
}

function SealDetails(props: { seal: Seal; place: number; zone: string | undefined }): ReactElement {
  const { seal, place } = props;
  const t = useText("verify");
  const moment = useMoment();
  const { zone } = props;
  const { against, later } = splitReasons(seal.reasons);
  const name = seal.signer ?? seal.organisation ?? t("details.unnamed");
  return (
    <>
      <h3>{t(seal.isTimestamp ? "details.timestamp" : "details.seal", { place, name })}</h3>
      <dl className="facts">
        <dt>{t("details.verdict")}</dt>
        <dd>{t(`verdicts.${seal.verdict as Verdict}`, { defaultValue: seal.verdict })}</dd>
        {against.length > 0 && (
          <>
            <dt>{t("details.because")}</dt>
            <dd>
              {against.map((reason) => (
                <Reason key={`${reason.code} ${reason.detail}`} reason={reason} />
              ))}
            </dd>
          </>
        )}
        <dt>{t("details.changes")}</dt>
        <dd>
          {later.length === 0 && (seal.coversWholeFile || against.length === 0) && t("details.noChanges")}
          {later.map((reason) => (
            <Reason key={`${reason.code} ${reason.detail}`} reason={reason} />
          ))}
        </dd>
        <dt>{t("details.trust")}</dt>
        <dd>{t(`trusts.${seal.trust as Trust}`, { defaultValue: seal.trust })}</dd>
        {seal.certificateFrom && seal.certificateUntil && (
          <>
            <dt>{t("details.certificate")}</dt>
            <dd>
              {t("details.certificateSpan", {
                from: moment(seal.certificateFrom, zone),
                until: moment(seal.certificateUntil, zone),
              })}
            </dd>
          </>
        )}
        {seal.certificateSha256 && (
          <>
            <dt>{t("details.fingerprint")}</dt>
            <dd className="mono digest">{seal.certificateSha256}</dd>
          </>
        )}
        <dt>{t("details.signedAt")}</dt>
        <dd>{seal.signedAt ? moment(seal.signedAt, zone) : "–"}</dd>
        <dt>{t("details.place")}</dt>
        <dd>{seal.page === null ? t("details.invisible") : t("details.page", { page: seal.page })}</dd>
        <dt>{t("details.field")}</dt>
        <dd className="mono digest">{seal.fieldName}</dd>
        <dt>{t("details.covers")}</dt>
        <dd>
          {seal.coversWholeFile
            ? t("details.whole")
            : seal.revision === null
              ? t("details.part")
              : t("details.revision", { revision: seal.revision + 1 })}
        </dd>
        <dt>{t("details.algorithm")}</dt>
        <dd className="mono">{seal.algorithm ?? "–"}</dd>
        <dt>{t("details.kind")}</dt>
        <dd className="mono">{seal.subFilter ?? "–"}</dd>
      </dl>
    </>
  );
}

/** A reason in words where there are some; its code stands beside, for who looks it up. */
function Reason(props: { reason: Seal["reasons"][number] }): ReactElement {
  const { code, detail } = props.reason;
  const t = useText("verify");
  const said: string = t(`reasons.${code}` as "reasons.digest.mismatch", { defaultValue: "" });
  return (
    <p>
      {said} <span className="mono note">{detail === "" ? code : `${code}: ${detail}`}</span>
    </p>
  );
}
