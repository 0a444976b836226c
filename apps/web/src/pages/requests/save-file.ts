/** Hands a file to the browser's downloads under a name. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken hold of the file once the click is handled; the address is freed after it.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** The name of the sealed file: `Supply contract.pdf` → `Supply contract (LX-2026-000417).pdf`. */
export function nameSealedFile(name: string, number: string | null): string {
  const base = name.replace(/\.pdf$/i, "");
  return `${base}${number ? ` (${number})` : ""}.pdf`;
}
