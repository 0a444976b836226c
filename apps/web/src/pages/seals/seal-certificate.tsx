import DownloadOutlined from "@ant-design/icons/DownloadOutlined";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { StateTag } from "../../parts/state-tag.tsx";
import type { SealDetail } from "./queries.ts";

const AUTHORITY = "/v1/certification-authority";

/** The certificate that others check the seal against, and what they need beside it. */
export function SealCertificate(props: { seal: SealDetail }): ReactElement {
  const { certificate, certificateState, sealId } = props.seal;
  const t = useText("seals");
  const moment = useMoment();
  const downloads = [
    ...(certificate
      ? [{ key: "chain", href: `/v1/seals/${encodeURIComponent(sealId)}/certificate.pem` } as const]
      : []),
    { key: "root", href: `${AUTHORITY}/root.pem` },
    { key: "revocations", href: `${AUTHORITY}/revocations.crl` },
  ] as const;
  return (
    <section className="card" aria-labelledby="certificate-title">
      <header>
        <h2 id="certificate-title">{t("certificate.title")}</h2>
        <StateTag kind="certificate" state={certificateState} />
      </header>
      <div className="card-body stack">
        {certificate ? (
          <dl className="facts">
            <dt>{t("certificate.subject")}</dt>
            <dd>{certificate.subject}</dd>
            <dt>{t("certificate.validity")}</dt>
            <dd>
              {t("certificate.between", { from: moment(certificate.notBefore), to: moment(certificate.notAfter) })}
            </dd>
            <dt>{t("certificate.key")}</dt>
            <dd>{t(`algorithms.${certificate.algorithm as "ecdsa-p256"}`, { defaultValue: certificate.algorithm })}</dd>
            <dt>{t("certificate.serial")}</dt>
            <dd className="mono digest">{certificate.serial}</dd>
            <dt>{t("certificate.fingerprint")}</dt>
            <dd className="mono digest">{certificate.sha256}</dd>
          </dl>
        ) : (
          <p className="note">{t("certificate.none")}</p>
        )}
        <ul className="downloads">
          {downloads.map(({ key, href }) => (
            <li key={key}>
              <a href={href} download>
                <DownloadOutlined aria-hidden /> {t(`certificate.downloads.${key}.name`)}
              </a>
              <span className="note small">{t(`certificate.downloads.${key}.why`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
