const maxLength = 60

/** A file name after the prompt: its letters and digits in any script, cut at a word. */
export function downloadName(prompt: string) {
  const words = prompt.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  let name = ''
  for (const word of words) {
    if (name.length + word.length > maxLength) break
    name += name ? `-${word}` : word
  }
  return `${name || 'video'}.mp4`
}
