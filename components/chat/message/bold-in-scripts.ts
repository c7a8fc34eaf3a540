// What micromark hands to a construct, as far as it is used here.
type Code = number | null
type State = (code: Code) => State | undefined
type Sequence = 'attentionSequence' | 'strikethroughSequenceTemporary'
interface Effects {
  enter(type: Sequence): void
  consume(code: Code): void
  exit(type: Sequence): { _open?: boolean; _close?: boolean }
}
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
 * For remark: stars, underscores and tildes beside scripts that are written without spaces mean what they mean beside words
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

function pairsOf(name: string) {
  return (events: unknown, context: Context) =>
    context.parser.constructs.insideSpan.null
      .find((construct) => construct.name === name)
      ?.resolveAll?.(events, context) ?? events
}

// The sequences are found here; to pair them stays with micromark's own construct.
const attention = {
  name: 'attention',
  resolveAll: pairsOf('attention'),
  tokenize(this: Context, effects: Effects, ok: State): State {
    const { previous } = this
    const others = this.parser.constructs.attentionMarkers.null.filter(
      (code) => code !== asterisk && code !== underscore,
    )
    let size = 0
    const inside: State = (code) => {
      if (code === marker) {
        effects.consume(code)
        size += 1
        return inside
      }
      const token = effects.exit('attentionSequence')
      const flank = marker === asterisk ? flanks : flanksOfUnderscores
      Object.assign(token, flank(previous, code, others, size))
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
  name: 'strikethrough',
  resolveAll: pairsOf('strikethrough'),
  tokenize(this: Context, effects: Effects, ok: State, nok: State): State {
    const { previous } = this
    const isEscaped = this.events.at(-1)?.[1].type === 'characterEscape'
    let size = 0
    const inside: State = (code) => {
      if (code === tilde) {
        if (size > 1) return nok(code)
        effects.consume(code)
        size += 1
        return inside
      }
      if (size < 2) return nok(code)
      const token = effects.exit('strikethroughSequenceTemporary')
      Object.assign(token, flanks(previous, code))
      return ok(code)
    }
    return (code) => {
      if (previous === tilde && !isEscaped) return nok(code)
      effects.enter('strikethroughSequenceTemporary')
      return inside(code)
    }
  },
}

type Kind = 'space' | 'punctuation' | 'unspaced' | 'letter'

/** Whether a sequence between two characters can open, and close, what it marks. */
function flanks(previous: Code, next: Code, others: Code[] = []) {
  const [before, after] = [kindOf(previous), kindOf(next)]
  return {
    _open:
      (after !== 'space' && (after !== 'punctuation' || before !== 'letter')) ||
      others.includes(next),
    _close:
      (before !== 'space' && (before !== 'punctuation' || after !== 'letter')) ||
      others.includes(previous),
  }
}

/** Underscores are part of words. Two of them are none of a script without spaces, nor is one beside punctuation. */
function flanksOfUnderscores(previous: Code, next: Code, others: Code[], size: number) {
  const { _open, _close } = flanks(previous, next, others)
  const [before, after] = [kindOf(previous), kindOf(next)]
  const mayOpen =
    isPunctuation(previous) || (size > 1 && before === 'unspaced' && after !== 'letter')
  const mayClose = isPunctuation(next) || (size > 1 && after === 'unspaced' && before !== 'letter')
  return { _open: _open && (!_close || mayOpen), _close: _close && (!_open || mayClose) }
}

// Letters and punctuation of scripts that have no spaces between words, and the first halves of rare ideographs.
const unspaced =
  /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}\p{sc=Yiii}\p{sc=Java}\p{sc=Bali}\p{sc=Lana}\p{sc=Bugi}\p{sc=Talu}\p{sc=Tale}\p{sc=Cham}\u3001-\u303F\u30FB\u30FC\uFF01-\uFFEE\uD840-\uD88D]/u

function kindOf(code: Code): Kind {
  if (code === null || code < 0) return 'space'
  const character = String.fromCharCode(code)
  if (/\s/.test(character)) return 'space'
  if (unspaced.test(character)) return 'unspaced'
  return isPunctuation(code) ? 'punctuation' : 'letter'
}

function isPunctuation(code: Code) {
  return code !== null && code > 0 && /[\p{P}\p{S}]/u.test(String.fromCharCode(code))
}
