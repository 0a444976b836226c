import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** A language's texts are fetched by themselves: nobody needs both. */
const TEXTS = /\/i18n\/\w+\.(en|zh)\.ts$|\/antd\/.*locale/;

/**
 * Left alone, each module that several pages share becomes a file of its own, and a page asks for seventy. What stands
 * before any page, what a sixth of them use (larger shares make the sign-in page carry what it never shows), and the
 * small pictures on buttons are one file each.
 */
const CHUNKS = [
  { name: "every-page", tags: ["$initial" as const], priority: 3 },
  { name: "shared", test: (id: string) => !TEXTS.test(id), minShareCount: 20, priority: 2 },
  { name: "icons", test: /\/@ant-design\/icons/, minShareCount: 3, priority: 1 },
];

/**
 * What drawing PDF pages needs beside its scripts (character maps for Chinese, standard fonts, picture decoders, colour
 * profiles), under the names the reader asks for. Scripts inside documents never run, so their engine stays out.
 */
function pdfData(): Plugin {
  const manifest = createRequire(import.meta.url).resolve("pdfjs-dist/package.json");
  const from = dirname(manifest);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return {
    name: "pdf-data",
    apply: "build",
    generateBundle() {
      for (const folder of ["cmaps", "standard_fonts", "wasm", "iccs"])
        for (const name of readdirSync(join(from, folder)).filter((one) => !one.startsWith("quickjs")))
          this.emitFile({
            type: "asset",
            fileName: `assets/pdf-data-${version}/${folder}/${name}`,
            source: readFileSync(join(from, folder, name)),
          });
    },
  };
}

/**
 * The server replaces `__CSP_NONCE__` in index.html by a fresh nonce in each answer (and sends the same in the header),
 * because antd writes style elements at run time.
 */
export default defineConfig({
  plugins: [react(), pdfData()],
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2024",
    sourcemap: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        codeSplitting: { groups: CHUNKS },
      },
    },
  },
});
