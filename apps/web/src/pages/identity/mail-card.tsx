import type { ReactElement } from "react";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";
import { MailAddressForm } from "../../parts/mail-address-form.tsx";

/** Where one is written to oneself. */
export function MailCard(): ReactElement {
  const t = useText("parts");
  return (
    <section className="card" aria-label={t("mail.title")}>
      <header>
        <h2>{t("mail.title")}</h2>
      </header>
      <div className="card-body">
        <MailAddressForm
          of="own"
          read={() => api("GET /v1/session/mail-address")}
          change={(body) => api("POST /v1/session/mail-address", { body })}
        />
      </div>
    </section>
  );
}
