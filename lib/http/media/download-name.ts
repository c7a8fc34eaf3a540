import { asciiFileName, fileName } from '#lib/contract/text/file-name'

/**
 * A `Content-Disposition` that saves a file under the words of its prompt (RFC 6266): in full for browsers that
 * read UTF-8 names, in plain ASCII for the rest.
 */
export function downloadName(prompt: string, storedName: string) {
  const extension = storedName.slice(storedName.lastIndexOf('.'))
  const encoded = encodeURIComponent(fileName(prompt, extension))
  return `attachment; filename="${asciiFileName(prompt, extension)}"; filename*=UTF-8''${encoded}`
}
