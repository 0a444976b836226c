import { type ReactElement, useEffect, useId, useRef, useState } from "react";
import { TextInput } from "./text-input.tsx";

const TYPING_MS = 300;

/** What is typed reaches the address a moment later; an address that changes by itself is followed. */
export function SearchField(props: {
  label: string;
  search: string;
  onSearch: (search: string) => void;
  /** Whether these words can be looked for; where not, `hint` says what is missing. */
  isSearchable?: (words: string) => boolean;
  hint?: string;
}): ReactElement {
  const { label, search, hint } = props;
  const id = useId();
  const [typed, setTyped] = useState(search);
  const told = useRef(search);
  const onSearch = useRef(props.onSearch);
  onSearch.current = props.onSearch;
  useEffect(() => {
    if (search === told.current) return;
    told.current = search;
    setTyped(search);
  }, [search]);
  const words = typed.trim();
  const sent = words === "" || (props.isSearchable?.(words) ?? true);
  useEffect(() => {
    if (!sent || words === told.current) return;
    const wait = setTimeout(() => {
      told.current = words;
      onSearch.current(words);
    }, TYPING_MS);
    return () => clearTimeout(wait);
  }, [words, sent]);
  const input = (
    <TextInput
      type="search"
      className="search"
      maxLength={100}
      aria-label={label}
      {...(hint === undefined ? {} : { "aria-describedby": id })}
      placeholder={label}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
  if (hint === undefined) return input;
  return (
    <div className="line-search">
      {input}
      <span id={id} className={sent ? "unseen" : "note"}>
        {hint}
      </span>
    </div>
  );
}
