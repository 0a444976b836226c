import { peekJws } from "@chancery/seallink";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";

/** The chosen authorisation, opened: what is signed can be read by everybody. */
export function TokenCard(props: { token: string | undefined }): ReactElement {
  const t = useText("lab");
  const opened = props.token === undefined ? undefined : peekJws(props.token);
  return (
    <section className="card" aria-labelledby="lab-token">
      <header>
        <h2 id="lab-token">{t("token.title")}</h2>
      </header>
      <div className="card-body stack stack-tight">
        {opened?.ok !== true ? (
          <p className="note">{t("token.none")}</p>
        ) : (
          <>
            <p className="note small">{t("token.note")}</p>
            <h3>{t("token.header")}</h3>
            <pre className="lab-json">{JSON.stringify(opened.value.header)}</pre>
            <h3>{t("token.payload")}</h3>
            <pre className="lab-json">{writeClaims(opened.value.payload)}</pre>
            <h3>{t("token.signature")}</h3>
            <p className="mono digest">{props.token?.slice(props.token.lastIndexOf(".") + 1)}</p>
          </>
        )}
      </div>
    </section>
  );
}

/** One claim a line, so that it stays short. */
function writeClaims(payload: object): string {
  return Object.entries(payload)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join("\n");
}
