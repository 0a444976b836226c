import type { ReactElement, ReactNode } from "react";

/** The icons of our own, on the 24 grid; decoration, so hidden from screen readers: a word always stands beside. */
function Drawn(props: { children: ReactNode; size?: number }): ReactElement {
  return (
    <svg
      className="icon"
      width={props.size ?? 16}
      height={props.size ?? 16}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {props.children}
    </svg>
  );
}

/** A hand seal: handle, neck, base. */
export function SealIcon(props: { size?: number }): ReactElement {
  return (
    <Drawn {...props}>
      <path d="M9.5 13.5c.6-2 .3-3.300-.5-4.500a3.700 3.700 0 1 1 6 0c-.8 1.200-1.100 2.500-.5 4.500" />
      <path d="M5 18v-2a2.500 2.500 0 0 1 2.500-2.500h9A2.500 2.500 0 0 1 19 16v2z" />
      <path d="M5 21h14" />
    </Drawn>
  );
}

/** A box that lets a seal down. */
export function ControllerIcon(): ReactElement {
  return (
    <Drawn>
      <path d="M4 3h16v10H4zM12 6v11M8 17h8M4 21h16" />
    </Drawn>
  );
}

/** The sign of a problem: its shape differs from every other sign, for those who do not see the colour. */
export function OctagonIcon(props: { size?: number }): ReactElement {
  return (
    <Drawn {...props}>
      <path d="M8.300 3h7.400L21 8.300v7.400L15.700 21H8.300L3 15.700V8.300z" />
      <path d="M12 8v4.500M12 16h.01" />
    </Drawn>
  );
}

/** One node over two: a leaf proved against the ledger's root. */
export function ProofIcon(props: { size?: number }): ReactElement {
  return (
    <Drawn {...props}>
      <circle cx="12" cy="5.500" r="2.500" />
      <circle cx="6" cy="18.500" r="2.500" />
      <circle cx="18" cy="18.500" r="2.500" />
      <path d="M12 8v4M6 16v-1.500a2.500 2.500 0 0 1 2.500-2.500h7a2.500 2.500 0 0 1 2.500 2.500V16" />
    </Drawn>
  );
}

/** What is still to come. */
export function DashedCircleIcon(props: { size?: number }): ReactElement {
  return (
    <Drawn {...props}>
      <circle cx="12" cy="12" r="8.500" strokeDasharray="3.400 3.275" />
    </Drawn>
  );
}

/** The mark of the product. */
export function Mark(): ReactElement {
  return (
    <svg className="mark" width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="24" height="24" rx="2" />
      <path d="M18 8.500H8.500v9H18M13 8.500v3M13 14.500v3" fill="none" strokeWidth="2.200" />
    </svg>
  );
}
