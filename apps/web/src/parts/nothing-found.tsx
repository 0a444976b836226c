import CloseOutlined from "@ant-design/icons/CloseOutlined";
import { Link } from "@tanstack/react-router";
import type { ReactElement, ReactNode } from "react";
import { useText } from "../i18n/i18n.ts";

export interface AppliedFilter {
  readonly key: string;
  readonly label: string;
  /** The address of the same list without this filter. */
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
}

/** Nothing fits the filters: they are named, and each can be taken away. */
export function NothingFound(props: {
  title: string;
  children?: ReactNode;
  filters: readonly AppliedFilter[];
}): ReactElement {
  const t = useText("parts");
  return (
    <div className="card card-body nothing-found" role="status">
      <p>
        <strong>{props.title}</strong>
      </p>
      {props.children !== undefined && <p className="note">{props.children}</p>}
      <ul className="row">
        {props.filters.map((filter) => (
          <li key={filter.key}>
            <Link
              className="chip"
              to={filter.to}
              search={filter.search}
              aria-label={t("nothing.remove", { filter: filter.label })}
            >
              {filter.label}
              <CloseOutlined aria-hidden />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
