/**
 * `fetch` for one upload that tells how much has been sent, which the browser's own does not: 0 to 1, and 1 once the
 * server has everything and is reading it.
 */
export function fetchWithProgress(onProgress: (share: number) => void): typeof fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(init?.method ?? "GET", String(input));
      for (const [name, value] of new Headers(init?.headers)) request.setRequestHeader(name, value);
      request.responseType = "blob";
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) onProgress(event.loaded / event.total);
      };
      request.upload.onload = () => onProgress(1);
      request.onload = () => {
        const { status } = request;
        const body: Blob | null = status === 204 ? null : request.response;
        resolve(new Response(body, { status, headers: readHeaders(request.getAllResponseHeaders()) }));
      };
      request.onerror = () => reject(new TypeError("the server does not answer"));
      request.onabort = () => reject(init?.signal?.reason);
      init?.signal?.addEventListener("abort", () => request.abort());
      request.send((init?.body ?? null) as XMLHttpRequestBodyInit | null);
    });
}

/** Headers as XMLHttpRequest gives them: a line each, ended by CR LF (XMLHttpRequest 3.6.5). */
export function readHeaders(text: string): [string, string][] {
  return text.split("\r\n").flatMap((line): [string, string][] => {
    const at = line.indexOf(":");
    return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()]] : [];
  });
}
