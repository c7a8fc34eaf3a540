// What micromark hands to a construct, as far as it is used here.
type Code = number | null
type State = (code: Code) => State | undefined
interface Effects {
  enter(type: SequenceType): void
  consume(code: Code): void
  exit(type: SequenceType): { _open?: boolean; _close?: boolean }
}
type SequenceType = 'attentionSequence' | 'strikethroughSequenceTemporary'
interface Construct {
  name: string
  resolveAll?(events: unknown, context: Context): unknown
}
interface Context {
  previous: Code
  events: [kind: string, token: { type: string }][]
  parser: {
    constructs: { attentionMarkers: { null: Code[] }; insideSpan: { null: Construct[] } }
  }
}

const [asterisk, underscore, tilde] = [42, 95, 126]

/**
 * For remark: stars, underscores and double tildes beside scripts that are written without spaces mean what they mean beside words
 * with spaces. By CommonMark's own rule `**「重要」**です` is no bold text, for a letter follows the punctuation.
 */
export const boldInScripts = extendParser

function extendParser(this: { data(): object }) {
  const data = this.data() as { micromarkExtensions?: object[] }
  data.micromarkExtensions ??= []
  data.micromarkExtensions.push({
    text: { [asterisk]: attention, [underscore]: attention, [tilde]: strikethrough },
  })
}

/** The sequences are found here; to pair them stays with the construct of this name that micromark has. */
function pairedBy(name: 'attention' | 'strikethrough') {
  const resolveAll = (events: unknown, context: Context) =>
    context.parser.constructs.insideSpan.null
      .find((construct) => construct.name === name)
      ?.resolveAll?.(events, context) ?? events
  return { name, resolveAll }
}

const attention = {
  ...pairedBy('attention'),
  tokenize(this: Context, effects: Effects, ok: State): State {
    const { previous } = this
    const others = this.parser.constructs.attentionMarkers.null.filter(
      (code) => code !== asterisk && code !== underscore,
    )
    const inside: State = (code) => {
      if (code === marker) {
        effects.consume(code)
        return inside
      }
      const token = effects.exit('attentionSequence')
      Object.assign(token, flanks(marker, previous, code, others))
      return ok(code)
    }
    let marker: Code = null
    return (code) => {
      marker = code
      effects.enter('attentionSequence')
      return inside(code)
    }
  },
}

const strikethrough = {
  ...pairedBy('strikethrough'),
  tokenize(this: Context, effects: Effects, ok: State, nok: State): State {
    const { previous, events } = this
    let size = 0
    const inside: State = (code) => {
      if (code === tilde) {
        if (size === 2) return nok(code)
        size += 1
        effects.consume(code)
        return inside
      }
      if (size < 2) return nok(code)
      const token = effects.exit('strikethroughSequenceTemporary')
      Object.assign(token, flanks(asterisk, previous, code, []))
      return ok(code)
    }
    return (code) => {
      if (previous === tilde && events.at(-1)?.[1].type !== 'characterEscape') return nok(code)
      effects.enter('strikethroughSequenceTemporary')
      return inside(code)
    }
  },
}

type Kind = 'space' | 'punctuation' | 'unspaced' | 'letter'

/** Whether a sequence between two characters can open, and close, emphasis. */
function flanks(marker: Code, previous: Code, next: Code, others: Code[]) {
  const [before, after] = [kindOf(previous), kindOf(next)]
  const opens =
    (after !== 'space' && (after !== 'punctuation' || before !== 'letter')) || others.includes(next)
  const closes =
    (before !== 'space' && (before !== 'punctuation' || after !== 'letter')) ||
    others.includes(previous)
  if (marker === asterisk) return { _open: opens, _close: closes }
  // Underscores are part of words.
  return {
    _open: opens && (!closes || before === 'punctuation'),
    _close: closes && (!opens || after === 'punctuation'),
  }
}

// Letters and punctuation of scripts that have no spaces between words, and the first halves of rare ideographs.
const unspaced =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\u3001-\u303F\u30FB\u30FC\uFF01-\uFFEE\uD840-\uD88D]/u

function kindOf(code: Code): Kind {
  if (code === null || code < 0) return 'space'
  const character = String.fromCharCode(code)
  if (/\s/.test(character)) return 'space'
  if (unspaced.test(character)) return 'unspaced'
  return /[\p{P}\p{S}]/u.test(character) ? 'punctuation' : 'letter'
}
