import AppstoreOutlined from "@ant-design/icons/AppstoreOutlined";
import CloseOutlined from "@ant-design/icons/CloseOutlined";
import MenuOutlined from "@ant-design/icons/MenuOutlined";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { type ReactElement, useEffect, useRef } from "react";
import type { Session } from "../api.ts";
import { formatNames, nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import type { Page } from "../page.ts";
import { countWaitingElsewhere, findMenuPage, listMenu, listThumbPlaces } from "../page-table.ts";
import { paths } from "../paths.ts";
import { SessionContext, sessionQuery, useSession } from "../session.ts";
import { Mark } from "./icons.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { MenuIcon } from "./menu-icon.tsx";
import { PageSkeleton } from "./skeletons.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";
import { UrgentStrips } from "./urgent-alarms.tsx";
import { UserMenu } from "./user-menu.tsx";

/** The frame of pages that need a session: menu at the side (a drawer on a phone), header, four places at the thumb and the rest behind them. */
export function Shell(): ReactElement {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const router = useRouter();
  // A session that has ended leads to signing in: the guard of the route decides where.
  useEffect(() => {
    if (session === null) void router.invalidate();
  }, [session, router]);
  if (session === null) return <PageSkeleton />;
  return (
    <SessionContext value={session}>
      <Frame session={session} />
    </SessionContext>
  );
}

function Frame(props: { session: Session }): ReactElement {
  const { session } = props;
  const t = useText("shell");
  const language = useLanguage();
  const drawer = useRef<HTMLDialogElement>(null);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  // A step to another page closes the drawer; the address is what the effect waits for.
  useEffect(() => {
    if (pathname) drawer.current?.close();
  }, [pathname]);
  const entities = formatNames(
    session.entities.map((entity) => nameIn(entity.name, language)),
    language,
  );
  return (
    <div className="shell">
      <aside className="sider">
        <Link className="brand" to={paths.overview}>
          <Mark />
          <span className="brand-name">{t("product")}</span>
        </Link>
        <Menu pathname={pathname} />
      </aside>
      <dialog
        ref={drawer}
        className="drawer"
        aria-label={t("menu.label")}
        onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.close()}
      >
        <div className="drawer-body">
          <div className="drawer-head">
            <span className="brand">
              <Mark />
              <span>{t("product")}</span>
            </span>
            <button
              type="button"
              className="icon-button"
              aria-label={t("menu.close")}
              onClick={() => drawer.current?.close()}
            >
              <CloseOutlined aria-hidden />
            </button>
          </div>
          <Menu pathname={pathname} />
          <div className="drawer-foot">
            <LanguageSwitch />
            <ThemeSwitch />
          </div>
        </div>
      </dialog>
      <div className="desk">
        <header className="top">
          <button
            type="button"
            className="icon-button only-phone"
            aria-label={t("menu.open")}
            onClick={() => drawer.current?.showModal()}
          >
            <MenuOutlined aria-hidden />
          </button>
          <span className="entity" title={entities}>
            {entities || nameIn(session.organisation, language)}
          </span>
          <span className="grow" />
          <span className="not-phone top-switches">
            <ThemeSwitch />
            <LanguageSwitch />
          </span>
          <UserMenu session={session} />
        </header>
        <UrgentStrips />
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
        <ThumbBar pathname={pathname} onMore={() => drawer.current?.showModal()} />
      </div>
    </div>
  );
}

function Menu(props: { pathname: string }): ReactElement {
  const t = useText("shell");
  const session = useSession();
  const current = findMenuPage(props.pathname);
  return (
    <nav aria-label={t("menu.label")}>
      {listMenu(session).map(({ group, pages }) => (
        <section key={group} aria-label={t(`groups.${group}`)}>
          {group !== "work" && <h2 className="menu-group">{t(`groups.${group}`)}</h2>}
          <ul className="menu">
            {pages.map((page) => (
              <li key={page.path}>
                <MenuLink page={page} current={page === current} waiting={page.menu?.waiting?.(session) ?? 0} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function MenuLink(props: { page: Page; current: boolean; waiting: number }): ReactElement {
  const t = useText("shell");
  const name = t(`pages.${props.page.title}`);
  return (
    <Link to={props.page.path} className="menu-link" aria-current={props.current ? "page" : undefined} title={name}>
      {props.page.menu && <MenuIcon name={props.page.menu.icon} />}
      <span className="menu-name">{name}</span>
      <WaitingCount count={props.waiting} />
    </Link>
  );
}

function WaitingCount(props: { count: number }): ReactElement | null {
  const t = useText("shell");
  if (props.count === 0) return null;
  return (
    <span className="menu-count">
      <span aria-hidden>{props.count}</span>
      <span className="unseen">{t("menu.waiting", { count: props.count })}</span>
    </span>
  );
}

/** Four places, and behind the last entry the whole menu, with how much waits there: all of it is within a thumb's reach. */
function ThumbBar(props: { pathname: string; onMore: () => void }): ReactElement {
  const t = useText("shell");
  const session = useSession();
  const current = findMenuPage(props.pathname);
  const places = listThumbPlaces(session);
  return (
    <nav className="thumb-bar only-phone" aria-label={t("menu.places")}>
      {places.map((page) => (
        <MenuLink key={page.path} page={page} current={page === current} waiting={page.menu?.waiting?.(session) ?? 0} />
      ))}
      <button
        type="button"
        className="menu-link"
        aria-haspopup="dialog"
        // A page behind this entry is marked by it, as the others mark themselves.
        data-current={current !== undefined && !places.includes(current)}
        onClick={props.onMore}
      >
        <AppstoreOutlined aria-hidden />
        <span className="menu-name">{t("menu.more")}</span>
        <WaitingCount count={countWaitingElsewhere(session)} />
      </button>
    </nav>
  );
}
