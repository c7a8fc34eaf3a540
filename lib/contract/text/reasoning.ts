/** The tags between which models think aloud. */
export const reasoningTags = [
  'think',
  'thinking',
  'thought',
  'thoughts',
  'reasoning',
  'reflection',
  'scratchpad',
  'seed:think',
] as const

const tag = `(?:${reasoningTags.join('|')})`
/** How thoughts begin and end in the templates of models. */
const fences = [
  [String.raw`<${tag}(?:\s[^<>]*)?>`, String.raw`</${tag}\s*>`, 'i'],
  [String.raw`\[THINK\]`, String.raw`\[/THINK\]`, ''],
  ['◁think▷', '◁/think▷', ''],
  [String.raw`<\|begin_of_thought\|>`, String.raw`<\|end_of_thought\|>`, ''],
  [String.raw`<\|channel\|>(?:analysis|commentary)[^<]*<\|message\|>`, String.raw`<\|end\|>`, ''],
] as const
// First those that are whole, or not closed; then those whose begin is not in the answer, for the template wrote it.
const thoughts = [
  ...fences.map(([begin, end, flags]) => new RegExp(`${begin}[\\s\\S]*?(?:${end}|$)`, `g${flags}`)),
  ...fences.map(([, end, flags]) => new RegExp(String.raw`^[\s\S]*${end}`, flags)),
]
// What is left of the frames that some templates put around each part.
const frames =
  /(?:<\|start\|>assistant)?<\|channel\|>final[^<]*<\|message\|>|<\|(?:end|return|(?:begin|end)_of_solution)\|>/g

/** What a model wrote without what it thought aloud, whether or not its tags are complete. */
export function withoutReasoning(text: string): string {
  const said = [...thoughts, frames].reduce((rest, part) => rest.replace(part, ''), text)
  return said === text ? text : said.trim()
}
