import { anyOf, bordered, withoutMatch } from './vocabulary.ts'

/** A model that was named: its id in the catalogue, by what it makes. */
export interface NamedModel {
  video?: string
  image?: string
}

// "The local model railway" is a thing in a scene.
const alone = String.raw`(?= ?(?:$|[,.;:!?)]|(?:and|for|in|at|instead|please|и|на|в|по|вместо|пожалуйста) ))`

/** What models are called. A short name is listed only if it has no other meaning in a scene. */
const names: [NamedModel, words: string[]][] = [
  [
    { video: 'local-preview', image: 'local-still' },
    [
      String.raw`local (?:preview(?: image)?|model|renderer)${alone}`,
      `локальн* (?:модел*|превью|предпросмотр*|рендер*)${alone}`,
    ],
  ],
  [{ video: 'veo-3.1-fast' }, [String.raw`veo(?: ?3(?:\.1)?)? fast`]],
  [{ video: 'veo-3.1-lite' }, [String.raw`veo(?: ?3(?:\.1)?)? lite`]],
  [{ video: 'veo-3.1' }, [String.raw`veo(?: ?3(?:\.1)?)?`, 'вео']],
  [{ video: 'gemini-omni-flash' }, ['gemini omni(?: flash)?', 'omni flash']],
  [{ video: 'kling-3' }, [String.raw`kling(?: ?3(?:\.0)?)?(?: turbo)?`, 'клинг*']],
  [{ video: 'wan-2.7' }, [String.raw`wan 2\.7`]],
  [{ video: 'seedance-2' }, ['seedance(?: 2)?', 'сиданс*']],
  [{ video: 'runway-aleph' }, ['runway aleph']],
  [{ video: 'sora-2' }, ['sora 2']],
  [{ video: 'ltx-video' }, ['ltx(?: video)?']],
  [{ image: 'nano-banana-2' }, ['nano ?banana 2']],
  [{ image: 'nano-banana-pro' }, ['nano ?banana pro']],
  [{ image: 'nano-banana' }, ['nano ?banana']],
  [{ image: 'seedream-4.5' }, [String.raw`seedream(?: 4\.5)?`]],
  [{ image: 'flux-2-pro' }, [String.raw`flux[. ]?2(?: pro)?`]],
  [{ image: 'flux-dev' }, ['flux dev']],
]

const before = String.raw`(?:with|using|use|via|by|on|in|через|на|в|с помощью|используя)\s+(?:the\s+)?(?:(?:model|модел[иь])\s+)?`
const after = String.raw`(?:[\s-]+(?:model|instead)(?![\p{L}\p{N}]))*`
const patterns = names.map(
  ([model, words]) => [model, bordered(`${before}${anyOf(words)}${after}`)] as const,
)

/** Takes the model out that a text asks for: "with Veo 3.1", "on the local model", "через Kling". */
export function readModel(text: string): { model: NamedModel | undefined; rest: string } {
  for (const [model, pattern] of patterns) {
    const match = pattern.exec(text)
    if (match) return { model, rest: withoutMatch(text, match) }
  }
  return { model: undefined, rest: text }
}
