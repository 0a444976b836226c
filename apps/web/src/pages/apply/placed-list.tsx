import type { ReactElement } from "react";
import { formatMm, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useApply } from "./apply-context.ts";
import { countPlaced } from "./draft.ts";
import type { Placing } from "./use-placing.ts";

/** Every impression that is asked for, each a way to it, with the sum. */
export function PlacedList(props: { placing: Placing }): ReactElement | null {
  const { placing } = props;
  const { draft } = useApply();
  const t = useText("apply");
  const language = useLanguage();
  const total = countPlaced(draft.documents);
  if (total === 0) return null;
  return (
    <section aria-labelledby="apply-placed">
      <h3 id="apply-placed">{t("placed.title")}</h3>
      <table className="placed">
        <tbody>
          {draft.documents.flatMap((document) =>
            document.placed.map((placed) => {
              const seal = placing.findSeal(placed.sealId);
              return (
                <tr key={placed.key}>
                  <td>
                    <button
                      type="button"
                      className="link-button"
                      aria-pressed={placing.selected?.key === placed.key}
                      onClick={() => placing.show(document.file.documentId, placed.page, placed.key)}
                    >
                      {seal ? nameIn(seal.name, language) : placed.sealId}
                    </button>
                    {draft.documents.length > 1 && <span className="note small placed-file">{document.file.name}</span>}
                  </td>
                  <td className="note small">{t("placed.page", { page: placed.page + 1 })}</td>
                  <td className="mono small">{t("placed.at", { x: formatMm(placed.xMm), y: formatMm(placed.yMm) })}</td>
                </tr>
              );
            }),
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2}>
              {t("placed.total")}
            </th>
            <td>{total}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
