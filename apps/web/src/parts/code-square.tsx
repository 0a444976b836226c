import { type ReactElement, useEffect, useState } from "react";

/** Modules of white around a code (ISO/IEC 18004, 6.3.8: four). */
const QUIET = 4;

/** A text as a QR code to be scanned from the screen: dark on white in every theme, for cameras read nothing else well. */
export function CodeSquare(props: { text: string; label: string }): ReactElement {
  const [rows, setRows] = useState<readonly (readonly boolean[])[]>([]);
  useEffect(() => {
    let current = true;
    // Fetched when it is shown: most readers never scan.
    void import("qr").then(({ encodeQR }) => {
      if (current) setRows(encodeQR(props.text, "raw", { ecc: "medium", border: QUIET }));
    });
    return () => {
      current = false;
    };
  }, [props.text]);
  const size = rows.length;
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return (
    <svg className="code-square" role="img" aria-label={props.label} viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
