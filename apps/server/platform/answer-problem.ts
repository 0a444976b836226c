import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isDatabaseGone } from "./database-gone.ts";
import { describeFault } from "./describe-fault.ts";
import type { UnfitField } from "./input-words.ts";
import { ProblemError, problems } from "./problems.ts";

/**
 * Answers a problem (RFC 9457). Nothing of a fault goes out but its number; it is logged under the route's template,
 * because a path may hold a secret (the token of an invitation).
 */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = error instanceof ProblemError ? error : toProblem(error);
  if (problem.status >= 500) {
    const facts = {
      err: describeFault(error),
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url,
    };
    request.log.error(facts, "a request failed");
  }
  if ([429, 503].includes(problem.status) && !reply.hasHeader("retry-after")) reply.header("retry-after", "5");
  return reply
    .code(problem.status)
    .header("content-type", "application/problem+json; charset=utf-8")
    .header("cache-control", "no-store")
    .send(
      JSON.stringify({
        type: `urn:chancery:problem:${problem.code}`,
        title: problem.code,
        status: problem.status,
        detail: problem.sentence.en,
        code: problem.code,
        requestId: request.id,
        sentence: problem.sentence,
        refusals: problem.refusals,
        fields: problem.fields,
      }),
    );
}

function toProblem(error: unknown): ProblemError {
  const { statusCode, code } = factsOf(error);
  if (error instanceof z.ZodError)
    return new ProblemError(500, "server.answer-invalid", {
      en: "The server made an answer it may not give. Nothing was lost; report the number of this request.",
      zh: "服务器生成的应答不符合约定。数据没有丢失，请报告此请求的编号。",
    });
  if (isDatabaseGone(error)) return problems.databaseGone();
  const unfit = findUnfitData(error, code);
  if (unfit) return problems.inputInvalid([unfit]);
  if (statusCode === 413) return problems.tooLarge();
  if (statusCode === 415)
    return new ProblemError(415, "input.kind-unknown", {
      en: "The server takes JSON here (content-type: application/json), or a file in a form.",
      zh: "此处仅接受 JSON（content-type: application/json）或表单中的文件。",
    });
  if (statusCode >= 400 && statusCode < 500)
    return new ProblemError(statusCode, "input.unreadable", {
      en: "The server could not read this request.",
      zh: "服务器无法读取该请求。",
    });
  return new ProblemError(500, "server.fault", {
    en: "Something went wrong on the server. Nothing was lost; try again, or report the number of this request.",
    zh: "服务器出现故障。数据没有丢失；请重试，或报告此请求的编号。",
  });
}

function factsOf(error: unknown): { statusCode: number; code: string } {
  if (typeof error !== "object" || error === null) return { statusCode: 500, code: "" };
  return {
    statusCode: "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500,
    code: "code" in error ? String(error.code) : "",
  };
}

/**
 * What the database does not take from a caller: data of class 22 (no such character, day or number), and a reference to
 * what is not there. What the schemas know is refused before; the database is the last to know the rest.
 */
function findUnfitData(error: unknown, code: string): UnfitField | null {
  if (!(error instanceof Error) || !("severity" in error)) return null;
  if (/^22...$/.test(code))
    return { path: "", message: "holds a value that can not be kept", zh: "含有无法保存的数值" };
  if (code !== "23503" || !("detail" in error)) return null;
  const [, column] = /^Key \(([a-z_]+)\)=.* is not present in table/s.exec(String(error.detail)) ?? [];
  return column
    ? { path: column.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()), message: "is unknown", zh: "不存在" }
    : null;
}
