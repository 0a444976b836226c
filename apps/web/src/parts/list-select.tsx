import { Select, type SelectProps } from "antd";
import type { ReactElement } from "react";

/** A list to choose from that is searched by typing. Tab goes on to the next field and chooses nothing. */
export function ListSelect<Value>(props: SelectProps<Value>): ReactElement {
  return (
    <Select<Value>
      {...props}
      onInputKeyDown={(event) => {
        // An open list takes Tab for a choice, and keeps whoever wants to go on.
        if (event.key === "Tab") event.stopPropagation();
      }}
    />
  );
}
