/** Where the API is, and the key to it. */
export interface GeminiSite {
  /** Without a slash at its end. */
  baseUrl: string
  apiKey: string
}

/** The header that carries the key: for the API itself, and for downloads from its own origin. */
export function keyHeader({ apiKey }: GeminiSite) {
  return { 'x-goog-api-key': apiKey }
}

/**
 * The address a finished video is downloaded from. Google gives a download link; its SDK takes the
 * name of a file and the address of one as well, so those are turned into the link.
 */
export function downloadUrl({ baseUrl }: GeminiSite, uri: string) {
  const file = /^(?:https?:\/\/.+\/)?(files\/[^/:?]+)$/.exec(uri)?.[1]
  return file ? `${baseUrl}/v1beta/${file}:download?alt=media` : uri
}
