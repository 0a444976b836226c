import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";

/** A mail server and in whose name it is used; from the settings SMTP_… and MAIL_FROM. */
export interface MailConfig {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on (RFC 8314, 3.3). */
  readonly implicitTls: boolean;
  /** Without implicit TLS: whether the connection has to be secured by STARTTLS (RFC 3207). */
  readonly startTls: "required" | "opportunistic" | "off";
  readonly login: { readonly user: string; readonly password: string } | null;
  /** Certificates that are trusted beside the usual ones. */
  readonly caFile: string | null;
  readonly from: { readonly name: string; readonly address: string };
}

export interface Mail {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** The same for each try, so that a mail server or reader that gets it twice can tell. */
  readonly messageId: string;
}

export type MailAnswer =
  | { readonly sent: true }
  /** `lasting`: another try changes nothing, such as for a mailbox that does not exist. The fault is a code, never words. */
  | { readonly sent: false; readonly lasting: boolean; readonly fault: string };

export interface Mailer {
  send(mail: Mail): Promise<MailAnswer>;
}

const patience = 20_000;

/** Sends mail by SMTP (RFC 5321), a connection for each: alarms are few, and nothing stays open. */
export function createMailer(config: MailConfig): Mailer {
  const { host, port, implicitTls, startTls, login, caFile, from } = config;
  const transport = createTransport({
    ...{ host, port, secure: implicitTls, requireTLS: !implicitTls && startTls === "required" },
    ...{ ignoreTLS: !implicitTls && startTls === "off" },
    ...(login === null ? {} : { auth: { user: login.user, pass: login.password } }),
    ...(caFile === null ? {} : { tls: { ca: readFileSync(caFile, "utf8") } }),
    ...{ connectionTimeout: patience, greetingTimeout: patience, socketTimeout: patience },
    // What a mail says is text of ours: nothing in it is ever read from a file or an address.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    send: async ({ to, subject, text, messageId }) => {
      try {
        await transport.sendMail({
          ...{ from, to, subject, text, messageId },
          // Answered by no machine (RFC 3834, section 5; Auto-Submitted).
          headers: { "Auto-Submitted": "auto-generated" },
        });
        return { sent: true };
      } catch (error) {
        return { sent: false, ...describeFault(error) };
      }
    },
  };
}

/** A code of the library and the reply's three digits (RFC 5321, 4.2); what a server says may hold anything. */
function describeFault(error: unknown): { lasting: boolean; fault: string } {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const kind = typeof code === "string" && /^[A-Z_]{1,30}$/.test(code) ? code : "UNKNOWN";
  const reply = typeof responseCode === "number" ? responseCode : null;
  return {
    // A wrong password is mended by whoever runs the server; a mailbox that is not there is not.
    lasting: (kind === "EENVELOPE" || kind === "EMESSAGE") && reply !== null && reply >= 500,
    fault: reply === null ? kind : `${kind} ${reply}`,
  };
}
