/** A ZIP as an answer that browsers save. How long it is, its end says. */
export function zipAnswer(body: ReadableStream<Uint8Array> | null, name: string): Response {
  return new Response(body, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${name}"`,
      // No proxy packs it once more, or waits for all of it.
      'cache-control': 'private, no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    },
  })
}
