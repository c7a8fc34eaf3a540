import type { VideoBrief } from '#lib/contract/chat-tools'
import type { Target } from './request.ts'

// Enough of a word to know it again in another case: "кота" and "кот", "cats" and "cat".
const stemLength = 4

/** The video that is meant, out of those there are (oldest first); without a pointer the last one. */
export function resolveTarget(
  target: Target | undefined,
  videos: VideoBrief[],
): VideoBrief | undefined {
  switch (target?.kind) {
    case 'number':
      return videos.find(({ number }) => number === target.number)
    case 'previous':
      return videos.at(-2)
    case 'words':
      return described(target.words, videos)
    default:
      return videos.at(-1)
  }
}

function described(words: string[], videos: VideoBrief[]) {
  const stems = words.map((word) => word.toLowerCase().slice(0, stemLength))
  const score = ({ prompt }: VideoBrief) =>
    stems.filter((stem) => prompt.toLowerCase().includes(stem)).length
  const best = videos.reduce<VideoBrief | undefined>(
    (best, video) => (best && score(best) > score(video) ? best : video),
    undefined,
  )
  return best && score(best) > 0 ? best : undefined
}
