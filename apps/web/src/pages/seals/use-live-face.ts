import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useRef } from "react";
import { api } from "../../api.ts";
import { drawLiveFace, type FaceForm, type LiveFace } from "./face-form.ts";
import { createGlyphCache } from "./glyph-cache.ts";

/** Outlines stay the same as long as the page lives, whoever draws. */
const glyphs = createGlyphCache((text) => api("GET /v1/seal-glyphs", { query: { text } }));

/**
 * The face of a form, drawn in this browser: only outlines that are not here yet are asked of the server. While they are
 * on their way `shown` stays the face before.
 */
export function useLiveFace(form: FaceForm): {
  readonly live: LiveFace;
  readonly shown: Extract<LiveFace, { state: "drawn" }> | null;
  readonly error: unknown;
  readonly retry: () => void;
} {
  // Laying a long text along its arc takes some milliseconds: typing goes before drawing.
  const face = useDeferredValue(form);
  const live = drawLiveFace(face, glyphs.known);
  const wanted = live.state === "waiting" ? live.characters : "";
  const query = useQuery({
    queryKey: ["seal-glyphs", wanted],
    queryFn: async () => {
      await glyphs.load(wanted);
      return glyphs.known.size;
    },
    enabled: wanted !== "",
    staleTime: Number.POSITIVE_INFINITY,
    // Drawn again whenever outlines have come, though the answer itself lies in the cache.
    notifyOnChangeProps: "all",
  });
  const last = useRef<Extract<LiveFace, { state: "drawn" }>>(null);
  if (live.state === "drawn") last.current = live;
  return { live, shown: last.current, error: query.error, retry: () => void query.refetch() };
}
