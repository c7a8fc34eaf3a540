const longest = 80

/**
 * A `Content-Disposition` that saves a file under the words of its prompt (RFC 6266): in full for browsers that
 * read UTF-8 names, in plain ASCII for the rest.
 */
export function downloadName(prompt: string, storedName: string) {
  const extension = storedName.slice(storedName.lastIndexOf('.'))
  const words = prompt
    .normalize('NFC')
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  const name = Array.from(words).slice(0, longest).join('').replace(/-+$/, '') || 'video'
  const ascii = name.replace(/[^\x20-\x7e]+/g, '').replace(/^-+|-+$/g, '') || 'video'
  const encoded = encodeURIComponent(`${name}${extension}`)
  return `attachment; filename="${ascii}${extension}"; filename*=UTF-8''${encoded}`
}
