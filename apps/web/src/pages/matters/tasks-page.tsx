import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { useSession } from "../../session.ts";
import { TaskList } from "./task-list.tsx";
import { filterOf, findTaskView, TASK_VIEWS } from "./tasks.ts";
import { useTasks } from "./use-pages.ts";
import "./matters.css";

/** What the reader has to do, by its clock: those overdue first. */
export function TasksPage(): ReactElement {
  const t = useText("matters");
  const session = useSession();
  const search: { view?: unknown } = useSearch({ strict: false });
  const view = findTaskView(search.view);
  const tasks = useTasks(filterOf(view));
  return (
    <>
      <PageHeader title={t("tasks.page")} lead={t("tasks.lead")} />
      <nav className="tabs" aria-label={t("tasks.views.label")}>
        {TASK_VIEWS.map((one) => (
          <Link key={one} to={paths.tasks} search={{ view: one }} aria-current={one === view ? "page" : undefined}>
            {t(`tasks.views.${one}`)}
            {one === "mine" && session.waiting.tasks > 0 && <b>{session.waiting.tasks}</b>}
          </Link>
        ))}
      </nav>
      <section className="card" aria-label={t(`tasks.views.${view}`)}>
        <ErrorPanel error={tasks.error} onRetry={tasks.refetch} />
        {!tasks.items && !tasks.error && (
          <div className="card-body">
            <LinesSkeleton lines={6} />
          </div>
        )}
        {tasks.items?.length === 0 && (
          <div className="card-body">
            <EmptyState title={t(`tasks.none.${view}`)}>{t("tasks.noneWhy")}</EmptyState>
          </div>
        )}
        {tasks.items && tasks.items.length > 0 && <TaskList tasks={tasks.items} />}
      </section>
      {tasks.hasMore && (
        <p className="more">
          <Button loading={tasks.loadingMore} onClick={tasks.loadMore}>
            {t("list.more")}
          </Button>
        </p>
      )}
    </>
  );
}
