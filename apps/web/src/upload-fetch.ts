/**
 * A `fetch` that tells how much of the body has been sent. The browser's own fetch does not, so this goes through
 * XMLHttpRequest; everything else about the answer is the same.
 */
export function createUploadFetch(onSent: (sent: number, total: number) => void): typeof globalThis.fetch {
  return (input, init) =>
    new Promise<Response>((resolve, reject) => {
      const request = new XMLHttpRequest();
      const signal = init?.signal;
      request.open(init?.method ?? "GET", String(input));
      for (const [name, value] of new Headers(init?.headers)) request.setRequestHeader(name, value);
      request.responseType = "blob";
      request.upload.onprogress = (event) => onSent(event.loaded, event.total);
      // Everything has been sent; the server is reading it.
      request.upload.onload = (event) => onSent(event.total, event.total);
      request.onload = () => {
        const type = request.getResponseHeader("content-type") ?? "";
        resolve(new Response(request.response as Blob, { status: request.status, headers: { "content-type": type } }));
      };
      request.onerror = () => reject(new TypeError("the connection failed"));
      request.onabort = () => reject(signal?.reason ?? new DOMException("aborted", "AbortError"));
      signal?.addEventListener("abort", () => request.abort(), { once: true });
      request.send((init?.body ?? null) as XMLHttpRequestBodyInit | null);
    });
}
