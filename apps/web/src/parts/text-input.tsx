import type { InputHTMLAttributes, ReactElement, TextareaHTMLAttributes } from "react";

/** A line to type in: the browser's own, in the look of the others. */
export function TextInput(props: InputHTMLAttributes<HTMLInputElement>): ReactElement {
  return (
    <input type="text" {...props} className={props.className ? `native-input ${props.className}` : "native-input"} />
  );
}

/** Several lines to type in. */
export function TextLines(props: TextareaHTMLAttributes<HTMLTextAreaElement>): ReactElement {
  return <textarea rows={3} {...props} className="native-input native-lines" />;
}
