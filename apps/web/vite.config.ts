import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Packages that every page needs: one chunk that stays in the browser's cache from page to page. */
const EVERY_PAGE = /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next)\//;

/**
 * The server replaces `__CSP_NONCE__` in index.html by a fresh nonce in each answer (and sends the same in the header),
 * because antd writes style elements at run time.
 */
export default defineConfig({
  plugins: [react()],
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
        codeSplitting: { groups: [{ name: "every-page", test: EVERY_PAGE }] },
      },
    },
  },
});
