/** A node of a markdown tree, as far as links and texts need it. */
interface Node {
  type: string
  value?: string
  url?: string
  children?: Node[]
  position?: { start: { offset?: number }; end: { offset?: number } }
}

// Punctuation beyond ASCII, but for the dots that stand inside of names and short dashes; what cannot be seen; and a
// comma of ASCII with a script that has no spaces after it.
const stop =
  /(?![ -~\u00B7\u30FB])[\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\u2014\u2015\u301C\uFF5E\u200B\u2060\uFEFF\p{Bidi_Control}]|[,;!](?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}])/u
// A host in ASCII with a script that has no spaces after it: the sentence goes on there.
const host =
  /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}])/iu
const address = /https?:\/\/[^\s<]+/iu

/**
 * For remark: an address that was written as it is ends where the sentence does, at `。` or `）` as at `.` or `)`. One
 * between brackets of markdown stays as it was written.
 */
export function linkEnds() {
  return (tree: object) => endLinks(tree as Node)
}

function endLinks(node: Node) {
  if (node.type === 'link' || !node.children) return
  node.children = node.children.flatMap((child) => {
    endLinks(child)
    return isLiteral(child) ? ended(child) : child
  })
  node.children.forEach((child, index, all) => {
    const marked = child.type === 'link' && betweenMarks(all[index - 1], child, all[index + 1])
    if (marked) node.children![index] = marked
  })
}

const marks: Record<string, string[]> = {
  '***': ['strong', 'emphasis'],
  '**': ['strong'],
  __: ['strong'],
  '*': ['emphasis'],
  _: ['emphasis'],
  '~~': ['delete'],
}

/** A link between marks that it had swallowed the second of, as what they mean; they are taken off the texts beside it. */
function betweenMarks(before: Node | undefined, link: Node, after: Node | undefined) {
  if (before?.type !== 'text' || after?.type !== 'text') return undefined
  const mark = /(?:\*{1,3}|_{1,2}|~~)$/.exec(before.value!)?.[0]
  if (!mark || !after.value!.startsWith(mark)) return undefined
  before.value = before.value!.slice(0, -mark.length)
  after.value = after.value!.slice(mark.length)
  return marks[mark]!.reduce((inner, type): Node => ({ type, children: [inner] }), link)
}

/** Whether a link is all that was written. */
function isLiteral({ type, children, position }: Node) {
  const text = children?.[0]?.value
  if (type !== 'link' || children?.length !== 1 || text === undefined) return false
  const { start, end } = position ?? {}
  return !start || !end || text.length === end.offset! - start.offset!
}

function ended(link: Node): Node[] {
  const text = link.children![0]!.value!
  const head = headOf(text)
  if (head.length === text.length) return [link]
  const url = link.url!.slice(0, link.url!.length - (text.length - head.length))
  const isAddress = /[\p{L}\p{N}]/u.test(head.replace(/^https?:\/\//i, ''))
  const first = isAddress ? { type: 'link', url, children: [textNode(head)] } : textNode(head)
  return [first, ...linked(text.slice(head.length))]
}

/** An address up to where its sentence ends. */
function headOf(text: string) {
  const end = host.exec(text)?.[0].length ?? text.search(stop)
  if (end < 0) return text
  const head = text.slice(0, end).replace(/[?!.,:;*_~'"]+$/, '')
  const isOpen = head.split(')').length > head.split('(').length
  return isOpen && head.endsWith(')') ? head.slice(0, -1) : head
}

/** What follows an address, with the next one in it. */
function linked(text: string): Node[] {
  const next = address.exec(text)
  if (!next) return [textNode(text)]
  const [url] = next
  const link = { type: 'link', url, children: [textNode(url)] }
  const before = text.slice(0, next.index)
  const after = text.slice(next.index + url.length)
  return [textNode(before), ...ended(link), ...(after ? linked(after) : [])]
}

function textNode(value: string): Node {
  return { type: 'text', value }
}
