import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { paths } from "../../paths.ts";
import type { CustodyBody } from "./tracks.ts";

/** The same as a list, for who cannot see bars, and with what brought each change about. */
export function StayList(props: { body: CustodyBody }): ReactElement {
  const t = useText("custody");
  const language = useLanguage();
  const moment = useMoment();
  return (
    <details>
      <summary>{t("history.stays")}</summary>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th>{t("history.from")}</th>
              <th>{t("history.to")}</th>
              <th>{t("history.who")}</th>
              <th>{t("history.why")}</th>
            </tr>
          </thead>
          <tbody>
            {props.body.stays.map((stay) => (
              <tr key={`${stay.book} ${stay.from}`}>
                <td>{moment(stay.from)}</td>
                <td>{stay.to === null ? t("history.still") : moment(stay.to)}</td>
                <td>
                  {stay.account.container
                    ? nameIn(stay.account.container.name, language)
                    : formatNames(
                        stay.account.people.map((one) => nameIn(one.name, language)),
                        language,
                      )}
                </td>
                <td>
                  {stay.matter ? (
                    <Link to={paths.matter(stay.matter.matterId)}>{t("history.matter")}</Link>
                  ) : (
                    t("history.moved")
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
