import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { encodePem, issueRootCertificate, issueServerCertificate } from "@chancery/pki";
import { SMTPServer } from "smtp-server";
import { makeKeyPair } from "../features/seals/keys.ts";

/** A mail that the server took: its envelope, and its bytes as they came over the line. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly from: string;
  readonly text: string;
  readonly secure: boolean;
  readonly user: string | null;
}

/** A real mail server in this process (SMTP with STARTTLS or TLS), which a test tells to refuse. */
export interface TestMailServer {
  readonly port: number;
  readonly taken: TakenMail[];
  /** What it answers to a recipient; null: it takes him. */
  refuses: { readonly code: number; readonly text: string } | null;
  /** The certificate to trust, as a file. */
  readonly caFile: string;
  stop(): Promise<void>;
}

interface Wanted {
  readonly folder: string;
  readonly secure?: boolean;
  readonly offersTls?: boolean;
  readonly login?: { readonly user: string; readonly password: string };
}

export async function startTestMailServer({
  folder,
  secure,
  offersTls = true,
  login,
}: Wanted): Promise<TestMailServer> {
  const { key, cert, ca } = await makeCertificate();
  const caFile = join(folder, "mail-ca.pem");
  writeFileSync(caFile, ca);
  const taken: TakenMail[] = [];
  const state: { refuses: TestMailServer["refuses"] } = { refuses: null };
  const server = new SMTPServer({
    ...{ key, cert, secure: secure ?? false, logger: false, authOptional: login === undefined },
    disabledCommands: offersTls ? [] : ["STARTTLS"],
    onAuth: (auth, _session, done) =>
      auth.username === login?.user && auth.password === login?.password
        ? done(null, { user: auth.username })
        : done(new Error("no such login")),
    onRcptTo: (_address, _session, done) => {
      const { refuses } = state;
      done(refuses === null ? null : Object.assign(new Error(refuses.text), { responseCode: refuses.code }));
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          ...{ to: rcptTo.map(({ address }) => address), from: mailFrom === false ? "" : mailFrom.address },
          ...{ text: Buffer.concat(parts).toString("latin1"), secure: session.secure },
          user: typeof session.user === "string" ? session.user : null,
        });
        done();
      });
    },
  });
  // A client that does not trust the certificate hangs up in the middle: that is what is tested, and no fault.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...{ taken, caFile, port: (server.server.address() as AddressInfo).port },
    get refuses() {
      return state.refuses;
    },
    set refuses(answer) {
      state.refuses = answer;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function makeCertificate(): Promise<{ key: string; cert: string; ca: string }> {
  const [of, root] = [await makeKeyPair("ecdsa-p256"), await makeKeyPair("ecdsa-p256")];
  const days = { notBefore: Date.now() - 60_000, notAfter: Date.now() + 86_400_000 };
  const made = issueRootCertificate({
    ...{ ...days, subject: { commonName: "Test mail" }, serial: randomBytes(16), key: root.privateKey },
  });
  if (!made.ok) throw new Error(made.code);
  const issuer = { certificate: made.value, key: root.privateKey };
  const subject = { commonName: "mail.test" };
  const names = ["localhost", "127.0.0.1"];
  const issued = issueServerCertificate({
    ...{ ...days, subject, serial: randomBytes(16), publicKey: of.publicKey, issuer, names },
  });
  if (!issued.ok) throw new Error(issued.code);
  return {
    key: of.privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    cert: encodePem("CERTIFICATE", issued.value.raw),
    ca: encodePem("CERTIFICATE", made.value.raw),
  };
}

/** A mail's header fields by their small names, unfolded (RFC 5322, 2.2.3), and its body decoded. */
export function readMail(text: string): { readonly headers: ReadonlyMap<string, string[]>; readonly body: string } {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const headers = new Map<string, string[]>();
  for (const line of head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const name = line.slice(0, line.indexOf(":")).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(line.indexOf(":") + 1).trim())]);
  }
  const raw = rest.join("\r\n\r\n");
  const how = headers.get("content-transfer-encoding")?.[0] ?? "7bit";
  const body =
    how === "base64"
      ? Buffer.from(raw, "base64")
      : how === "quoted-printable"
        ? decodeQuoted(raw)
        : Buffer.from(raw, "latin1");
  return { headers, body: body.toString("utf8").replaceAll("\r\n", "\n") };
}

const decodeQuoted = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll(/=\r\n/g, "")
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );

/** Encoded words (RFC 2047, section 2); white space between two of them is none (6.2). */
const decodeWords = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
      (how.toLowerCase() === "b" ? Buffer.from(word, "base64") : decodeQuoted(word.replaceAll("_", " "))).toString(
        "utf8",
      ),
    );
