import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { vendorCloudCaps } from "@chancery/domain";
import { z } from "zod";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import {
  type Authorised,
  type PulledImage,
  type RawRequest,
  type SealDeviceAdapter,
  VendorFault,
  type VendorHint,
} from "./adapter.ts";
import { imagesLimit } from "./open-images.ts";
import { askCloud } from "./vendor-http.ts";

/** An archive is whatever a cloud sent: it is unpacked in a thread. */
const unpack = createThreadPool<{ bytes: Uint8Array }, PulledImage[] | null>(
  new URL("./open-images-worker.ts", import.meta.url),
  { timeMs: 20_000, memoryMb: 512, mostAtOnce: 1, mostWaiting: 20 },
);

/** What a cloud of this kind is asked with. */
export interface ContractLockAccount {
  readonly address: string;
  readonly timeZone: string;
  readonly token: string;
  readonly secret: string;
  /** With it calls are signed; null where they are not. */
  readonly callKey: string | null;
  readonly now: () => number;
}

/**
 * Where a private cloud of this kind is asked. Application and pictures are as its integrators describe them; detail, end and
 * adding are the names we expect and have not seen at a maker's: whoever connects a real one holds them against its manual.
 */
const paths = {
  apply: "seal/apply/multiple",
  images: "seal/apply/images/download",
  detail: "seal/apply/detail",
  append: "seal/apply/append",
  finish: "seal/apply/finish",
} as const;

/** Bytes of an answer. */
const answerLimit = 1024 * 1024;
/** How long pictures may be on their way. */
const imagesPatience = 60_000;

const Id = z.union([z.string().min(1).max(64), z.number().int().nonnegative()]).transform(String);
const Count = z.number().int().min(0).max(2_000_000_000);
const Applied = z.object({
  id: Id,
  sealAuths: z
    .array(z.object({ id: Id, vertifyCode: z.string().max(64).nullish() }))
    .min(1)
    .max(100),
});
const Detail = z.object({
  id: Id,
  status: z.string().max(40),
  sealAuths: z
    .array(
      z.object({ id: Id, deviceNo: z.string().max(100), count: Count, usedCount: Count, leftCount: Count }).extend({
        vertifyCode: z.string().max(64).nullish(),
        serialNo: z.string().max(64).nullish(),
      }),
    )
    .max(100),
});
const ended = new Set(["COMPLETE", "FINISHED", "TERMINATED", "RECALLED"]);
/** What it answers for an application that it does not know. */
const unknownThere = 1404;

/** A cloud that speaks as Contract Lock's private cloud does. */
export function createContractLock(account: ContractLockAccount): SealDeviceAdapter {
  const { address, timeZone, now } = account;
  const headers = (): Record<string, string> => {
    const timestamp = String(now());
    // The maker's own rule, and of use for nothing else: MD5 keeps no secret that TLS does not.
    const signature = createHash("md5").update(`${account.token}${account.secret}${timestamp}`).digest("hex");
    return { "x-qys-accesstoken": account.token, "x-qys-timestamp": timestamp, "x-qys-signature": signature };
  };
  const ask = async (path: string, what: { query?: Record<string, string>; body?: object }): Promise<unknown> => {
    const bytes = await askCloud({ address, path, ...what, headers: headers(), limitBytes: answerLimit });
    const answer = z.object({ code: z.number().int(), result: z.unknown().optional() }).safeParse(parseJson(bytes));
    if (!answer.success) throw new VendorFault("unclear", "unreadable");
    if (answer.data.code !== 0) throw new VendorFault("refused", `code-${answer.data.code}`);
    return answer.data.result;
  };
  const read = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new VendorFault("unclear", "unreadable");
    return parsed.data;
  };
  const readTime = composeTime(timeZone);
  return {
    kind: "vendor-cloud",
    caps: vendorCloudCaps,
    authorise: async (use): Promise<Authorised> => {
      const [first] = use.uses;
      const auths = use.uses.map(({ mobile, count, from, until }) => ({
        ...{ deviceNo: use.deviceNo, count, startTime: readTime(from), endTime: readTime(until), users: [{ mobile }] },
        serialNo: use.authorisationId,
      }));
      const about = { tenantName: use.organisation, subject: use.subject, serialNo: use.authorisationId };
      const applicant = { applyerName: first?.name ?? "", applyerContact: first?.mobile ?? "" };
      const body =
        use.adds === null
          ? { ...about, ...applicant, auths, documents: [], forms: [] }
          : { businessId: use.adds, serialNo: use.authorisationId, auths };
      const made = read(Applied, await ask(use.adds === null ? paths.apply : paths.append, { body }));
      const auth = made.sealAuths.at(-1);
      if (!auth) throw new VendorFault("unclear", "unreadable");
      return { ref: made.id, auth: auth.id, useCode: auth.vertifyCode ?? null };
    },
    find: async (authorisationId) => {
      const answer = await ask(paths.detail, { query: { serialNo: authorisationId } }).catch((error: unknown) => {
        if (error instanceof VendorFault && error.code === `code-${unknownThere}`) return null;
        throw error;
      });
      if (answer === null) return null;
      const detail = read(Detail, answer);
      const auth = detail.sealAuths.find((one) => one.serialNo === authorisationId);
      return auth ? { ref: detail.id, auth: auth.id, useCode: auth.vertifyCode ?? null } : null;
    },
    revoke: async (ref, why) => {
      await ask(paths.finish, { body: { businessId: ref, reason: why } });
      return "done";
    },
    lock: async () => "unsupported",
    isSigned: (request) => account.callKey === null || isSignedBy(account.callKey, request),
    parseCallback,
    pull: async (ref) => {
      const detail = read(Detail, await ask(paths.detail, { query: { businessId: ref } }));
      // An answer about another application is none.
      if (detail.id !== ref) throw new VendorFault("unclear", "unreadable");
      const auths = detail.sealAuths.map(
        ({ id, deviceNo, count, usedCount, leftCount }) =>
          [id, { deviceNo, count, used: usedCount, left: leftCount }] as const,
      );
      return { ref, ended: ended.has(detail.status), auths: new Map(auths) };
    },
    pullImages: async function* (ref) {
      const call = { address, path: paths.images, query: { businessId: ref }, headers: headers() };
      const images = await unpack({
        bytes: await askCloud({ ...call, limitBytes: imagesLimit, patienceMs: imagesPatience }),
      });
      if (!images.ok || images.answer === null) throw new VendorFault("unclear", "pictures-unreadable");
      yield* images.answer;
    },
  };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return null;
  }
}

function parseCallback({ body }: RawRequest): VendorHint[] {
  const told = z.object({ businessId: Id }).safeParse(parseJson(body));
  // Its calls bear no number of their own: the same bytes are the same call.
  return told.success ? [{ ref: told.data.businessId, key: createHash("sha256").update(body).digest("hex") }] : [];
}

function isSignedBy(key: string, request: RawRequest): boolean {
  const said = Buffer.from(request.header("x-seal-signature") ?? "", "hex");
  const right = createHmac("sha256", key).update(request.body).digest();
  return said.length === right.length && timingSafeEqual(said, right);
}

/** `yyyy-MM-dd HH:mm:ss` as clocks at the cloud show it. */
function composeTime(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    ...{ timeZone, year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit", second: "2-digit" },
  });
  return (at) => format.format(at);
}
