import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { redPicture } from "../../platform/test-picture.ts";
import { packPlain } from "../../platform/unpack-archive.ts";

/** What a fake cloud does with the next question: as it should, answers an error, or does what was asked and answers an error. */
type Turn = "well" | "error" | "done-and-error" | "cut-off";

interface FakeAuth {
  readonly id: string;
  readonly serialNo: string;
  readonly deviceNo: string;
  readonly mobile: string;
  count: number;
  used: number;
  /** What it says is left; null: what comes out. */
  left: number | null;
}
interface FakeApplication {
  readonly id: string;
  status: string;
  readonly auths: FakeAuth[];
  readonly pictures: { name: string; content: Buffer }[];
}

export interface FakeCloud {
  readonly address: string;
  readonly token: string;
  readonly secret: string;
  readonly applications: FakeApplication[];
  /** Paths that were asked, in their order. */
  readonly asked: string[];
  /** Turns of the next questions; after them it does as it should. */
  readonly turns: Turn[];
  /** An archive in place of its own. */
  archive: Uint8Array | null;
  /** The application of a request, as the platform named it. */
  of(authorisationId: string): FakeApplication;
  /** Somebody presses, with a photo of each. */
  press(authorisationId: string, times: number, photos?: number): void;
  /** The bytes of a call about an application. */
  callAbout(ref: string, change?: object): Buffer;
  close(): Promise<void>;
}

let pictures = 50_000;

/** A cloud of the Contract Lock kind as a test needs it, on loopback: it fails, counts wrong and calls as it is told. */
export async function startFakeCloud(): Promise<FakeCloud> {
  const [token, secret] = ["fake-token-1", "fake-secret-1"];
  const applications: FakeApplication[] = [];
  const asked: string[] = [];
  const turns: Turn[] = [];
  const find = (test: (auth: FakeAuth) => boolean): { of: FakeApplication; auth: FakeAuth } => {
    for (const of of applications) for (const auth of of.auths) if (test(auth)) return { of, auth };
    throw new Error("the fake cloud was never asked for it");
  };
  const server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://fake");
    const body = JSON.parse((await textOf(request)) || "{}") as FakeBody;
    asked.push(url.pathname);
    const signature = createHash("md5").update(`${token}${secret}${request.headers["x-qys-timestamp"]}`).digest("hex");
    if (request.headers["x-qys-accesstoken"] !== token || request.headers["x-qys-signature"] !== signature)
      return void response.writeHead(401).end();
    const turn = turns.shift() ?? "well";
    if (turn === "error") return void response.writeHead(500).end("a stack trace with a password");
    const result = serve(url, body);
    if (turn === "done-and-error") return void response.writeHead(502).end();
    if (turn === "cut-off") return void request.socket.destroy();
    if (result instanceof Uint8Array) return void response.writeHead(200).end(result);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(result === null ? { code: 1404, message: "unknown" } : { code: 0, result }));
  };
  const cloud: FakeCloud = {
    ...{ address: "", token, secret, applications, asked, turns, archive: null },
    of: (authorisationId) => find(({ serialNo }) => serialNo === authorisationId).of,
    press: (authorisationId, times, photos = times) => {
      const { of, auth } = find(({ serialNo }) => serialNo === authorisationId);
      auth.used += times;
      for (let nth = 0; nth < photos; nth += 1) {
        pictures += 1;
        const name = `SIGNATORY/${of.pictures.length + 1}.png`;
        of.pictures.push({ name, content: Buffer.from(redPicture(pictures)) });
      }
    },
    callAbout: (ref, change = {}) =>
      Buffer.from(JSON.stringify({ businessId: ref, mobile: "13800000000", imageType: "SIGNATORY", ...change })),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const serve = (url: URL, body: FakeBody): object | Uint8Array | null => {
    const ref = url.searchParams.get("businessId") ?? body.businessId ?? "";
    const serial = url.searchParams.get("serialNo");
    const there = applications.find(({ id, auths }) => id === ref || auths.some((auth) => auth.serialNo === serial));
    switch (url.pathname) {
      case "/api/seal/apply/multiple":
      case "/api/seal/apply/append": {
        const application = there ?? { id: `27${applications.length + 1}`, status: "USING", auths: [], pictures: [] };
        if (!there) applications.push(application);
        for (const auth of body.auths ?? [])
          application.auths.push({
            ...{ id: `${application.id}${application.auths.length + 1}`, serialNo: body.serialNo ?? "" },
            ...{ deviceNo: auth.deviceNo, mobile: auth.users[0]?.mobile ?? "", count: auth.count, used: 0, left: null },
          });
        return show(application);
      }
      case "/api/seal/apply/detail":
        return there ? show(there) : null;
      case "/api/seal/apply/finish":
        if (there) there.status = "FINISHED";
        return there ? {} : null;
      case "/api/seal/apply/images/download":
        return cloud.archive ?? packPlain(there?.pictures ?? []);
      default:
        return null;
    }
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(cloud, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api` });
}

interface FakeBody {
  readonly businessId?: string;
  readonly serialNo?: string;
  readonly auths?: readonly { deviceNo: string; count: number; users: readonly { mobile: string }[] }[];
}

const show = ({ id, status, auths }: FakeApplication): object => ({
  ...{ id, status },
  sealAuths: auths.map(({ id: authId, serialNo, deviceNo, count, used, left }) => ({
    ...{ id: authId, serialNo, deviceNo, count, usedCount: used, leftCount: left ?? Math.max(0, count - used) },
    vertifyCode: `code-${authId}`,
  })),
});

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
