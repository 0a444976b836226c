import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseCertificate, parseRevocationList, readPemBlocks } from "@chancery/pki";
import { CommandFailure, exitCodes } from "./command.ts";

/** DER certificates to trust and revocation lists, from files and folders the user named. */
type TrustFiles = { readonly roots: Uint8Array[]; readonly crls: Uint8Array[] };

const KNOWN_ENDINGS = /\.(pem|crt|cer|der|crl)$/i;

/** Reads PEM and DER. A named file without certificate or list is refused; in a folder, and below, such are passed over. */
export async function readTrustFiles(places: readonly string[]): Promise<TrustFiles> {
  const found: TrustFiles = { roots: [], crls: [] };
  for (const place of places) {
    const state = await stat(place).catch(() => null);
    if (state === null) throw new CommandFailure(exitCodes.usage, `trust.not-found: ${place}`);
    const below = state.isDirectory() ? await readdir(place, { recursive: true }) : null;
    const names = below?.filter((name) => KNOWN_ENDINGS.test(name)).sort() ?? null;
    for (const file of names === null ? [place] : names.map((name) => join(place, name))) {
      const isKnown = addFile(found, await readFile(file).catch(() => new Uint8Array()));
      if (!isKnown && names === null) throw new CommandFailure(exitCodes.usage, `trust.no-certificate: ${file}`);
    }
  }
  return found;
}

function addFile(found: TrustFiles, bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString("latin1");
  const before = found.roots.length + found.crls.length;
  const blocks = text.includes("-----BEGIN") ? null : bytes;
  const certificates = blocks === null ? readPemBlocks(text, ["CERTIFICATE", "TRUSTED CERTIFICATE"]) : [blocks];
  const lists = blocks === null ? readPemBlocks(text, ["X509 CRL"]) : [blocks];
  found.roots.push(...certificates.filter((der) => parseCertificate(der).ok));
  found.crls.push(...lists.filter((der) => parseRevocationList(der).ok));
  return found.roots.length + found.crls.length > before;
}
