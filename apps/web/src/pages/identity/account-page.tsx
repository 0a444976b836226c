import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { LanguageSwitch } from "../../parts/language-switch.tsx";
import { OnLeave } from "../../parts/on-leave.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { setThemeChoice, type ThemeChoice, useTheme } from "../../theme/theme.ts";
import { MyPositions } from "../rule-book/my-positions.tsx";
import { MailCard } from "./mail-card.tsx";
import { PasskeysCard } from "./passkeys-card.tsx";
import { PasswordCard } from "./password-card.tsx";

const THEMES: readonly ThemeChoice[] = ["system", "light", "dark"];

/** One's own account: who one is here, passkeys, password, language and appearance. */
export function AccountPage(): ReactElement {
  const t = useText("identity");
  const shell = useText("shell");
  const word = useWord();
  const language = useLanguage();
  const moment = useMoment();
  const session = useSession();
  const { choice } = useTheme();
  return (
    <>
      <PageHeader title={t("account.title")} lead={<BothNames name={session.person.name} />} />
      <div className="columns">
        <div className="stack">
          <MyPositions />
          <PasskeysCard />
          {session.hasPassword && <PasswordCard />}
          <MailCard />
        </div>
        <div className="stack">
          <section className="card" aria-label={t("account.who")}>
            <header>
              <h2>{t("account.who")}</h2>
            </header>
            <dl className="facts card-body">
              <dt>{t("signIn.login")}</dt>
              <dd className="mono">{session.person.login}</dd>
              <dt>{t("account.organisation")}</dt>
              <dd>{nameIn(session.organisation, language)}</dd>
              <dt>{t("account.unit")}</dt>
              <dd>{session.unit ? nameIn(session.unit.name, language) : t("sample.noUnit")}</dd>
              <dt>{t("account.roles")}</dt>
              <dd>
                {formatNames(
                  session.roles.map((role) => word("roles", role)),
                  language,
                ) || t("account.noRoles")}
              </dd>
              <dt>{t("account.session")}</dt>
              <dd>{t("account.sessionUntil", { at: moment(session.expiresAt) })}</dd>
            </dl>
          </section>
          <section className="card" aria-label={t("account.away")}>
            <header>
              <h2>{t("account.away")}</h2>
            </header>
            <div className="card-body stack stack-tight">
              <OnLeave />
              <p className="note">{t("account.awayWhy")}</p>
              <p>
                <Link to={paths.away}>{t("account.awayLink")}</Link>
              </p>
            </div>
          </section>
          <section className="card" aria-label={t("account.page")}>
            <header>
              <h2>{t("account.page")}</h2>
            </header>
            <div className="card-body stack">
              <div className="field">
                <span className="field-label">{shell("language.label")}</span>
                <div>
                  <LanguageSwitch />
                </div>
              </div>
              <div className="field">
                <span className="field-label">{shell("theme.label")}</span>
                <div>
                  <fieldset className="switch" aria-label={shell("theme.label")}>
                    {THEMES.map((theme) => (
                      <button
                        key={theme}
                        type="button"
                        aria-pressed={theme === choice}
                        onClick={() => setThemeChoice(theme)}
                      >
                        {shell(`theme.${theme}`)}
                      </button>
                    ))}
                  </fieldset>
                </div>
              </div>
            </div>
          </section>
        </div>
      </div>
    </>
  );
}
