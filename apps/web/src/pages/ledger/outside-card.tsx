import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { CommandLine, CommandsNote } from "../../parts/command-line.tsx";

/** The commands by which anybody checks the ledger without this page; the last one without any network. */
export function OutsideCard(props: { vkey: string | undefined }): ReactElement {
  const t = useText("ledger");
  const url = window.location.origin;
  const key = props.vkey ?? "KEY";
  return (
    <section className="card" aria-labelledby="outside-title">
      <header>
        <h2 id="outside-title">{t("outside.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("outside.lead")}</p>
        <CommandsNote />
        <ol className="stack outside-steps">
          <li className="stack stack-tight">
            <span>{t("outside.key")}</span>
            <CommandLine command={`ledger key --url ${url}`} />
          </li>
          <li className="stack stack-tight">
            <span>{t("outside.log")}</span>
            <CommandLine command={`ledger check --url ${url} --key ${key}`} />
          </li>
          <li className="stack stack-tight">
            <span>{t("outside.proof")}</span>
            <CommandLine command={`ledger verify PROOF.tlog-proof FILE.pdf --key ${key}`} />
          </li>
        </ol>
        <p className="note small">{t("outside.tiles")}</p>
      </div>
    </section>
  );
}
