import { Link, useNavigate, useRouter } from "@tanstack/react-router";
import { type ReactElement, useRef } from "react";
import type { Session } from "../api.ts";
import { formatNames, initialsOf, nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { useWord } from "../i18n/use-word.ts";
import { paths } from "../paths.ts";
import { useSignOut } from "../session.ts";

/** Who acts, in which roles, and the way out. */
export function UserMenu(props: { session: Session }): ReactElement {
  const { session } = props;
  const t = useText("shell");
  const word = useWord();
  const language = useLanguage();
  const menu = useRef<HTMLDivElement>(null);
  const signOut = useSignOut();
  const router = useRouter();
  const navigate = useNavigate();
  const name = nameIn(session.person.name, language);
  const roles = formatNames(
    session.roles.map((role) => word("roles", role)),
    language,
  );
  const leave = async (): Promise<void> => {
    await signOut();
    await router.invalidate();
    await navigate({ to: paths.signIn });
  };
  return (
    <>
      <button type="button" className="me" popoverTarget="user-menu">
        <span className="disc" aria-hidden>
          {initialsOf(name)}
        </span>
        <span className="me-text">
          <span>{name}</span>
          <span className="note">{session.person.guest ? t("me.guest") : roles}</span>
          <span className="unseen">{t("me.open")}</span>
        </span>
      </button>
      <div id="user-menu" ref={menu} popover="auto" className="user-menu">
        <p className="user-menu-head">
          <strong>{name}</strong>
          <span className="note">{roles}</span>
        </p>
        {session.sample && <p className="note">{t("sample.person", { name })}</p>}
        <Link to={paths.account} className="menu-link" onClick={() => menu.current?.hidePopover()}>
          {t("pages.account")}
        </Link>
        <button type="button" className="menu-link" onClick={() => void leave()}>
          {session.sample ? t("sample.change") : t("me.signOut")}
        </button>
      </div>
    </>
  );
}
