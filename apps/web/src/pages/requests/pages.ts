import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";
import { countInbox, mayUse } from "../../session.ts";

/** Inbox, seal uses, the page of one, and where it is read and answered. */
export const requestPages: readonly Page[] = [
  {
    path: paths.inbox,
    title: "inbox",
    frame: "shell",
    areas: ["requests", "matters"],
    load: () => import("./inbox-page.tsx").then((module) => module.InboxPage),
    menu: {
      group: "work",
      icon: "inbox",
      sees: (session) =>
        session.waiting.matters > 0 || mayUse(session, "request.decide", "request.release", "request.supervise"),
      waiting: countInbox,
      thumb: () => 1,
    },
  },
  {
    path: paths.requests,
    title: "requests",
    frame: "shell",
    areas: ["requests"],
    load: () => import("./requests-page.tsx").then((module) => module.RequestsPage),
    menu: { group: "work", icon: "requests", sees: (session) => mayUse(session, "request.read"), thumb: () => 3 },
  },
  {
    path: paths.request("$requestId"),
    title: "request",
    frame: "shell",
    areas: ["requests", "confidential", "templates", "series", "joint", "custody", "stamping"],
    load: () => import("./request-page.tsx").then((module) => module.RequestPage),
  },
  {
    path: paths.decide("$requestId"),
    title: "decide",
    frame: "shell",
    areas: ["requests", "confidential", "templates"],
    load: () => import("./decide-page.tsx").then((module) => module.DecidePage),
  },
];
