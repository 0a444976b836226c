import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { paths } from "../../paths.ts";
import { saveFile } from "../requests/save-file.ts";
import { writeErrors } from "./errors-sheet.ts";
import { PreviewLines } from "./preview-lines.tsx";
import type { Preview } from "./queries.ts";

/** Every line with what it makes, errors first; nothing of it is stored yet. */
export function PreviewCard(props: { preview: Preview; busy: boolean }): ReactElement {
  const { preview } = props;
  const t = useText("stock");
  const language = useLanguage();
  const search: Record<string, unknown> = useSearch({ strict: false });
  const onlyErrors = search.only === "errors";
  const errors = preview.lines.filter((line) => line.verdict === "refused");
  const total = (verdict: "make" | "there"): number => preview.lines.filter((line) => line.verdict === verdict).length;
  const unknown = preview.sheets.flatMap((sheet) => sheet.unknownHeads.map((head) => `${sheet.title}: ${head}`));
  const download = (): void => {
    const heads = (["file", "sheet", "row", "column", "subject", "error", "way"] as const).map((head) =>
      t(`heads.${head}`),
    );
    saveFile(
      new Blob([writeErrors(errors, heads, language)], { type: "text/csv;charset=utf-8" }),
      `${t("preview.errorsFile")}.csv`,
    );
  };
  return (
    <section className="card" aria-labelledby="preview-title" aria-busy={props.busy}>
      <header>
        <h2 id="preview-title">{t("preview.title")}</h2>
      </header>
      <div className="card-body stack">
        <Message
          live
          tone={errors.length > 0 ? "problem" : "success"}
          title={errors.length > 0 ? t("preview.errors", { count: errors.length }) : t("preview.good")}
        >
          {t("preview.counts", { make: total("make"), there: total("there"), refused: errors.length })}{" "}
          {t("preview.stored")}
        </Message>
        {preview.sheets.some((sheet) => sheet.refusal) && (
          <RefusalList refusals={preview.sheets.flatMap((sheet) => sheet.refusal ?? [])} />
        )}
        {unknown.length > 0 && (
          <Message tone="warning" title={t("preview.unknown", { count: unknown.length })}>
            {unknown.join("; ")}
          </Message>
        )}
        {errors.length > 0 && (
          <div className="row">
            <Link
              className="chip"
              to={paths.importStock}
              search={onlyErrors ? {} : { only: "errors" }}
              replace
              aria-pressed={onlyErrors}
              role="button"
            >
              {t(onlyErrors ? "preview.all" : "preview.onlyErrors")}
            </Link>
            <Button onClick={download}>{t("preview.download")}</Button>
          </div>
        )}
      </div>
      <PreviewLines lines={onlyErrors && errors.length > 0 ? errors : preview.lines} title={t("preview.title")} />
      <SheetFacts
        preview={preview}
        name={(sheet) => (sheet.kindName ? nameIn(sheet.kindName, language) : t("preview.notKnown"))}
      />
    </section>
  );
}

/** Which sheets were found, so that one that was passed over is seen. */
function SheetFacts(props: { preview: Preview; name: (sheet: Preview["sheets"][number]) => string }): ReactElement {
  const t = useText("stock");
  const [shown, setShown] = useState(false);
  return (
    <details className="card-body" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>{t("preview.sheets", { count: props.preview.sheets.length })}</summary>
      <ul>
        {props.preview.sheets.map((sheet) => (
          <li key={`${sheet.file} ${sheet.title}`}>
            {sheet.file} · {sheet.title}: {props.name(sheet)}, {t("preview.lines", { count: sheet.lines })}
          </li>
        ))}
      </ul>
    </details>
  );
}
