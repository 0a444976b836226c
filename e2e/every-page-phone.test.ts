import { walkEveryPage } from "./every-page.ts";

walkEveryPage("zh-CN", 390);
