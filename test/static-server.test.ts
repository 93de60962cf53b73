import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {request} from "node:http";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {serveStatic} from "./static-server.js";
import type {StaticServer} from "./static-server.js";

const folder = mkdtempSync(join(tmpdir(), "workings-"));
let server: StaticServer;
beforeAll(async () => {
  mkdirSync(join(folder, "site", "room"), {recursive: true});
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "site", "index.html"), "front door");
  writeFileSync(join(folder, "site", "404.html"), "not here");
  writeFileSync(join(folder, "site", "room", "index.html"), "a room");
  writeFileSync(join(folder, "site", "a b.js"), "1");
  server = await serveStatic({directory: join(folder, "site"), base: "/notes/workings"});
});
afterAll(async () => {
  await server.close();
  rmSync(folder, {recursive: true});
});

const get = (path: string) => fetch(new URL(path, server.url), {redirect: "manual"});

it("serves a folder's index.html under its base path", async () => {
  expect(new URL(server.url).pathname).toBe("/notes/workings/");
  expect(await (await get("")).text()).toBe("front door");
  expect(await (await get("room/")).text()).toBe("a room");
});

it("sends a folder without its slash to the folder, query kept", async () => {
  const response = await get("room?kind=ciou");
  expect(response.status).toBe(301);
  expect(response.headers.get("location")).toBe("/notes/workings/room/?kind=ciou");
  expect((await get("/notes/workings")).headers.get("location")).toBe("/notes/workings/");
});

it("names types, for names with spaces too", async () => {
  expect((await get("a%20b.js")).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
});

it("answers 404 with the site's own page", async () => {
  const response = await get("nothing");
  expect(response.status).toBe(404);
  expect(await response.text()).toBe("not here");
  expect((await get("/elsewhere")).status).toBe(404);
});

it.each(["../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "room/..%2f..%2fsecret.txt", "%", "%00"])(
  "never leaves its folder: %s",
  async (path) => {
    const {port, pathname} = new URL(server.url);
    // Not fetch: it would tidy the path before asking.
    const asked = request({port, path: pathname + path});
    const status = await new Promise<number | undefined>((resolve, reject) => {
      asked.on("response", (response) => resolve(response.resume().statusCode)).on("error", reject).end();
    });
    expect(status).toBe(404);
  }
);
