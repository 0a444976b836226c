import { Readable } from "node:stream";
import type { RouteKey } from "@chancery/api/client";
import { beginSeries } from "../features/document-series/begin-series.ts";
import { makeSeries } from "../features/document-series/make-series.ts";
import { testForm, testLine, testList } from "../features/document-series/test-series.ts";
import type { Access } from "./access-table.ts";
import { registerTemplate } from "./standing-access.ts";
import { both, everyone, except, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string}/document-series${string}` | `${string}/list` | `${string}/opened`>;

/** Whoever may ask for the use of a seal; templates in force are everybody's to read. */
const mayApply = except(everyone, both("inspector system-administrator"));
const maker = own("applicant");
const ofMaker: Access = {
  of: "the applicant's, for which no request asks",
  allowed: maker,
  hidden: except(everyone, maker),
};

export const documentSeriesAccess = {
  "GET /v1/templates/versions/:versionId/list": [{ of: "", allowed: mayApply }],
  "POST /v1/document-series": [{ of: "", allowed: mayApply }],
  "GET /v1/document-series/:seriesId": [ofMaker],
  "GET /v1/document-series/:seriesId/lines": [ofMaker],
  "GET /v1/document-series/:seriesId/lines/:nr/proof": [ofMaker],
  "POST /v1/seal-use-requests/:requestId/opened": [
    { of: "of a request without a series", allowed: [], hidden: both("unit-head legal-reviewer signatory") },
  ],
} as const satisfies Record<Mine, readonly Access[]>;

const templates = new WeakMap<World, Promise<string>>();
const series = new WeakMap<World, Promise<string>>();
const list = testList([testLine(1), testLine(2)]);

function versionOf(world: World): Promise<string> {
  const made = templates.get(world) ?? registerTemplate(world, testForm()).then(({ versionId }) => versionId);
  templates.set(world, made);
  return made;
}

async function makeOne(world: World): Promise<string> {
  const stream = Readable.from([list]);
  const wanted = { versionId: await versionOf(world), currency: "CNY" };
  const { seriesId } = await beginSeries(world.env, world.person("own applicant"), wanted, {
    stream,
    fileName: "list.csv",
  });
  await makeSeries(world.env, seriesId ?? "");
  return seriesId ?? "";
}

function seriesOf(world: World): Promise<string> {
  const made = series.get(world) ?? makeOne(world);
  series.set(world, made);
  return made;
}

const onSeries = async (world: World): Promise<TestCall> => ({ params: { seriesId: await seriesOf(world) } });

export const documentSeriesCalls: Readonly<
  Record<Mine, Readonly<Record<string, (world: World) => Promise<TestCall> | TestCall>>>
> = {
  "GET /v1/templates/versions/:versionId/list": {
    "": async (world) => ({
      ...{ params: { versionId: await versionOf(world) }, query: { language: "en", format: "csv" } },
    }),
  },
  "POST /v1/document-series": {
    "": async (world) => ({
      query: { versionId: await versionOf(world), currency: "CNY" },
      file: { name: "list.csv", bytes: list },
    }),
  },
  "GET /v1/document-series/:seriesId": { [ofMaker.of]: onSeries },
  "GET /v1/document-series/:seriesId/lines": { [ofMaker.of]: onSeries },
  "GET /v1/document-series/:seriesId/lines/:nr/proof": {
    [ofMaker.of]: async (world) => ({ params: { seriesId: await seriesOf(world), nr: "1" } }),
  },
  "POST /v1/seal-use-requests/:requestId/opened": {
    "of a request without a series": async (world) => {
      const { requestId, documentId } = await world.subjects.sealed();
      return { params: { requestId }, body: { documentId }, keeps: true };
    },
  },
};
