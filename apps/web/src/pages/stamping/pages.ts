import type { Page } from "../../page.ts";
import { paths } from "../../paths.ts";

/** Stamping by hand: the custodian's page at the paper, and where others look at the photos. */
export const stampingPages: readonly Page[] = [
  {
    path: paths.stamp("$requestId"),
    title: "stamp",
    frame: "shell",
    areas: ["stamping", "requests", "custody", "matters"],
    load: () => import("./stamp-page.tsx").then((module) => module.StampPage),
  },
  {
    path: paths.photos("$requestId"),
    title: "photos",
    frame: "shell",
    areas: ["stamping", "requests", "matters"],
    load: () => import("./photos-page.tsx").then((module) => module.PhotosPage),
  },
  {
    path: paths.printedPage("$code"),
    title: "printedPage",
    frame: "public",
    areas: ["stamping"],
    load: () => import("./printed-page.tsx").then((module) => module.PrintedPage),
  },
];
