import CopyOutlined from "@ant-design/icons/CopyOutlined";
import DownloadOutlined from "@ant-design/icons/DownloadOutlined";
import PrinterOutlined from "@ant-design/icons/PrinterOutlined";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { CommandLine, CommandsNote } from "../../parts/command-line.tsx";
import { paths } from "../../paths.ts";
import { addressOfProof } from "../../proof/proof-address.ts";
import { findTarget, type LedgerProof, type Verification } from "./check-file.ts";

/** How to go on without this page: the proof, the commands, a report on paper, a link for others. */
export function WithoutUs(props: {
  answer: Verification;
  proof: LedgerProof;
  sent: boolean;
  /** Null where the answer is about a digest alone. */
  fileName: string | null;
}): ReactElement {
  const { answer, proof } = props;
  const t = useText("verify");
  const moment = useMoment();
  const [linked, setLinked] = useState(false);
  const target = findTarget(answer);
  const lookedUp = answer.answer === "as-sealed" || answer.answer === "original-only";
  const ofThisFile = answer.known?.sealedDigest === answer.file.digest;
  const known = proof.state === "proved" ? proof.known : null;
  const file = props.fileName === null ? "FILE.pdf" : quote(props.fileName);
  return (
    <section className="card card-body stack stack-tight verify-outside" aria-labelledby="outside-title">
      <h2 id="outside-title">{t("outside.title")}</h2>
      {target && <p className="note">{t(ofThisFile ? "outside.proof" : "outside.proofOfSealed")}</p>}
      <p className="note">
        {t(props.fileName === null ? "outside.byLink" : props.sent ? "outside.sent" : "outside.stayed")}
      </p>
      <div className="row not-print">
        {target && (
          <a className="small-button" href={addressOfProof(target.leaf, target.expected)} download>
            <DownloadOutlined aria-hidden /> {t("outside.save")}
          </a>
        )}
        <button type="button" className="small-button" onClick={() => window.print()}>
          <PrinterOutlined aria-hidden /> {t("outside.print")}
        </button>
        {lookedUp && (
          <button
            type="button"
            className="small-button"
            onClick={() => {
              const link = new URL(paths.verified(answer.file.digest), window.location.origin).href;
              void navigator.clipboard.writeText(link).then(() => setLinked(true));
            }}
          >
            <CopyOutlined aria-hidden /> {t("outside.link")}
          </button>
        )}
        <span className="note small" role="status">
          {linked && t("outside.linked")}
        </span>
      </div>
      {lookedUp && <p className="note small not-print">{t("outside.linkWhy")}</p>}
      <details className="disclosure">
        <summary>{t("outside.commands")}</summary>
        <div className="stack stack-tight">
          <CommandsNote />
          <CommandLine command={`verify ${file} --trust chancery-root.pem`} />
          <div className="row not-print">
            <a className="small-button" href="/v1/certification-authority/root.pem" download="chancery-root.pem">
              {t("outside.root")}
            </a>
          </div>
          {target && known && ofThisFile && (
            <>
              <CommandLine command={`ledger verify leaf-${target.leaf}.tlog-proof ${file} --key ${known.key}`} />
              <p className="note small">
                {known.comparedAt ? t("outside.keyCompared", { at: moment(known.comparedAt) }) : t("outside.keyWhy")}
              </p>
            </>
          )}
        </div>
      </details>
    </section>
  );
}

/** A file's name as one word of a shell's line. */
function quote(name: string): string {
  return /^[\w.,@%+=:-]+$/.test(name) && !name.startsWith("-") ? name : `'./${name.replaceAll("'", `'\\''`)}'`;
}
