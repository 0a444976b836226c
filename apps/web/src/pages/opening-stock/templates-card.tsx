import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";

const KINDS = ["units", "people", "roles", "containers", "seals", "authorisations"] as const;

/** Empty sheets to begin with, in the reader's language; columns in either language are understood. */
export function TemplatesCard(): ReactElement {
  const t = useText("stock");
  const language = useLanguage();
  const address = (kind: string, format: "xlsx" | "csv"): string =>
    `/v1/import-templates/${kind}?language=${language}&format=${format}`;
  return (
    <section className="card" aria-labelledby="templates-title">
      <header>
        <h2 id="templates-title">{t("templates.title")}</h2>
      </header>
      <div className="card-body stack">
        <p className="note">{t("templates.lead")}</p>
        <p>
          <a className="button-link button-link-quiet" href={address("workbook", "xlsx")} download>
            {t("templates.workbook")}
          </a>
        </p>
        <ul className="stock-templates">
          {KINDS.map((kind) => (
            <li key={kind}>
              <strong>{t(`kinds.${kind}`)}</strong>
              <span className="row">
                {(["xlsx", "csv"] as const).map((format) => (
                  <a
                    key={format}
                    href={address(kind, format)}
                    download
                    aria-label={t("templates.of", { kind: t(`kinds.${kind}`), format: format.toUpperCase() })}
                  >
                    {format.toUpperCase()}
                  </a>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
