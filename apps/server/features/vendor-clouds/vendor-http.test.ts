import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { askCloud, readCloudAddress } from "./vendor-http.ts";

const open: ServerResponse[] = [];
const server = createServer((request, response) => {
  const path = new URL(request.url ?? "/", "http://here").pathname;
  if (path === "/base/slow") return void open.push(response);
  if (path === "/base/moved") return void response.writeHead(302, { location: "/base/well" }).end();
  if (path === "/base/no") return void response.writeHead(403).end("why");
  if (path === "/base/broken") return void response.writeHead(503).end();
  if (path === "/base/large") return void response.writeHead(200).end(Buffer.alloc(5000));
  response.writeHead(200).end("well");
});
let address = "";
before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = readCloudAddress(`http://127.0.0.1:${(server.address() as AddressInfo).port}/base`) ?? "";
});
after(() => {
  server.closeAllConnections();
  server.close();
});
const ask = (path: string, patienceMs = 5000): Promise<Buffer> =>
  askCloud({ address, path, headers: { "x-key": "a secret" }, limitBytes: 1000, patienceMs });

test("a cloud's answer has its size and time, is not followed elsewhere, and a fault says its kind and nothing of the call", async () => {
  assert.equal((await ask("well")).toString(), "well");
  for (const [path, kind, code] of [
    ["moved", "unclear", "status-302"],
    ["no", "refused", "status-403"],
    ["broken", "unclear", "status-503"],
    ["large", "unclear", "too-large"],
  ] as const)
    await assert.rejects(ask(path), { kind, code, message: `a maker's cloud: ${code}` });
  await assert.rejects(ask("slow", 40), { kind: "unclear", code: "too-slow" });
  const nobody = askCloud({ address: "http://127.0.0.1:1/", path: "x", headers: {}, limitBytes: 1 });
  await assert.rejects(nobody, { kind: "unclear", code: "no-connection" });
});

test("a cloud is asked by https, or on this machine; nothing else is an address of one", () => {
  assert.equal(readCloudAddress(" https://cloud.example/api "), "https://cloud.example/api/");
  assert.equal(readCloudAddress("http://localhost:9182"), "http://localhost:9182/");
  for (const text of [
    ...[
      "http://cloud.example/",
      "https://me:word@cloud.example/",
      "https://cloud.example/?a=1",
      "https://cloud.example/#a",
    ],
    ...["file:///etc/passwd", "ftp://cloud.example/", "cloud.example", ""],
  ])
    assert.equal(readCloudAddress(text), null, text);
});
